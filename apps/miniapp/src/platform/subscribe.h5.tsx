import { callSimulator, demoConfig } from './demo';
import { openSheet } from './sheet';
import { storage } from './storage';
import type { Subscribe } from './types';

export const subscribe: Subscribe = async (templates) => {
  const demo = await demoConfig();
  // Outside the demo a browser gets no subscribe messages; the inbox has every one of them.
  if (!demo || templates.length === 0) return {};
  const accepted = await openSheet<boolean>(
    '接收通知（演示）',
    (close) => (
      <>
        <p className="sim-sheet__text">允许“好办”向您发送下列消息各一次？</p>
        <ul>
          {templates.map(({ templateId, title }) => (
            <li key={templateId}>{title}</li>
          ))}
        </ul>
        <div className="sim-sheet__actions">
          <button
            type="button"
            className="sim-sheet__button sim-sheet__main"
            data-action="allow"
            onClick={() => close(true)}
          >
            允许
          </button>
          <button type="button" className="sim-sheet__button" onClick={() => close(false)}>
            不用了
          </button>
        </div>
      </>
    ),
    false,
  );
  if (accepted) {
    const templateIds = templates.map(({ templateId }) => templateId);
    const openid = await storage.get<string>('demo-openid');
    await callSimulator(demo.sims.wechat, '/_sim/grant', { openid, templateIds });
  }
  return Object.fromEntries(
    templates.map(({ templateId }) => [templateId, accepted ? 'accept' : 'reject'] as const),
  );
};
