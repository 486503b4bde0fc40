import type { HallDelivery } from '@haoban/contracts';
import { useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useLoad } from '../common/use-load.js';

export function useParcel(deliveryId: string, changed: (parcel: HallDelivery) => void) {
  const { state, reload, replace } = useLoad(deliveryId, () => client.delivery.getOfHall({ deliveryId }));
  const [busy, setBusy] = useState<'retry' | 'label'>();
  const [problem, setProblem] = useState<Problem>();
  const [labelUrl, setLabelUrl] = useState<string>();

  const run = async (what: 'retry' | 'label', perform: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await perform();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(undefined);
    }
  };
  const retry = () =>
    void run('retry', async () => {
      const after = await client.delivery.retryOrder({ deliveryId });
      replace(() => after);
      changed(after);
    });
  const label = () =>
    void run('label', async () => {
      const { url } = await client.delivery.label({ deliveryId });
      setLabelUrl(url);
      window.open(url, '_blank', 'noopener');
    });
  return { state, reload, busy, problem, labelUrl, retry, label };
}
