import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Transactions } from '../db/transactions.js';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { JobHandler } from '../outbox/job.js';
import { Outbox } from '../outbox/outbox.service.js';
import type { CitizenNamed } from '../outbox/topics.js';
import { tellConfirmed } from './booking-confirmed.jobs.js';
import { BookingEntity } from './booking.entity.js';

/** What staff booked for somebody without an account appears on the phone once the person has one. */
@Injectable()
export class BookingAdoptJobs {
  constructor(
    @InjectRepository(BookingEntity) private readonly rows: Repository<BookingEntity>,
    private readonly transactions: Transactions,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @JobHandler('booking.citizen-named')
  async adopt({ citizenId }: CitizenNamed): Promise<void> {
    const { name, idNumberHash } = await this.citizens.get(citizenId);
    if (idNumberHash === null) return;
    const made = await this.rows.findBy({ personKey: idNumberHash, citizenId: IsNull() });
    // The same number under another name was a slip at the desk: that stays with the desk.
    const own = made.filter(
      ({ forNameCipher }) => forNameCipher !== null && this.cipher.openName(forNameCipher) === name,
    );
    if (own.length === 0) return;
    await this.transactions.run(async (em) => {
      const rows = await em.find(BookingEntity, {
        where: { id: In(own.map(({ id }) => id)), citizenId: IsNull() },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      const adopted = { citizenId, forNameCipher: null };
      await em.update(BookingEntity, { id: In(rows.map(({ id }) => id)) }, adopted);
      const ahead = rows.filter(({ startAt }) => startAt > this.clock.now());
      await tellConfirmed(
        this.outbox,
        em,
        ahead.map((row) => Object.assign(row, adopted)),
      );
    });
  }
}
