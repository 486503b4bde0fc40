import type { HallCase } from '@haoban/contracts';
import { cityIds } from '../../support/builders/city.js';
import { requestId } from '../../support/builders/booking.js';
import { eventually, simPost } from '../../support/builders/payment.js';
import { demoStaff } from '../../support/builders/staff.js';
import type { World } from '../../support/world.js';

/** The hall's part of the thread, done through the API where a test looks at the phone alone. */
export class HallActs {
  private readonly clerk;
  private readonly courier;
  private readonly deskId = cityIds.desk('RC-SM', 13);

  constructor(private readonly world: World) {
    this.clerk = demoStaff(world, 'clerk04').client;
    this.courier = demoStaff(world, 'courier01').client;
  }

  async openDesk(): Promise<void> {
    await this.clerk.queue.openDesk({ deskId: this.deskId });
  }

  async closeDesk(): Promise<void> {
    await this.clerk.queue.closeDesk({ deskId: this.deskId });
  }

  async call(label: string): Promise<void> {
    const { waiting } = await this.clerk.queue.desk({ deskId: this.deskId });
    const ticket = waiting.find((each) => each.label === label);
    if (!ticket) throw new Error(`${label} is not waiting`);
    const { deskId } = this;
    await this.clerk.queue.callTicket({ deskId, ticketId: ticket.id, reason: '大厅经理安排' });
  }

  /** Serves the called ticket and takes its papers. */
  async serve(): Promise<HallCase> {
    const { deskId } = this;
    const { current } = await this.clerk.queue.start({ deskId });
    if (!current) throw new Error('Nobody was called');
    const { materials } = await this.world.client().guide.getItem({ itemId: current.itemId });
    const opened = await this.clerk.cases.open({
      requestId: requestId(),
      ticketId: current.id,
      receivedMaterialIds: materials.map(({ id }) => id),
    });
    await this.clerk.queue.finish({ deskId });
    return opened;
  }

  /** To the decision, the certificate and the end. */
  async grant({ id: caseId }: HallCase): Promise<HallCase> {
    const { cases } = this.clerk;
    for (let now = await cases.getOfHall({ caseId }); now.state !== 'deciding';)
      now = await cases.advance({ caseId });
    await cases.decide({ caseId, result: 'granted' });
    await cases.issueCertificate({ caseId, copies: 1 });
    return cases.close({ caseId });
  }

  /** The parcel of the case, from the courier desk to the letter box. */
  async deliver({ id: caseId, certificate }: HallCase): Promise<void> {
    const waybillNo = await eventually(
      'the waybill',
      async () => (await this.clerk.cases.getOfHall({ caseId })).waybillNo,
    ).then(String);
    const parcel = await this.courier.delivery.findByWaybill({ waybillNo });
    const certificateNo = certificate?.certificateNo ?? '';
    await this.courier.delivery.handOver({ deliveryId: parcel.id, waybillNo, certificateNo });
    for (let opCode = ''; opCode !== '704';) {
      const { scan } = await simPost(this.world.simulators.ems.url, '/_sim/advance', { waybillNo });
      opCode = (scan as { opCode: string }).opCode;
    }
    await eventually('the parcel to be delivered', async () => {
      const { state } = await this.courier.delivery.getOfHall({ deliveryId: parcel.id });
      return state === 'delivered';
    });
  }
}
