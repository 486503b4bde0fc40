import { formatFen } from '@haoban/domain';
import { useState } from 'react';
import { callSimulator, demoConfig, openInWechat } from './demo';
import { openSheet } from './sheet';
import type { PayOutcome, RequestPayment } from './types';

type Params = Parameters<RequestPayment>[0];

/** Stands for WeChat's own payment sheet: it pays with the signed parameters, so a wrong signature is refused here as there. */
export const requestPayment: RequestPayment = async (params, { amountFen, title }) => {
  const demo = await demoConfig();
  if (!demo) return { kind: 'failed', text: openInWechat };
  return openSheet<PayOutcome>(
    '微信支付（演示）',
    (close) => (
      <PaySheet base={demo.sims.pay} params={params} amountFen={amountFen} title={title} onDone={close} />
    ),
    { kind: 'cancelled' },
  );
};

function PaySheet(props: {
  base: string;
  params: Params;
  amountFen: number;
  title: string;
  onDone: (outcome: PayOutcome) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const pay = async () => {
    setBusy(true);
    const answer = await callSimulator(props.base, '/_sim/pay', { payParams: props.params });
    setBusy(false);
    if (answer) props.onDone({ kind: 'done' });
    else setFailed(true);
  };
  return (
    <>
      <p className="sim-sheet__text">{props.title}</p>
      <div className="sim-sheet__amount">¥{formatFen(props.amountFen)}</div>
      {failed && (
        <div className="sim-sheet__error" role="alert">
          支付没有成功，没有扣款。请再试一次，或关闭后重新下单。
        </div>
      )}
      <div className="sim-sheet__actions">
        <button
          type="button"
          className="sim-sheet__button sim-sheet__main"
          data-action="confirm-pay"
          disabled={busy}
          onClick={() => void pay()}
        >
          {busy ? '正在支付…' : '确认支付'}
        </button>
        <button
          type="button"
          className="sim-sheet__button"
          onClick={() => props.onDone({ kind: 'cancelled' })}
        >
          暂不支付
        </button>
      </div>
    </>
  );
}
