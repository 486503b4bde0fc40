import type { DeskView } from '@haoban/contracts';
import { ActionButton } from '../common/action-button.js';
import { cameHow, personOf } from './desk-model.js';
import type { DeskModel } from './use-desk.js';

export function NextTicket({ desk, view }: { desk: DeskModel; view: DeskView }) {
  const { next } = view;
  return (
    <section className="next" aria-label="下一位">
      <span className="muted">下一位</span>
      {next ? (
        <>
          <strong className="next-number">{next.label}</strong>
          <span className="next-facts">
            <span>
              {personOf(next)} · <span className="number">{cameHow(next)}</span> · {next.itemName}
            </span>
            <span className="muted">为什么：{next.reason ?? '按取号时间叫号'}</span>
          </span>
        </>
      ) : (
        <span className="next-facts muted">没有人等候</span>
      )}
      <ActionButton
        hotkey="空格"
        type={view.current ? 'default' : 'primary'}
        size="large"
        disabled={!desk.acts.has('callNext')}
        loading={desk.busy === 'callNext'}
        onClick={desk.callNext}
      >
        叫下一位
      </ActionButton>
    </section>
  );
}
