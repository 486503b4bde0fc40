import { EmsClient } from '@haoban/ems';
import type { FactoryProvider } from '@nestjs/common';
import { Config } from '../config.js';

/** Where every call of the open platform goes, beside the host. */
const OPEN_PATH = '/amp-prod-api/f/amp/api/open';

/** EMS_BASE_URL may be the host alone, or the whole address (the test platform's ends in `/test`). */
export function emsAddress(baseUrl: string): string {
  return new URL(baseUrl).pathname.includes(OPEN_PATH) ? baseUrl : baseUrl.replace(/\/+$/, '') + OPEN_PATH;
}

/** The agreement customer's one client. EMS refuses messages that are minutes old, so it keeps the system's clock. */
export const emsProvider: FactoryProvider<EmsClient> = {
  provide: EmsClient,
  inject: [Config],
  useFactory: ({ ems }: Config) =>
    new EmsClient({
      baseUrl: emsAddress(ems.baseUrl),
      senderNo: ems.senderNo,
      authorization: ems.authorization,
      signKey: ems.signKey,
      fetch: (url, init) => fetch(url, init),
    }),
};
