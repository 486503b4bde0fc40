import { addControlRoutes } from '../common/control.js';
import { FaultBook } from '../common/faults.js';
import { SimServer } from '../common/http-server.js';
import type { Answer, SimRequest } from '../common/http-server.js';
import { parseJson, text } from '../common/json.js';
import { Outbox } from '../common/outbox.js';
import { Store } from '../common/store.js';
import { parseBeijing } from '../common/time.js';
import type { EmsConfig, RunningSimulator } from '../config.js';
import { addEmsControl } from './control.js';
import { emsError, Envelope, success } from './envelope.js';
import { labelAnswer, labelPage } from './label.js';
import { cancelOrder, createOrder, estimateFee, realFee } from './orders.js';
import { overviewPage } from './pages.js';
import { emptyEmsState } from './state.js';
import type { EmsState, EmsWorld } from './state.js';
import { advance, sendPush, traceRows, usualPushRetryMs } from './traces.js';

const OPEN_PATH = '/amp-prod-api/f/amp/api/open';
const MAX_SKEW_MS = 10 * 60_000;

/** The EMS open platform for one agreement customer. */
export async function startEms(
  host: string,
  config: EmsConfig,
  stateFile?: string,
): Promise<RunningSimulator> {
  const store = new Store<EmsState>(emptyEmsState, stateFile);
  const envelope = new Envelope(config.signKey);
  const faults = new FaultBook(['push']);
  const pushes = new Outbox({
    name: 'push',
    deliveries: () => store.state.pushes,
    changed: () => store.changed(),
    faults,
    ladderMs: config.pushRetryMs ?? usualPushRetryMs,
    send: (delivery, corrupt, signal) => sendPush(envelope, delivery, corrupt, signal),
  });
  const world: EmsWorld = { config, store, pushes };
  const server = new SimServer({
    host,
    port: config.port,
    faults,
    failAnswer: () => emsError('BUSY', '系统繁忙，请稍后再试').answer,
  });

  server.route(
    'api',
    'POST',
    OPEN_PATH,
    (request) => new URLSearchParams(request.rawBody).get('apiCode') ?? 'open',
    (request) => serveOpen(world, envelope, request),
  );
  addEmsControl(server, world);
  addControlRoutes({
    server,
    faults,
    view: () => store.state,
    reset: () => {
      pushes.restart();
      store.reset();
    },
  });
  server.route('page', 'GET', '/', 'page', () => overviewPage(server, world, faults));
  server.route('page', 'GET', '/label/:no', 'label', (request) => {
    const mail = store.state.mails.get(request.params.no ?? '');
    return mail ? labelPage(mail, request.query) : { status: 404, body: 'not found' };
  });

  await server.listen();
  pushes.resume();
  const walking = config.autoAdvanceMs
    ? setInterval(() => advanceAll(world), config.autoAdvanceMs)
    : undefined;
  return {
    url: server.url,
    close: async () => {
      clearInterval(walking);
      pushes.stop();
      await server.close();
      store.flush();
    },
  };
}

function advanceAll(world: EmsWorld): void {
  for (const mail of world.store.state.mails.values()) advance(world, mail);
}

function serveOpen(world: EmsWorld, envelope: Envelope, request: SimRequest): Answer {
  const { config } = world;
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    throw emsError('FORMAT', 'Content-Type应为application/x-www-form-urlencoded');
  }
  const form = new URLSearchParams(request.rawBody);
  if (form.get('authorization') !== config.authorization) throw emsError('AUTHORIZATION', '授权码错误');
  if (form.get('senderNo') !== config.senderNo) throw emsError('SENDER', '协议客户号错误');
  const sent = parseBeijing(form.get('timeStamp') ?? '');
  if (sent === undefined) throw emsError('TIMESTAMP', 'timeStamp应为yyyy-MM-dd HH:mm:ss');
  if (Math.abs(Date.now() - sent.getTime()) > MAX_SKEW_MS)
    throw emsError('TIMESTAMP', 'timeStamp与北京时间相差过大');
  const msgType = form.get('msgType');
  if (msgType !== null && msgType !== '0') throw emsError('FORMAT', 'msgType：仅支持0（JSON）');
  const sealed = form.get('logitcsInterface');
  if (sealed === null) throw emsError('FORMAT', '缺少logitcsInterface');
  const body = parseJson(envelope.open(sealed));
  if (body === undefined) throw emsError('FORMAT', '业务报文不是JSON');
  return answer(world, form.get('apiCode') ?? '', body, `http://${request.headers.host ?? ''}`);
}

function answer(world: EmsWorld, apiCode: string, body: unknown, base: string): Answer {
  switch (apiCode) {
    case '020003':
      return success(createOrder(world, body));
    case '020006':
      return success(cancelOrder(world, body));
    case '010004':
      return labelAnswer(world, body, base);
    case '040001': {
      const mail = world.store.state.mails.get(text(body, 'waybillNo') ?? '');
      // An unknown number is no error there: clients have seen '00000' with nothing in it.
      return mail ? success({ responseItems: traceRows(mail) }) : success('', '无查询信息');
    }
    case '050001':
      return success(realFee(world, body));
    case '050005':
      return success(estimateFee(body));
    default:
      throw emsError('API_CODE', '接口代码未开通');
  }
}
