import { expect, liveMessage, requestId } from '../lib/journey-people.mjs';

export const steps = [
  {
    name: 'the clerk opens a desk that serves the queue',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const { items: desks } = await http('GET', '/api/desks', { token });
      const serves = ({ queueIds }) => queueIds.includes(state.booking.queueId);
      const mine = desks.find((desk) => desk.mine);
      if (mine && !serves(mine)) await http('POST', `/api/desks/${mine.id}/close`, { token, body: {} });
      const desk =
        mine && serves(mine) ? mine : desks.find((each) => serves(each) && each.status === 'closed');
      expect(desk, 'a free desk for this queue', desks);
      state.desk = desk;
      if (desk !== mine) await http('POST', `/api/desks/${desk.id}/open`, { token, body: {} });
      else if (desk.status === 'paused')
        await http('POST', `/api/desks/${desk.id}/resume`, { token, body: {} });
    },
  },
  {
    name: 'the resident checks in and gets a number',
    async run({ http, state }) {
      const token = state.resident;
      state.ticket = await http('POST', `/api/bookings/${state.booking.id}/check-in`, { token, body: {} });
      expect(/^[A-Z]{1,2}\d{3}$/.test(state.ticket.label), 'a number such as A038', state.ticket.label);
      const again = await http('POST', `/api/bookings/${state.booking.id}/check-in`, { token, body: {} });
      expect(again.id === state.ticket.id, 'the same number for a second tap', again);
    },
  },
  {
    name: 'the resident sees how many are ahead and how long it may take, live',
    async run({ baseUrl, state }) {
      const topic = `ticket:${state.ticket.id}`;
      const { data, version } = await liveMessage(baseUrl, topic, state.resident, () => true);
      expect(data.ahead >= 0 && data.wait.highMinutes >= data.wait.lowMinutes, 'a place and a range', data);
      expect(Number.isInteger(version), 'a version', version);
    },
  },
  {
    name: 'the clerk calls the next; phone, display and WeChat tell it',
    async run({ http, baseUrl, sim, state, eventually }) {
      const token = state.staff.clerk;
      const desk = `/api/desks/${state.desk.id}`;
      const called = liveMessage(
        baseUrl,
        `ticket:${state.ticket.id}`,
        state.resident,
        (data) => data.state === 'called',
      );
      const view = await http('GET', desk, { token });
      // On a private city ours is the next; on a living one others may wait before us.
      if (view.next?.id === state.ticket.id) {
        await http('POST', `${desk}/call-next`, { token, body: { requestId: requestId() } });
      } else {
        await http('POST', `${desk}/call`, {
          token,
          body: { ticketId: state.ticket.id, reason: '全流程检查' },
        });
      }
      await called;
      const display = await http('GET', `/api/halls/${state.hallId}/display`);
      expect(
        display.calling.some(({ ticketId }) => ticketId === state.ticket.id),
        'the call on the display',
        display.calling,
      );
      await eventually('the subscribe message', async () => {
        const { messages } = await sim.wechat('GET', '/_sim/messages', { query: { openid: state.openid } });
        return messages.length > 0;
      });
    },
  },
  {
    name: 'the clerk calls again, then starts',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const desk = `/api/desks/${state.desk.id}`;
      await http('POST', `${desk}/recall`, { token, body: {} });
      const view = await http('POST', `${desk}/start`, { token, body: {} });
      expect(
        view.current.state === 'serving' && view.current.calledCount === 2,
        'serving after two calls',
        view.current,
      );
    },
  },
];
