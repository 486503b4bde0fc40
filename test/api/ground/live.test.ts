import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { LivePublisher } from '../../../apps/api/src/live/live-publisher.js';
import { LiveGateway } from '../../../apps/api/src/live/live.gateway.js';
import { LiveTopics } from '../../../apps/api/src/live/live-topics.js';
import { newWorld, type World } from '../../support/world.js';

interface Message {
  type: string;
  topic?: string;
  version?: number;
  data?: { count: number };
  code?: string;
}

/** A client that keeps what it hears. */
class Listener {
  readonly heard: Message[] = [];
  closedWith?: number;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString()) as Message));
    socket.on('close', (code) => (this.closedWith = code));
  }

  static async open(url: string): Promise<Listener> {
    const socket = new WebSocket(url);
    const listener = new Listener(socket);
    await new Promise((done, fail) => socket.once('open', done).once('error', fail));
    return listener;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  snapshots(): Message[] {
    return this.heard.filter(({ type }) => type === 'snapshot');
  }

  async until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited += 10) {
      if (waited > 5_000) throw new Error(`Not heard: ${JSON.stringify(this.heard)}`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }
}

describe('live data', () => {
  let world: World;
  let count = 0;
  let taken = 0;
  const open: Listener[] = [];
  const listen = async () => {
    const listener = await Listener.open(world.liveUrl);
    open.push(listener);
    return listener;
  };

  beforeAll(async () => {
    world = await newWorld({ jobs: false });
    const topics = world.get(LiveTopics);
    topics.register('probe/:id', {
      authorize: () => true,
      snapshot: () => {
        taken++;
        return Promise.resolve({ count });
      },
    });
    topics.register('own/:citizenId', {
      authorize: (actor, { citizenId }) => actor.kind === 'citizen' && actor.citizenId === citizenId,
      snapshot: () => Promise.resolve({ count }),
    });
  });
  afterEach(() => open.splice(0).forEach(({ socket }) => socket.terminate()));
  afterAll(() => world.close());

  it('sends the present state at once and a newer one after a change', async () => {
    const listener = await listen();
    count = 1;
    listener.say({ type: 'subscribe', topic: 'probe/a' });
    await listener.until(() => listener.snapshots().length === 1);
    count = 2;
    await world.get(LivePublisher).changed('probe/a');
    await listener.until(() => listener.snapshots().length === 2);
    const [first, second] = listener.snapshots();
    expect([first?.data, second?.data]).toEqual([{ count: 1 }, { count: 2 }]);
    expect(second?.version).toBeGreaterThan(first?.version ?? Infinity);
  });

  it('joins a rush of changes into few snapshots, taken once for all watchers, and the last state arrives', async () => {
    const listeners = await Promise.all(Array.from({ length: 5 }, listen));
    for (const listener of listeners) listener.say({ type: 'subscribe', topic: 'probe/b' });
    for (const listener of listeners) await listener.until(() => listener.snapshots().length === 1);
    taken = 0;
    for (count = 100; count < 150; count++) await world.get(LivePublisher).changed('probe/b');
    for (const listener of listeners) {
      await listener.until(() => listener.snapshots().at(-1)?.data?.count === 150);
      const versions = listener.snapshots().map(({ version }) => version ?? 0);
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      expect(versions.length).toBeLessThan(12);
    }
    expect(taken).toBeLessThan(12);
  });

  it('keeps versions growing when Redis has forgotten them', async () => {
    const publisher = world.get(LivePublisher);
    await publisher.changed('probe/c');
    const before = await publisher.version('probe/c');
    const { Redis } = await import('ioredis');
    await world.get(Redis).del('live:version:probe/c');
    await new Promise((done) => setTimeout(done, 5));
    await publisher.changed('probe/c');
    expect(await publisher.version('probe/c')).toBeGreaterThan(before);
  });

  it('shows a topic only to those who may see it', async () => {
    const listener = await listen();
    listener.say({ type: 'subscribe', topic: 'own/C1' });
    await listener.until(() => listener.heard.at(-1)?.code === 'UNAUTHENTICATED');
    const token = await world.token({ kind: 'citizen', citizenId: 'C1' });
    listener.say({ type: 'subscribe', topic: 'own/C2', token });
    await listener.until(() => listener.heard.at(-1)?.code === 'FORBIDDEN');
    listener.say({ type: 'subscribe', topic: 'own/C1' });
    await listener.until(() => listener.snapshots().length === 1);
    listener.say({ type: 'subscribe', topic: 'nothing/here' });
    await listener.until(() => listener.heard.at(-1)?.code === 'NOT_FOUND');
  });

  it('answers nonsense with a code and allows eight topics a socket', async () => {
    const listener = await listen();
    listener.socket.send('{{{');
    await listener.until(() => listener.heard.at(-1)?.code === 'VALIDATION_FAILED');
    for (let topic = 0; topic < 9; topic++) listener.say({ type: 'subscribe', topic: `probe/t${topic}` });
    await listener.until(() => listener.heard.some(({ code }) => code === 'RATE_LIMITED'));
    expect(listener.snapshots()).toHaveLength(8);
  });

  it('closes a socket whose token has run out', async () => {
    const listener = await listen();
    const token = await world.token({ kind: 'citizen', citizenId: 'C1' });
    listener.say({ type: 'subscribe', topic: 'own/C1', token });
    await listener.until(() => listener.snapshots().length === 1);
    world.clock.advance(16 * 60_000);
    world.get(LiveGateway).beat();
    await listener.until(() => listener.closedWith === 4401);
  });

  it('cuts a socket that gives no sign of life', async () => {
    const listener = await listen();
    listener.socket.pong = () => undefined;
    (listener.socket as unknown as { _autoPong: boolean })._autoPong = false;
    world.get(LiveGateway).beat();
    world.get(LiveGateway).beat();
    await listener.until(() => listener.closedWith !== undefined);
  });

  it('refuses upgrades elsewhere', async () => {
    await expect(Listener.open(world.liveUrl.replace('/live', '/other'))).rejects.toThrow(/404/);
  });
});
