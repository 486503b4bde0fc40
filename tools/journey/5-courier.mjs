import { expect, newPhone, refused, requestId } from '../lib/journey-people.mjs';

export const steps = [
  {
    name: 'the resident asks what the courier costs',
    async run({ http, state }) {
      state.address = {
        name: '林晓',
        phone: newPhone(),
        province: '榕江省',
        city: '榕城市',
        county: '鼓山区',
        detail: '榕荫路 18 号 3 单元 502 室',
      };
      state.quote = await http('POST', '/api/deliveries/quote', {
        token: state.resident,
        body: { caseId: state.case.id, address: state.address },
      });
      expect(state.quote.feeFen > 0, 'a fee', state.quote);
    },
  },
  {
    name: 'the resident orders the delivery; a second order is refused',
    async run({ http, state }) {
      const token = state.resident;
      const { quoteToken } = state.quote;
      const body = { requestId: requestId(), caseId: state.case.id, address: state.address, quoteToken };
      state.delivery = await http('POST', '/api/deliveries', { token, body });
      expect(
        state.delivery.payment.amountFen === state.quote.feeFen,
        'the quoted fee to pay',
        state.delivery.payment,
      );
      await refused('DELIVERY_ALREADY_EXISTS', () =>
        http('POST', '/api/deliveries', { token, body: { ...body, requestId: requestId() } }),
      );
    },
  },
  {
    name: 'the resident pays in WeChat',
    async run({ http, sim, state, eventually }) {
      const token = state.resident;
      const path = `/api/payments/${state.delivery.payment.id}`;
      const { payParams } = await http('POST', `${path}/prepay`, { token, body: {} });
      await sim.pay('POST', '/_sim/pay', { body: { payParams } });
      await eventually(
        'the payment notice',
        async () => (await http('GET', path, { token })).state === 'paid',
      );
    },
  },
  {
    name: 'EMS gives a waybill; waybill and case name each other',
    async run({ http, state, eventually }) {
      const delivery = await eventually('the EMS order', async () => {
        const found = await http('GET', `/api/deliveries/${state.delivery.id}`, { token: state.resident });
        return found.waybillNo && found;
      });
      state.waybillNo = delivery.waybillNo;
      const mine = await http('GET', `/api/cases/${state.case.id}`, { token: state.resident });
      expect(mine.waybillNo === delivery.waybillNo, 'the waybill on the case', mine.waybillNo);
      const found = await http('GET', `/api/hall/waybills/${delivery.waybillNo}`, {
        token: state.staff.courier,
      });
      expect(found.caseNo === state.case.caseNo, 'the case by its waybill', found.caseNo);
    },
  },
  {
    name: 'the courier desk scans the parcel; a wrong waybill is refused',
    async run({ http, state }) {
      const token = state.staff.courier;
      const path = `/api/hall/deliveries/${state.delivery.id}/hand-over`;
      const body = { waybillNo: state.waybillNo, certificateNo: state.certificateNo };
      await refused('WAYBILL_MISMATCH', () =>
        http('POST', path, { token, body: { ...body, waybillNo: 'EA471108151CN' } }),
      );
      await refused('WAYBILL_MISMATCH', () =>
        http('POST', path, { token, body: { ...body, certificateNo: '别人的证' } }),
      );
      const handed = await http('POST', path, { token, body });
      expect(handed.state === 'handed_over', 'a parcel handed over', handed.state);
    },
  },
  {
    name: 'the parcel travels, and the timeline of the case follows',
    async run({ http, sim, state, eventually }) {
      const token = state.resident;
      const path = `/api/deliveries/${state.delivery.id}`;
      for (let scans = 1; scans <= 12; scans++) {
        const { scan } = await sim.ems('POST', '/_sim/advance', { body: { waybillNo: state.waybillNo } });
        const arrived = scan.opCode === '704';
        await eventually('the pushed scan', async () => {
          const found = await http('GET', path, { token });
          return arrived ? found.state === 'delivered' : found.traces.length >= scans;
        });
        if (arrived) return;
      }
      throw new Error('the parcel never arrived');
    },
  },
  {
    name: 'the certificate is delivered to the resident in person',
    async run({ http, state, eventually }) {
      const token = state.resident;
      // Who signed is only told when asked for: pushes don't carry it.
      await eventually('the signature', async () => {
        const { signedBy } = await http('GET', `/api/deliveries/${state.delivery.id}`, { token });
        return signedBy?.includes('本人');
      });
      const mine = await http('GET', `/api/cases/${state.case.id}`, { token });
      expect(mine.certificate.place === 'delivered', 'a delivered certificate', mine.certificate);
      expect(
        mine.timeline.some(({ kind }) => kind === 'delivery'),
        'delivery on the timeline',
        mine.timeline,
      );
    },
  },
  {
    name: 'the resident rates the case; the hall’s figures count it',
    async run({ http, state, eventually }) {
      const token = state.resident;
      const before = await http('GET', `/api/halls/${state.hallId}/indicators`);
      await eventually('the invitation', async () => {
        const { items } = await http('GET', '/api/ratings/invitations', { token });
        return items.some(({ subjectId }) => subjectId === state.case.id);
      });
      const body = { requestId: requestId(), subject: 'case', subjectId: state.case.id, level: 4, tags: [] };
      await http('POST', '/api/ratings', { token, body });
      const after = await http('GET', `/api/halls/${state.hallId}/indicators`);
      expect(after.rated === before.rated + 1, 'one rating more', {
        before: before.rated,
        after: after.rated,
      });
    },
  },
  {
    name: 'the inbox holds a copy of every message',
    async run({ http, state, eventually }) {
      const wanted = [
        'booking_confirmed',
        'ticket_called',
        'case_closed',
        'delivery_progress',
        'payment_result',
      ];
      await eventually('every message', async () => {
        const { items } = await http('GET', '/api/inbox', { token: state.resident, query: { limit: 100 } });
        const found = new Set(items.map(({ template }) => template));
        return wanted.every((template) => found.has(template));
      });
    },
  },
  {
    name: 'the clerk closes the desk',
    async run({ http, state }) {
      await http('POST', `/api/desks/${state.desk.id}/close`, { token: state.staff.clerk, body: {} });
    },
  },
];
