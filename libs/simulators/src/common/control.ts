import { parseFault } from './faults.js';
import type { FaultBook } from './faults.js';
import { json, Refusal } from './http-server.js';
import type { SimRequest, SimServer } from './http-server.js';
import { parseJson } from './json.js';
import { pageScript } from './page.js';
import { toJson } from './store.js';

export interface ControlOptions {
  server: SimServer;
  faults: FaultBook;
  /** State for people and tests; must hold no key material. */
  view: () => object;
  reset: () => void;
}

/** The control routes that all simulators share: faults, state, reset, and the script of the pages. */
export function addControlRoutes({ server, faults, view, reset }: ControlOptions): void {
  server.route('sim', 'POST', '/_sim/fault', 'fault', (request) => {
    const fault = parseFault(controlBody(request));
    if (typeof fault === 'string') return badControl(fault);
    faults.add(fault);
    return json({ faults: faults.list() });
  });
  server.route('sim', 'DELETE', '/_sim/fault', 'fault', () => {
    faults.clear();
    return json({ faults: [] });
  });
  server.route('sim', 'GET', '/_sim/state', 'state', () => ({
    ...json({}),
    // Maps go out as plain arrays of their values: a reader wants the records, not our storage form.
    body: JSON.stringify(plain({ ...view(), faults: faults.list(), calls: server.calls })),
  }));
  server.route('sim', 'POST', '/_sim/reset', 'reset', () => {
    faults.clear();
    server.calls.length = 0;
    reset();
    return json({ ok: true });
  });
  server.route('page', 'GET', '/_sim/page.js', 'script', () => ({
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
    body: pageScript,
  }));
}

function plain(value: object): unknown {
  return JSON.parse(toJson(value), (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || !('$map' in item)) return item;
    return (item.$map as [string, unknown][]).map(([, each]) => each);
  }) as unknown;
}

export function controlBody(request: SimRequest): unknown {
  return request.rawBody === '' ? {} : parseJson(request.rawBody);
}

export function badControl(message: string, status = 400): ReturnType<typeof json> {
  return json({ code: 'BAD_REQUEST', message }, status);
}

export function refuseControl(message: string, status = 400): never {
  throw new Refusal(badControl(message, status));
}
