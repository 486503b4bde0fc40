import { expect, newIdNumber, newPhone, refused } from '../lib/journey-people.mjs';

export const steps = [
  {
    name: 'the service is ready',
    async run({ http }) {
      const ready = await http('GET', '/health/ready');
      expect(ready.status === 'ok', 'every dependency answers', ready);
    },
  },
  {
    name: 'a resident signs in through WeChat',
    async run({ http, sim, state }) {
      const user = `journey-${Date.now().toString(36)}`;
      const { code, openid } = await sim.wechat('POST', '/_sim/login', { body: { user } });
      const { session, citizen } = await http('POST', '/api/session/wechat', { body: { code } });
      expect(citizen.realName === null, 'a newcomer without a real name', citizen);
      Object.assign(state, { openid, resident: session.accessToken, refreshToken: session.refreshToken });
      await refused('WECHAT_CODE_INVALID', () => http('POST', '/api/session/wechat', { body: { code } }));
    },
  },
  {
    name: 'the session is renewed',
    async run({ http, state }) {
      const session = await http('POST', '/api/session/refresh', {
        body: { refreshToken: state.refreshToken },
      });
      state.resident = session.accessToken;
    },
  },
  {
    name: 'the resident agrees to the privacy policy',
    async run({ http, state: { resident: token } }) {
      const body = { name: '林晓', idNumber: newIdNumber() };
      await refused('CONSENT_REQUIRED', () => http('POST', '/api/me/real-name', { token, body }));
      await http('POST', '/api/me/consent', { token, body: { version: '2026-01' } });
    },
  },
  {
    name: 'the resident gives name and ID number',
    async run({ http, state }) {
      const token = state.resident;
      state.idNumber = newIdNumber();
      const wrong = state.idNumber.slice(0, 17) + (state.idNumber.endsWith('1') ? '2' : '1');
      await refused('ID_NUMBER_INVALID', () =>
        http('POST', '/api/me/real-name', { token, body: { name: '林晓', idNumber: wrong } }),
      );
      const citizen = await http('POST', '/api/me/real-name', {
        token,
        body: { name: '林晓', idNumber: state.idNumber },
      });
      const shown = JSON.stringify(citizen);
      expect(!shown.includes(state.idNumber) && !shown.includes('林晓'), 'masked personal data', citizen);
    },
  },
  {
    name: 'the resident shares the phone number by WeChat’s button',
    async run({ http, sim, state: { resident: token } }) {
      const phoneNumber = newPhone();
      const { code } = await sim.wechat('POST', '/_sim/phone-code', { body: { phoneNumber } });
      const citizen = await http('POST', '/api/me/phone', { token, body: { code } });
      expect(citizen.phoneMasked?.endsWith(phoneNumber.slice(-4)), 'the masked phone number', citizen);
    },
  },
];
