import {
  createClient,
  fetchTransport,
  type Answer,
  type Call,
  type Client,
  type Transport,
} from '@haoban/client';
import { commonErrors, endpoints, type Endpoint } from '@haoban/contracts';

/** The server said something that the contract doesn't: a fault in one of the two. */
export class ContractError extends Error {
  override name = 'ContractError';
}

/** The typed client, over real HTTP, with every answer held against its contract. */
export function checkedClient(baseUrl: string, token: () => Promise<string | undefined>): Client {
  const transport: Transport = async (call) => {
    const bearer = await token();
    const answer = await fetchTransport({ baseUrl, token: () => bearer, fetch })(call);
    checkAnswer(call, answer);
    return answer;
  };
  return createClient(transport);
}

export function checkAnswer({ operation, method, path }: Call, { status, body }: Answer): void {
  const what = `${operation} (${method} ${path}) answered ${status}`;
  const endpoint = endpointOf(operation);
  if (status >= 400) {
    const code = (body as { code?: string } | undefined)?.code;
    const known =
      code !== undefined && ([...commonErrors, ...endpoint.errors] as readonly string[]).includes(code);
    if (!known) throw new ContractError(`${what} ${code}, which it doesn't list: ${JSON.stringify(body)}`);
    return;
  }
  const parsed = endpoint.output.safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ContractError(`${what} not as its contract says: ${problems.join('; ')}`);
  }
  const extra = extraFields(body, parsed.data);
  if (extra.length > 0)
    throw new ContractError(`${what} with fields that its contract doesn't name: ${extra.join(', ')}`);
}

function endpointOf(operation: string): Endpoint {
  const [feature = '', name = ''] = operation.split('.');
  const table = endpoints as Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;
  const endpoint = table[feature]?.[name];
  if (!endpoint) throw new ContractError(`There is no endpoint ${operation}`);
  return endpoint;
}

/** What the schema dropped: a field that nobody decided to send may be one that nobody should see. */
function extraFields(raw: unknown, parsed: unknown, path = ''): string[] {
  if (typeof raw !== 'object' || raw === null || typeof parsed !== 'object' || parsed === null) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    return key in parsed ? extraFields(value, (parsed as Record<string, unknown>)[key], here) : [here];
  });
}
