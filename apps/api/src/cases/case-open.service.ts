import { addWorkingTime, dayOf, formatDuration, formatInstant, makeCaseNumber } from '@haoban/domain';
import type { CaseOpen, HallCase } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { CalendarService, type HallCalendar } from '../guide/calendar.service.js';
import type { Hall, Material, ServiceItem } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { Outbox } from '../outbox/outbox.service.js';
import { QueueService, type TicketForCase } from '../queue/queue.service.js';
import { CaseApplicants, type ResolvedApplicant } from './case-applicant.service.js';
import { CasePeople } from './case-people.js';
import { CaseRecords } from './case-records.js';
import { caseTell } from './case-tell.js';
import { CaseViews } from './case-views.service.js';
import { CaseCounterEntity, CaseEntity, CaseMaterialEntity } from './case.entity.js';

/** What can be known before the ticket is locked for good: the ticket keeps its person, and the guide its items. */
interface Application {
  readonly item: ServiceItem;
  readonly hall: Hall;
  readonly calendar: HallCalendar;
  readonly applicant: ResolvedApplicant;
  readonly materialIds: readonly string[];
}

/** 收件受理: the desk turns a visit into a case. Lock order: desk's ticket → counter → case. */
@Injectable()
export class CaseOpenService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly queue: QueueService,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly applicants: CaseApplicants,
    private readonly people: CasePeople,
    private readonly records: CaseRecords,
    private readonly views: CaseViews,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The same `requestId` of the same member of staff again gives the first case, also after the visit has ended.
   * @throws AppError NOT_FOUND, TICKET_STATE, CASE_ALREADY_OPENED, CASE_APPLICANT_REQUIRED, MATERIALS_MISSING (details:
   * `{ missing: [{ id, name }] }`), NAME_INVALID, ID_NUMBER_INVALID, PHONE_INVALID, ITEM_NOT_FOUND, ITEM_NOT_OFFERED,
   * REQUEST_ID_REUSED, BUSY
   */
  async open(actor: StaffActor, input: CaseOpen): Promise<HallCase> {
    const em = this.dataSource.manager;
    const row = (await this.earlier(em, actor, input)) ?? (await this.create(actor, input));
    return this.views.hallCase(row, actor.role);
  }

  private async create(actor: StaffActor, input: CaseOpen): Promise<CaseEntity> {
    const ticket = await this.transactions.run((em) => this.queue.ticketForCase(em, input.ticketId, actor));
    const application = await this.prepare(ticket, input);
    const day = dayOf(this.clock.now());
    await this.ensureCounter(ticket.hallId, day);
    return this.transactions.run(async (em) => {
      await this.queue.ticketForCase(em, ticket.id, actor);
      // Under the ticket's lock, so that a retry that overtakes the first try waits for it.
      const earlier = await this.earlier(em, actor, input, ticket);
      if (earlier) return earlier;
      const caseNo = await this.nextNumber(em, application.hall, day);
      return this.insert(em, actor, { ticket, input, application, caseNo });
    });
  }

  /** @param ticket where it is known, as it must be inside a transaction: looking it up takes a connection */
  private async earlier(
    em: EntityManager,
    actor: StaffActor,
    input: CaseOpen,
    ticket?: TicketForCase,
  ): Promise<CaseEntity | null> {
    const found = await em.findOneBy(CaseEntity, { openedBy: actor.staffId, requestId: input.requestId });
    if (!found) return null;
    const received = await em.findBy(CaseMaterialEntity, { caseId: found.id });
    const same =
      found.ticketId === input.ticketId &&
      (await this.sameApplicant(found, input, ticket)) &&
      (input.itemId === undefined || found.itemId === input.itemId) &&
      received.length === new Set(input.receivedMaterialIds).size &&
      received.every(({ materialId }) => input.receivedMaterialIds.includes(materialId));
    if (!same) throw new AppError('REQUEST_ID_REUSED');
    return found;
  }

  /** Of a ticket with a citizen nothing typed was taken, so nothing is compared. */
  private async sameApplicant(
    found: CaseEntity,
    { ticketId, applicant }: CaseOpen,
    ticket: TicketForCase | undefined,
  ): Promise<boolean> {
    if (!applicant) return true;
    const { citizenId } = ticket ?? (await this.queue.ticketForRating(ticketId));
    return citizenId !== null || this.people.isOf(found, this.applicants.read(applicant));
  }

  private async prepare(ticket: TicketForCase, input: CaseOpen): Promise<Application> {
    const { item, hall } = await this.guide.getPlace(input.itemId ?? ticket.itemId, ticket.hallId);
    const materials = await this.guide.materialsOf(item.id);
    const materialIds = checkMaterials(materials, input.receivedMaterialIds);
    const calendar = await this.calendars.forHall(hall.id);
    const applicant = await this.applicants.resolve(ticket.citizenId, input.applicant);
    return { item, hall, calendar, applicant, materialIds };
  }

  /** Outside the transaction, so that no insert waits for another inside one. */
  private async ensureCounter(hallId: string, day: string): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(CaseCounterEntity)
      .values({ hallId, day, lastNumber: 0 })
      .orIgnore()
      .execute();
  }

  /** A number that is rolled back is given to the next case: no gaps. */
  private async nextNumber(em: EntityManager, hall: Hall, day: string): Promise<string> {
    const counter = await em.findOneOrFail(CaseCounterEntity, {
      where: { hallId: hall.id, day },
      lock: { mode: 'pessimistic_write' },
    });
    const lastNumber = counter.lastNumber + 1;
    await em.update(CaseCounterEntity, { hallId: hall.id, day }, { lastNumber });
    return makeCaseNumber(prefixOf(hall), day, lastNumber);
  }

  private async insert(
    em: EntityManager,
    actor: StaffActor,
    facts: { ticket: TicketForCase; input: CaseOpen; application: Application; caseNo: string },
  ): Promise<CaseEntity> {
    const { ticket, input, application, caseNo } = facts;
    const { item, applicant, calendar } = application;
    const now = this.clock.now();
    const promised = { value: item.promisedValue, unit: item.promisedUnit };
    const dueAt = addWorkingTime(now, promised, calendar);
    const row = em.create(CaseEntity, {
      id: newId(),
      caseNo,
      hallId: ticket.hallId,
      itemId: item.id,
      departmentId: item.departmentId,
      ticketId: ticket.id,
      ticketLabel: ticket.label,
      citizenId: applicant.citizenId,
      openedBy: actor.staffId,
      requestId: input.requestId,
      ...this.people.seal(applicant),
      idNumberHash: applicant.idNumberHash,
      state: 'accepted',
      stateBeforeStop: null,
      result: null,
      decisionReason: null,
      steps: item.steps,
      promisedValue: promised.value,
      promisedUnit: promised.unit,
      acceptedAt: now,
      dueAt,
      clockStops: [],
      decidedAt: null,
      closedAt: null,
      deliveryId: null,
      waybillNo: null,
      ratedAt: null,
      version: 1,
    });
    await this.queue.linkCase(em, ticket.id, row.id);
    try {
      await em.insert(CaseEntity, row);
    } catch (error) {
      onUnique(error, { ux_case_ticket: 'CASE_ALREADY_OPENED', ux_case_request: 'REQUEST_ID_REUSED' });
    }
    const { materialIds } = application;
    if (materialIds.length > 0) {
      const received = materialIds.map((materialId) => ({ caseId: row.id, materialId, receivedAt: now }));
      await em.insert(CaseMaterialEntity, received);
    }
    const text = `承诺 ${formatDuration(promised)}内办结，最迟 ${formatInstant(dueAt)}`;
    await this.records.addEvent(
      em,
      row.id,
      { kind: 'case', action: 'open', title: '已受理', text, at: now },
      actor,
    );
    await this.audit.record(em, actor, {
      action: 'case.open',
      subjectKind: 'case',
      subjectId: row.id,
      after: { caseNo, itemId: item.id, ticketId: ticket.id, materials: materialIds.length },
    });
    if (row.citizenId) {
      await this.outbox.add(em, 'notifications.tell', caseTell(row, row.citizenId, item.name, '已受理', now));
    }
    return row;
  }
}

/** Each id once. @throws AppError MATERIALS_MISSING, VALIDATION_FAILED for an id that the item's list doesn't have */
function checkMaterials(materials: readonly Material[], received: readonly string[]): string[] {
  const have = new Set(received);
  const missing = materials.filter(({ id, required }) => required && !have.has(id));
  if (missing.length > 0) {
    throw new AppError('MATERIALS_MISSING', { missing: missing.map(({ id, name }) => ({ id, name })) });
  }
  const known = new Set(materials.map(({ id }) => id));
  const foreign = [...have].filter((id) => !known.has(id));
  if (foreign.length > 0) throw new AppError('VALIDATION_FAILED', { receivedMaterialIds: foreign });
  return [...have];
}

/** Each hall counts for itself, so its code stands in front: `RC-SM` → `RCSM`. */
function prefixOf({ code }: Hall): string {
  return code
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, 8);
}
