import { maskIdNumber } from '@haoban/domain';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, type Repository } from 'typeorm';
import { CitizensService } from '../identity/citizens.service.js';
import { BookingEntity } from './booking.entity.js';
import { PrincipalNames } from './principal-names.service.js';

/** Names for the keys by which bookings know people: for lists and screens, masked. */
@Injectable()
export class BookingPeople {
  constructor(
    @InjectRepository(BookingEntity) private readonly bookings: Repository<BookingEntity>,
    private readonly citizens: CitizensService,
    private readonly principals: PrincipalNames,
  ) {}

  /** By person key, as the bookings of that person have it; keys without a booking are missing. */
  async maskedNames(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (keys.length === 0) return new Map();
    const where = { personKey: In([...new Set(keys)]) };
    const select = {
      id: true,
      personKey: true,
      citizenId: true,
      forNameCipher: true,
      authorisationId: true,
    } as const;
    const [forOthers, own] = await Promise.all([
      this.bookings.find({ select, where: { ...where, forNameCipher: Not(IsNull()) } }),
      this.bookings.find({ select, where: { ...where, forNameCipher: IsNull() } }),
    ]);
    const forName = await this.principals.lookUp(forOthers);
    const accounts = await this.citizens.maskedNames(own.flatMap(({ citizenId }) => citizenId ?? []));
    return new Map([
      ...forOthers.map((row) => [row.personKey, forName(row) ?? '—'] as const),
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
