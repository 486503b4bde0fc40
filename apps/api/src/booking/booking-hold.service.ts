import { decideBooking, isHeld } from '@haoban/domain';
import type { Booking } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CitizenActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { FieldCipher } from '../common/field-crypto.js';
import { Transactions } from '../db/transactions.js';
import { AuthorisationsService } from '../identity/authorisations.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { Outbox } from '../outbox/outbox.service.js';
import { tellConfirmed } from './booking-confirmed.jobs.js';
import { BookingEntity } from './booking.entity.js';
import { BookingService } from './booking.service.js';
import { HoldsService, slotsOf } from './holds.service.js';
import { SlotLedger } from './slot-ledger.js';

export const ADDRESS_FIELD = 'booking.address';

interface Contact {
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
}

/** What the owner of a hold may do with it. */
@Injectable()
export class BookingHoldService {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: BookingService,
    private readonly holds: HoldsService,
    private readonly ledger: SlotLedger,
    private readonly citizens: CitizensService,
    private readonly authorisations: AuthorisationsService,
    private readonly people: PersonCipher,
    private readonly cipher: FieldCipher,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a booking of it; again gives the same answer. At `holdUntil` it is too late, to the millisecond.
   * @throws AppError NOT_FOUND, HOLD_EXPIRED, BOOKING_STATE, AUTHORISATION_NOT_VALID, BOOKING_ADDRESS_REQUIRED, BOOKING_PHONE_REQUIRED
   */
  async confirm(
    actor: CitizenActor,
    { bookingId, ...contact }: Contact & { bookingId: string },
  ): Promise<Booking> {
    const [held, account] = await Promise.all([
      this.bookings.getRow(actor, bookingId),
      this.citizens.get(actor.citizenId),
    ]);
    const names = await this.bookings.namesOf(held);
    const booking = await this.transactions.run(async (em) => {
      // What lets the citizen act for somebody may have ended since; its lock comes before the booking's.
      if (held.authorisationId)
        await this.authorisations.lockForBooking(em, actor.citizenId, held.authorisationId);
      const row = await lockOwn(em, actor, bookingId);
      if (row.state === 'confirmed') return row;
      if (row.state === 'expired') throw new AppError('HOLD_EXPIRED');
      const step = decideBooking(row.state, 'confirm', 'citizen');
      if (!step.ok) throw new AppError(step.code);
      if (!isHeld(row.holdUntil, this.clock.now())) throw new AppError('HOLD_EXPIRED');
      const change = {
        state: step.next,
        holdUntil: null,
        ...this.contact(row, contact, account.phone !== null),
      };
      await em.update(BookingEntity, { id: row.id }, change);
      const confirmed = Object.assign(row, change);
      await tellConfirmed(this.outbox, em, [confirmed]);
      return confirmed;
    });
    return this.bookings.toBooking(booking, names);
  }

  /** Gives the place back before its time; again gives the same answer. @throws AppError NOT_FOUND, BOOKING_STATE */
  async release(actor: CitizenActor, bookingId: string): Promise<Booking> {
    await this.bookings.getRow(actor, bookingId);
    const booking = await this.transactions.run(async (em) => {
      const slotIds = (await slotsOf(em, [bookingId])).get(bookingId) ?? [];
      const slots = await this.ledger.lock(em, slotIds);
      const row = await lockOwn(em, actor, bookingId);
      if (row.state === 'expired') return row;
      const step = decideBooking(row.state, 'release', 'citizen');
      if (!step.ok) throw new AppError(step.code);
      await this.holds.end(em, slots, [bookingId]);
      await slots.write();
      return Object.assign(row, { state: step.next });
    });
    return this.bookings.toBooking(booking);
  }

  private contact(row: BookingEntity, { address, phone }: Contact, accountHasPhone: boolean) {
    if (row.kind === 'home' && !address) throw new AppError('BOOKING_ADDRESS_REQUIRED');
    const reached = phone !== undefined || row.forPhoneCipher !== null || accountHasPhone;
    if (['phone', 'video', 'home'].includes(row.kind) && !reached)
      throw new AppError('BOOKING_PHONE_REQUIRED');
    return {
      ...(address && { addressCipher: this.cipher.encrypt(ADDRESS_FIELD, address) }),
      ...(phone && { forPhoneCipher: this.people.sealPhone(phone) }),
    };
  }
}

async function lockOwn(em: EntityManager, { citizenId }: CitizenActor, id: string): Promise<BookingEntity> {
  const row = await em.findOne(BookingEntity, {
    where: { id, citizenId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}
