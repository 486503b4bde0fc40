import type { LocalDay } from '@haoban/domain';
import type { DeskTicket, Ticket } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { BookingPolicies } from '../booking/booking-policies.service.js';
import { Clock } from '../common/clock.js';
import type { Catalogue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CitizensService } from '../identity/citizens.service.js';
import type { Placed, WaitingRow } from './line.js';
import { LineService, type Lines } from './line.service.js';
import { DeskEntity } from './desk.entity.js';
import { TicketEntity } from './ticket.entity.js';
import { toDeskTicket, toTicket, type Standing, type TicketNames } from './ticket.mapper.js';

/** Tickets as people see them: the citizen with place and wait, the desk with a masked name. */
@Injectable()
export class TicketViews {
  constructor(
    @InjectRepository(TicketEntity) private readonly tickets: Repository<TicketEntity>,
    @InjectRepository(DeskEntity) private readonly desks: Repository<DeskEntity>,
    private readonly lines: LineService,
    private readonly guide: GuideService,
    private readonly citizens: CitizensService,
    private readonly policies: BookingPolicies,
    private readonly clock: Clock,
  ) {}

  /** As they are now, in the order of the ids; ids that are not known are left out. */
  async forCitizen(ids: readonly string[]): Promise<Ticket[]> {
    if (ids.length === 0) return [];
    const found = await this.tickets.find({
      select: { queueId: true, day: true },
      where: { id: In([...ids]) },
    });
    // The counters are those of the ticket's own day, so that a version never falls back.
    const lines = new Map<LocalDay, Lines>();
    for (const day of new Set(found.map((each) => each.day))) {
      const queueIds = found.filter((each) => each.day === day).map(({ queueId }) => queueId);
      lines.set(day, await this.lines.read(queueIds, day));
    }
    // After the line, so that the row is never older than the version that goes out with it.
    const rows = new Map((await this.tickets.findBy({ id: In([...ids]) })).map((row) => [row.id, row]));
    const labels = await this.deskLabels([...rows.values()]);
    return ids.flatMap((id) => {
      const ticket = rows.get(id);
      const ofDay = ticket && lines.get(ticket.day);
      return ofDay ? [this.toTicket(ticket, ofDay, labels)] : [];
    });
  }

  /** Placed tickets carry the reason for their place. */
  async forDesk(tickets: readonly (WaitingRow | Placed)[]): Promise<DeskTicket[]> {
    const placed = tickets.map((each) => ('place' in each ? each : { ticket: each, place: undefined }));
    const rows = placed.map(({ ticket }) => ticket);
    const people = await this.citizens.maskedNames(rows.flatMap(({ citizenId }) => citizenId ?? []));
    const labels = await this.deskLabels(rows);
    const catalogue = await this.guide.catalogue();
    return Promise.all(
      placed.map(async ({ ticket, place }) => {
        const person = ticket.citizenId ? people.get(ticket.citizenId) : undefined;
        const settings = await this.policies.forHall(ticket.hallId);
        return toDeskTicket(ticket, namesOf(ticket, catalogue, labels), person, place?.reason, settings);
      }),
    );
  }

  private toTicket(ticket: TicketEntity, lines: Lines, labels: ReadonlyMap<string, string>): Ticket {
    const names = namesOf(ticket, lines.catalogue, labels);
    const version = (lines.queueDays.get(ticket.queueId)?.version ?? 0) + ticket.version;
    return toTicket(ticket, names, standingOf(ticket, lines), version, this.clock.now());
  }

  private async deskLabels(tickets: readonly WaitingRow[]): Promise<Map<string, string>> {
    const ids = [...new Set(tickets.flatMap(({ deskId }) => deskId ?? []))];
    if (ids.length === 0) return new Map();
    const desks = await this.desks.find({ select: { id: true, label: true }, where: { id: In(ids) } });
    return new Map(desks.map(({ id, label }) => [id, label]));
  }
}

function standingOf(ticket: TicketEntity, lines: Lines): Standing | undefined {
  if (ticket.state !== 'waiting') return undefined;
  const { order } = lines.line(ticket.queueId);
  const ahead = order.findIndex((placed) => placed.ticket.id === ticket.id);
  const found = order[ahead];
  return found && { ahead, wait: lines.waitAt(ticket.queueId, ahead), reason: found.place.reason };
}

function namesOf(
  ticket: WaitingRow,
  { halls, queues, items }: Catalogue,
  labels: ReadonlyMap<string, string>,
): TicketNames {
  return {
    hallName: halls.get(ticket.hallId)?.name ?? '',
    queueName: queues.get(ticket.queueId)?.name ?? '',
    itemName: items.get(ticket.itemId)?.name ?? '',
    deskLabel: ticket.deskId ? (labels.get(ticket.deskId) ?? null) : null,
  };
}
