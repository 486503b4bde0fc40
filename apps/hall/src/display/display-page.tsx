import '../styles/display.css';
import type { Display, QueueStatus } from '@haoban/contracts';
import { dayOf, formatClock, formatDay, formatWait, minutesOfDay } from '@haoban/domain';
import { useParams } from 'react-router-dom';
import { percent } from '../common/format.js';
import type { CallLine } from './announcements.js';
import { useDisplay } from './use-display.js';

export default function DisplayPage() {
  const { hallId = '' } = useParams();
  const { data, problem, offline, now, lines, tip, voice, enableVoice } = useDisplay(hallId);
  return (
    <main className="wall">
      <header className="wall-head">
        <h1>{data?.hallName ?? '好办'}</h1>
        {offline && <span className="wall-warn">网络断开，正在重连</span>}
        {voice === 'blocked' && (
          <button type="button" onClick={enableVoice}>
            点这里打开语音
          </button>
        )}
        <span className="wall-clock">
          {formatDay(dayOf(now))} <b>{formatClock(minutesOfDay(now))}</b>
        </span>
      </header>
      {data ? (
        <>
          <Calls lines={lines} />
          <section className="wall-below">
            <Queues queues={data.queues} />
            <Facts data={data} tip={tip} />
          </section>
        </>
      ) : (
        <p className="wall-wait">{problem ? problem.text : '正在连接…'}</p>
      )}
    </main>
  );
}

function Calls({ lines }: { lines: readonly CallLine[] }) {
  return (
    <section className="wall-calls" aria-label="正在叫号" aria-live="polite">
      {lines.map(({ key, label, deskNumber, announced }) => (
        <p key={key} className={announced ? 'call announced' : 'call'}>
          <span>请</span> <b>{label}</b> <span>到</span> <b>{deskNumber}</b> <span>号窗口</span>
        </p>
      ))}
      {lines.length === 0 && <p className="wall-wait">请留意叫号，也可以在手机上看前面还有几人</p>}
    </section>
  );
}

function Queues({ queues }: { queues: readonly QueueStatus[] }) {
  return (
    <table className="wall-queues" aria-label="各队列">
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.id} className={queue.open ? undefined : 'closed'}>
            <th scope="row">
              <b>{queue.prefix}</b> {queue.name}
            </th>
            <td>{queue.open || queue.waiting > 0 ? `等 ${queue.waiting} 人` : ''}</td>
            <td>{waitText(queue)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Facts({ data, tip }: { data: Display; tip: string }) {
  return (
    <aside className="wall-facts">
      <p>
        <span>今日满意率</span> <b>{data.goodRate === null ? '等您评价' : percent(data.goodRate)}</b>
      </p>
      <p>
        <span>今日已办</span> <b>{data.servedToday.toLocaleString('zh-CN')} 件次</b>
      </p>
      <p className="wall-tip">{tip}</p>
    </aside>
  );
}

function waitText({ open, wait, desksOpen }: QueueStatus): string {
  if (!open) return '未开放';
  if (wait) return formatWait(wait);
  return desksOpen === 0 ? '窗口未开' : '请看叫号';
}
