import { policyFaults, policyInWords, policyPresets, type BookingSettings } from '@haoban/domain';
import {
  PolicyPresetKey,
  type BookingPolicy,
  type PolicyPreset,
  type PolicySettings,
} from '@haoban/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { StaffActor } from '../common/actor.js';
import { AppError } from '../common/app-error.js';
import { Clock } from '../common/clock.js';
import { onUnique } from '../db/database-error.js';
import { Transactions } from '../db/transactions.js';
import { QueueCalendarService } from '../guide/queue-calendar.service.js';
import { BookingPolicies, unsavedPolicy, type PolicyRow } from './booking-policies.service.js';
import { BookingPolicyEntity } from './booking-policy.entity.js';
import { fromSettings, toSettings } from './calendar-mapper.js';
import { hallOfManager } from './calendar-scope.js';

interface PolicySave {
  readonly version: number;
  readonly preset: PolicyPresetKey | 'custom';
  readonly settings?: PolicySettings | undefined;
  readonly reason: string;
  readonly dryRun: boolean;
}

const CUSTOM = '本大厅自定';

/** The booking rules of a hall as its manager sees and saves them. */
@Injectable()
export class BookingPolicyService {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: BookingPolicies,
    private readonly calendars: QueueCalendarService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async getPolicy(actor: StaffActor): Promise<BookingPolicy> {
    return toPolicy(await this.policies.rowOf(hallOfManager(actor)));
  }

  /** @throws AppError POLICY_CHANGED where somebody else was faster, POLICY_INVALID */
  async savePolicy(actor: StaffActor, input: PolicySave): Promise<BookingPolicy> {
    const hallId = hallOfManager(actor);
    const settings = settingsOf(input);
    const faults = policyFaults(settings);
    if (faults.length > 0) {
      const details = faults.map(({ field, text }) => ({ path: `settings.${field}`, message: text }));
      throw new AppError('POLICY_INVALID', details);
    }
    if (input.dryRun) {
      return toPolicy({ ...(await this.policies.rowOf(hallId)), preset: input.preset, settings });
    }
    const saved = await this.transactions.run(async (em) => {
      const before = await em.findOne(BookingPolicyEntity, {
        where: { hallId },
        lock: { mode: 'pessimistic_write' },
      });
      const row = before ?? unsavedPolicy(hallId);
      if (row.version !== input.version) throw new AppError('POLICY_CHANGED', { version: row.version });
      const next: PolicyRow = {
        hallId,
        preset: input.preset,
        settings,
        version: row.version + 1,
        savedBy: actor.staffId,
        savedByName: actor.name,
        savedAt: this.clock.now(),
      };
      await write(em, next, before !== null);
      await this.note(em, actor, row, next, input.reason);
      this.policies.changed(em);
      return next;
    });
    return toPolicy(saved);
  }

  listPresets(): { items: PolicyPreset[] } {
    return {
      items: PolicyPresetKey.options.map((key) => {
        const { name, about, settings, window } = policyPresets[key];
        return {
          key,
          name,
          about,
          settings: fromSettings(settings),
          window: window && { ...window },
          rules: policyInWords(settings),
        };
      }),
    };
  }

  private async note(
    em: EntityManager,
    actor: StaffActor,
    before: PolicyRow,
    after: PolicyRow,
    reason: string,
  ) {
    const [old, now] = [policyInWords(before.settings), policyInWords(after.settings)];
    await this.calendars.record(em, actor, {
      hallId: after.hallId,
      queueId: null,
      action: 'policy',
      reason,
      before: old.filter((text) => !now.includes(text)),
      after: now.filter((text) => !old.includes(text)),
      affected: 0,
    });
    await this.audit.record(em, actor, {
      action: 'calendar.save-policy',
      subjectKind: 'hall',
      subjectId: after.hallId,
      before: { preset: before.preset, settings: before.settings },
      after: { preset: after.preset, settings: after.settings, reason },
    });
  }
}

async function write(em: EntityManager, row: PolicyRow, exists: boolean): Promise<void> {
  const { hallId, ...values } = row;
  if (exists) {
    await em.update(BookingPolicyEntity, { hallId }, values);
    return;
  }
  try {
    await em.insert(BookingPolicyEntity, row);
  } catch (error) {
    // Nothing could be locked before the first save: the primary key has the last word.
    onUnique(error, { PRIMARY: 'POLICY_CHANGED' });
  }
}

function settingsOf({ preset, settings }: PolicySave): BookingSettings {
  if (preset !== 'custom') return policyPresets[preset].settings;
  if (!settings) throw new AppError('POLICY_INVALID', [{ path: 'settings', message: '请填写各项数字。' }]);
  return toSettings(settings);
}

function toPolicy({ hallId, preset, settings, version, savedByName, savedAt }: PolicyRow): BookingPolicy {
  return {
    hallId,
    preset,
    presetName: preset === 'custom' ? CUSTOM : policyPresets[preset].name,
    settings: fromSettings(settings),
    rules: policyInWords(settings),
    version,
    savedBy: savedByName,
    savedAt: savedAt?.toISOString() ?? null,
  };
}
