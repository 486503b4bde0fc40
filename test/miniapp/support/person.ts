import type { TestCitizen } from '../../support/builders/citizen.js';
import type { World } from '../../support/world.js';
import { WeappHost } from './host.js';
import { dist } from './weapp.js';
import type { Answer } from './wx.js';

/** A person who allows every message. */
export const acceptAll: Record<string, Answer> = {
  requestSubscribeMessage: ({ tmplIds }) =>
    Object.fromEntries((tmplIds as string[]).map((id) => [id, 'accept'] as const)),
};

export function startedHost(world: World, answers: Record<string, Answer> = {}): WeappHost {
  return new WeappHost(dist, { apiUrl: world.baseUrl, answers: { ...acceptAll, ...answers } }).launch();
}

/** A phone on which this citizen signed in earlier. */
export async function signedIn(
  world: World,
  { client, session }: TestCitizen,
  options: { accessToken?: string; answers?: Record<string, Answer> } = {},
): Promise<WeappHost> {
  const host = new WeappHost(dist, {
    apiUrl: world.baseUrl,
    answers: { ...acceptAll, ...options.answers },
  });
  const { accessToken = session.accessToken } = options;
  host.wx.storage.set('hb:session', {
    session: { ...session, accessToken },
    citizen: await client.identity.me(),
  });
  return host.launch();
}
