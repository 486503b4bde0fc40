import {
  dayOf,
  isIdNumber,
  isMobile,
  isPersonName,
  maskName,
  maskPhone,
  normaliseIdNumber,
  normaliseMobile,
  suspendedUntil,
} from '@haoban/domain';
import type { HallBookingReserve, HallBookingRow } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { FieldCipher } from '../common/field-crypto.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService, type CitizenRecord } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingCancelService } from './booking-cancel.service.js';
import { readHistory } from './booking-history.js';
import { ADDRESS_FIELD } from './booking-hold.service.js';
import { BookingMoveService } from './booking-move.service.js';
import { BookingPolicies } from './booking-policies.service.js';
import { BookingTake, type TakeIntent } from './booking-take.service.js';
import { BookingEntity } from './booking.entity.js';
import { hallOf } from './hall-booking-offer.service.js';
import { HallBookingsService } from './hall-bookings.service.js';
import { Visits } from './visits.service.js';

const TRIES = 5;

interface KnownPerson {
  readonly name: string;
  readonly personKey: string;
  readonly phone: string | undefined;
  readonly account: CitizenRecord | undefined;
}

/** What staff do for a person before them or on the phone, each act with its audit entry in the same transaction. */
@Injectable()
export class HallBookingActs {
  constructor(
    private readonly transactions: Transactions,
    private readonly bookings: HallBookingsService,
    private readonly taking: BookingTake,
    private readonly moves: BookingMoveService,
    private readonly cancels: BookingCancelService,
    private readonly visits: Visits,
    private readonly policies: BookingPolicies,
    private readonly citizens: CitizensService,
    private readonly people: PersonCipher,
    private readonly cipher: FieldCipher,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Whether this ID number has an account, masked, and how the person stands. @throws AppError ID_NUMBER_INVALID */
  async findPerson(actor: StaffActor, input: { idNumber: string }) {
    const hallId = hallOf(actor);
    const personKey = this.people.hashIdNumber(this.idNumber(input.idNumber));
    const account = await this.citizens.findByIdNumberHash(personKey);
    const policy = await this.policies.forHall(hallId);
    const now = this.clock.now();
    const history = await this.transactions.run(async (em) => {
      await this.audit.record(em, actor, {
        action: 'booking.find-person',
        subjectKind: account ? 'citizen' : 'person',
        subjectId: account?.id ?? personKey,
      });
      return (await readHistory(em, [personKey], now)).get(personKey) ?? [];
    });
    const noShows = history.filter(({ state }) => state === 'no_show').map(({ startAt }) => startAt);
    const ahead = history.filter(({ state, startAt }) => state !== 'no_show' && startAt > now);
    return {
      account: account
        ? {
            name: maskName(account.name ?? ''),
            phone: account.phone === null ? null : maskPhone(account.phone),
          }
        : null,
      openBookings: ahead.length,
      suspendedUntil: suspendedUntil(noShows, now, policy.noShow) ?? null,
    };
  }

  /**
   * From what is left of all places. The same limits as on the phone, unless a manager goes beyond them with a reason.
   * @throws AppError FORBIDDEN (a clerk's override), NAME_INVALID, ID_NUMBER_INVALID, PHONE_INVALID, PERSON_NAME_MISMATCH,
   * BOOKING_ADDRESS_REQUIRED, BOOKING_PHONE_REQUIRED, BOOKING_LIMIT_REACHED, BOOKING_SUSPENDED, SLOT_…, VISIT_…, REQUEST_ID_REUSED
   */
  async book(actor: StaffActor, input: HallBookingReserve): Promise<HallBookingRow> {
    const hallId = hallOf(actor);
    if (input.overrideReason !== undefined && actor.role !== 'manager') throw new AppError('FORBIDDEN');
    const person = await this.person(input.person);
    const visit = await this.visits.place(input, input.slotId);
    if (visit.hallId !== hallId) throw new AppError('SLOT_NOT_FOUND');
    const { kind } = visit.slot;
    if (kind === 'home' && !input.address) throw new AppError('BOOKING_ADDRESS_REQUIRED');
    const reached = person.phone !== undefined || Boolean(person.account?.phone);
    if (['phone', 'video', 'home'].includes(kind) && !reached) throw new AppError('BOOKING_PHONE_REQUIRED');
    const intent: TakeIntent = {
      requesterId: actor.staffId,
      requestId: input.requestId,
      citizenId: person.account?.id ?? null,
      forWhom: {
        kind: 'other',
        personKey: person.personKey,
        nameCipher: person.account ? null : this.people.sealName(person.name),
        phoneCipher: person.phone === undefined ? null : this.people.sealPhone(person.phone),
      },
      visit,
      audience: 'internal',
      channel: input.channel,
      overrideLimits: input.overrideReason !== undefined,
    };
    return this.bookings.toRow(await this.take(actor, intent, input));
  }

  /** Within the own hall and until the start; the person is told why. @throws AppError as `BookingMoveService.moveAtHall` */
  async move(
    actor: StaffActor,
    { bookingId, ...move }: { bookingId: string; requestId: string; slotId: string; reason: string },
  ): Promise<HallBookingRow> {
    const before = await this.bookings.getRow(actor, bookingId);
    return this.bookings.toRow(await this.moves.moveAtHall(before, { ...move, actor }));
  }

  /** The person is told why, and it is nobody's no-show. @throws AppError NOT_FOUND, BOOKING_STATE, BOOKING_CANCEL_TOO_LATE */
  async cancel(actor: StaffActor, input: { bookingId: string; reason: string }): Promise<HallBookingRow> {
    const before = await this.bookings.getRow(actor, input.bookingId);
    return this.bookings.toRow(await this.cancels.callOff(actor, before, input.reason));
  }

  private async take(
    actor: StaffActor,
    intent: TakeIntent,
    input: HallBookingReserve,
  ): Promise<BookingEntity> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transactions.run((em) => this.takeAudited(em, actor, intent, input));
      } catch (error) {
        // The same request came twice at once: look again.
        if (violatedIndex(error) !== 'ux_booking_request' || attempt === TRIES) throw error;
      }
    }
  }

  private async takeAudited(
    em: EntityManager,
    actor: StaffActor,
    intent: TakeIntent,
    { address, overrideReason }: HallBookingReserve,
  ): Promise<BookingEntity> {
    const [booking] = await this.taking.take(em, [intent]);
    if (!booking || booking instanceof AppError) throw booking ?? new AppError('INTERNAL');
    if (!this.taking.wasMade(booking)) return booking;
    if (address) {
      const addressCipher = this.cipher.encrypt(ADDRESS_FIELD, address);
      await em.update(BookingEntity, { id: booking.id }, { addressCipher });
    }
    const { slotId, startAt, channel, itemId } = booking;
    await this.audit.record(em, actor, {
      action: 'booking.book',
      subjectKind: 'booking',
      subjectId: booking.id,
      after: {
        slotId,
        start: startAt.toISOString(),
        itemId,
        channel,
        ...(overrideReason !== undefined && { overrideReason }),
      },
    });
    return booking;
  }

  private async person({ name, idNumber, phone }: HallBookingReserve['person']): Promise<KnownPerson> {
    if (!isPersonName(name)) throw new AppError('NAME_INVALID');
    const mobile = phone ? normaliseMobile(phone) : undefined;
    if (mobile !== undefined && !isMobile(mobile)) throw new AppError('PHONE_INVALID');
    const personKey = this.people.hashIdNumber(this.idNumber(idNumber));
    const account = await this.citizens.findByIdNumberHash(personKey);
    // A slip in the number would put the booking on a stranger's phone.
    if (account && account.name !== name) throw new AppError('PERSON_NAME_MISMATCH');
    return { name, personKey, phone: mobile, account };
  }

  private idNumber(text: string): string {
    const idNumber = normaliseIdNumber(text);
    if (!isIdNumber(idNumber, dayOf(this.clock.now()))) throw new AppError('ID_NUMBER_INVALID');
    return idNumber;
  }
}
