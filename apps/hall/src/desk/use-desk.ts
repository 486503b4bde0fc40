import type { DeskTicket, DeskView } from '@haoban/contracts';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { isUnanswered, toProblem, type Problem } from '../common/problem.js';
import { useLive } from '../common/use-live.js';
import { useStaff } from '../session/use-session.js';
import { isMine, possibleActs, type DeskAct } from './desk-model.js';

export type DeskDialog =
  | { readonly kind: 'issue' }
  | { readonly kind: 'checkIn' }
  | { readonly kind: 'call'; readonly ticket: DeskTicket }
  | { readonly kind: 'book' }
  | { readonly kind: 'booking'; readonly bookingId: string }
  | { readonly kind: 'openCase' }
  | { readonly kind: 'case'; readonly caseId: string };

export interface Notice {
  readonly tone: 'good' | 'called';
  readonly text: string;
  readonly problem?: Problem;
}

/** The desk where one sits. @param left is called once the desk is no longer one's own */
export function useDesk(deskId: string, left: () => void) {
  const staff = useStaff();
  const { modal } = App.useApp();
  const {
    data: view,
    problem,
    status,
    apply,
    refresh,
  } = useLive<DeskView>(`desk:${deskId}`, () => client.queue.desk({ deskId }));
  const [busy, setBusy] = useState<DeskAct>();
  const [notice, setNotice] = useState<Notice>();
  const [dialog, setDialog] = useState<DeskDialog>();
  // Set at once, where a second key press comes before React has drawn the first one's state.
  const running = useRef<{ readonly act: DeskAct; readonly done: Promise<void> }>(undefined);
  const callId = useRef<string>(undefined);

  const gone = view !== undefined && !isMine(view, staff.id);
  useEffect(() => {
    if (gone) left();
  }, [gone, left]);

  // What failed for want of a line is no news once the line is back.
  useEffect(() => {
    if (status === 'open') setNotice((shown) => (shown?.problem?.code === 'OFFLINE' ? undefined : shown));
  }, [status]);

  const acts = view ? possibleActs(view) : new Set<DeskAct>();

  /**
   * The same key twice is one act. Another one waits for the first: the live line may show its outcome, and with it the next
   * key, before its own answer has come.
   */
  const run = async (act: DeskAct, perform: () => Promise<DeskView>) => {
    if (!acts.has(act) || running.current?.act === act) return;
    while (running.current) await running.current.done;
    const done = carryOut(act, perform);
    running.current = { act, done };
    await done;
  };

  const carryOut = async (act: DeskAct, perform: () => Promise<DeskView>) => {
    setBusy(act);
    setNotice(undefined);
    try {
      apply(await perform());
    } catch (error) {
      const problem = toProblem(error);
      setNotice({ tone: 'called', text: problem.text, problem });
      refresh();
    } finally {
      running.current = undefined;
      setBusy(undefined);
    }
  };

  /** One request id per intended call: pressed again after a lost answer, it must not call two people. */
  const callNext = () =>
    run('callNext', async () => {
      callId.current ??= newRequestId();
      try {
        const answer = await client.queue.callNext({ deskId, requestId: callId.current });
        callId.current = undefined;
        return answer;
      } catch (error) {
        if (!isUnanswered(error)) callId.current = undefined;
        throw error;
      }
    });

  const noShow = () => {
    if (!acts.has('noShow') || !view?.current) return;
    const { label, calledCount } = view.current;
    void modal.confirm({
      title: `过号 ${label}？`,
      content: `已呼叫 ${calledCount} 次。过号后可以在“过号”里让他重新排队。`,
      okText: `过号 ${label}`,
      cancelText: '再等等',
      focusable: { autoFocusButton: 'ok' },
      onOk: () => run('noShow', () => client.queue.noShow({ deskId })),
    });
  };

  const close = () => {
    void modal.confirm({
      title: `关闭${view?.desk.label ?? '窗口'}？`,
      content: '关闭后不再叫号，其他工作人员可以使用这个窗口。',
      okText: '关闭窗口',
      cancelText: '不关闭',
      onOk: () => run('close', () => client.queue.closeDesk({ deskId })),
    });
  };

  const requeue = async (ticket: DeskTicket) => {
    try {
      await client.queue.requeue({ ticketId: ticket.id });
      setNotice({ tone: 'good', text: `${ticket.label} 已重新排队。` });
      refresh();
    } catch (error) {
      setNotice({ tone: 'called', text: toProblem(error).text, problem: toProblem(error) });
    }
  };

  const openCase = () => {
    const current = view?.current;
    if (current?.caseId) setDialog({ kind: 'case', caseId: current.caseId });
    else if (acts.has('openCase')) setDialog({ kind: 'openCase' });
  };

  return {
    view,
    problem,
    status,
    acts,
    busy,
    notice,
    setNotice,
    dialog,
    setDialog,
    refresh,
    callNext: () => void callNext(),
    callTicket: (ticket: DeskTicket, reason: string) =>
      run('callTicket', () => client.queue.callTicket({ deskId, ticketId: ticket.id, reason })),
    recall: () => void run('recall', () => client.queue.recall({ deskId })),
    start: () => void run('start', () => client.queue.start({ deskId })),
    finish: () => void run('finish', () => client.queue.finish({ deskId })),
    noShow,
    togglePause: () =>
      acts.has('pause')
        ? void run('pause', () => client.queue.pauseDesk({ deskId }))
        : void run('resume', () => client.queue.resumeDesk({ deskId })),
    close,
    requeue: (ticket: DeskTicket) => void requeue(ticket),
    openCase,
  };
}

export type DeskModel = ReturnType<typeof useDesk>;
