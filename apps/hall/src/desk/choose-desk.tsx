import type { Desk } from '@haoban/contracts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ActionButton } from '../common/action-button.js';
import type { Problem } from '../common/problem.js';
import { EmptyView, ProblemView, StateTag } from '../common/views.js';

interface Props {
  readonly desks: readonly Desk[];
  readonly open: (deskId: string) => void;
  readonly opening: string | undefined;
  readonly problem: Problem | undefined;
}

/** By number and Enter, or by a click on the desk. */
export function ChooseDesk({ desks, open, opening, problem }: Props) {
  const [number, setNumber] = useState('');
  const chosen = desks.find((desk) => String(desk.number) === number.trim());
  const free = chosen?.status === 'closed';
  if (desks.length === 0) return <EmptyView title="您的账号没有分配大厅">请联系系统管理员</EmptyView>;
  return (
    <>
      <form
        className="choose-desk"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen && free) open(chosen.id);
        }}
      >
        <label htmlFor="desk-number">窗口号</label>
        <Input
          id="desk-number"
          size="large"
          autoFocus
          inputMode="numeric"
          maxLength={3}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <ActionButton
          hotkey="Enter"
          type="primary"
          size="large"
          htmlType="submit"
          disabled={!free}
          loading={opening !== undefined}
        >
          {chosen ? `开放${chosen.label}` : '开放窗口'}
        </ActionButton>
        <span className="muted" role="status">
          {number && !chosen && '没有这个窗口号'}
          {chosen && !free && `正由${chosen.staffName ?? '其他人'}使用`}
        </span>
      </form>
      {problem && <ProblemView problem={problem} />}
      <ul className="desk-grid" aria-label="本中心的窗口">
        {desks.map((desk) => (
          <li key={desk.id}>
            <Button
              className={desk.id === chosen?.id ? 'desk-choice chosen' : 'desk-choice'}
              disabled={desk.status !== 'closed' || opening !== undefined}
              onClick={() => open(desk.id)}
            >
              <b>{desk.number}</b>
              <span>
                {desk.label.replace(/^\d+ 号/, '')}
                <small>{desk.queueNames.join('、')}</small>
              </span>
              {desk.status !== 'closed' && (
                <StateTag tone="neutral">
                  {desk.staffName ?? '使用中'}
                  {desk.status === 'paused' ? ' · 暂停' : ''}
                </StateTag>
              )}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
