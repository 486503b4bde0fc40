import type { EntryCode, EntryKind, EntryTarget } from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { violatedIndex } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { EntryCodeEntity } from './entry-code.entity.js';
import { toEntryCode } from './entry-code.mapper.js';
import { ENTRY_PAGE, EntryPictureService } from './entry-picture.service.js';
import { newScene, readScene } from './entry-scene.js';
import { EntryTargetService, type TargetIds } from './entry-target.service.js';

const ATTEMPTS = 3;

/** Codes on posters: made once per target by a manager, and what they mean when somebody scans one. */
@Injectable()
export class EntryCodesService {
  constructor(
    @InjectRepository(EntryCodeEntity) private readonly codes: Repository<EntryCodeEntity>,
    private readonly targets: EntryTargetService,
    private readonly pictures: EntryPictureService,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The same target has the same code for ever: a poster that hangs must not go blind when another one is printed.
   * @throws AppError NOT_FOUND, HALL_NOT_FOUND, ITEM_NOT_FOUND, ITEM_NOT_OFFERED, ENTRY_CODE_UNAVAILABLE, ENTRY_CODE_REFUSED
   */
  async issue(
    actor: StaffActor,
    { kind, targetId }: { kind: EntryKind; targetId: string },
  ): Promise<EntryCode> {
    const { hall, title, subtitle, ...ids } = await this.targets.choose(actor, kind, targetId);
    const row = await this.findOrAdd(actor, ids);
    const picture = await this.pictures.get(row);
    return toEntryCode(row, ENTRY_PAGE, { hall, title, subtitle }, picture);
  }

  /** @throws AppError ENTRY_CODE_UNKNOWN */
  async resolve(text: string): Promise<EntryTarget> {
    const scene = readScene(text);
    const row = scene && (await this.codes.findOneBy({ scene }));
    if (!row) throw new AppError('ENTRY_CODE_UNKNOWN');
    return this.targets.resolve(row);
  }

  private async findOrAdd(actor: StaffActor, ids: TargetIds): Promise<EntryCodeEntity> {
    const target = targetOf(ids);
    for (let attempt = 1; ; attempt++) {
      const known = await this.codes.findOneBy({ target });
      if (known) return known;
      try {
        await this.transactions.run((em) => this.add(em, actor, ids, target));
      } catch (error) {
        // Somebody else made it at the same time, or the scene is another target's: look again, draw again.
        const collided = violatedIndex(error)?.startsWith('ux_entry_code_');
        if (!collided || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async add(em: EntityManager, actor: StaffActor, ids: TargetIds, target: string): Promise<void> {
    const { kind, hallId, itemId, deskId } = ids;
    const [id, scene] = [newId(), newScene()];
    const row = { id, scene, target, kind, hallId, itemId, deskId };
    await em.insert(EntryCodeEntity, { ...row, createdBy: actor.staffId, createdAt: this.clock.now() });
    await this.audit.record(em, actor, {
      action: 'entryCode.issue',
      subjectKind: 'entryCode',
      subjectId: id,
      after: { scene, kind, hallId, itemId, deskId },
    });
  }
}

function targetOf({ kind, hallId, itemId, deskId }: TargetIds): string {
  return [kind, deskId ?? hallId, ...(itemId ? [itemId] : [])].join(':');
}
