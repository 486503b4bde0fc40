import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Gauge, Registry } from 'prom-client';
import { In, LessThan, type Repository } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Repeat } from '../outbox/job.js';
import { CaseEntity } from './case.entity.js';

@Injectable()
export class CasesJobs {
  private readonly overdue: Gauge;

  constructor(
    @InjectRepository(CaseEntity) private readonly cases: Repository<CaseEntity>,
    private readonly clock: Clock,
    registry: Registry,
  ) {
    this.overdue = new Gauge({
      name: 'haoban_cases_overdue',
      help: 'Undecided cases past their promised time whose clock runs',
      registers: [registry],
    });
  }

  /** Nothing is stored: whether a case is overdue follows from its due time wherever it is shown. */
  @Repeat('cases.count-overdue', { everyMs: 60_000 })
  async countOverdue(): Promise<void> {
    const state = In(['accepted', 'reviewing', 'deciding']);
    this.overdue.set(await this.cases.countBy({ state, dueAt: LessThan(this.clock.now()) }));
  }
}
