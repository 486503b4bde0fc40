import { mod11Radix2 } from '@haoban/domain';
import { AuthorisationCitizenService } from '../../identity/authorisation-citizen.service.js';
import { AuthorisationDeskService } from '../../identity/authorisation-desk.service.js';
import { GreenProfileService } from '../../identity/green-profile.service.js';
import type { StoryTeller } from './story-teller.js';

const idNumber = (body: string) => body + mod11Radix2(body);

/**
 * Who may book for whom: a daughter-in-law by the code of 陈秀梅, 蔡丽华 for her father (seen at the desk) and her mother (not yet), 周敏 for her
 * company; and a certificate for the green channel that nobody has looked at.
 * @returns the authorisation by which 蔡丽华 books for her father
 */
export async function tellPeople(story: StoryTeller): Promise<{ forFather: string }> {
  const asking = story.get(AuthorisationCitizenService);
  const desk = story.get(AuthorisationDeskService);

  story.at(story.daysAgo(12), '19:20');
  const { code } = await asking.makeCode(story.citizen('chen-xiumei'), {});
  story.at(story.daysAgo(12), '19:31');
  await asking.acceptCode(story.citizen('xu-wanting'), { code, relation: 'parent' });

  story.at(story.daysAgo(9), '20:05');
  const father = await asking.declare(story.citizen('cai-lihua'), {
    kind: 'family',
    name: '蔡德福',
    idNumber: idNumber('35990119650214005'),
    relation: 'parent',
  });
  const company = await asking.declare(story.citizen('zhou-min'), {
    kind: 'company',
    name: '榕城青禾商贸有限公司',
    creditCode: '91359901MA8T2K468Y',
    role: 'employee',
  });
  story.at(story.daysAgo(8), '10:40');
  const grant = { result: 'granted' } as const;
  await desk.verify(story.staff('clerk01'), { authorisationId: father.id, paper: '户口簿', ...grant });
  await desk.verify(story.staff('clerk11'), {
    authorisationId: company.id,
    paper: '营业执照、经办人委托书',
    ...grant,
  });

  story.at(story.daysAgo(1), '18:26');
  await asking.declare(story.citizen('cai-lihua'), {
    kind: 'family',
    name: '郑秀英',
    idNumber: idNumber('35990119670903006'),
    relation: 'parent',
  });
  story.at(story.daysAgo(1), '21:10');
  await story.get(GreenProfileService).declare(story.citizen('huang-zhiqiang'), {
    reason: 'disabled',
    document: '残疾人证 35990219790125005043',
  });
  return { forFather: father.id };
}
