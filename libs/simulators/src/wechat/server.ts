import { addControlRoutes } from '../common/control.js';
import { FaultBook } from '../common/faults.js';
import { json, SimServer } from '../common/http-server.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { isRecord, parseJson } from '../common/json.js';
import { Store } from '../common/store.js';
import type { RunningSimulator, WechatConfig } from '../config.js';
import { addWechatControl } from './control.js';
import { errorAnswer, wechatError } from './errors.js';
import { getPhoneNumber, LoginDesk } from './login.js';
import { overviewPage } from './pages.js';
import { unlimitedCode } from './qr-code.js';
import { emptyWechatState } from './state.js';
import type { WechatState, WechatWorld } from './state.js';
import { sendSubscribeMessage } from './subscribe.js';
import { checkText } from './text-check.js';
import { assertToken, stableToken } from './tokens.js';

/** The mini-program server APIs of api.weixin.qq.com for one app, and the phones of its users. */
export async function startWechat(
  host: string,
  config: WechatConfig,
  stateFile?: string,
): Promise<RunningSimulator> {
  const store = new Store<WechatState>(emptyWechatState, stateFile);
  const faults = new FaultBook(['message']);
  const world: WechatWorld = { config, store, faults };
  const server = new SimServer({
    host,
    port: config.port,
    faults,
    failAnswer: () => errorAnswer(-1, 'system error'),
  });
  let login = new LoginDesk(world);

  server.route('api', 'GET', '/sns/jscode2session', 'jscode2session', (request) =>
    login.code2Session(request.query),
  );
  server.route('api', 'POST', '/cgi-bin/stable_token', 'stable_token', (request) =>
    stableToken(world, jsonBody(request)),
  );
  const withToken = (path: string, name: string, handler: (body: unknown, request: SimRequest) => Answer) =>
    server.route('api', 'POST', path, name, (request) => {
      assertToken(world, request);
      return handler(jsonBody(request), request);
    });
  withToken('/wxa/business/getuserphonenumber', 'getuserphonenumber', (body, request) =>
    getPhoneNumber(world, body, request),
  );
  withToken('/cgi-bin/message/subscribe/send', 'subscribe', (body) => sendSubscribeMessage(world, body));
  withToken('/wxa/getwxacodeunlimit', 'wxacode', (body) => unlimitedCode(world, body));
  withToken('/wxa/msg_sec_check', 'msg_sec_check', (body) => json(checkText(world, body)));

  addWechatControl(server, world);
  addControlRoutes({
    server,
    faults,
    // Live credentials stay out of the view.
    view: () => ({ ...store.state, tokens: store.state.tokens.map(({ expiresAt }) => ({ expiresAt })) }),
    reset: () => {
      login = new LoginDesk(world);
      store.reset();
    },
  });
  server.route('page', 'GET', '/', 'page', () => overviewPage(server, world));

  await server.listen();
  return {
    url: server.url,
    close: async () => {
      await server.close();
      store.flush();
    },
  };
}

function jsonBody(request: SimRequest): unknown {
  const body = parseJson(request.rawBody);
  if (!isRecord(body)) throw wechatError(47001, 'data format error');
  return body;
}
