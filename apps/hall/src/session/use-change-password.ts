import { App } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';

export interface PasswordForm {
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly again: string;
}

export function useChangePassword(done: () => void) {
  const { message } = App.useApp();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const change = async ({ oldPassword, newPassword }: PasswordForm) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await client.identity.changePassword({ oldPassword, newPassword });
      void message.success('密码已修改');
      done();
    } catch (error) {
      const found = toProblem(error);
      // The catalogue's text is for signing in, where the name may be wrong as well.
      setProblem(
        found.code === 'CREDENTIALS_WRONG' ? { ...found, text: '现在的密码不正确，请重新输入。' } : found,
      );
    } finally {
      setBusy(false);
    }
  };
  return { change, busy, problem };
}
