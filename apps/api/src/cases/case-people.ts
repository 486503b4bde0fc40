import { maskName, maskPhone } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../common/field-crypto.js';

const NAME = 'case.name';
const ID_NUMBER = 'case.idNumber';
const PHONE = 'case.phone';

export interface Applicant {
  readonly name: string;
  /** Normalised: 18 characters, capital X. */
  readonly idNumber: string;
  readonly phone: string | null;
}

export interface SealedApplicant {
  readonly nameCipher: string;
  readonly idNumberCipher: string;
  readonly phoneCipher: string | null;
}

/** The case's own sealed copy of its applicant: it stays as it was when the application was made. */
@Injectable()
export class CasePeople {
  constructor(private readonly cipher: FieldCipher) {}

  seal({ name, idNumber, phone }: Applicant): SealedApplicant {
    return {
      nameCipher: this.cipher.encrypt(NAME, name),
      idNumberCipher: this.cipher.encrypt(ID_NUMBER, idNumber),
      phoneCipher: phone === null ? null : this.cipher.encrypt(PHONE, phone),
    };
  }

  /** Whether this is the applicant as given, in every word. */
  isOf({ nameCipher, idNumberCipher, phoneCipher }: SealedApplicant, given: Applicant): boolean {
    const phone = phoneCipher === null ? null : this.cipher.decrypt(PHONE, phoneCipher);
    return (
      this.cipher.decrypt(NAME, nameCipher) === given.name &&
      this.cipher.decrypt(ID_NUMBER, idNumberCipher) === given.idNumber &&
      phone === given.phone
    );
  }

  maskedName({ nameCipher }: Pick<SealedApplicant, 'nameCipher'>): string {
    return maskName(this.cipher.decrypt(NAME, nameCipher));
  }

  maskedPhone({ phoneCipher }: Pick<SealedApplicant, 'phoneCipher'>): string | null {
    return phoneCipher === null ? null : maskPhone(this.cipher.decrypt(PHONE, phoneCipher));
  }

  /** For the look-up by case number. */
  idLast4({ idNumberCipher }: Pick<SealedApplicant, 'idNumberCipher'>): string {
    return this.cipher.decrypt(ID_NUMBER, idNumberCipher).slice(-4);
  }
}
