import { View } from '@tarojs/components';
import { useState } from 'react';
import { buttonRole } from './a11y';
import { callSimulator, demoConfig, openInWechat } from './demo';
import { openSheet } from './sheet';
import type { PhoneButtonProps } from './phone-types';

export function PhoneButton({ onCode, onRefused, disabled, children }: PhoneButtonProps) {
  const ask = async () => {
    const demo = await demoConfig();
    if (!demo) return onRefused(openInWechat);
    const code = await openSheet<string | undefined>(
      '授权手机号（演示）',
      (close) => <NumberSheet base={demo.sims.wechat} onDone={close} />,
      undefined,
    );
    if (code) onCode(code);
    else onRefused('没有取得手机号，您也可以在下面手工填写。');
  };
  return (
    <View
      className={`button button--main${disabled ? ' button--off' : ''}`}
      onClick={() => void ask()}
      {...buttonRole()}
    >
      {children}
    </View>
  );
}

function NumberSheet({ base, onDone }: { base: string; onDone: (code: string) => void }) {
  const [number, setNumber] = useState('15400591099');
  const [failed, setFailed] = useState(false);
  const submit = async () => {
    const answer = await callSimulator(base, '/_sim/phone-code', { phoneNumber: number });
    if (typeof answer?.code === 'string') onDone(answer.code);
    else setFailed(true);
  };
  return (
    <>
      <p className="sim-sheet__text">代替微信的手机号授权。</p>
      <label className="sim-sheet__label">
        手机号
        <input
          className="sim-sheet__input"
          inputMode="tel"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      {failed && (
        <div className="sim-sheet__error" role="alert">
          请填写 11 位手机号。
        </div>
      )}
      <div className="sim-sheet__actions">
        <button type="button" className="sim-sheet__button sim-sheet__main" onClick={() => void submit()}>
          允许
        </button>
      </div>
    </>
  );
}
