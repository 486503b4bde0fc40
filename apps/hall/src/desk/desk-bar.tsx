import type { DeskView } from '@haoban/contracts';
import { ActionButton } from '../common/action-button.js';
import { StateTag } from '../common/views.js';
import { statusWord } from './desk-model.js';
import type { DeskModel } from './use-desk.js';

export function DeskBar({ desk, view }: { desk: DeskModel; view: DeskView }) {
  const { label, status, queueNames } = view.desk;
  const paused = status === 'paused';
  return (
    <section className="desk-bar" aria-label="窗口">
      <h1>{label}</h1>
      <StateTag tone={paused ? 'warn' : 'good'}>{statusWord(status)}</StateTag>
      <span className="muted desk-queues">{queueNames.join('、')}</span>
      <span className="desk-facts">
        等候 <b>{view.waiting.length}</b> · 最久 <b>{view.longestWaitMinutes}</b> 分 · 今日已办{' '}
        <b>{view.servedToday}</b>
      </span>
      <ActionButton hotkey="F9" onClick={() => desk.setDialog({ kind: 'issue' })}>
        现场发号
      </ActionButton>
      <ActionButton hotkey="F10" onClick={() => desk.setDialog({ kind: 'checkIn' })}>
        预约签到
      </ActionButton>
      <ActionButton hotkey="F3" onClick={() => desk.setDialog({ kind: 'book' })}>
        代约
      </ActionButton>
      <ActionButton
        hotkey="F8"
        className="desk-pause"
        loading={desk.busy === 'pause' || desk.busy === 'resume'}
        onClick={desk.togglePause}
      >
        {paused ? '恢复' : '暂停'}
      </ActionButton>
      <ActionButton disabled={!desk.acts.has('close')} loading={desk.busy === 'close'} onClick={desk.close}>
        关闭窗口
      </ActionButton>
    </section>
  );
}
