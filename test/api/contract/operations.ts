import { endpoints, type Audience, type Endpoint } from '@haoban/contracts';

export interface Operation {
  /** `booking.reserve` */
  readonly id: string;
  readonly endpoint: Endpoint;
  /** Names of the parameters in its path. */
  readonly inPath: readonly string[];
}

const table: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = endpoints;

/** Every operation of the endpoint table: whoever adds one has it covered by these tests. */
export const operations: readonly Operation[] = Object.entries(table).flatMap(([feature, entries]) =>
  Object.entries(entries).map(([name, endpoint]) => ({
    id: `${feature}.${name}`,
    endpoint,
    inPath: [...endpoint.path.matchAll(/:(\w+)/g)].map(([, parameter = '']) => parameter),
  })),
);

/** True where anybody gets past the door; a provider proves itself in its own way. */
export const isOpen = (audience: Audience): boolean => audience === 'public' || audience === 'provider';

export const takesBody = ({ method }: Pick<Endpoint, 'method'>): boolean =>
  method !== 'GET' && method !== 'DELETE';
