import type { Authorisation, AuthorisationCode, AuthorisationDeclare } from '@haoban/contracts';
import {
  dayOf,
  isCreditCode,
  isIdNumber,
  isPersonName,
  normaliseIdNumber,
  type CompanyRole,
  type FamilyRelation,
} from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { serverNow } from '../../../api/server-clock';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';

/** `code`: a family member with a phone said one; `family`: one without a phone; `company`. */
export type FamilyForm = 'code' | 'family' | 'company';

const blank = {
  code: '',
  name: '',
  number: '',
  relation: 'parent' as FamilyRelation,
  role: 'employee' as CompanyRole,
};

/** Names and numbers of others are never stored on the phone, not even as a draft. */
export function useFamily() {
  const citizen = useCitizen();
  const list = useLoad(citizen?.id, () => api.people.listAuthorisations({}));
  const [form, setForm] = useState<FamilyForm>();
  const [fields, setFields] = useState(blank);
  const [checked, setChecked] = useState(false);
  const [made, setMade] = useState<AuthorisationCode>();
  const wrong = wrongOf(form, fields);

  const openForm = (next: FamilyForm | undefined) => {
    setForm(next);
    setFields(blank);
    setChecked(false);
    submit.clear();
  };
  const submit = useAction(async () => {
    setChecked(true);
    if (!form || wrong) return;
    const { code, relation } = fields;
    const after =
      form === 'code'
        ? await api.people.acceptCode({ code: code.trim(), relation })
        : await api.people.declareAuthorisation(declarationOf(form, fields));
    say(after.usable ? '授权已生效，可以替家人预约了' : '已提交，请带证件到窗口核验');
    setForm(undefined);
    await list.reload();
  });
  const makeCode = useAction(async () => {
    setMade(await api.people.makeCode({}));
  });
  const end = useAction(async (one: Authorisation) => {
    const own = list.kind === 'ready' && list.data.asPrincipal.some(({ id }) => id === one.id);
    const who = own ? `${one.agentName}替您预约` : `您替${one.principalName}预约`;
    const agreed = await confirmed('结束授权', `结束后，${who}就不行了；已约好的不受影响。`, '结束授权');
    if (!agreed) return;
    await api.people.endAuthorisation({ authorisationId: one.id });
    say('授权已结束');
    await list.reload();
  });
  return {
    citizen,
    list,
    form,
    openForm,
    fields,
    set: (change: Partial<typeof blank>) => setFields({ ...fields, ...change }),
    wrong: checked ? wrong : undefined,
    submit,
    makeCode,
    made,
    end,
  };
}

type Fields = typeof blank;

function declarationOf(form: 'family' | 'company', fields: Fields): AuthorisationDeclare {
  const name = fields.name.trim();
  return form === 'family'
    ? { kind: 'family', name, idNumber: normaliseIdNumber(fields.number), relation: fields.relation }
    : { kind: 'company', name, creditCode: fields.number.trim().toUpperCase(), role: fields.role };
}

interface Wrong {
  readonly field: 'code' | 'name' | 'number';
  readonly text: string;
}

/** The first field that can't be right; the server looks again. */
function wrongOf(form: FamilyForm | undefined, { code, name, number }: Fields): Wrong | undefined {
  if (form === 'code')
    return /^[0-9a-zA-Z]{6}$/.test(code.replace(/[\s-]/g, ''))
      ? undefined
      : { field: 'code', text: '授权码是 6 位字母和数字' };
  if (form === 'family') {
    if (!isPersonName(name.trim())) return { field: 'name', text: '请填写身份证上的姓名' };
    return isIdNumber(normaliseIdNumber(number), dayOf(serverNow()))
      ? undefined
      : { field: 'number', text: '身份证号有误，请对照身份证检查' };
  }
  if (form === 'company') {
    if (name.trim().length < 2) return { field: 'name', text: '请填写营业执照上的名称' };
    return isCreditCode(number.trim().toUpperCase())
      ? undefined
      : { field: 'number', text: '统一社会信用代码有误，请对照营业执照检查' };
  }
  return undefined;
}
