import { button, html } from '../common/html.js';
import type { Html } from '../common/html.js';
import type { Answer, SimServer } from '../common/http-server.js';
import { callsSection, faultSection, live, page, shownTime } from '../common/page.js';
import { codeAddress, codePicture } from './qr-code.js';
import type { Phone, WechatWorld } from './state.js';

const SHOWN_PHONES = 30;
const SHOWN_MESSAGES = 20;
const SHOWN_CODES = 12;
const CODE_WIDTH = 200;

export const wechatRouteNames = [
  'jscode2session',
  'stable_token',
  'getuserphonenumber',
  'subscribe',
  'wxacode',
  'msg_sec_check',
  'message',
];

export function overviewPage(server: SimServer, world: WechatWorld): Answer {
  const phones = [...world.store.state.phones.values()].reverse().slice(0, SHOWN_PHONES);
  return page(
    '微信手机（模拟）',
    '仅供试用和测试。这里能看到每部手机收到的订阅消息，也能代本人登录、授权和同意接收消息。',
    html`<section>
      <h2>在手机上操作</h2>
      <p class="fields">
        <label>称呼 <input name="user" placeholder="例如 zhang" maxlength="64" /></label>
        ${button('取登录码 wx.login', '/_sim/login', {}, 'main')}
      </p>
      <p class="fields">
        <label>手机号 <input name="phoneNumber" inputmode="numeric" maxlength="11" /></label>
        ${button('取手机号授权码', '/_sim/phone-code')}
        ${button('让接口凭据失效', '/_sim/expire-token', {}, 'danger')}
      </p>
    </section>`,
    live(
      'phones',
      `手机（${world.store.state.phones.size}）`,
      phones.length === 0 && html`<p class="soft">还没有人登录。</p>`,
      phones.map((phone) => phoneCard(world, phone)),
    ),
    codesSection(world),
    faultSection(world.faults, wechatRouteNames),
    callsSection(server.calls),
  );
}

/** What was put on posters: scanned with a camera, or opened with the link as if it had been. */
function codesSection(world: WechatWorld): Html {
  const { qrCodes } = world.store.state;
  const newest = [...qrCodes].reverse().slice(0, SHOWN_CODES);
  return live(
    'codes',
    `小程序码（${qrCodes.length}）`,
    qrCodes.length === 0 && html`<p class="soft">还没有生成过小程序码。</p>`,
    newest.map(({ scene, page: path, at }) => {
      const address = codeAddress(world, scene, path);
      const picture = codePicture(address, CODE_WIDTH).toString('base64');
      return html`<div class="card">
        <img src="data:image/png;base64,${picture}" alt="小程序码 ${scene}" width="120" height="120" />
        <p>${path || '首页'} <span class="tag">scene ${scene}</span></p>
        <p class="soft">${shownTime(at)}</p>
        ${/^https?:/.test(address) && html`<a class="button" href="${address}" target="_blank">扫码打开</a>`}
      </div>`;
    }),
  );
}

function phoneCard(world: WechatWorld, phone: Phone): Html {
  const { messages, quotas } = world.store.state;
  const mine = messages.filter((each) => each.openid === phone.openid).reverse();
  const granted = [...quotas.values()].filter((each) => each.openid === phone.openid);
  const { openid } = phone;
  const templates = Object.entries(world.config.templates ?? {});
  return html`<div class="card">
    <h3>${phone.user}</h3>
    <p class="soft">
      openid ${openid} · ${phone.lastLoginAt ? `最近登录 ${shownTime(phone.lastLoginAt)}` : '未登录'}
    </p>
    ${button('取登录码', '/_sim/login', { user: phone.user })}
    ${templates.map(([templateId, template]) =>
      button(`同意接收“${template.title}”`, '/_sim/grant', { openid, templateId }),
    )}
    ${granted.map(
      (each) =>
        html`<p>
          ${world.config.templates?.[each.templateId]?.title ?? each.templateId}：
          <span class="tag">${each.left < 0 ? '长期' : `还可发 ${each.left} 条`}</span>
          ${button('再同意一次', '/_sim/grant', { openid, templateId: each.templateId })}
          ${button('拒收', '/_sim/refuse', { openid, templateId: each.templateId }, 'danger')}
        </p>`,
    )}
    ${mine.length === 0 && html`<p class="soft">没有消息。</p>`}
    ${mine.slice(0, SHOWN_MESSAGES).map(
      (message) =>
        html`<div class="card">
          <p><strong>${message.title}</strong> <span class="soft">${shownTime(message.at)}</span></p>
          ${message.lines.map((line) => html`<p><span class="soft">${line.label}</span> ${line.value}</p>`)}
          <p class="soft">${message.page && `打开 ${message.page}`}</p>
        </div>`,
    )}
  </div>`;
}
