import type { BookingContact } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { FieldCipher } from '../common/field-crypto.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { ADDRESS_FIELD } from './booking-hold.service.js';
import type { BookingEntity } from './booking.entity.js';
import { HallBookingsService } from './hall-bookings.service.js';

/** Whom to ring and where to go, in clear: the only place that opens a booking's address, and each look is on record. */
@Injectable()
export class HallBookingContact {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: HallBookingsService,
    private readonly citizens: CitizensService,
    private readonly people: PersonCipher,
    private readonly cipher: FieldCipher,
    private readonly audit: Audit,
  ) {}

  /** @throws AppError NOT_FOUND, for other halls' bookings too */
  async read(actor: StaffActor, bookingId: string): Promise<BookingContact> {
    const row = await this.bookings.getRow(actor, bookingId);
    // Before anything is opened: who saw it is on record even where the answer gets lost on its way.
    await this.transactions.run((em) =>
      this.audit.record(em, actor, {
        action: 'booking.read-contact',
        subjectKind: 'booking',
        subjectId: row.id,
      }),
    );
    return this.open(row);
  }

  private async open(row: BookingEntity): Promise<BookingContact> {
    const { citizenId, personKey, forNameCipher, forPhoneCipher, addressCipher, kind } = row;
    const account = citizenId === null ? undefined : await this.citizens.get(citizenId);
    const agents = forPhoneCipher === null && account?.phone && account.idNumberHash !== personKey;
    return {
      name: forNameCipher === null ? (account?.name ?? null) : this.people.openName(forNameCipher),
      phone: forPhoneCipher === null ? (account?.phone ?? null) : this.people.openPhone(forPhoneCipher),
      agentName: agents ? account.name : null,
      // A visit that was moved away from home keeps its address, which is nobody's business then.
      address:
        kind === 'home' && addressCipher !== null ? this.cipher.decrypt(ADDRESS_FIELD, addressCipher) : null,
    };
  }
}
