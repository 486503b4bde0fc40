import { isMobile, normaliseMobile } from '@haoban/domain';
import { useState } from 'react';
import { useAction } from '../../hooks/use-action';
import { useDraft } from '../../hooks/use-draft';
import { useCitizen } from '../../hooks/use-session';
import { canChooseAddress, chooseAddress } from '../../platform/address';
import type { VisitKind } from './visit';

interface Faults {
  readonly address?: string;
  readonly phone?: string;
}

/** Where and by which number the person is reached, for a visit that is not in the hall. */
export function useContact(kind: VisitKind | undefined) {
  const knownPhone = useCitizen()?.phoneMasked ?? null;
  const { value, change } = useDraft('booking-contact', { address: '', phone: '' });
  const [wrong, setWrong] = useState<Faults>({});
  const needsAddress = kind === 'home';
  const needsPhone = needsAddress || kind === 'phone' || kind === 'video';
  const fromWechat = useAction(async () => {
    const chosen = await chooseAddress();
    if (!chosen) return;
    const { province, city, county, detail } = chosen;
    change({ address: `${province}${city}${county}${detail}` });
  });
  const typed = value.phone.trim();
  return {
    value,
    change,
    wrong,
    needsAddress,
    needsPhone,
    knownPhone,
    canChooseAddress,
    fromWechat,
    /** @returns whether all that is needed is there; what is not shows at its field */
    check(): boolean {
      const address = needsAddress && value.address.trim().length < 5;
      const phone = needsPhone && (typed ? !isMobile(normaliseMobile(typed)) : knownPhone === null);
      setWrong({
        ...(address && { address: '请填写详细地址，到门牌号。' }),
        ...(phone && { phone: '请填写 11 位手机号。' }),
      });
      return !address && !phone;
    },
    body: () => ({
      ...(needsAddress && { address: value.address.trim() }),
      ...(needsPhone && typed && { phone: normaliseMobile(typed) }),
    }),
  };
}

export type ContactForm = ReturnType<typeof useContact>;
