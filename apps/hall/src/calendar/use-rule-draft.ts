import type { CalendarRule } from '@haoban/contracts';
import { addDays, daysBetween, type LocalDay } from '@haoban/domain';
import { App } from 'antd';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { newRequestId } from '../api/request-id.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { useStaff } from '../session/use-session.js';
import {
  addRule,
  countChanges,
  editRule,
  hasFaults,
  newRule,
  rebaseDraft,
  removeRule,
  restoreRule,
  rulesOf,
  startDraft,
  type Draft,
} from './draft-model.js';
import { impactWord, isKnown, withTelling } from './impact-words.js';
import type { QueueCalendar } from './use-calendar-page.js';

export const PREVIEW_DAYS = 14;

/** What was typed and not saved yet stays while other pages are looked at; of one person, for desks are shared. */
const kept = new Map<string, Draft>();

export interface Saved {
  readonly closed: number;
  readonly toRing: number;
}

/** The rules of one queue being edited, with what would come of them. Mount it anew for another queue. */
export function useRuleDraft(calendar: QueueCalendar, today: LocalDay, reload: () => void) {
  const { queueId } = calendar;
  const key = `${useStaff().id} ${queueId}`;
  const { modal } = App.useApp();
  const [draft, setDraft] = useState<Draft>(
    () => kept.get(key) ?? startDraft(calendar.version, calendar.rules),
  );
  const [editing, setEditing] = useState<string>();
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [news, setNews] = useState<string>();
  const [saved, setSaved] = useState<Saved>();
  const changes = countChanges(draft);

  useEffect(() => {
    if (changes > 0) kept.set(key, draft);
    else kept.delete(key);
  }, [key, draft, changes]);

  useEffect(() => {
    setDraft((before) => {
      if (before.version === calendar.version) return before;
      const { draft: next, both } = rebaseDraft(before, calendar.version, calendar.rules);
      setNews(countChanges(next) > 0 ? newsOf(both) : undefined);
      return next;
    });
  }, [calendar]);

  const complete = !hasFaults(draft);
  const rules = rulesOf(draft);
  // As far as anybody can have booked, so that nobody who is hit lies beyond what is asked about.
  const to = addDays(today, reachOf([...draft.base, ...rules], today));
  const preview = useAnswer(
    complete ? JSON.stringify([queueId, rules, today, draft.version]) : undefined,
    () => client.calendar.preview({ queueId, rules, from: today, to }),
  );

  const change = (next: (before: Draft) => Draft) => {
    setSaved(undefined);
    setProblem(undefined);
    setDraft(next);
  };
  const perform = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const done = await client.calendar.saveRules({
        queueId,
        version: draft.version,
        rules,
        reason: reason.trim(),
      });
      setDraft(startDraft(done.version, done.rules));
      setEditing(undefined);
      setReason('');
      setNews(undefined);
      setSaved({ closed: done.closedCount, toRing: done.ringCount });
      reload();
    } catch (error) {
      const found = toProblem(error);
      setProblem(found.code === 'CALENDAR_CHANGED' ? undefined : found);
      // Also where no answer came: it may have been saved, and then it shows.
      if (found.code === 'CALENDAR_CHANGED' || found.code === 'OFFLINE') reload();
    } finally {
      setBusy(false);
    }
  };
  const known = isKnown(preview);
  const save = () => {
    if (busy || changes === 0 || !complete || !known || !reason.trim()) return;
    const impact = preview.data;
    if (impact.closedCount === 0) return void perform();
    modal.confirm({
      width: 480,
      title: `${calendar.queueName}：保存后有 ${impact.closedCount} 个预约没有了时段，确定保存？`,
      content: impactWord(impact),
      okText: withTelling('保存', impact),
      cancelText: '再看看',
      okButtonProps: { danger: true },
      onOk: perform,
    });
  };
  const discard = () => {
    modal.confirm({
      width: 480,
      title: `放弃${calendar.queueName}的 ${changes} 处修改？`,
      content: '放弃后恢复为已保存的规则。',
      okText: '放弃修改',
      cancelText: '继续编辑',
      okButtonProps: { danger: true },
      onOk: () => {
        change((before) => startDraft(before.version, before.base));
        setEditing(undefined);
        setNews(undefined);
      },
    });
  };
  const add = (like: CalendarRule = newRule) => {
    const fresh = newRequestId();
    change((before) =>
      addRule(before, fresh, { ...like, id: undefined, name: like === newRule ? '' : like.name }),
    );
    setEditing(fresh);
  };
  return {
    draft,
    changes,
    complete,
    editing,
    setEditing,
    edit: (rule: string, values: Partial<CalendarRule>) => change((before) => editRule(before, rule, values)),
    remove: (rule: string) => change((before) => removeRule(before, rule)),
    restore: (rule: string) => change((before) => restoreRule(before, rule)),
    add,
    shownFrom: from,
    /** The last day that the preview knows. */
    to,
    showFrom: (day: LocalDay) => setFrom(day < today ? today : day),
    preview,
    /** What saving would do to bookings is known; until then it can't be saved. */
    known,
    reason,
    setReason,
    save,
    discard,
    busy,
    problem,
    news,
    saved,
  };
}

const LONGEST_PREVIEW = 61;

function reachOf(rules: readonly CalendarRule[], today: LocalDay): number {
  const reaches = rules.map(({ windowToDays, firstDay }) =>
    Math.max(windowToDays || 0, firstDay ? daysBetween(today, firstDay) + PREVIEW_DAYS : 0),
  );
  return Math.min(LONGEST_PREVIEW, Math.max(2 * PREVIEW_DAYS - 1, ...reaches));
}

function newsOf(both: readonly string[]): string {
  const clash = both.length > 0 ? `「${both.join('」「')}」您和同事都改了，保存后以您的为准。` : '';
  return `同事刚刚保存了新的规则，您的修改已放到新内容上。${clash}请看一遍预览再保存。`;
}
