import { maskAddress, maskName, maskPhone } from '@haoban/domain';
import type { Address } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../common/field-crypto.js';

const FIELD = 'delivery.receiver';

/** A parcel's receiver at rest: one sealed JSON text. */
@Injectable()
export class ReceiverCipher {
  constructor(private readonly cipher: FieldCipher) {}

  seal(address: Address): string {
    return this.cipher.encrypt(FIELD, canonical(address));
  }

  open(stored: string): Address {
    return JSON.parse(this.cipher.decrypt(FIELD, stored)) as Address;
  }
}

/** The same address is always the same text, in whatever order its fields came. */
export function canonical({ name, phone, province, city, county, detail }: Address): string {
  return JSON.stringify({ name, phone, province, city, county, detail });
}

export function wholeAddress({ province, city, county, detail }: Address): string {
  // People write the region again in front of the street; doubled it reads wrong and prices wrong.
  const region = [province, city, county].reduce(
    (rest, part) => (rest.startsWith(part) ? rest.slice(part.length).trim() : rest),
    detail.trim(),
  );
  return province + (city === province ? '' : city) + county + region;
}

/** 林* 138****5678 福建省福州市鼓楼区**** */
export function maskedLine(address: Address): string {
  const { name, phone, province, city, county } = maskedAddress(address);
  return `${name} ${phone} ${province}${city}${county}****`.slice(0, 120);
}

/** For lists, which need no street. */
export function maskedAddress({ name, phone, province, city, county, detail }: Address): Address {
  return {
    name: maskName(name),
    phone: maskPhone(phone),
    province,
    city,
    county,
    detail: detail.length > 4 ? '****' : maskAddress(detail) || '****',
  };
}
