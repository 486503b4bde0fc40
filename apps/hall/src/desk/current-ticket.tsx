import type { DeskTicket, DeskView } from '@haoban/contracts';
import { formatDuration } from '@haoban/domain';
import { ActionButton } from '../common/action-button.js';
import { runningOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { StateTag } from '../common/views.js';
import { ticketWords } from '../common/words.js';
import { CaseBrief } from './case-brief.js';
import { cameHow, personOf } from './desk-model.js';
import { MaterialList } from './material-list.js';
import type { DeskModel } from './use-desk.js';
import { useItem } from './use-item.js';

export function CurrentTicket({ desk, view }: { desk: DeskModel; view: DeskView }) {
  const { current } = view;
  const { acts, busy } = desk;
  return (
    <section className="current" aria-label="当前办理">
      <div className="current-person">
        {current ? <Person ticket={current} /> : <Nobody view={view} />}
        <div className="desk-actions">
          <ActionButton
            hotkey="R"
            disabled={!acts.has('recall')}
            loading={busy === 'recall'}
            onClick={desk.recall}
          >
            重呼
          </ActionButton>
          <ActionButton
            hotkey="S"
            type={current?.state === 'called' ? 'primary' : 'default'}
            disabled={!acts.has('start')}
            loading={busy === 'start'}
            onClick={desk.start}
          >
            开始办理
          </ActionButton>
          <ActionButton
            hotkey="F2"
            type={current?.state === 'serving' ? 'primary' : 'default'}
            disabled={!acts.has('finish')}
            loading={busy === 'finish'}
            onClick={desk.finish}
          >
            办理结束
          </ActionButton>
          <ActionButton
            hotkey="N"
            danger
            disabled={!acts.has('noShow')}
            loading={busy === 'noShow'}
            onClick={desk.noShow}
          >
            过号
          </ActionButton>
        </div>
      </div>
      <Papers ticket={current} desk={desk} />
    </section>
  );
}

function Person({ ticket }: { ticket: DeskTicket }) {
  const now = useNow(1000);
  const item = useItem(ticket.itemId);
  const since = ticket.startedAt ?? ticket.calledAt;
  return (
    <>
      <p className="current-head">
        <StateTag tone={ticket.state === 'called' ? 'called' : 'good'}>
          {ticketWords[ticket.state]}
          {ticket.state === 'called' && ticket.calledCount > 1 ? ` · 第 ${ticket.calledCount} 次` : ''}
        </StateTag>
        <strong className="ticket-number">{ticket.label}</strong>
        <span className="current-name">{personOf(ticket)}</span>
        {since && (
          <span className="current-timer">
            {ticket.startedAt ? '已办' : '已呼'} <b>{runningOf(since, now)}</b>
          </span>
        )}
      </p>
      <p>
        <span className="number">{cameHow(ticket)}</span>
        {ticket.phone && <span className="number"> · {ticket.phone}</span>}
        {ticket.priority && (
          <>
            {' '}
            <StateTag tone="warn">绿色通道 · {ticket.priority}</StateTag>
          </>
        )}
      </p>
      <p>
        事项 <b>{ticket.itemName}</b>
        {item && <span className="muted">（承诺 {formatDuration(item.promised)}）</span>}
      </p>
    </>
  );
}

function Nobody({ view }: { view: DeskView }) {
  return (
    <>
      <p className="current-head">
        <strong className="ticket-number muted">—</strong>
        <span className="current-name muted">窗口空闲</span>
      </p>
      <p className="muted">
        {view.desk.status === 'paused'
          ? '按 F8 恢复后再叫号。'
          : view.waiting.length > 0
            ? '按空格叫下一位。'
            : '现在没有人等候。有人取号，这里会马上显示。'}
      </p>
      <p>&nbsp;</p>
    </>
  );
}

function Papers({ ticket, desk }: { ticket: DeskTicket | null; desk: DeskModel }) {
  const opened = Boolean(ticket?.caseId);
  return (
    <div className="current-papers">
      <h2>{opened ? '办件' : '材料'}</h2>
      <div className="current-materials">
        {!ticket && <p className="muted">叫号后显示这个事项要收的材料。</p>}
        {ticket?.caseId && <CaseBrief caseId={ticket.caseId} round={desk.dialog} />}
        {ticket && !ticket.caseId && <MaterialList ticketId={ticket.id} itemId={ticket.itemId} compact />}
      </div>
      <div className="desk-actions">
        <ActionButton
          hotkey="F4"
          disabled={!opened && !desk.acts.has('openCase')}
          onClick={desk.openCase}
          type={ticket?.state === 'serving' && !opened ? 'primary' : 'default'}
          ghost={ticket?.state === 'serving' && !opened}
        >
          {opened ? '看办件' : '收件开件'}
        </ActionButton>
      </div>
    </div>
  );
}
