import { button, html } from '../common/html.js';
import type { Html } from '../common/html.js';
import type { Answer, SimServer } from '../common/http-server.js';
import { callsSection, faultSection, live, page, shownTime } from '../common/page.js';
import type { Phone, WechatWorld } from './state.js';

const SHOWN_PHONES = 30;
const SHOWN_MESSAGES = 20;

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
    faultSection(world.faults, wechatRouteNames),
    callsSection(server.calls),
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
