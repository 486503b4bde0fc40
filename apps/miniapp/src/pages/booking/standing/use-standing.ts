import type { NoShow } from '@haoban/contracts';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { api } from '../../../api/api';
import { say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { useCitizen } from '../../../hooks/use-session';

/** Of the person, or with `for` of the one whom that authorisation names. */
export function useStanding() {
  const { hallId = '', bookingId, for: forWhom } = useRouter().params;
  const citizen = useCitizen();
  const standing = useLoad(
    citizen?.realName && hallId ? `${citizen.id} ${hallId} ${forWhom}` : undefined,
    () => api.people.standing({ hallId, ...(forWhom && { authorisationId: forWhom }) }),
  );
  // Coming from a missed booking one wants to appeal that one.
  const [appealing, setAppealing] = useState(bookingId);
  const [text, setText] = useState('');
  const [checked, setChecked] = useState(false);
  const missing = text.trim().length < 5;

  const appeal = useAction(async ({ bookingId: missed }: NoShow) => {
    setChecked(true);
    if (missing) return;
    await api.people.appeal({ bookingId: missed, text: text.trim() });
    setAppealing(undefined);
    setText('');
    say('申诉已提交，处理结果会通知您');
    await standing.reload();
  });
  return {
    citizen,
    standing,
    appealing,
    setAppealing: (id: string | undefined) => {
      setChecked(false);
      appeal.clear();
      setAppealing(id);
    },
    text,
    setText,
    wrong: checked && missing ? '请写明那天为什么没能到场' : undefined,
    appeal,
  };
}
