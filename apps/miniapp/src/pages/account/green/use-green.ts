import type { GreenEvidence } from '@haoban/contracts';
import type { GreenReason } from '@haoban/domain';
import { useState } from 'react';
import { api } from '../../../api/api';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';

export function useGreen() {
  const citizen = useCitizen();
  const profile = useLoad(citizen?.realName ? citizen.id : undefined, () => api.people.getGreen({}));
  const [reason, setReason] = useState<GreenReason>('disabled');
  const [written, setDocument] = useState('');
  const [checked, setChecked] = useState(false);
  const paper = written.trim();
  const missing = paper.length < 2;

  const declare = useAction(async () => {
    setChecked(true);
    if (missing) return;
    profile.replace(await api.people.declareGreen({ reason, document: paper }));
    setDocument('');
    setChecked(false);
    say('已登记，到大厅时请带上证件');
  });
  const withdraw = useAction(async ({ id, reasonText }: GreenEvidence) => {
    const agreed = await confirmed(
      `撤回“${reasonText}”的登记`,
      '撤回后不能凭它预约绿色通道；已约好的不受影响。',
      '撤回登记',
    );
    if (agreed) profile.replace(await api.people.withdrawGreen({ evidenceId: id }));
  });
  return {
    citizen,
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
