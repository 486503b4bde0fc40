import { isMobile, normaliseMobile } from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { back, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useCitizen } from '../../../hooks/use-session';
import { keepCitizen } from '../../../state/session';

export function usePhone() {
  const citizen = useCitizen();
  const [phone, setPhone] = useState('');
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState<string>();
  const ok = isMobile(normaliseMobile(phone));
  const byCode = useAction(async (code: string) => {
    setRefused(undefined);
    await keepCitizen(await api.identity.setPhone({ code }));
    say('已登记手机号');
    back();
  });
  const byHand = useAction(async () => {
    setChecked(true);
    if (!ok) return;
    await keepCitizen(await api.identity.setPhone({ phone: normaliseMobile(phone) }));
    say('已登记手机号');
    back();
  });
  return {
    citizen,
    phone,
    setPhone,
    byCode,
    byHand,
    refused,
    setRefused,
    wrong: checked && !ok ? '请填写 11 位的手机号' : undefined,
  };
}
