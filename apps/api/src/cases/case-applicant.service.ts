import {
  dayOf,
  isIdNumber,
  isMobile,
  isPersonName,
  normaliseIdNumber,
  normaliseMobile,
} from '@haoban/domain';
import type { CaseOpen } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import type { Applicant } from './case-people.js';

export type ResolvedApplicant = Applicant & {
  readonly citizenId: string | null;
  readonly idNumberHash: string;
};

/** Whose case it is: the ticket's own citizen, or whom the clerk typed in. */
@Injectable()
export class CaseApplicants {
  constructor(
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError CASE_APPLICANT_REQUIRED, NAME_INVALID, ID_NUMBER_INVALID, PHONE_INVALID */
  async resolve(citizenId: string | null, given: CaseOpen['applicant']): Promise<ResolvedApplicant> {
    const citizen = citizenId === null ? undefined : await this.citizens.get(citizenId);
    if (citizen) {
      const { id, name, idNumber, idNumberHash, phone } = citizen;
      if (name !== null && idNumber !== null && idNumberHash !== null)
        return { citizenId: id, name, idNumber, idNumberHash, phone };
    }
    if (!given) throw new AppError('CASE_APPLICANT_REQUIRED');
    const applicant = this.read(given);
    const idNumberHash = this.cipher.hashIdNumber(applicant.idNumber);
    const known = await this.citizens.findByIdNumberHash(idNumberHash);
    // An ID number with another name is a slip of the pen or somebody else's account: neither may see this case.
    const linked = known?.name === applicant.name ? known.id : null;
    return { ...applicant, citizenId: linked, idNumberHash };
  }

  /** What the clerk typed, normalised. @throws AppError NAME_INVALID, ID_NUMBER_INVALID, PHONE_INVALID */
  read({ name, idNumber, phone }: NonNullable<CaseOpen['applicant']>): Applicant {
    if (!isPersonName(name)) throw new AppError('NAME_INVALID');
    const number = normaliseIdNumber(idNumber);
    if (!isIdNumber(number, dayOf(this.clock.now()))) throw new AppError('ID_NUMBER_INVALID');
    const mobile = phone ? normaliseMobile(phone) : null;
    if (mobile !== null && !isMobile(mobile)) throw new AppError('PHONE_INVALID');
    return { name, idNumber: number, phone: mobile };
  }
}
