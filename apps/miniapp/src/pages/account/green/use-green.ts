import type { GreenEvidence } from '@haoban/contracts';
import type { GreenReason } from '@haoban/domain';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { usePrincipals } from '../../../hooks/use-principals';
import { useCitizen } from '../../../hooks/use-session';

const FIRST_REASON: GreenReason = 'disabled';

/** The papers of one person: the own ones, or with `for` those of the family member whom that authorisation names. */
export function useGreen() {
  const { params } = useRouter();
  const citizen = useCitizen();
  const family = usePrincipals().filter(({ kind }) => kind === 'family');
  const [forWhom, setForWhom] = useState(params.for || undefined);
  const whose = forWhom ? { authorisationId: forWhom } : {};
  const profile = useLoad(citizen?.realName ? `${citizen.id} ${forWhom}` : undefined, () =>
    api.people.getGreen(whose),
  );
  const [reason, setReason] = useState(FIRST_REASON);
  const [written, setDocument] = useState('');
  const [checked, setChecked] = useState(false);
  const paper = written.trim();
  const missing = paper.length < 2;

  const declare = useAction(async () => {
    setChecked(true);
    if (missing) return;
    profile.replace(await api.people.declareGreen({ reason, document: paper, ...whose }));
    setDocument('');
    setChecked(false);
    say('已登记，到大厅时请带上证件');
  });
  const withdraw = useAction(async ({ id, reasonText }: GreenEvidence) => {
    const name = profile.kind === 'ready' ? (profile.data.forName ?? '') : '';
    const agreed = await confirmed(
      `撤回${name}“${reasonText}”的登记`,
      '撤回后不能凭它预约绿色通道；已约好的不受影响。',
      '撤回登记',
    );
    if (agreed) profile.replace(await api.people.withdrawGreen({ evidenceId: id, ...whose }));
  });
  return {
    citizen,
    family,
    forWhom,
    /** What is filled in is one person's, and so is the answer that is on its way. */
    changeWho: (next: string | undefined) => {
      if (declare.busy || withdraw.busy) return;
      setForWhom(next);
      setReason(FIRST_REASON);
      setDocument('');
      setChecked(false);
      declare.clear();
      withdraw.clear();
    },
    profile,
    reason,
    setReason,
    document: written,
    setDocument,
    wrong: checked && missing ? '请填写证件号，或医院证明的名称' : undefined,
    declare,
    withdraw,
  };
}
