import { useState } from 'react';
import type { Problem } from '../../../api/problem';
import { back, replaceBy, say } from '../../../hooks/navigate';
import { sessionStore } from '../../../state/session';
import { signIn } from '../../../state/sign-in';

export function useSignIn() {
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async () => {
    if (!agreed) {
      setProblem({ text: '请先阅读并勾选同意用户协议和隐私政策。', signIn: false });
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const outcome = await signIn();
    setBusy(false);
    if (outcome.kind === 'failed') setProblem(outcome.problem);
    if (outcome.kind !== 'done') return;
    const session = sessionStore.get();
    if (session.kind === 'signed-in' && !session.citizen.realName) {
      replaceBy('pages/account/real-name/index');
      return;
    }
    say('已登录');
    back();
  };
  return { agreed, setAgreed, busy, problem, submit: () => void submit() };
}
