/** A request as it left for the server. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

type Weather = 'good' | 'cut' | 'lossy' | 'broken';

/**
 * The line between a front end and the server, at the place where the browser or WeChat has it. In good weather every request goes
 * to the real API; tests say when it is cut, when answers get lost on their way back, and when a proxy answers in the server's place.
 */
class Network {
  readonly sent: Sent[] = [];
  private weather: Weather = 'good';
  private matches = /./;
  private readonly underway = new Set<Promise<unknown>>();

  /** Nothing gets through. */
  cut(path = /./): void {
    this.set('cut', path);
  }

  /** Requests arrive and are carried out, but their answers don't come back. */
  loseAnswers(path = /./): void {
    this.set('lossy', path);
  }

  /** What the server answers where its own work fails. */
  breakServer(path = /./): void {
    this.set('broken', path);
  }

  restore(): void {
    this.set('good', /./);
  }

  /** Waits for the answers that are still on their way, and for what they cause. */
  async idle(): Promise<void> {
    do {
      await Promise.allSettled(this.underway);
      await new Promise((done) => setTimeout(done, 20));
    } while (this.underway.size > 0);
  }

  /** Request ids of the acts that were sent to a path, oldest first. */
  requestIds(path: RegExp): unknown[] {
    return this.sent
      .filter((each) => each.method === 'POST' && path.test(each.path))
      .map(({ body }) => (body as { requestId?: unknown }).requestId);
  }

  /** As the front ends' builds ask, at their own origin; a whole address is another party's, or the tests' own question. */
  fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (typeof input !== 'string' || !input.startsWith('/')) return nodeFetch(input, init);
    const url = new URL(input, window.location.href);
    const sent = { method: init.method ?? 'GET', path: input, body: parse(init.body) };
    this.sent.push(sent);
    const weather = this.matches.test(sent.path) ? this.weather : 'good';
    if (weather === 'cut') throw new TypeError('The line is cut');
    if (weather === 'broken') {
      const body = { code: 'INTERNAL', message: '系统出了点问题，请稍后再试。', requestId: 'req-broken' };
      return new Response(JSON.stringify(body), { status: 500 });
    }
    const asked = nodeFetch(url, init);
    this.underway.add(asked);
    const answer = await asked.finally(() => this.underway.delete(asked));
    if (weather === 'lossy') {
      await answer.text();
      throw new TypeError('The answer was lost');
    }
    return answer;
  };

  private set(weather: Weather, matches: RegExp): void {
    this.weather = weather;
    this.matches = matches;
  }
}

function parse(body: unknown): unknown {
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
}

const nodeFetch = globalThis.fetch;

export const network = new Network();
