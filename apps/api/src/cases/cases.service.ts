import type { CaseState } from '@haoban/domain';
import type { Certificate } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type EntityManager, type Repository } from 'typeorm';
import { system, type Actor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { onUnique } from '../db/database-error.js';
import type { Catalogue, ServiceItem } from '../guide/catalogue.service.js';
import { GuideService } from '../guide/guide.service.js';
import { CasePeople } from './case-people.js';
import { CaseRecords, type NewCaseEvent } from './case-records.js';
import { CaseEntity, CertificateEntity } from './case.entity.js';

export type CertificatePlace = Certificate['place'];

export interface CertificateFacts {
  readonly certificateNo: string;
  readonly name: string;
  readonly copies: number;
  readonly place: CertificatePlace;
}

/** What other features may know of a case; nothing in it names the person in clear. */
export interface CaseFile {
  readonly id: string;
  readonly caseNo: string;
  readonly hallId: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly citizenId: string | null;
  readonly applicantMasked: string;
  readonly state: CaseState;
  readonly certificate: CertificateFacts | null;
  /** Whether the item's certificates may go by courier at all. */
  readonly courierAllowed: boolean;
  readonly deliveryId: string | null;
  readonly waybillNo: string | null;
}

/** A closed case as something to rate; `endedAt` null while it is not closed. */
export interface RatableCase {
  readonly citizenId: string | null;
  readonly hallId: string;
  readonly title: string;
  readonly itemName: string;
  readonly deskLabel: string | null;
  readonly staffId: string | null;
  readonly endedAt: Date | null;
  readonly ratedAt: Date | null;
}

/** So old may the item's name be inside a transaction; see `item`. */
const KNOWN_MS = 5 * 60_000;

/** What other features ask of cases. Methods with `em` run in the caller's transaction, on a locked case. */
@Injectable()
export class CasesService {
  private known: { readonly at: number; readonly catalogue: Catalogue } | undefined;

  constructor(
    @InjectRepository(CaseEntity) private readonly cases: Repository<CaseEntity>,
    @InjectRepository(CertificateEntity) private readonly certificates: Repository<CertificateEntity>,
    private readonly records: CaseRecords,
    private readonly people: CasePeople,
    private readonly guide: GuideService,
  ) {}

  /**
   * Holds the citizen's own case until the end of the transaction.
   * @throws AppError NOT_FOUND, for other people's cases too
   */
  async lockForDelivery(em: EntityManager, caseId: string, citizenId: string): Promise<CaseFile> {
    const row = await this.records.lock(em, caseId);
    if (row.citizenId !== citizenId) throw new AppError('NOT_FOUND');
    return this.toFile(row, await em.findOneBy(CertificateEntity, { caseId }));
  }

  /**
   * Ties a case to its delivery, and to the waybill once it is known; null unties both. Locks the case.
   * @throws AppError NOT_FOUND, DELIVERY_ALREADY_EXISTS where another delivery is tied, WAYBILL_TAKEN
   */
  async linkDelivery(
    em: EntityManager,
    caseId: string,
    link: { readonly deliveryId: string; readonly waybillNo: string | null } | null,
  ): Promise<void> {
    const row = await this.records.lock(em, caseId);
    if (link && row.deliveryId !== null && row.deliveryId !== link.deliveryId)
      throw new AppError('DELIVERY_ALREADY_EXISTS');
    const { deliveryId, waybillNo } = link ?? { deliveryId: null, waybillNo: null };
    try {
      await this.records.change(em, row, { deliveryId, waybillNo });
    } catch (error) {
      onUnique(error, { ux_case_waybill: 'WAYBILL_TAKEN' });
    }
  }

  /** Says where the paper is now. Locks the case. @throws AppError NOT_FOUND, CERTIFICATE_NOT_ISSUED */
  async setCertificatePlace(em: EntityManager, caseId: string, place: CertificatePlace): Promise<void> {
    const row = await this.records.lock(em, caseId);
    const found = await em.findOneBy(CertificateEntity, { caseId });
    if (!found) throw new AppError('CERTIFICATE_NOT_ISSUED');
    await em.update(CertificateEntity, { caseId }, { place });
    await this.records.change(em, row, {});
  }

  /** Adds a line to the resident's timeline: `action` ≤ 20, `title` ≤ 60, `text` ≤ 500 characters, no personal data. */
  addEvent(em: EntityManager, caseId: string, event: NewCaseEvent, actor: Actor = system): Promise<void> {
    return this.records.addEvent(em, caseId, event, actor);
  }

  /** By id; ids that are not known are missing from the map. */
  async byIds(ids: readonly string[]): Promise<Map<string, CaseFile>> {
    if (ids.length === 0) return new Map();
    const [rows, certificates] = await Promise.all([
      this.cases.findBy({ id: In([...new Set(ids)]) }),
      this.certificates.findBy({ caseId: In([...new Set(ids)]) }),
    ]);
    const byCase = new Map(certificates.map((certificate) => [certificate.caseId, certificate]));
    const files = await Promise.all(rows.map((row) => this.toFile(row, byCase.get(row.id) ?? null)));
    return new Map(files.map((file) => [file.id, file]));
  }

  /** @throws AppError NOT_FOUND */
  async caseForRating(caseId: string): Promise<RatableCase> {
    const row = await this.cases.findOneBy({ id: caseId });
    if (!row) throw new AppError('NOT_FOUND');
    const itemName = (await this.item(row.itemId))?.name ?? '';
    return {
      citizenId: row.citizenId,
      hallId: row.hallId,
      title: `办件 ${row.caseNo}`,
      itemName,
      deskLabel: null,
      staffId: row.openedBy,
      endedAt: row.state === 'closed' ? row.closedAt : null,
      ratedAt: row.ratedAt,
    };
  }

  /** Closes the rating of a case; the timeline says that there was one, never which. Locks the case. */
  async markRated(em: EntityManager, caseId: string, at: Date): Promise<void> {
    const row = await this.records.lock(em, caseId);
    if (row.ratedAt) return;
    await this.records.change(em, row, { ratedAt: at });
    await this.addEvent(em, caseId, { kind: 'rating', action: 'rate', title: '已评价，感谢您的反馈', at });
  }

  private async toFile(row: CaseEntity, certificate: CertificateEntity | null): Promise<CaseFile> {
    const item = await this.item(row.itemId);
    return {
      id: row.id,
      caseNo: row.caseNo,
      hallId: row.hallId,
      itemId: row.itemId,
      itemName: item?.name ?? '',
      citizenId: row.citizenId,
      applicantMasked: this.people.maskedName(row),
      state: row.state,
      certificate: certificate && {
        certificateNo: certificate.certificateNo,
        name: certificate.name,
        copies: certificate.copies,
        place: certificate.place,
      },
      courierAllowed: Boolean(item?.courierAllowed),
      deliveryId: row.deliveryId,
      waybillNo: row.waybillNo,
    };
  }

  /**
   * Callers hold a transaction's connection: if each of them waited for the catalogue to be read again on another one, a full
   * pool would wait for itself. So what was read lately is used, and read again behind their backs.
   */
  private async item(itemId: string): Promise<ServiceItem | undefined> {
    const { known } = this;
    const found = known?.catalogue.items.get(itemId);
    const reading = this.read();
    if (!known || !found || performance.now() - known.at > KNOWN_MS) return (await reading).items.get(itemId);
    reading.catch(() => undefined);
    return found;
  }

  private async read(): Promise<Catalogue> {
    const catalogue = await this.guide.catalogue();
    this.known = { at: performance.now(), catalogue };
    return catalogue;
  }
}
