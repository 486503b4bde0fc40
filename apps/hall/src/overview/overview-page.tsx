import type { Desk, Display, Indicators, QueueStatus } from '@haoban/contracts';
import { formatWait, ratingText, type RatingLevel } from '@haoban/domain';
import { Skeleton } from 'antd';
import { Link } from 'react-router-dom';
import { percent } from '../common/format.js';
import { LoadView, ProblemView, StateTag } from '../common/views.js';
import { polyline, type Point } from './trend.js';
import { totalWaiting, useOverview } from './use-overview.js';

/** A number, its trend, and the list behind it, in that order. */
export default function OverviewPage() {
  const { hall, indicators, desks, points } = useOverview();
  const { data, problem, refresh } = hall;
  if (!data) {
    return (
      <div className="page">
        {problem ? <ProblemView problem={problem} retry={refresh} /> : <Skeleton active={false} />}
      </div>
    );
  }
  return (
    <div className="page overview">
      <h1 className="visually-hidden">概览</h1>
      <div className="figures">
        <Waiting data={data} points={points} />
        <LoadView state={indicators.state} retry={indicators.reload} rows={3}>
          {(found) => <Satisfaction found={found} />}
        </LoadView>
        <LoadView state={desks.state} retry={desks.reload} rows={3}>
          {({ items }) => <Desks desks={items} served={data.servedToday} />}
        </LoadView>
      </div>
      <h2>各队列</h2>
      <QueueTable queues={data.queues} />
    </div>
  );
}

function Waiting({ data, points }: { data: Display; points: readonly Point[] }) {
  return (
    <section className="figure" aria-label="等候人数">
      <h2>正在等候</h2>
      <p className="figure-number">
        {totalWaiting(data.queues)} <small>人</small>
      </p>
      <svg
        className="trend"
        viewBox="0 0 300 56"
        preserveAspectRatio="none"
        role="img"
        aria-label="打开本页以来的等候人数"
      >
        <polyline points={polyline(points, 300, 52)} transform="translate(0 2)" />
      </svg>
      <p className="muted">打开本页以来</p>
    </section>
  );
}

function Satisfaction({ found }: { found: Indicators }) {
  const most = Math.max(1, ...found.byLevel.map(({ count }) => count));
  return (
    <section className="figure" aria-label="满意率">
      <h2>
        满意率 <Link to="/ratings">看评价</Link>
      </h2>
      <p className="figure-number">{percent(found.goodRate)}</p>
      <ul className="levels">
        {[...found.byLevel]
          .sort((a, b) => b.level - a.level)
          .map(({ level, count }) => (
            <li key={level}>
              <span>{ratingText(level as RatingLevel)}</span>
              <i style={{ width: `${(count / most) * 100}%` }} className={level <= 2 ? 'bad' : ''} />
              <b>{count}</b>
            </li>
          ))}
      </ul>
      <p className="muted">
        {found.rated} 人评价，参评率 {percent(found.participation)}；未评价的不算满意
      </p>
    </section>
  );
}

function Desks({ desks, served }: { desks: readonly Desk[]; served: number }) {
  const open = desks.filter(({ status }) => status === 'open');
  const paused = desks.filter(({ status }) => status === 'paused');
  return (
    <section className="figure" aria-label="窗口">
      <h2>今日已办</h2>
      <p className="figure-number">
        {served} <small>件次</small>
      </p>
      <p>
        开放 <b>{open.length}</b> · 暂停 <b>{paused.length}</b> · 共 {desks.length} 个窗口
      </p>
      <ul className="desk-dots" aria-label="窗口状态">
        {desks.map(({ id, number, status, staffName, label }) => (
          <li key={id} className={`dot-${status}`} title={`${label} ${staffName ?? '未开放'}`}>
            {number}
          </li>
        ))}
      </ul>
      <p className="muted">实心开放，空心关闭，斜纹暂停</p>
    </section>
  );
}

function QueueTable({ queues }: { queues: readonly QueueStatus[] }) {
  return (
    <table className="lines">
      <thead>
        <tr>
          <th>队列</th>
          <th>等候</th>
          <th>现在取号要等</th>
          <th>开放窗口</th>
          <th>今日发号</th>
          <th>还可发</th>
        </tr>
      </thead>
      <tbody>
        {[...queues]
          .sort((a, b) => b.waiting - a.waiting)
          .map((queue) => (
            <tr key={queue.id}>
              <td>
                <b>{queue.prefix}</b> {queue.name}{' '}
                {queue.waiting > 0 && queue.desksOpen === 0 && (
                  <StateTag tone="called">没有窗口开放</StateTag>
                )}
                {!queue.open && <StateTag tone="neutral">未开放</StateTag>}
              </td>
              <td>{queue.waiting} 人</td>
              <td>{queue.wait ? formatWait(queue.wait) : '—'}</td>
              <td>{queue.desksOpen}</td>
              <td>{queue.issuedToday}</td>
              <td>{queue.remainingToday}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
