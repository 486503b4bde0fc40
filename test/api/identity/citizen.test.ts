import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CitizenEntity } from '../../../apps/api/src/identity/citizen.entity.js';
import { CitizensService } from '../../../apps/api/src/identity/citizens.service.js';
import { PersonCipher } from '../../../apps/api/src/identity/person-cipher.js';
import { StaffService } from '../../../apps/api/src/identity/staff.service.js';
import { Transactions } from '../../../apps/api/src/db/transactions.js';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { newStaff } from '../../support/builders/staff.js';
import { newWorld, type World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await newWorld({ simulators: true });
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code });

async function simulate<T>(path: string, body: object): Promise<T> {
  const url = `${world.simulators.wechat.url}/_sim/${path}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}
const loginCode = async (user: string) => (await simulate<{ code: string }>('login', { user })).code;
const phoneCode = async (phoneNumber: string) =>
  (await simulate<{ code: string }>('phone-code', { phoneNumber })).code;
const login = (code: string) => world.client().identity.wechatLogin({ code });

async function consented() {
  const citizen = await newCitizen(world, { upTo: 'consented' });
  return { ...citizen, ...citizen.client.identity };
}

describe('a citizen signs in', () => {
  it('with the code of WeChat, and is the same person the next time', async () => {
    const first = await login(await loginCode('wei'));
    expect(first.citizen).toEqual({
      id: first.citizen.id,
      realName: null,
      phoneMasked: null,
      consentVersion: null,
      elderMode: false,
      isElder: false,
    });
    const me = await world.clientWithToken(first.session.accessToken).identity.me({});
    expect(me).toEqual(first.citizen);
    const second = await login(await loginCode('wei'));
    expect(second.citizen.id).toBe(first.citizen.id);
    expect((await login(await loginCode('fang'))).citizen.id).not.toBe(first.citizen.id);
  });

  it('once with one code', async () => {
    const code = await loginCode('wei');
    await login(code);
    await expect(login(code)).rejects.toEqual(refusal('WECHAT_CODE_INVALID'));
    await expect(login('never-given-out')).rejects.toEqual(refusal('WECHAT_CODE_INVALID'));
  });

  it('into one record, however many sign-ins of a new phone come at once', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => loginCode('crowd')));
    const sessions = await Promise.all(codes.map(login));
    expect(new Set(sessions.map(({ citizen }) => citizen.id)).size).toBe(1);
  });

  it('later, when WeChat is not there', async () => {
    await simulate('fault', { route: 'jscode2session', mode: 'fail' });
    await expect(login(await loginCode('wei'))).rejects.toEqual(refusal('DEPENDENCY_UNAVAILABLE'));
    await simulate('fault', { route: 'jscode2session', mode: 'html502' });
    await expect(login(await loginCode('wei'))).rejects.toEqual(refusal('DEPENDENCY_UNAVAILABLE'));
  });

  it('not at all when WeChat holds the account for a risk (40226)', async () => {
    const wechat = await answering({ errcode: 40226, errmsg: 'code blocked' });
    const blocked = await newWorld({ env: { WECHAT_BASE_URL: wechat.url }, jobs: false });
    try {
      const call = blocked.client().identity.wechatLogin({ code: 'any' });
      await expect(call).rejects.toEqual(refusal('WECHAT_USER_BLOCKED'));
    } finally {
      await blocked.close();
      wechat.server.close();
    }
  });
});

describe('a real name', () => {
  it('is kept encrypted and answered masked', async () => {
    const { id, setRealName, me } = await consented();
    const idNumber = idNumberOf(901, '19520318');
    const citizen = await setRealName({ name: '欧阳修', idNumber: ` ${idNumber.toLowerCase()} ` });
    expect(citizen.realName).toEqual({
      nameMasked: '欧**',
      idNumberMasked: `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`,
      verifiedAt: world.now.toISOString(),
    });
    expect(citizen.isElder).toBe(true);
    expect(await me({})).toEqual(citizen);
    const row = JSON.stringify(await world.dataSource.manager.findOneBy(CitizenEntity, { id }));
    expect(row).not.toContain('欧阳修');
    expect(row).not.toContain(idNumber);
  });

  it('needs the consent to the privacy policy first, whatever else is wrong', async () => {
    const { client } = await newCitizen(world, { upTo: 'signed-in' });
    const asked = client.identity.setRealName({ name: '1', idNumber: '1'.repeat(18) });
    await expect(asked).rejects.toEqual(refusal('CONSENT_REQUIRED'));
    const phone = client.identity.setPhone({ phone: '15400590001' });
    await expect(phone).rejects.toEqual(refusal('CONSENT_REQUIRED'));
    expect((await client.identity.acceptPrivacy({ version: '2026-01' })).consentVersion).toBe('2026-01');
    await client.identity.setRealName({ name: '王伟', idNumber: idNumberOf(902) });
  });

  it('may be sent again as it is, and not changed', async () => {
    const { setRealName } = await consented();
    const own = { name: '王芳', idNumber: idNumberOf(903) };
    const first = await setRealName(own);
    world.clock.advance(60_000);
    expect(await setRealName(own)).toEqual(first);
    const changes = [
      { ...own, name: '王方' },
      { ...own, idNumber: idNumberOf(904) },
    ];
    for (const change of changes) {
      await expect(setRealName(change)).rejects.toEqual(refusal('REAL_NAME_ALREADY_SET'));
    }
  });

  it.each([
    [
      'a wrong check character',
      `${idNumberOf(905).slice(0, 17)}${idNumberOf(905).endsWith('X') ? '0' : 'X'}`,
    ],
    ['a birthday that does not exist', idNumberOf(906, '19990230')],
    ['a birthday in the future', idNumberOf(907, '20300101')],
    ['fifteen digits', '359901900307001'],
  ])('is refused for %s', async (_what, idNumber) => {
    const { setRealName } = await consented();
    await expect(setRealName({ name: '王伟', idNumber })).rejects.toEqual(refusal('ID_NUMBER_INVALID'));
  });

  it('is refused where it is no name', async () => {
    const { setRealName } = await consented();
    await expect(setRealName({ name: '张3', idNumber: idNumberOf(908) })).rejects.toEqual(
      refusal('NAME_INVALID'),
    );
  });

  it('reads the usual dots of minority names as one', async () => {
    const { setRealName } = await consented();
    const idNumber = idNumberOf(909);
    const first = await setRealName({ name: '阿依古丽•买买提', idNumber });
    expect(await setRealName({ name: '阿依古丽·买买提', idNumber })).toEqual(first);
  });

  it('belongs to one WeChat account, however many claim it at once', async () => {
    const idNumber = idNumberOf(910);
    const people = await Promise.all(Array.from({ length: 8 }, () => consented()));
    const claims = await Promise.allSettled(
      people.map(({ setRealName }) => setRealName({ name: '王伟', idNumber })),
    );
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason as unknown] : []));
    expect(refused).toEqual(Array(7).fill(refusal('ID_NUMBER_TAKEN')));
  });

  it('is set once, when one person sends two at once', async () => {
    const { setRealName } = await consented();
    const claims = await Promise.allSettled([
      setRealName({ name: '王伟', idNumber: idNumberOf(911) }),
      setRealName({ name: '王伟', idNumber: idNumberOf(912) }),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(claims).toContainEqual({ status: 'rejected', reason: refusal('REAL_NAME_ALREADY_SET') });
  });
});

describe('a phone number', () => {
  const proven = async (id: string) =>
    Boolean((await world.dataSource.manager.findOneByOrFail(CitizenEntity, { id })).phoneProven);

  it('comes proven from the code of WeChat, and the code works once', async () => {
    const { id, setPhone } = await consented();
    const code = await phoneCode('15400590007');
    expect((await setPhone({ code })).phoneMasked).toBe('154****0007');
    expect(await proven(id)).toBe(true);
    await expect(setPhone({ code })).rejects.toEqual(refusal('PHONE_CODE_INVALID'));
  });

  it('may be typed, with blanks and country code, and is not proven then', async () => {
    const { id, setPhone } = await consented();
    expect((await setPhone({ phone: '+8615400590008' })).phoneMasked).toBe('154****0008');
    expect((await setPhone({ phone: '154 0059 0009' })).phoneMasked).toBe('154****0009');
    expect(await proven(id)).toBe(false);
  });

  it.each(['05918800123', '12345678901', '154005900099'])(
    'is refused where it is none: %s',
    async (phone) => {
      const { setPhone } = await consented();
      await expect(setPhone({ phone })).rejects.toEqual(refusal('PHONE_INVALID'));
    },
  );

  it('waits while WeChat is not there, and outlives a lost access token', async () => {
    const { setPhone } = await consented();
    await simulate('fault', { route: 'getuserphonenumber', mode: 'fail' });
    const code = await phoneCode('15400590010');
    await expect(setPhone({ code })).rejects.toEqual(refusal('DEPENDENCY_UNAVAILABLE'));
    await simulate('expire-token', {});
    expect((await setPhone({ code })).phoneMasked).toBe('154****0010');
  });

  it('of another mini-program is refused', async () => {
    const { setPhone } = await consented();
    await simulate('fault', { route: 'getuserphonenumber', mode: 'badSignature' });
    const code = await phoneCode('15400590011');
    await expect(setPhone({ code })).rejects.toEqual(refusal('PHONE_CODE_INVALID'));
  });
});

describe('preferences', () => {
  it('keep the elder mode', async () => {
    const { updatePreferences, me } = await consented();
    expect((await updatePreferences({ elderMode: true })).elderMode).toBe(true);
    expect((await me({})).elderMode).toBe(true);
  });
});

describe('what other features ask about people', () => {
  it('is the record in clear, or REAL_NAME_REQUIRED', async () => {
    const citizens = world.get(CitizensService);
    const named = await newCitizen(world);
    expect(await citizens.requireRealName(named.id)).toMatchObject({
      id: named.id,
      openid: named.openid,
      name: named.name,
      idNumber: named.idNumber,
      phone: named.phone,
    });
    const stranger = await newCitizen(world, { upTo: 'signed-in' });
    await expect(citizens.requireRealName(stranger.id)).rejects.toEqual(refusal('REAL_NAME_REQUIRED'));
    await expect(citizens.get('01JZ0000000000000000000000')).rejects.toEqual(refusal('NOT_FOUND'));
    const hash = world.get(PersonCipher).hashIdNumber(named.idNumber);
    expect((await citizens.findByIdNumberHash(hash))?.id).toBe(named.id);
  });

  it('is masked names by id', async () => {
    const [named, stranger] = [await newCitizen(world), await newCitizen(world, { upTo: 'signed-in' })];
    const names = await world.get(CitizensService).maskedNames([named.id, stranger.id, named.id, 'none']);
    expect(names.get(named.id)?.name).toMatch(/^林\*+$/);
    expect(names.get(named.id)?.phone).toMatch(/^154\*{4}\d{4}$/);
    expect(names.get(stranger.id)).toEqual({ name: '微信用户', phone: null });
    expect(names.size).toBe(2);
  });

  it('is names of staff by id', async () => {
    const staff = await newStaff(world, { name: '王雅琴' });
    const names = await world.get(StaffService).names([staff.id, 'none']);
    expect([...names]).toEqual([[staff.id, '王雅琴']]);
  });

  it('is a lock on the row, held to the end of the transaction', async () => {
    const { id } = await newCitizen(world);
    const [citizens, transactions] = [world.get(CitizensService), world.get(Transactions)];
    const order: string[] = [];
    let locked: () => void = () => undefined;
    const isLocked = new Promise<void>((done) => (locked = done));
    const first = transactions.run(async (em) => {
      await citizens.lock(em, id);
      locked();
      await new Promise((done) => setTimeout(done, 100));
      order.push('first');
    });
    await isLocked;
    const second = transactions.run(async (em) => {
      await citizens.lock(em, id);
      order.push('second');
    });
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });
});

async function answering(body: object): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { url: `http://127.0.0.1:${address.port}`, server };
}
