import { maskIdNumber, maskName } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type Repository } from 'typeorm';
import { CitizensService } from '../identity/citizens.service.js';
import { PersonCipher } from '../identity/person-cipher.js';
import { BookingEntity } from './booking.entity.js';

/** Names for the keys by which bookings know people: for lists and screens, masked. */
@Injectable()
export class BookingPeople {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly citizens: CitizensService,
    private readonly cipher: PersonCipher,
  ) {}

  /** By person key, as the bookings of that person have it; keys without a booking are missing. */
  async maskedNames(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (keys.length === 0) return new Map();
    const where = { personKey: In([...new Set(keys)]) };
    const select = { id: true, personKey: true, citizenId: true, forNameCipher: true } as const;
    const [forOthers, own] = await Promise.all([
      this.bookings.find({ select, where: { ...where, forNameCipher: Not(IsNull()) } }),
      this.bookings.find({ select, where: { ...where, forNameCipher: IsNull() } }),
    ]);
    const accounts = await this.citizens.maskedNames(own.flatMap(({ citizenId }) => citizenId ?? []));
    return new Map([
      ...forOthers.map(
        ({ personKey, forNameCipher }) =>
          [personKey, forNameCipher ? maskName(this.cipher.openName(forNameCipher)) : '—'] as const,
      ),
      // Somebody with an account is called by the name in it.
      ...own.map(
        ({ personKey, citizenId }) => [personKey, accounts.get(citizenId ?? '')?.name ?? '—'] as const,
      ),
    ]);
  }

  /** Null for somebody without an account. */
  async maskedIdNumber(personKey: string): Promise<string | null> {
    const citizen = await this.citizens.findByIdNumberHash(personKey);
    return citizen?.idNumber ? maskIdNumber(citizen.idNumber) : null;
  }
}
