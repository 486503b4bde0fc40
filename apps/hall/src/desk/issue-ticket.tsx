import type { PriorityEvidence } from '@haoban/domain';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { ProblemView, StateTag } from '../common/views.js';
import { useIssueTicket } from './use-issue-ticket.js';

const evidence: { value: PriorityEvidence | ''; label: string }[] = [
  { value: '', label: '没有' },
  { value: 'elder', label: '70 岁以上' },
  { value: 'disabled', label: '残疾人证' },
  { value: 'pregnant', label: '孕妇' },
  { value: 'military', label: '军人证件' },
];

/** A number for who has no phone at hand: search, arrows, Enter; then Enter again. */
export function IssueTicket({ close, issued }: { close: () => void; issued: () => void }) {
  const model = useIssueTicket(issued);
  return (
    <Modal
      open
      title="现场发号"
      footer={null}
      onCancel={close}
      width={640}
      focusable={{ focusTriggerAfterClose: false }}
    >
      {model.ticket ? <Issued model={model} close={close} /> : <Asking model={model} />}
    </Modal>
  );
}

type Model = ReturnType<typeof useIssueTicket>;

function Asking({ model }: { model: Model }) {
  const { q, type, items, searching, pick, item, setItem, priority, setPriority, problem, busy, issue } =
    model;
  const [at, setAt] = useState(0);
  const move = (by: number) => setAt((before) => Math.min(items.length - 1, Math.max(0, before + by)));
  return (
    <form
      className="issue"
      onSubmit={(event) => {
        event.preventDefault();
        issue();
      }}
    >
      <label htmlFor="issue-q">办什么事（中文或拼音首字母，例如 bdczy）</label>
      <Input
        id="issue-q"
        size="large"
        autoFocus
        autoComplete="off"
        role="combobox"
        aria-expanded={!item}
        aria-controls="issue-items"
        aria-activedescendant={items[at] ? `issue-${items[at].id}` : undefined}
        value={item ? item.name : q}
        onChange={(event) => {
          setAt(0);
          type(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter' && !item && !event.nativeEvent.isComposing) pick(at);
          else return;
          event.preventDefault();
        }}
      />
      <ul id="issue-items" role="listbox" aria-label="事项" className="issue-items">
        {(item ? [item] : items).map((each, index) => (
          <li
            key={each.id}
            id={`issue-${each.id}`}
            role="option"
            aria-selected={each.id === item?.id || (!item && index === at)}
            onMouseDown={(event) => {
              event.preventDefault();
              setItem(each);
            }}
          >
            <span>{each.name}</span>
            <span className="muted">{each.departmentName}</span>
          </li>
        ))}
        {!item && items.length === 0 && !problem && (
          <li className="muted">{searching ? '正在查找…' : '没有找到。换个说法，或只输入前两个字。'}</li>
        )}
      </ul>
      <span id="issue-evidence">绿色通道（看过证件才选）</span>
      <Radio.Group
        aria-labelledby="issue-evidence"
        optionType="button"
        options={evidence}
        value={priority ?? ''}
        onChange={(event) => setPriority((event.target.value as PriorityEvidence) || undefined)}
      />
      {problem && <ProblemView problem={problem} />}
      <Button type="primary" size="large" htmlType="submit" disabled={!item} loading={busy}>
        发号 <kbd aria-hidden="true">Enter</kbd>
      </Button>
    </form>
  );
}

function Issued({ model, close }: { model: Model; close: () => void }) {
  const { ticket, again } = model;
  if (!ticket) return null;
  return (
    <div className="issued">
      <p>请告诉群众</p>
      <strong className="issued-number">{ticket.label}</strong>
      <p>
        {ticket.queueName} · {ticket.itemName}
      </p>
      {ticket.priority && <StateTag tone="warn">绿色通道 · {ticket.priority}</StateTag>}
      <div className="desk-actions">
        <Button onClick={again}>再发一个</Button>
        <Button type="primary" autoFocus onClick={close}>
          好了 <kbd aria-hidden="true">Enter</kbd>
        </Button>
      </div>
    </div>
  );
}
