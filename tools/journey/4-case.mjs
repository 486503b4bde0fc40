import { expect, refused, requestId } from '../lib/journey-people.mjs';

export const steps = [
  {
    name: 'the clerk opens a case from the ticket',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const needed = state.item.materials.filter(({ required }) => required).map(({ id }) => id);
      const body = { requestId: requestId(), ticketId: state.ticket.id, receivedMaterialIds: needed };
      if (needed.length > 0) {
        await refused('MATERIALS_MISSING', () =>
          http('POST', '/api/hall/cases', { token, body: { ...body, receivedMaterialIds: [] } }),
        );
      }
      state.case = await http('POST', '/api/hall/cases', { token, body });
      expect(
        state.case.state === 'accepted' && state.case.deadline.dueAt,
        'an accepted case with a deadline',
        state.case,
      );
    },
  },
  {
    name: 'the clerk finishes the visit',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const view = await http('POST', `/api/desks/${state.desk.id}/finish`, { token, body: {} });
      expect(view.current === null, 'a free desk', view.current);
    },
  },
  {
    name: 'the resident rates the visit, once',
    async run({ http, state, eventually }) {
      const token = state.resident;
      const invitation = await eventually('the invitation', async () => {
        const { items } = await http('GET', '/api/ratings/invitations', { token });
        return items.find(({ subjectId }) => subjectId === state.ticket.id);
      });
      const body = {
        subject: invitation.subject,
        subjectId: invitation.subjectId,
        level: 5,
        comment: '很快，讲得清楚',
      };
      await http('POST', '/api/ratings', { token, body: { ...body, requestId: requestId() } });
      await refused('RATING_ALREADY_GIVEN', () =>
        http('POST', '/api/ratings', { token, body: { ...body, requestId: requestId() } }),
      );
    },
  },
  {
    name: 'anybody with the case number and the last four of the ID number sees the progress, and no name',
    async run({ http, state }) {
      const { caseNo } = state.case;
      const found = await http('POST', '/api/cases/look-up', {
        body: { caseNo, idLast4: state.idNumber.slice(-4) },
      });
      expect(
        found.caseNo === caseNo && !JSON.stringify(found).includes('林'),
        'the case without the person',
        found,
      );
      const wrong = state.idNumber.endsWith('0000') ? '1111' : '0000';
      await refused('CASE_LOOKUP_FAILED', () =>
        http('POST', '/api/cases/look-up', { body: { caseNo, idLast4: wrong } }),
      );
    },
  },
  {
    name: 'the case advances through its stages',
    async run({ http, state }) {
      const token = state.staff.clerk;
      let current = state.case;
      while (current.actions.includes('advance')) {
        current = await http('POST', `/api/hall/cases/${current.id}/advance`, { token, body: {} });
      }
      expect(current.state === 'deciding', 'a case to be decided', current.state);
    },
  },
  {
    name: 'a refusal needs the supervisor; the case is granted',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const path = `/api/hall/cases/${state.case.id}/decide`;
      await refused('REFUSAL_NEEDS_SUPERVISOR', () =>
        http('POST', path, { token, body: { result: 'refused', reason: '窗口不能单独否决' } }),
      );
      const decided = await http('POST', path, { token, body: { result: 'granted' } });
      expect(decided.result === 'granted', 'a granted case', decided.result);
    },
  },
  {
    name: 'the certificate is issued and the case closed in time',
    async run({ http, state }) {
      const token = state.staff.clerk;
      const path = `/api/hall/cases/${state.case.id}`;
      const issued = await http('POST', `${path}/certificate`, { token, body: {} });
      state.certificateNo = issued.certificate.certificateNo;
      const closed = issued.actions.includes('close')
        ? await http('POST', `${path}/close`, { token, body: {} })
        : issued;
      expect(
        closed.state === 'closed' && closed.deadline.state === 'met',
        'a case closed in time',
        closed.deadline,
      );
    },
  },
  {
    name: 'the resident reads the timeline, and others can’t',
    async run({ http, sim, state }) {
      const mine = await http('GET', `/api/cases/${state.case.id}`, { token: state.resident });
      expect(mine.timeline.length >= 4 && mine.certificate, 'a timeline and a certificate', mine.timeline);
      const { code } = await sim.wechat('POST', '/_sim/login', { body: {} });
      const { session } = await http('POST', '/api/session/wechat', { body: { code } });
      await refused('NOT_FOUND', () =>
        http('GET', `/api/cases/${state.case.id}`, { token: session.accessToken }),
      );
    },
  },
];
