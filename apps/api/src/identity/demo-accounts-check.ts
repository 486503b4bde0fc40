import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, type Repository } from 'typeorm';
import { Config } from '../config.js';
import { demoCity, demoPassword } from '../db/demo/index.js';
import { demoId } from '../db/seed/demo-id.js';
import { isPassword } from './password.js';
import { StaffEntity } from './staff.entity.js';

/** A database that once was a demo's lets everybody in who reads this repository: production doesn't start on it. */
@Injectable()
export class DemoAccountsCheck implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(StaffEntity) private readonly staff: Repository<StaffEntity>,
    private readonly config: Config,
  ) {}

  /** @throws Error with the accounts that still have the demo's password */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mode !== 'production') return;
    const ids = demoCity.staff.map(({ username }) => demoId('staff', username));
    const open: string[] = [];
    for (const { username, passwordHash } of await this.staff.findBy({ id: In(ids), active: true })) {
      if (await isPassword(passwordHash, demoPassword)) open.push(username);
    }
    if (open.length > 0) {
      throw new Error(
        `Accounts with the demo's public password, which production refuses: ${open.join(', ')}`,
      );
    }
  }
}
