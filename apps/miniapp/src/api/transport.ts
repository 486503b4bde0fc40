import type { Answer, Call, Transport } from '@haoban/client';
import Taro from '@tarojs/taro';
import { noteServerTime } from './server-clock';

const TIMEOUT_MS = 15_000;
/** Pauses before a read is asked again; writes are left to the person, whose request id makes a repeat safe. */
const RETRY_AFTER_MS = [400, 1_200];

/** Nothing came back: no network, or it was cut. */
export class NoAnswer extends Error {
  constructor() {
    super('网络不通，请检查手机的网络后再试。');
    this.name = 'NoAnswer';
  }
}

/** Carries calls over `Taro.request`. Reads are repeated when the line breaks or the server is overloaded. */
export function taroTransport(token: () => string | undefined): Transport {
  return async (call) => {
    const pauses = call.method === 'GET' ? RETRY_AFTER_MS : [];
    for (const pause of pauses) {
      const answer = await send(call, token()).catch(onlyNoAnswer);
      if (answer && answer.status !== 502 && answer.status !== 503 && answer.status !== 504) return answer;
      await new Promise((done) => setTimeout(done, pause));
    }
    return send(call, token());
  };
}

function onlyNoAnswer(error: unknown): undefined {
  if (!(error instanceof NoAnswer)) throw error;
}

async function send({ method, path, body }: Call, bearer: string | undefined): Promise<Answer> {
  try {
    const { statusCode, data, header } = await Taro.request<unknown, string>({
      url: HAOBAN_API + path,
      // The literal types of both sides name the same methods; PATCH is missing in Taro's.
      method: method as 'GET',
      header: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      ...(body === undefined ? {} : { data: JSON.stringify(body) }),
      dataType: 'text',
      responseType: 'text',
      timeout: TIMEOUT_MS,
    });
    noteServerTime(headerOf(header, 'x-server-time') ?? headerOf(header, 'date'));
    return { status: statusCode, body: parse(data) };
  } catch {
    throw new NoAnswer();
  }
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  // A browser gives `Headers`, WeChat a plain object whose names keep the server's case.
  if (headers instanceof Object && 'get' in headers && typeof headers.get === 'function') {
    const found: unknown = (headers as { get(name: string): unknown }).get(name);
    return typeof found === 'string' ? found : undefined;
  }
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined;
  }
}
