import { dayOf, isIdNumber, isPersonName, normaliseIdNumber } from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { serverNow } from '../../../api/server-clock';
import { back, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useCitizen } from '../../../hooks/use-session';
import { keepCitizen } from '../../../state/session';

/** Name and ID number are never stored on the phone, not even as a draft. */
export function useRealName() {
  const citizen = useCitizen();
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [checked, setChecked] = useState(false);
  const nameOk = isPersonName(name.trim());
  const numberOk = isIdNumber(normaliseIdNumber(idNumber), dayOf(serverNow()));
  const submit = useAction(async () => {
    setChecked(true);
    if (!nameOk || !numberOk) return;
    await keepCitizen(
      await api.identity.setRealName({ name: name.trim(), idNumber: normaliseIdNumber(idNumber) }),
    );
    say('已完成实名登记');
    back();
  });
  return {
    citizen,
    name,
    setName,
    idNumber,
    setIdNumber,
    submit,
    wrongName: checked && !nameOk ? '请填写身份证上的姓名' : undefined,
    wrongNumber: checked && !numberOk ? '身份证号有误，请对照身份证检查' : undefined,
  };
}
