import type { World } from '../world.js';
import {
  itemLike,
  openCase,
  requestId,
  servedVisit,
  toClosed,
  type OpenedCase,
  type Visit,
} from './cases.js';
import { newCitizen, type TestCitizen } from './citizen.js';

export interface EndedVisit extends Visit {
  readonly citizen: TestCitizen;
}

/** A visit that has ended and whose invitation has been written; the world must have the demo city and its jobs. */
export async function endedVisit(world: World, person?: TestCitizen): Promise<EndedVisit> {
  const citizen = person ?? (await newCitizen(world));
  const visit = await servedVisit(world, await itemLike(world), citizen);
  await visit.desk.finish();
  await world.drain();
  return { ...visit, citizen };
}

/** The same with a case that is closed. */
export async function closedCase(world: World): Promise<OpenedCase> {
  const opened = await openCase(world);
  await opened.desk.finish();
  await toClosed(opened);
  await world.drain();
  return opened;
}

export interface Answer {
  readonly level?: number;
  readonly tags?: string[];
  readonly comment?: string;
  readonly anonymous?: boolean;
  readonly requestId?: string;
}

export function rateVisit({ citizen, ticketId }: EndedVisit, answer: Answer = {}) {
  return rate(citizen, 'visit', ticketId, answer);
}

export function rate(
  { client }: TestCitizen,
  subject: 'visit' | 'case',
  subjectId: string,
  { level = 5, ...rest }: Answer = {},
) {
  return client.ratings.rate({ requestId: requestId(), subject, subjectId, level, ...rest });
}
