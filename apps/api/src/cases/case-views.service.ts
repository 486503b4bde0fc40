import type { ActorRole } from '@haoban/domain';
import type { CaseDetail, CaseSummary, HallCase, PublicCase } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { CalendarService, type HallCalendar } from '../guide/calendar.service.js';
import type { Catalogue } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CasePeople } from './case-people.js';
import { CaseEntity, CaseEventEntity, CaseMaterialEntity, CertificateEntity } from './case.entity.js';
import {
  toCaseDetail,
  toCaseSummary,
  toHallCase,
  toPublicCase,
  type CaseNames,
  type CaseParts,
} from './case.mapper.js';

/** Cases as people see them; a page of them costs as many queries as one. */
@Injectable()
export class CaseViews {
  constructor(
    @InjectRepository(CaseEventEntity) private readonly events: Repository<CaseEventEntity>,
    @InjectRepository(CertificateEntity) private readonly certificates: Repository<CertificateEntity>,
    @InjectRepository(CaseMaterialEntity) private readonly materials: Repository<CaseMaterialEntity>,
    private readonly guide: GuideService,
    private readonly calendars: CalendarService,
    private readonly people: CasePeople,
    private readonly clock: Clock,
  ) {}

  async summaries(rows: readonly CaseEntity[]): Promise<CaseSummary[]> {
    const now = this.clock.now();
    const catalogue = await this.guide.catalogue();
    const calendars = await this.calendarsOf(rows);
    return rows.flatMap((row) => {
      const calendar = calendars.get(row.hallId);
      return calendar ? [toCaseSummary({ row, names: namesOf(row, catalogue), calendar, now })] : [];
    });
  }

  async detail(row: CaseEntity): Promise<CaseDetail> {
    return toCaseDetail(await this.part(row));
  }

  async publicCase(row: CaseEntity): Promise<PublicCase> {
    return toPublicCase(await this.part(row));
  }

  async hallCase(row: CaseEntity, role: ActorRole): Promise<HallCase> {
    const [view] = await this.hallCases([row], role);
    if (!view) throw new Error(`case ${row.id} has no hall`);
    return view;
  }

  async hallCases(rows: readonly CaseEntity[], role: ActorRole): Promise<HallCase[]> {
    if (rows.length === 0) return [];
    const parts = await this.parts(rows);
    const received = await this.materials.findBy({ caseId: In(rows.map(({ id }) => id)) });
    const have = new Set(received.map(({ caseId, materialId }) => `${caseId} ${materialId}`));
    const { materialsOf } = await this.guide.catalogue();
    return parts.map((part) => {
      const materials = (materialsOf.get(part.row.itemId) ?? []).map(({ id, name, required }) => ({
        id,
        name,
        required: Boolean(required),
        received: have.has(`${part.row.id} ${id}`),
      }));
      return toHallCase(part, { role, materials, phoneMasked: this.people.maskedPhone(part.row) });
    });
  }

  private async part(row: CaseEntity): Promise<CaseParts> {
    const [part] = await this.parts([row]);
    if (!part) throw new Error(`case ${row.id} has no hall`);
    return part;
  }

  private async parts(rows: readonly CaseEntity[]): Promise<CaseParts[]> {
    const caseId = In(rows.map(({ id }) => id));
    const [catalogue, calendars, events, certificates] = await Promise.all([
      this.guide.catalogue(),
      this.calendarsOf(rows),
      // Ids grow within a process; `at` first, since events of one case may come from several.
      this.events.find({ where: { caseId }, order: { at: 'ASC', id: 'ASC' } }),
      this.certificates.findBy({ caseId }),
    ]);
    const now = this.clock.now();
    return rows.flatMap((row) => {
      const calendar = calendars.get(row.hallId);
      if (!calendar) return [];
      return {
        row,
        names: namesOf(row, catalogue),
        calendar,
        events: events.filter((event) => event.caseId === row.id),
        certificate: certificates.find((certificate) => certificate.caseId === row.id) ?? null,
        applicantMasked: this.people.maskedName(row),
        now,
      };
    });
  }

  private async calendarsOf(rows: readonly CaseEntity[]): Promise<Map<string, HallCalendar>> {
    const hallIds = [...new Set(rows.map(({ hallId }) => hallId))];
    const calendars = await Promise.all(
      hallIds.map(async (hallId) => [hallId, await this.calendars.forHall(hallId)] as const),
    );
    return new Map(calendars);
  }
}

export function namesOf(
  { itemId, hallId, departmentId }: Pick<CaseEntity, 'itemId' | 'hallId' | 'departmentId'>,
  { items, halls, departments }: Catalogue,
): CaseNames {
  const item = items.get(itemId);
  return {
    itemName: item?.name ?? '',
    hallName: halls.get(hallId)?.name ?? '',
    departmentName: departments.get(departmentId)?.name ?? '',
    certificateName: item?.certificateName ?? null,
    courierAllowed: Boolean(item?.courierAllowed),
  };
}
