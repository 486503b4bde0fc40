import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeskView, Display, Ticket } from '@haoban/contracts';
import { WebSocket } from 'ws';
import type { CitizenActor, StaffActor } from '../../../apps/api/src/common/actor.js';
import { newHall, newPeople, newPerson, staffOf } from '../../support/builders/booking.js';
import { newOpenDesk, takeTicket } from '../../support/builders/queue.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  world = await newWorld({ jobs: false });
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await world.close();
});

interface Message {
  readonly type: string;
  readonly topic: string;
  readonly version: number;
  readonly code?: string;
  readonly data: unknown;
}

/** A screen that watches one topic. */
class Screen {
  readonly messages: Message[] = [];

  constructor(socket: WebSocket) {
    socket.on('message', (data) => this.messages.push(JSON.parse((data as Buffer).toString()) as Message));
  }

  static async watch(topic: string, actor?: CitizenActor | StaffActor): Promise<Screen> {
    const socket = new WebSocket(world.liveUrl);
    sockets.push(socket);
    await once(socket, 'open');
    const screen = new Screen(socket);
    const token = actor && (await world.token(actor));
    socket.send(JSON.stringify({ type: 'subscribe', topic, token }));
    await screen.until((messages) => messages.length > 0);
    return screen;
  }

  last<T>(): T {
    return this.messages.at(-1)?.data as T;
  }

  async until(done: (messages: readonly Message[]) => boolean): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!done(this.messages)) {
      if (Date.now() > deadline) {
        throw new Error(`The screen still shows ${JSON.stringify(this.messages.at(-1)).slice(0, 500)}`);
      }
      await new Promise((next) => setTimeout(next, 10));
    }
  }
}

function grows(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0));
}

describe('live topics', () => {
  it("shows every change to the display, the desk and the person's phone", async () => {
    const hall = await newHall(world);
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const first = await takeTicket(world, hall);
    const second = await takeTicket(world, hall);
    const display = await Screen.watch(`queue:${hall.hallId}`);
    const clerk = await Screen.watch(`desk:${desk.deskId}`, desk.clerk);
    const phone = await Screen.watch(`ticket:${second.ticket.id}`, second.owner);
    expect(phone.last<Ticket>()).toMatchObject({ label: 'A002', ahead: 1 });
    await desk.next();
    await phone.until(() => phone.last<Ticket>().ahead === 0);
    await display.until(() => display.last<Display>().calling[0]?.label === 'A001');
    await clerk.until(() => clerk.last<DeskView>().current?.id === first.ticket.id);
    expect(clerk.last<DeskView>().desk).toMatchObject({ mine: false, staffId: desk.clerk.staffId });
    await desk.start();
    await desk.finish();
    await desk.next();
    await phone.until(() => phone.last<Ticket>().state === 'called');
    expect(phone.last<Ticket>().deskLabel).toBe(clerk.last<DeskView>().desk.label);
  });

  it('never goes back in a rush, and ends with what is true', async () => {
    const hall = await newHall(world);
    const desks = await Promise.all(
      Array.from({ length: 4 }, () => newOpenDesk(world, hall.hallId, [hall.a.queueId])),
    );
    const people = await newPeople(world, 20);
    const taken = [];
    for (const person of people) taken.push(await takeTicket(world, hall, person));
    const last = taken.at(-1);
    if (!last) throw new Error('Nobody took a ticket');
    const display = await Screen.watch(`queue:${hall.hallId}`);
    const phone = await Screen.watch(`ticket:${last.ticket.id}`, last.owner);
    await Promise.all(
      desks.map(async (desk) => {
        for (let i = 0; i < 4; i++) await desk.serveNext();
      }),
    );
    const now = await world.client().queue.display({ hallId: hall.hallId });
    const ticket = await last.owner.api.queue.getMine({ ticketId: last.ticket.id });
    await display.until(() => display.last<Display>().version === now.version);
    await phone.until(() => phone.last<Ticket>().version === ticket.version);
    for (const { messages } of [display, phone]) {
      expect(grows(messages.map(({ version }) => version))).toBe(true);
      expect(grows(messages.map(({ data }) => (data as { version: number }).version))).toBe(true);
    }
    const aheads = phone.messages.map(({ data }) => (data as Ticket).ahead ?? 0);
    expect(grows(aheads.toReversed())).toBe(true);
    expect(display.last<Display>()).toEqual(now);
    expect(now).toMatchObject({ servedToday: 16 });
    expect(phone.last<Ticket>()).toEqual(ticket);
    expect(phone.last<Ticket>().ahead).toBe(3);
    // Changes that come together are told together.
    expect(display.messages.length).toBeLessThan(40);
  });

  it('is closed to other people, other halls and roles without a desk', async () => {
    const hall = await newHall(world);
    const { ticket } = await takeTicket(world, hall);
    const desk = await newOpenDesk(world, hall.hallId, [hall.a.queueId]);
    const stranger = await newPerson(world);
    const refused = [
      await Screen.watch(`ticket:${ticket.id}`, stranger),
      await Screen.watch(`ticket:${ticket.id}`, desk.clerk),
      await Screen.watch(`desk:${desk.deskId}`, stranger),
      await Screen.watch(`desk:${desk.deskId}`, staffOf((await newHall(world)).hallId)),
      await Screen.watch(`desk:${desk.deskId}`, staffOf(hall.hallId, 'display')),
    ];
    expect(refused.map(({ messages }) => messages[0]?.code)).toEqual(Array(5).fill('FORBIDDEN'));
    const unknown = await Screen.watch(`desk:${desk.deskId}`);
    expect(unknown.messages[0]?.code).toBe('UNAUTHENTICATED');
  });
});
