import { addControlRoutes } from '../common/control.js';
import { FaultBook } from '../common/faults.js';
import { json, SimServer } from '../common/http-server.js';
import type { Handler } from '../common/http-server.js';
import { field, isRecord, parseJson } from '../common/json.js';
import { Outbox } from '../common/outbox.js';
import { Store } from '../common/store.js';
import type { PayConfig, RunningSimulator } from '../config.js';
import { BillDesk } from './bills.js';
import { addPayControl } from './control.js';
import { payError } from './errors.js';
import { ladderMs, sendNotice } from './notices.js';
import { assertMchid, closeOrder, getOrder, orderView, prepay } from './orders.js';
import { cashierPage, overviewPage } from './pages.js';
import { getRefund, refundView, requestRefund, settleDueRefunds } from './refunds.js';
import { PaySigner } from './signature.js';
import { emptyPayState } from './state.js';
import type { PayState, PayWorld } from './state.js';

const SETTLE_EVERY_MS = 100;

/** WeChat Pay API v3 for one direct merchant in public-key mode. */
export async function startPay(
  host: string,
  config: PayConfig,
  stateFile?: string,
): Promise<RunningSimulator> {
  const store = new Store<PayState>(emptyPayState, stateFile);
  const signer = new PaySigner(config);
  const faults = new FaultBook(['notice']);
  const notices = new Outbox({
    name: 'notice',
    deliveries: () => store.state.notices,
    changed: () => store.changed(),
    faults,
    ladderMs: ladderMs(config.ladderScale),
    send: (delivery, corrupt, signal) => sendNotice(signer, delivery, corrupt, signal),
  });
  const world: PayWorld = { config, store, notices };
  const server = new SimServer({
    host,
    port: config.port,
    faults,
    failAnswer: () => json({ code: 'SYSTEM_ERROR', message: '系统异常，请用相同参数重新调用' }, 500),
    // The download is the one answer that carries no signature.
    finish: (answer, corrupt) =>
      answer.headers?.['content-type'] === 'text/plain' ? answer : signer.signAnswer(answer, corrupt),
  });

  addApi(server, world, signer);
  addPayControl(server, world, signer);
  addControlRoutes({
    server,
    faults,
    view: () => store.state,
    reset: () => {
      notices.restart();
      store.reset();
    },
  });
  server.route('page', 'GET', '/', 'page', () => overviewPage(server, world, faults));
  server.route('page', 'GET', '/_sim/cashier', 'cashier', (request) =>
    cashierPage(world, request.query, request.headers.host),
  );

  await server.listen();
  notices.resume();
  const settling = setInterval(() => settleDueRefunds(world), SETTLE_EVERY_MS);
  return {
    url: server.url,
    close: async () => {
      clearInterval(settling);
      notices.stop();
      await server.close();
      store.flush();
    },
  };
}

function addApi(server: SimServer, world: PayWorld, signer: PaySigner): void {
  const bills = new BillDesk(world);
  const api = (method: string, path: string, name: string, handler: Handler) =>
    server.route('api', method, path, name, (request) => {
      signer.verifyRequest(request);
      return handler(request);
    });
  const post = (
    path: string,
    name: string,
    handler: (body: unknown, params: Record<string, string>) => object | null,
  ) =>
    api('POST', path, name, (request) => {
      if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
        throw payError('PARAM_ERROR', 'Http头Content-Type应为application/json');
      }
      const body = parseJson(request.rawBody);
      if (!isRecord(body)) throw payError('PARAM_ERROR', '请求体不是JSON对象');
      const answer = handler(body, request.params);
      return answer === null ? { status: 204, body: '' } : json(answer);
    });
  const orders = '/v3/pay/transactions';

  post(`${orders}/jsapi`, 'jsapi', (body) => prepay(world, body));
  api('GET', `${orders}/out-trade-no/:no`, 'query', (request) => {
    assertMchid(world, request.query.get('mchid'));
    return json(orderView(world, getOrder(world, request.params.no)));
  });
  api('GET', `${orders}/id/:id`, 'query', (request) => {
    assertMchid(world, request.query.get('mchid'));
    const outTradeNo = world.store.state.transactions.get(request.params.id ?? '');
    return json(orderView(world, getOrder(world, outTradeNo)));
  });
  post(`${orders}/out-trade-no/:no/close`, 'close', (body, params) => {
    const mchid = field(body, 'mchid');
    assertMchid(world, typeof mchid === 'string' ? mchid : undefined);
    closeOrder(world, getOrder(world, params.no));
    return null;
  });
  post('/v3/refund/domestic/refunds', 'refund', (body) => requestRefund(world, body));
  api('GET', '/v3/refund/domestic/refunds/:no', 'refundQuery', (request) =>
    json(refundView(getRefund(world, request.params.no))),
  );
  api('GET', '/v3/bill/tradebill', 'bill', (request) =>
    json(bills.apply(request.query, `http://${request.headers.host ?? ''}`)),
  );
  api('GET', '/v3/billdownload/file', 'billDownload', (request) => bills.download(request));
  api('GET', '/v3/certificates', 'certificates', () => {
    throw payError('RESOURCE_NOT_EXISTS', '无可用的平台证书，请使用微信支付公钥验签');
  });
}
