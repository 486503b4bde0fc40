import { expect, refused, requestId } from '../lib/journey-people.mjs';

const password = 'Haoban@2026';

export const steps = [
  {
    name: 'staff sign in: a clerk, the courier desk, the manager',
    async run({ http, state }) {
      state.staff = {};
      for (const [role, username] of Object.entries({
        clerk: 'clerk01',
        courier: 'courier01',
        manager: 'manager01',
      })) {
        const { session, staff } = await http('POST', '/api/session/staff', { body: { username, password } });
        state.staff[role] = session.accessToken;
        state.hallId = staff.hallId;
      }
      await refused('FORBIDDEN', () => http('GET', '/api/desks', { token: state.resident }));
    },
  },
  {
    name: 'the resident searches the guide, in Chinese and by pinyin initials',
    async run({ http, state }) {
      const query = { hallId: state.hallId, bookable: true, courier: true, limit: 100 };
      const { items } = await http('GET', '/api/items', { query });
      expect(items.length > 0, 'items that can be booked and sent by courier');
      const byInitials = await http('GET', '/api/items', { query: { q: 'bdc', limit: 100 } });
      const byName = await http('GET', '/api/items', { query: { q: '不动产', limit: 100 } });
      expect(byName.total > 0 && byInitials.total > 0, 'hits for 不动产 and bdc', [
        byName.total,
        byInitials.total,
      ]);
      state.candidates = items.filter(({ kind }) => kind === 'promised');
    },
  },
  {
    name: 'the resident reads what to bring, and a filled-in specimen',
    async run({ http, state }) {
      for (const { id } of state.candidates) {
        const item = await http('GET', `/api/items/${id}`);
        if (!item.certificateName || item.steps === '1+1') continue;
        const { items: slots } = await slotsOfToday(http, item, state);
        if (!slots.length) continue;
        state.item = item;
        break;
      }
      expect(state.item, 'an item with a certificate and a free slot today');
      const material = state.item.materials.find(({ hasSample }) => hasSample);
      const { svg } = await http('GET', `/api/materials/${material.id}/sample`);
      expect(svg.startsWith('<svg'), 'a picture', svg.slice(0, 80));
    },
  },
  {
    name: 'the resident books a slot of today; a retry books nothing twice',
    async run({ http, state }) {
      const token = state.resident;
      const { items: slots } = await slotsOfToday(http, state.item, state);
      const slot = slots.find(({ remaining }) => remaining > 0);
      expect(slot, 'a free slot today', slots);
      const body = { requestId: requestId(), itemId: state.item.id, slotId: slot.id };
      state.booking = await http('POST', '/api/bookings', { token, body });
      const again = await http('POST', '/api/bookings', { token, body });
      expect(again.id === state.booking.id, 'the same booking', again);
      const after = await slotsOfToday(http, state.item, state);
      const left = after.items.find(({ id }) => id === slot.id)?.remaining ?? 0;
      expect(left === slot.remaining - 1, 'one place fewer', { before: slot.remaining, left });
    },
  },
  {
    name: 'the resident books another day and cancels it',
    async run({ http, state }) {
      const token = state.resident;
      const path = `/api/items/${state.item.id}/halls/${state.hallId}/days`;
      const { items: days } = await http('GET', path);
      const later = days.findLast(({ status }) => status === 'open');
      const { items: slots } = await http('GET', `${path}/${later.day}/slots`);
      const slot = slots.findLast(({ remaining }) => remaining > 0);
      const body = { requestId: requestId(), itemId: state.item.id, slotId: slot.id };
      const booking = await http('POST', '/api/bookings', { token, body });
      const cancelled = await http('POST', `/api/bookings/${booking.id}/cancel`, {
        token,
        body: { reason: '改天再来' },
      });
      expect(cancelled.state === 'cancelled', 'a cancelled booking', cancelled.state);
    },
  },
  {
    name: 'the resident allows messages, and finds the confirmation in the inbox',
    async run({ http, sim, state, eventually }) {
      const token = state.resident;
      const { items } = await http('GET', '/api/notifications/templates');
      const wanted = items.filter(({ key }) =>
        ['ticket_called', 'case_closed', 'delivery_progress'].includes(key),
      );
      const templateIds = wanted.map(({ templateId }) => templateId);
      await sim.wechat('POST', '/_sim/grant', { body: { openid: state.openid, templateIds, count: 1 } });
      await http('POST', '/api/notifications/grants', {
        token,
        body: { results: wanted.map(({ key }) => ({ key, result: 'accept' })) },
      });
      await eventually('the confirmation', async () => {
        const inbox = await http('GET', '/api/inbox', { token });
        return inbox.items.some(({ template }) => template === 'booking_confirmed');
      });
    },
  },
];

/** Today is the hall's day by the service's clock, which a demo may have moved. */
async function slotsOfToday(http, item, { hallId }) {
  const { today } = await http('GET', `/api/halls/${hallId}`);
  return http('GET', `/api/items/${item.id}/halls/${hallId}/days/${today.day}/slots`);
}
