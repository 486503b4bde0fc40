import { formatInstant } from '@haoban/domain';
import type { DemoConfig } from './demo.service.js';

const roleNames: Readonly<Record<string, string>> = {
  clerk: '窗口人员',
  courier_desk: '寄递专员',
  manager: '大厅经理',
  admin: '系统管理员',
  display: '大屏',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

interface Panel {
  readonly key: string;
  readonly title: string;
  readonly about: string;
  readonly src: string;
  readonly width: number;
}

function panels({ sims, halls }: DemoConfig): Panel[] {
  const hall = halls[0];
  return [
    {
      key: 'phone',
      title: '居民手机',
      about: '微信小程序的网页版：预约、取号、看进度、寄证照、评价',
      src: '/',
      width: 390,
    },
    {
      key: 'desk',
      title: '窗口工作台',
      about: '叫号、收件、审核、办结，全部可用键盘',
      src: '/hall/',
      width: 1100,
    },
    {
      key: 'display',
      title: '大厅大屏',
      about: '正在叫号、等候人数、满意率，带语音',
      src: `/hall/display/${hall?.id ?? ''}`,
      width: 960,
    },
    {
      key: 'wechat',
      title: '微信（模拟）',
      about: '手机收到的订阅消息、登录码',
      src: `${sims.wechat}/`,
      width: 420,
    },
    { key: 'pay', title: '微信支付（模拟）', about: '订单、退款与支付通知', src: `${sims.pay}/`, width: 420 },
    {
      key: 'ems',
      title: 'EMS（模拟）',
      about: '寄件与下一次扫描：揽收、运输、投递、妥投',
      src: `${sims.ems}/`,
      width: 420,
    },
    { key: 'docs', title: '接口文档', about: '全部接口、错误码与字段', src: '/api/docs', width: 900 },
  ];
}

const steps = [
  ['居民手机', '用一位示例居民登录，在“办事”里找到“存量房买卖转移登记（二手房过户）”，预约今天的时段。'],
  ['窗口工作台', '用 clerk04 登录，开放 13 号窗（不动产登记）；居民在手机上点“我已到大厅，取号”。'],
  ['窗口工作台', '按空格叫下一位，手机和大屏同时收到；开始办理，收件开件。'],
  ['窗口工作台', '进入审核、决定、办结，制发证照；手机“进度”页随之变化。'],
  ['居民手机', '选择“EMS 寄到家”，填地址、付运费（模拟的微信支付）。'],
  ['寄递台', '用 courier01 登录，扫描邮件号交给 EMS；在 EMS 模拟页点“下一步”直到妥投。'],
  ['居民手机', '评价这次办理；大屏上的满意率更新。'],
] as const;

/** Server-rendered, with no data from people in it but the demo's own. */
export function demoPage(config: DemoConfig): string {
  const buttons = panels(config)
    .map(
      ({ key, title, about, src, width }) =>
        `<button type="button" class="part" data-panel="${key}" data-title="${escape(title)}" data-src="${escape(src)}" data-width="${width}" aria-pressed="false"><b>${escape(title)}</b><span>${escape(about)}</span></button>`,
    )
    .join('');
  const staff = config.staff
    .map(
      ({ username, name, role, hallName, deskNumber }) =>
        `<tr><td><code>${escape(username)}</code></td><td>${escape(name)}</td><td>${escape(roleNames[role] ?? role)}</td><td>${escape(hallName ?? '全市')}${deskNumber ? ` ${deskNumber} 号窗` : ''}</td><td><button type="button" data-copy="${escape(username)}">复制</button></td></tr>`,
    )
    .join('');
  const residents = config.residents
    .map(({ name, about }) => `<li><b>${escape(name)}</b> ${escape(about)}</li>`)
    .join('');
  const walk = steps.map(([where, what]) => `<li><b>${where}</b> ${what}</li>`).join('');
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>好办 · 演示</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main>
<header><h1>好办 <small>预约 → 取号 → 办件 → 寄证 → 评价，一条线办到底</small></h1>
<p>这里是演示城市“榕城”。大厅、居民和证照都是虚构的；微信、微信支付和 EMS 由本机上的模拟程序扮演。演示时钟现在是 <b>${escape(formatInstant(new Date(config.now)))}</b>。</p></header>
<section aria-labelledby="parts"><h2 id="parts">并排打开</h2><div class="parts">${buttons}</div></section>
<div id="stage" aria-live="polite"></div>
<section class="two"><div><h2>走一遍</h2><ol>${walk}</ol></div>
<div><h2>示例居民</h2><p>在手机登录页选择，不需要密码。</p><ul>${residents}</ul></div></section>
<section><h2>工作人员账号</h2><p>密码都是 <code>${escape(config.password)}</code>（只在演示中有效） <button type="button" data-copy="${escape(config.password)}">复制</button></p>
<div class="scroll"><table><thead><tr><th>账号</th><th>姓名</th><th>角色</th><th>位置</th><th></th></tr></thead><tbody>${staff}</tbody></table></div></section>
</main><script src="/demo/page.js"></script></body></html>`;
}

const style = `
:root{--primary:#0b6b4f;--tint:#e7f3ee;--ink:#1b2421;--ink-2:#4a5753;--page:#f4f6f5;--line:#dde3e0;--control:#8a9691}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif}
main{max-width:1200px;margin:0 auto;padding:24px 16px}body.open main{max-width:none}
h1{font-size:28px;margin:0;color:var(--primary)}h1 small{font-size:16px;color:var(--ink-2);font-weight:400}h2{font-size:20px;margin:24px 0 8px}
.parts{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:12px}
.part{text-align:left;padding:12px 16px;border:1px solid var(--control);border-radius:12px;background:#fff;font:inherit;color:inherit;cursor:pointer;min-height:44px}
.part b{display:block}.part span{font-size:14px;color:var(--ink-2)}.part[aria-pressed=true]{background:var(--tint);border:2px solid var(--primary);padding:11px 15px}
button:focus-visible,a:focus-visible{outline:3px solid var(--primary);outline-offset:2px}
#stage{display:flex;gap:16px;overflow-x:auto;padding:16px 0 0}#stage:empty{display:none}
figure{margin:0;flex:0 0 auto;width:min(var(--width),100%);background:#fff;border:1px solid var(--line);border-radius:12px;overflow:hidden}
figcaption{display:flex;gap:12px;align-items:center;padding:8px 12px;border-bottom:1px solid var(--line);font-weight:600}figcaption a{margin-left:auto;color:var(--primary);font-weight:400}
iframe{display:block;width:100%;height:820px;border:0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:0 32px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;background:#fff;border-radius:12px}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid var(--line);white-space:nowrap}
td button,p button,figcaption button{font:inherit;font-size:14px;padding:4px 12px;border:1px solid var(--control);border-radius:8px;background:#fff;color:var(--primary);cursor:pointer;min-height:32px}
code{background:var(--tint);padding:2px 6px;border-radius:6px}li{margin:4px 0}
@media (max-width:480px){iframe{height:640px}}`;
