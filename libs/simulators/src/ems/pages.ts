import { button, html, yuan } from '../common/html.js';
import type { Html } from '../common/html.js';
import type { FaultBook } from '../common/faults.js';
import type { Answer, SimServer } from '../common/http-server.js';
import { callsSection, faultSection, live, page, shownTime } from '../common/page.js';
import { opNames, usualNext } from './op-codes.js';
import type { EmsWorld, Mail } from './state.js';
import { standing } from './traces.js';

const SHOWN = 60;

export const emsRouteNames = ['020003', '020006', '010004', '040001', '050001', '050005', 'push'];

export function overviewPage(server: SimServer, world: EmsWorld, faults: FaultBook): Answer {
  const { mails, pushes } = world.store.state;
  return page(
    '邮政 EMS（模拟）',
    '仅供试用和测试。这里代投递员扫描下一步，也能演练未妥投、作废和退回。',
    live(
      'mails',
      `邮件（${mails.size}）`,
      mails.size === 0 && html`<p class="soft">还没有邮件。</p>`,
      [...mails.values()].reverse().slice(0, SHOWN).map(mailCard),
    ),
    live(
      'pushes',
      `轨迹推送（${pushes.size}）`,
      world.config.pushUrl === '' && html`<p class="soft">未设置推送地址。</p>`,
      [...pushes.values()]
        .reverse()
        .slice(0, SHOWN)
        .map(
          (push) =>
            html`<div class="card">
              <p>
                <span
                  class="tag ${push.state === 'delivered' ? 'good' : push.state === 'gaveUp' ? 'bad' : ''}"
                  >${{ pending: '等待送达', delivered: '已送达', gaveUp: '已放弃' }[push.state]}</span
                >
                ${push.title}
              </p>
              <ol class="soft">
                ${push.tries.map((each) => html`<li>${shownTime(each.at)} · ${each.ok ? '成功' : '失败'} · ${each.note}</li>`)}
              </ol>
              ${button('再推一次', '/_sim/resend', { id: push.id })}
            </div>`,
        ),
    ),
    faultSection(faults, emsRouteNames),
    callsSection(server.calls),
  );
}

function mailCard(mail: Mail): Html {
  const { waybillNo } = mail;
  const now = standing(mail);
  const next = mail.cancelled ? undefined : usualNext(now);
  const scan = (label: string, body: object) => button(label, '/_sim/scan', { waybillNo, ...body });
  return html`<div class="card">
    <h3>${waybillNo}</h3>
    <p>
      <span class="tag ${mail.cancelled ? 'bad' : now === '704' ? 'good' : ''}"
        >${mail.cancelled ? '已撤单' : now === undefined ? '待收寄' : opNames[now]}</span
      >
      ${mail.cargoNames.join('、')} · ${mail.weightGram} 克 · ${yuan(mail.feeFen)} 元
    </p>
    <p>
      收：${mail.receiver.name}
      ${mail.receiver.prov}${mail.receiver.city}${mail.receiver.county}${mail.receiver.address}
    </p>
    <p>
      寄：${mail.sender.name}
      ${mail.sender.prov}${mail.sender.city}${mail.sender.county}${mail.sender.address}
    </p>
    <p class="soft">订单号 ${mail.logisticsOrderNo} · <a href="/label/${waybillNo}?type=129">面单</a></p>
    ${
      !mail.cancelled &&
      html`<p>
        ${next && button(`下一步：${opNames[next]}`, '/_sim/advance', { waybillNo }, 'main')}
        ${
          now === '702' && [
            scan('未妥投（收件人不在）', { opCode: '705', attemptDeliveryCode: '4' }),
            scan('他人代收', { opCode: '704', deliverCode: '20' }),
            scan('拒收', { opCode: '705', attemptDeliveryCode: '7' }),
          ]
        }
        ${now === '704' && scan('妥投作废', { opCode: '743' })}
        ${(now === '705' || now === '713' || now === '702') && scan('退件登记', { opCode: '708' })}
      </p>`
    }
    <ol class="soft">
      ${mail.scans.map((each) => html`<li>${each.opTime} · ${each.opCode} ${each.opName} · ${each.opDesc}</li>`)}
    </ol>
    <p class="soft">
      下单 ${shownTime(mail.createdAt)}${mail.cancelled && `，撤单原因：${mail.cancelled.reason}`}
    </p>
  </div>`;
}
