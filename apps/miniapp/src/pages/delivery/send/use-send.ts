import { ApiError } from '@haoban/client';
import type { Quote } from '@haoban/contracts';
import { isMobile, normaliseMobile } from '@haoban/domain';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { api } from '../../../api/api';
import { useRequestId } from '../../../api/request-id';
import { replaceBy } from '../../../hooks/navigate';
import { useAction } from '../../../hooks/use-action';
import { useDraft } from '../../../hooks/use-draft';
import { useLoad } from '../../../hooks/use-load';
import { pay } from '../../../hooks/use-pay';
import { useCitizen } from '../../../hooks/use-session';
import { useSubscription } from '../../../hooks/use-subscription';
import { canChooseAddress, chooseAddress } from '../../../platform/address';
import type { PostalAddress } from '../../../platform/types';

const noAddress: PostalAddress = { name: '', phone: '', province: '', city: '', county: '', detail: '' };

export function useSend() {
  const caseId = useRouter().params.caseId ?? '';
  const citizen = useCitizen();
  const draft = useDraft('address', noAddress);
  const [quote, setQuote] = useState<Quote>();
  const [checked, setChecked] = useState(false);
  const requestId = useRequestId();
  const subscription = useSubscription(['delivery_progress', 'payment_result']);
  const detail = useLoad(citizen && caseId, () => api.cases.getMine({ caseId }));
  const address = trimmed(draft.value);
  const wrong = faults(address);
  const complete = Object.keys(wrong).length === 0;

  // A fee belongs to one address.
  const content = JSON.stringify(address);
  useEffect(() => setQuote(undefined), [content]);

  const ask = useAction(async () => {
    setChecked(true);
    if (complete) setQuote(await api.delivery.quote({ caseId, address }));
  });
  const send = useAction(async () => {
    if (!quote) return;
    await subscription.ask();
    try {
      const body = { caseId, address, quoteToken: quote.quoteToken };
      const delivery = await api.delivery.create({ requestId: requestId.for(body), ...body });
      requestId.done();
      draft.clear();
      const page = `pages/delivery/detail/index?id=${delivery.id}`;
      // The order stands; whatever becomes of the payment, its page goes on from there.
      const paid = delivery.payment ? await pay(delivery.payment).catch(() => undefined) : undefined;
      replaceBy(paid?.kind === 'paid' ? `${page}&paid=1` : page);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'QUOTE_EXPIRED') setQuote(undefined);
      throw error;
    }
  });
  const fromWechat = useAction(async () => {
    const chosen = await chooseAddress(draft.value);
    if (chosen) draft.change(chosen);
  });
  return {
    citizen,
    detail,
    address: draft.value,
    change: draft.change,
    wrong: checked ? wrong : {},
    quote,
    ask,
    send,
    canChooseAddress,
    fromWechat,
  };
}

function trimmed(address: PostalAddress): PostalAddress {
  const { name, phone, province, city, county, detail } = address;
  return {
    name: name.trim(),
    phone: normaliseMobile(phone),
    province: province.trim(),
    city: city.trim(),
    county: county.trim(),
    detail: detail.trim(),
  };
}

function faults(address: PostalAddress): Partial<Record<keyof PostalAddress, string>> {
  const wrong: Partial<Record<keyof PostalAddress, string>> = {};
  if (!address.name) wrong.name = '请填写收件人';
  if (!isMobile(address.phone)) wrong.phone = '请填写 11 位的手机号';
  if (!address.province) wrong.province = '请填写省份';
  if (!address.city) wrong.city = '请填写城市';
  if (!address.county) wrong.county = '请填写区县';
  if (!address.detail) wrong.detail = '请填写街道和门牌号';
  return wrong;
}
