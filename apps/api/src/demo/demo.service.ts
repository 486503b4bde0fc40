import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config.js';
import { demoCity, demoPassword } from '../db/demo/index.js';
import { GuideService } from '../guide/guide.service.js';

/** What the phone app in a browser needs to stand in for WeChat: where the simulators are and whom one may be. */
export interface DemoConfig {
  readonly sims: { readonly wechat: string; readonly pay: string; readonly ems: string };
  /** The demo's clock, which may be moved to opening hours. */
  readonly now: string;
  readonly residents: readonly {
    readonly key: string;
    readonly name: string;
    readonly about: string;
    readonly elderMode: boolean;
  }[];
  readonly staff: readonly {
    readonly username: string;
    readonly name: string;
    readonly role: string;
    readonly hallName: string | null;
    readonly deskNumber: number | null;
  }[];
  readonly password: string;
  readonly halls: readonly { readonly id: string; readonly name: string }[];
}

/** Only in the module of a demo, so that a real city has neither the accounts nor the routes. */
@Injectable()
export class DemoService {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly guide: GuideService,
  ) {}

  async describe(): Promise<DemoConfig> {
    const hallNames = new Map<string, string>(demoCity.halls.map(({ code, name }) => [code, name]));
    const { halls } = await this.guide.catalogue();
    return {
      sims: {
        wechat: this.config.wechat.baseUrl,
        pay: this.config.wechatpay.baseUrl,
        ems: new URL(this.config.ems.baseUrl).origin,
      },
      now: this.clock.now().toISOString(),
      residents: demoCity.residents.map(({ key, name, about, elderMode }) => ({
        key,
        name,
        about,
        elderMode,
      })),
      staff: demoCity.staff.map(({ username, name, role, hall, deskNumber }) => ({
        username,
        name,
        role,
        hallName: hall ? (hallNames.get(hall) ?? null) : null,
        deskNumber,
      })),
      password: demoPassword,
      halls: [...halls.values()].map(({ id, name }) => ({ id, name })),
    };
  }
}
