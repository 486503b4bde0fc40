/** @jest-environment ./test/hooks/support/page-environment.cjs */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { usePhone } from '../../../apps/miniapp/src/pages/account/phone/use-phone';
import { useRealName } from '../../../apps/miniapp/src/pages/account/real-name/use-real-name';
import { useSignIn } from '../../../apps/miniapp/src/pages/account/sign-in/use-sign-in';
import { useMine } from '../../../apps/miniapp/src/pages/mine/use-mine';
import { restoreSession, sessionStore } from '../../../apps/miniapp/src/state/session';
import { PRIVACY_VERSION } from '../../../apps/miniapp/src/state/sign-in';
import { idNumberOf, newCitizen } from '../../support/builders/citizen.js';
import { simPost } from '../../support/builders/payment.js';
import { newWorld } from '../../support/world.js';
import { network } from '../support/network.js';
import { press, until } from '../support/page.js';
import { lastVisit, openHook, openPhone, signInAs } from '../support/phone.js';
import { edge } from '../support/taro.js';

const phone = openPhone(() => newWorld({ simulators: true }));
beforeAll(() => {
  const { wechat, pay, ems } = phone.world.simulators;
  window.__HAOBAN__ = { sims: { wechat: wechat.url, pay: pay.url, ems: ems.url } };
});

const citizen = () => {
  const session = sessionStore.get();
  return session.kind === 'signed-in' ? session.citizen : undefined;
};

describe('signing in', () => {
  it('starts only after the person agreed to the policy', async () => {
    const page = openHook(useSignIn);
    page.now.submit();
    await until(() => page.now.problem);
    expect(page.now.problem?.text).toContain('勾选同意');
    expect(network.sent).toEqual([]);
  });

  /** Agrees and goes on with one of the residents on WeChat's stand-in. */
  async function signIn(resident: string) {
    const page = openHook(useSignIn);
    page.now.setAgreed(true);
    await until(() => page.now.agreed);
    page.now.submit();
    await press(resident);
    return page;
  }

  it('leads somebody new to the real-name form, with the agreement on record', async () => {
    await signIn('吴一帆大学生，第一次自己办护照');
    await until(() => lastVisit());
    expect(lastVisit()).toBe('/pages/account/real-name/index');
    expect(citizen()).toMatchObject({ realName: null, consentVersion: PRIVACY_VERSION });
  });

  it('is kept across starts', async () => {
    await signIn('周敏公司行政主管，替公司办执照变更');
    await until(() => lastVisit());
    const id = citizen()?.id;
    sessionStore.set({ kind: 'unknown' });
    await restoreSession();
    expect(citizen()?.id).toBe(id);
  });

  it('leads somebody known back to where they came from', async () => {
    const { openid } = await simPost(phone.world.simulators.wechat.url, '/_sim/login', {
      user: 'guo-jianjun',
    });
    await newCitizen(phone.world, { openid: String(openid) });
    await signIn('郭建军刚买了二手房，正在候补过户');
    await until(() => edge.visits.at(-1)?.how === 'back');
    expect(edge.toasts).toEqual(['已登录']);
  });

  it('can be tried again after the network was away', async () => {
    network.cut();
    const page = await signIn('黄志强坐轮椅出行，已约好过户');
    await until(() => page.now.problem);
    expect(page.now.problem?.text).toContain('网络不通');
    expect(page.now.busy).toBe(false);
    network.restore();
    page.now.submit();
    await press('黄志强坐轮椅出行，已约好过户');
    await until(() => lastVisit());
    expect(page.now.problem).toBeUndefined();
  });

  it('is no failure where the person closed the sheet', async () => {
    const page = await signIn('关闭');
    await until(() => !page.now.busy);
    expect(page.now.problem).toBeUndefined();
    expect(sessionStore.get().kind).toBe('signed-out');
  });
});

describe('the real-name form', () => {
  async function form() {
    await signInAs(await newCitizen(phone.world, { upTo: 'consented' }));
    const page = openHook(useRealName);
    const fill = async (name: string, idNumber: string) => {
      page.now.setName(name);
      page.now.setIdNumber(idNumber);
      await until(() => page.now.idNumber === idNumber);
      page.now.submit.run();
    };
    return { page, fill };
  }

  it('marks what is wrong before anything is sent', async () => {
    const { page, fill } = await form();
    network.sent.length = 0;
    await fill('', '359901199003070011');
    await until(() => page.now.wrongName);
    expect(page.now.wrongNumber).toBeTruthy();
    expect(network.sent).toEqual([]);
  });

  it('takes name and number, shows them masked, keeps them off the phone, and goes back', async () => {
    const { fill } = await form();
    const idNumber = idNumberOf(801, '19880808');
    await fill(' 林晓月 ', idNumber.toLowerCase());
    await until(() => edge.visits.at(-1)?.how === 'back');
    expect(citizen()?.realName).toMatchObject({ nameMasked: expect.stringContaining('*') });
    const kept = [...edge.storage.values()].join();
    expect(kept).not.toContain('林晓月');
    expect(kept).not.toContain(idNumber);
  });

  it('shows the server’s refusal and keeps what was typed', async () => {
    const { idNumber } = await newCitizen(phone.world);
    const { page, fill } = await form();
    await fill('陈别人', idNumber);
    await until(() => page.now.submit.problem);
    expect(page.now.idNumber).toBe(idNumber);
    expect(lastVisit()).toBeUndefined();
  });
});

describe('the phone number', () => {
  it('is taken from WeChat’s own code or typed by hand', async () => {
    await signInAs(await newCitizen(phone.world, { upTo: 'consented' }));
    const page = openHook(usePhone);
    const { wechat } = phone.world.simulators;
    const { code } = await simPost(wechat.url, '/_sim/phone-code', { phoneNumber: '15400591099' });
    page.now.byCode.run(String(code));
    await until(() => page.now.citizen?.phoneMasked?.endsWith('1099'));
    page.now.setPhone('154 0059 1100');
    await until(() => page.now.phone);
    page.now.byHand.run();
    await until(() => page.now.citizen?.phoneMasked?.endsWith('1100'));
  });

  it('is not sent where it can’t be one', async () => {
    await signInAs(await newCitizen(phone.world, { upTo: 'consented' }));
    const page = openHook(usePhone);
    page.now.setPhone('12345');
    await until(() => page.now.phone);
    page.now.byHand.run();
    await until(() => page.now.wrong);
    expect(network.sent.some(({ path }) => path.endsWith('/phone'))).toBe(false);
  });
});

describe('我的', () => {
  it('signs out on the server and on the phone, where the person agreed', async () => {
    const { session } = await newCitizen(phone.world).then(async (each) => (await signInAs(each), each));
    const page = openHook(useMine);
    await until(() => page.now.session.kind === 'signed-in');
    edge.agrees = false;
    page.now.leave.run();
    await until(() => edge.questions.length === 1 && !page.now.leave.busy);
    expect(page.now.session.kind).toBe('signed-in');
    edge.agrees = true;
    page.now.leave.run();
    await until(() => page.now.session.kind === 'signed-out');
    expect(edge.storage.has('hb:session')).toBe(false);
    const { refreshToken } = session;
    await expect(phone.world.client().identity.refresh({ refreshToken })).rejects.toMatchObject({
      status: 401,
    });
  });

  it('signs out on the phone also without a network, and an answer that was on its way changes nothing', async () => {
    await signInAs(await newCitizen(phone.world));
    const page = openHook(useMine);
    network.cut();
    page.now.leave.run();
    await until(() => edge.questions.length > 0 && !page.now.leave.busy);
    await network.idle();
    expect(page.now.session.kind).toBe('signed-out');
    expect(edge.storage.has('hb:session')).toBe(false);
  });

  it('renews a session that has run out on the way, without a word', async () => {
    await signInAs(await newCitizen(phone.world));
    phone.world.clock.advance(16 * 60_000);
    const page = openHook(useMine);
    await until(() => network.sent.some(({ path }) => path.endsWith('/refresh')));
    page.show();
    await until(() => page.now.session.kind === 'signed-in');
    expect(network.sent.filter(({ path }) => path.endsWith('/refresh'))).toHaveLength(1);
  });
});
