import { beijingText } from './time.js';
import { Html, button, html } from './html.js';
import type { HtmlValue } from './html.js';
import { faultModes } from './faults.js';
import type { FaultBook } from './faults.js';
import type { Answer, CallRecord } from './http-server.js';

/** Texts come from the other side, so scripts may only come from this server and nothing may load from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'";

const style = new Html(`
:root{color-scheme:light;--ink:#1d2b33;--soft:#5b6b75;--line:#dbe2e6;--blue:#0b5cad;--red:#b3261e}
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:#f3f6f8}
header{background:#fff;border-bottom:1px solid var(--line);padding:12px 16px}h1{font-size:20px;margin:0}header p{margin:2px 0 0;color:var(--soft);font-size:14px}
main{max-width:960px;margin:0 auto;padding:12px}section{background:#fff;border:1px solid var(--line);border-radius:10px;padding:12px 16px;margin:0 0 12px}
h2{font-size:17px;margin:0 0 8px}h3{font-size:16px;margin:0 0 4px;overflow-wrap:anywhere}.card{border-top:1px solid var(--line);padding:10px 0}.card:first-of-type{border-top:0}
p{margin:2px 0;overflow-wrap:anywhere}.soft{color:var(--soft);font-size:14px}.tag{display:inline-block;border-radius:6px;padding:0 8px;background:#e7eef5;font-size:14px}
.tag.bad{background:#fbe9e7;color:var(--red)}.tag.good{background:#e3f3e8;color:#1b6b37}
button,.button{font:inherit;min-height:44px;padding:6px 14px;margin:4px 6px 4px 0;border-radius:8px;border:1px solid var(--blue);background:#fff;color:var(--blue);cursor:pointer}
button.main{background:var(--blue);color:#fff}button.danger{border-color:var(--red);color:var(--red)}a.button{display:inline-block;text-decoration:none}button:focus-visible,a:focus-visible{outline:3px solid #f0a500}
input,select{font:inherit;min-height:44px;padding:6px 10px;margin:4px 6px 4px 0;border:1px solid #8b99a3;border-radius:8px;max-width:100%}
label{margin-right:6px}ol,ul{margin:4px 0;padding-left:20px}#result{position:sticky;bottom:0;background:#1d2b33;color:#fff;padding:10px 16px;border-radius:8px;overflow-wrap:anywhere}
#result:empty{display:none}.amount{font-size:40px;font-weight:600;text-align:center;margin:12px 0}.sheet{max-width:420px;margin:0 auto}.sheet button{display:block;width:100%;min-height:52px}
`);

export const pageScript = `'use strict';
const result = () => document.getElementById('result');
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-post]');
  if (!button) return;
  const body = JSON.parse(button.dataset.body || '{}');
  const fields = button.closest('.fields');
  for (const input of fields ? fields.querySelectorAll('[name]') : []) {
    if (input.value !== '') body[input.name] = input.type === 'number' ? Number(input.value) : input.value;
  }
  button.disabled = true;
  try {
    const answer = await fetch(button.dataset.post, {
      method: button.dataset.method || 'POST',
      headers: { 'content-type': 'application/json' },
      body: button.dataset.method === 'DELETE' ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const sheet = document.querySelector('[data-return]');
    if (sheet && answer.ok) return leave(sheet, body.outcome === 'cancel' ? 'cancel' : 'ok');
    show(answer.ok, text);
    await refresh();
  } catch (error) {
    result().textContent = '未完成：' + error.message;
  } finally {
    button.disabled = false;
  }
});
function show(ok, text) {
  let said = {};
  try { said = JSON.parse(text); } catch { said = { message: text }; }
  result().textContent = ok
    ? said.code ? '登录或授权码（5 分钟内有效，只能用一次）：' + said.code : '已完成'
    : '未完成：' + (said.message || text);
  clearTimeout(show.timer);
  if (!said.code) show.timer = setTimeout(() => { result().textContent = ''; }, 4000);
}
function leave(sheet, outcome) {
  const message = { source: 'wechatpay-simulator', outcome, outTradeNo: sheet.dataset.order };
  if (window.opener) window.opener.postMessage(message, '*');
  if (window.parent !== window) window.parent.postMessage(message, '*');
  if (sheet.dataset.return) return location.assign(sheet.dataset.return);
  location.reload();
}
async function refresh() {
  const next = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  const busy = document.activeElement && /^(INPUT|SELECT)$/.test(document.activeElement.tagName);
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = next.getElementById(part.id);
    if (fresh && !(busy && part.contains(document.activeElement)) && fresh.innerHTML !== part.innerHTML)
      part.innerHTML = fresh.innerHTML;
  }
}
setInterval(() => { if (!document.hidden) refresh().catch(() => {}); }, 3000);
`;

export function page(title: string, note: string, ...body: HtmlValue[]): Answer {
  const document = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${note}</p>
        </header>
        <main>
          ${body}
          <p id="result" role="status" aria-live="polite"></p>
        </main>
        <script src="/_sim/page.js"></script>
      </body>
    </html>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: document.source,
  };
}

/** A part that the page renews by itself every few seconds. */
export function live(id: string, heading: string, ...body: HtmlValue[]): Html {
  return html`<section id="${id}" data-live>
    <h2>${heading}</h2>
    ${body}
  </section>`;
}

export function shownTime(iso: string): string {
  return beijingText(new Date(iso));
}

const modeNames: Record<(typeof faultModes)[number], string> = {
  fail: '答“系统繁忙”',
  delay: '延迟回应',
  timeout: '不回应',
  duplicate: '重复发送',
  reorder: '乱序发送',
  badSignature: '签名错误',
  html502: '网关 502',
  loseReplyAfterApply: '已办理但回应丢失',
};

export function faultSection(faults: FaultBook, routes: readonly string[]): Html {
  return html`<section>
    <h2>故障演练</h2>
    <div class="fields">
      <select name="mode" aria-label="故障种类">
        ${faultModes.map((mode) => html`<option value="${mode}">${modeNames[mode]}</option>`)}
      </select>
      <select name="route" aria-label="接口">
        <option value="">下一次调用</option>
        ${routes.map((route) => html`<option value="${route}">${route}</option>`)}
      </select>
      <label>次数 <input name="count" type="number" min="1" value="1" size="4" /></label>
      ${button('加入', '/_sim/fault')}
      <button type="button" class="danger" data-post="/_sim/fault" data-method="DELETE">全部撤销</button>
    </div>
    <div id="faults" data-live>
      ${faults
        .list()
        .map(
          (fault) =>
            html`<p>${modeNames[fault.mode]} · ${fault.route ?? '下一次'} · 还剩 ${fault.count} 次</p>`,
        )}
    </div>
  </section>`;
}

export function callsSection(calls: readonly CallRecord[]): Html {
  return live(
    'calls',
    '最近调用',
    calls.length === 0 ? html`<p class="soft">还没有调用。</p>` : '',
    calls
      .slice(0, 20)
      .map(
        (call) =>
          html`<p class="soft">
            ${shownTime(call.at)} · ${call.name} · ${call.status === 0 ? '未回应' : call.status}
            ${call.fault ? ` · 故障 ${call.fault}` : ''}
          </p>`,
      ),
  );
}
