import { callSimulator, demoConfig, openInWechat } from './demo';
import { openSheet } from './sheet';
import { storage } from './storage';
import type { Login, LoginOutcome } from './types';

/** Residents of the demo city, by the name that the demo's server seeds them under. */
const demoResidents = [
  { key: 'chen-xiumei', name: '陈秀梅', about: '七旬退休教师，使用长辈版' },
  { key: 'lin-guodong', name: '林国栋', about: '年近八旬，想把房产过户办清楚' },
  { key: 'wu-yifan', name: '吴一帆', about: '大学生，第一次自己办护照' },
  { key: 'zhou-min', name: '周敏', about: '公司行政主管，替公司办执照变更' },
  { key: 'huang-zhiqiang', name: '黄志强', about: '坐轮椅出行，已约好过户' },
  { key: 'xu-wanting', name: '许婉婷', about: '孕妇，办理生育登记和津贴' },
  { key: 'guo-jianjun', name: '郭建军', about: '刚买了二手房，正在候补过户' },
  { key: 'xie-yutong', name: '谢雨桐', about: '租房的自由职业者，办理居住证' },
  { key: 'he-wenbin', name: '何文斌', about: '货车司机，预约暂停中，已申诉' },
  { key: 'cai-lihua', name: '蔡丽华', about: '小学教师，常替父母预约' },
] as const;

export const login: Login = async () => {
  const demo = await demoConfig();
  if (!demo) return { kind: 'unavailable', text: openInWechat };
  const residents = demo.residents ?? demoResidents;
  const user = await openSheet<string | undefined>(
    '选择一位体验居民',
    (close) => (
      <>
        <p className="sim-sheet__text">
          这是演示环境，代替微信登录。您可以扮演榕城的任意一位居民，或以新用户身份从实名登记开始。
        </p>
        <div className="sim-sheet__list">
          {residents.map(({ key, name, about }) => (
            <button
              type="button"
              className="sim-sheet__button"
              key={key}
              data-resident={key}
              onClick={() => close(key)}
            >
              {name}
              <small className="sim-sheet__small">{about}</small>
            </button>
          ))}
          <button
            type="button"
            className="sim-sheet__button"
            data-resident="new"
            onClick={() => close(newcomer())}
          >
            新用户
            <small className="sim-sheet__small">还没有实名登记，从头体验</small>
          </button>
        </div>
      </>
    ),
    undefined,
  );
  if (user === undefined) return { kind: 'cancelled' };
  return codeFor(demo.sims.wechat, user);
};

function newcomer(): string {
  return `访客${Math.random().toString(36).slice(2, 8)}`;
}

async function codeFor(base: string, user: string): Promise<LoginOutcome> {
  const answer = await callSimulator(base, '/_sim/login', { user });
  if (typeof answer?.code !== 'string') {
    return { kind: 'unavailable', text: '演示环境的微信没有响应，请确认它已启动后再试。' };
  }
  // The subscription sheet grants for this phone.
  await storage.set('demo-openid', answer.openid);
  return { kind: 'code', code: answer.code };
}
