import type { Delivery } from '@haoban/contracts';
import Taro, { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { live } from '../../../api/live';
import { confirmed, say } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useLoad } from '../../../hooks/use-load';
import { pay } from '../../../hooks/use-pay';
import { useCitizen } from '../../../hooks/use-session';

const POLL_MS = 20_000;
const still: readonly Delivery['state'][] = ['delivered', 'returned', 'cancelled'];

export function useDelivery() {
  const { id: deliveryId = '', paid } = useRouter().params;
  const citizen = useCitizen();
  const load = useLoad(citizen && deliveryId, () => api.delivery.getMine({ deliveryId }));
  const data = load.kind === 'ready' ? load.data : undefined;
  const [told, setTold] = useState(paid === '1' ? '付款成功，等待 EMS 揽收。' : undefined);
  const { reload } = load;

  // A scan shows on the case's line; the poll catches what came while the line was down.
  const caseId = data?.caseId;
  const moving = data !== undefined && !still.includes(data.state);
  useEffect(() => {
    if (!caseId || !moving) return;
    const stop = live.watch(`case:${caseId}`, () => void reload());
    const timer = setInterval(() => void reload(), POLL_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [caseId, moving, reload]);

  const settle = useAction(async () => {
    if (!data?.payment) return;
    setTold(undefined);
    const outcome = await pay(data.payment);
    switch (outcome.kind) {
      case 'paid':
        setTold('付款成功，等待 EMS 揽收。');
        break;
      case 'pending':
        setTold('正在等待微信支付确认，通常几秒内完成，请下拉刷新。');
        break;
      case 'cancelled':
        break;
      case 'failed':
        setTold(outcome.text);
        break;
    }
    await reload();
  });
  const cancel = useAction(async () => {
    if (!data) return;
    const text =
      data.payment?.state === 'paid' ? '已付的邮费会原路退回。' : '证照仍在大厅，可以再下单或到窗口领取。';
    if (!(await confirmed(`取消寄递“${data.contents}”`, text, '取消寄递'))) return;
    load.replace(await api.delivery.cancel({ deliveryId }));
    say('已取消寄递');
  });
  const copyWaybill = () => {
    if (data?.waybillNo) void Taro.setClipboardData({ data: data.waybillNo });
  };
  return { citizen, load, told, settle, cancel, copyWaybill };
}
