import { Injectable } from '@nestjs/common';
import { BlindIndex, FieldCipher } from '../common/field-crypto.js';

/** Field names of the citizen's own record; other features seal their copies under names of their own. */
const NAME = 'citizen.name';
const ID_NUMBER = 'citizen.idNumber';
const PHONE = 'citizen.phone';
const DOCUMENT = 'green.document';

/**
 * Seals what identifies a person. The hash of an ID number is the same all over the system, so that a case that was opened at
 * a desk is found by the citizen who signs in later.
 */
@Injectable()
export class PersonCipher {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly index: BlindIndex,
  ) {}

  sealName(name: string): string {
    return this.cipher.encrypt(NAME, name);
  }

  openName(stored: string): string {
    return this.cipher.decrypt(NAME, stored);
  }

  sealIdNumber(idNumber: string): string {
    return this.cipher.encrypt(ID_NUMBER, idNumber);
  }

  openIdNumber(stored: string): string {
    return this.cipher.decrypt(ID_NUMBER, stored);
  }

  sealPhone(phone: string): string {
    return this.cipher.encrypt(PHONE, phone);
  }

  openPhone(stored: string): string {
    return this.cipher.decrypt(PHONE, stored);
  }

  /** @param idNumber 18 characters; a small x counts as X */
  hashIdNumber(idNumber: string): string {
    return this.index.of('idNumber', idNumber.trim().toUpperCase());
  }

  /** @param creditCode 18 characters, in capitals */
  hashCreditCode(creditCode: string): string {
    return this.index.of('creditCode', creditCode);
  }

  /** @param code as `readSpokenCode` returns it */
  hashAuthorisationCode(code: string): string {
    return this.index.of('authorisationCode', code);
  }

  /** The number of a certificate or the name of a hospital's paper: it says that somebody is ill. */
  sealDocument(document: string): string {
    return this.cipher.encrypt(DOCUMENT, document);
  }

  openDocument(stored: string): string {
    return this.cipher.decrypt(DOCUMENT, stored);
  }
}
