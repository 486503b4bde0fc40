import type { HallPayment } from '@haoban/contracts';
import type { PaymentState } from '@haoban/domain';
import { useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { usePages } from '../common/use-pages.js';

export function usePaymentsPage() {
  const [state, setState] = useState<PaymentState>();
  const [refunding, setRefunding] = useState<HallPayment>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const requestId = useRef<string>(undefined);
  const pages = usePages(state ?? 'all', (cursor) =>
    client.payment.listOfHall({ ...(state && { state }), ...(cursor && { cursor }) }),
  );

  const choose = (payment: HallPayment | undefined) => {
    requestId.current = undefined;
    setProblem(undefined);
    setRefunding(payment);
  };
  const refund = async (yuan: number, reason: string) => {
    if (!refunding || busy) return;
    setBusy(true);
    setProblem(undefined);
    requestId.current ??= newRequestId();
    try {
      const after = await client.payment.refund({
        paymentId: refunding.id,
        requestId: requestId.current,
        amountFen: Math.round(yuan * 100),
        reason: reason.trim(),
      });
      pages.replace(after);
      choose(undefined);
    } catch (error) {
      if (!isUnanswered(error)) requestId.current = undefined;
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { state, setState, pages, refunding, choose, refund, problem, busy };
}

/** What of a payment can still be given back, in fen. */
export function refundable({ state, amountFen, refundedFen }: HallPayment): number {
  return state === 'paid' ? amountFen - refundedFen : 0;
}
