import type { Client } from '@haoban/client';
import type { DeskView } from '@haoban/contracts';
import type { StaffActor } from '../../../apps/api/src/common/actor.js';
import { newId } from '../../../apps/api/src/common/id.js';
import { StaffEntity } from '../../../apps/api/src/identity/staff.entity.js';
import { DeskEntity, DeskQueueEntity } from '../../../apps/api/src/queue/desk.entity.js';
import type { World } from '../world.js';
import { newPerson, requestId, slotAt, type Person, type TestHall } from './booking.js';

export interface Staff extends StaffActor {
  readonly api: Client;
}

/** A member of staff with a name; nobody signs in with this account. */
export async function newStaff(
  world: World,
  hallId: string,
  role: StaffActor['role'] = 'clerk',
): Promise<Staff> {
  const staffId = newId();
  await world.dataSource.manager.insert(StaffEntity, {
    id: staffId,
    username: `test-${staffId}`,
    name: '林测试',
    passwordHash: '-',
    role,
    hallId,
    createdAt: world.now,
  });
  const actor: StaffActor = { kind: 'staff', staffId, role, hallId, name: '林测试' };
  return { ...actor, api: world.client(actor) };
}

let desks = 0;

/** A closed desk that serves these queues. */
export async function newDesk(world: World, hallId: string, queueIds: readonly string[]): Promise<string> {
  const id = newId();
  const number = ++desks;
  const em = world.dataSource.manager;
  await em.insert(DeskEntity, { id, hallId, number, label: `${number} 号窗口` });
  await em.insert(
    DeskQueueEntity,
    queueIds.map((queueId) => ({ deskId: id, queueId })),
  );
  return id;
}

/** A desk with its clerk, and the clerk's acts at it. */
export class TestDesk {
  constructor(
    readonly deskId: string,
    readonly clerk: Staff,
  ) {}

  private get queue() {
    return this.clerk.api.queue;
  }

  open = (): Promise<DeskView> => this.queue.openDesk({ deskId: this.deskId });
  close = (): Promise<DeskView> => this.queue.closeDesk({ deskId: this.deskId });
  view = (): Promise<DeskView> => this.queue.desk({ deskId: this.deskId });
  next = (id = requestId()): Promise<DeskView> => this.queue.callNext({ deskId: this.deskId, requestId: id });
  call = (ticketId: string, reason = '本人要求'): Promise<DeskView> =>
    this.queue.callTicket({ deskId: this.deskId, ticketId, reason });
  recall = (): Promise<DeskView> => this.queue.recall({ deskId: this.deskId });
  start = (): Promise<DeskView> => this.queue.start({ deskId: this.deskId });
  finish = (): Promise<DeskView> => this.queue.finish({ deskId: this.deskId });
  noShow = (): Promise<DeskView> => this.queue.noShow({ deskId: this.deskId });

  /** Calls, serves and finishes one person. @returns the ticket's label */
  async serveNext(): Promise<string> {
    const { current } = await this.next();
    await this.start();
    await this.finish();
    return current?.label ?? '';
  }
}

export async function newOpenDesk(
  world: World,
  hallId: string,
  queueIds: readonly string[],
): Promise<TestDesk> {
  const desk = new TestDesk(await newDesk(world, hallId, queueIds), await newStaff(world, hallId));
  await desk.open();
  return desk;
}

/** A number from afar for this person, or for a new one. */
export async function takeTicket(world: World, hall: TestHall, person?: Person) {
  const owner = person ?? (await newPerson(world));
  const ticket = await owner.api.queue.takeTicket({
    requestId: requestId(),
    hallId: hall.hallId,
    itemId: hall.a.itemId,
  });
  return { owner, ticket };
}

/** A booking of queue A at a time of the clock's day; the clock must allow it. */
export async function bookAt(world: World, hall: TestHall, day: string, time: string, person?: Person) {
  const owner = person ?? (await newPerson(world));
  const slot = await slotAt(world, { hallId: hall.hallId, itemId: hall.a.itemId, day, time });
  const input = { requestId: requestId(), itemId: hall.a.itemId, slotId: slot.id };
  return { owner, booking: await owner.api.booking.reserve(input) };
}
