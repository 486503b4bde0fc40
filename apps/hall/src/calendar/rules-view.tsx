import { addDays, formatDay, type LocalDay } from '@haoban/domain';
import { Alert, Button, Input } from 'antd';
import { Fragment } from 'react';
import { ActionButton } from '../common/action-button.js';
import { OutcomeAlert } from '../common/outcome-alert.js';
import { EmptyView, ProblemView, StateTag } from '../common/views.js';
import type { Tone } from '../common/words.js';
import { AffectedList } from './affected-list.js';
import { changeOf, ruleFaults, type DraftRule, type RuleChange } from './draft-model.js';
import { PreviewDays, Warnings } from './preview-view.js';
import { RuleForm } from './rule-form.js';
import { kindWords, placesWord, ruleTitle, whenWords, windowWord } from './rule-words.js';
import type { QueueCalendar } from './use-calendar-page.js';
import { PREVIEW_DAYS, useRuleDraft, type Saved } from './use-rule-draft.js';

interface Props {
  readonly calendar: QueueCalendar;
  readonly today: LocalDay;
  /** After a save, or to see what a colleague has saved. */
  readonly reload: () => void;
}

type Model = ReturnType<typeof useRuleDraft>;

/** The rules on the left, what comes of them on the right, saved together. */
export function RulesView({ calendar, today, reload }: Props) {
  const model = useRuleDraft(calendar, today, reload);
  return (
    <div className="rules">
      <div className="rules-left">
        <RuleTable calendar={calendar} today={today} model={model} />
        <SaveBar model={model} />
      </div>
      <Preview today={today} model={model} />
    </div>
  );
}

const changeTones: Record<RuleChange, Tone> = {
  same: 'neutral',
  new: 'good',
  changed: 'info',
  removed: 'called',
};
const changeWords: Record<RuleChange, string> = { same: '', new: '新增', changed: '已改', removed: '将删除' };

function RuleTable({ calendar, today, model }: { calendar: QueueCalendar; today: LocalDay; model: Model }) {
  const { draft, editing } = model;
  return (
    <section aria-label="放号规则">
      <div className="section-head">
        <h2>放号规则</h2>
        <Button onClick={() => model.add()}>新增规则</Button>
      </div>
      {draft.rules.length === 0 && (
        <EmptyView title="这个队列还没有放号规则">点「新增规则」，市民就能预约</EmptyView>
      )}
      {draft.rules.length > 0 && (
        <table className="lines rule-table" aria-label={`${calendar.queueName}的放号规则`}>
          <thead>
            <tr>
              <th>规则</th>
              <th>每个时段</th>
              <th>可约</th>
              <th>操作</th>
            </tr>
          </thead>
          <tbody>
            {draft.rules.map((each) => (
              <Fragment key={each.key}>
                <RuleRow each={each} today={today} model={model} />
                {editing === each.key && !each.removed && (
                  <tr>
                    <td colSpan={4}>
                      <RuleForm
                        rule={each.rule}
                        edit={(values) => model.edit(each.key, values)}
                        close={() => {
                          model.setEditing(undefined);
                          document.getElementById(`edit-${each.key}`)?.focus();
                        }}
                        kinds={calendar.kinds}
                        itemClasses={calendar.itemClasses}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function RuleRow({ each, today, model }: { each: DraftRule; today: LocalDay; model: Model }) {
  const { key, rule, removed } = each;
  const change = changeOf(model.draft, each);
  const title = ruleTitle(rule);
  const open = model.editing === key;
  const faulty = !removed && Object.keys(ruleFaults(rule)).length > 0;
  return (
    <tr className={removed ? 'rule-removed' : ''}>
      <td>
        <b>{title}</b> {rule.kind !== 'window' && <StateTag tone="neutral">{kindWords[rule.kind]}</StateTag>}{' '}
        {change !== 'same' && <StateTag tone={changeTones[change]}>{changeWords[change]}</StateTag>}{' '}
        {faulty && <StateTag tone="called">还没填好</StateTag>}
        <span className="rule-when">{whenWords(rule, today).join('，')}</span>
      </td>
      <td className="number">{placesWord(rule)}</td>
      <td className="number">{windowWord(rule)}</td>
      <td className="rule-acts">
        {!removed && (
          <>
            <Button
              size="small"
              id={`edit-${key}`}
              aria-expanded={open}
              aria-label={`编辑 ${title}`}
              onClick={() => model.setEditing(open ? undefined : key)}
            >
              编辑
            </Button>
            <Button size="small" aria-label={`复制 ${title}`} onClick={() => model.add(rule)}>
              复制
            </Button>
            <Button size="small" danger aria-label={`删除 ${title}`} onClick={() => model.remove(key)}>
              删除
            </Button>
          </>
        )}
        {(change === 'changed' || change === 'removed') && (
          <Button
            size="small"
            autoFocus={removed}
            aria-label={`恢复 ${title}`}
            onClick={() => model.restore(key)}
          >
            恢复
          </Button>
        )}
      </td>
    </tr>
  );
}

function SaveBar({ model }: { model: Model }) {
  const { changes, saved } = model;
  return (
    <div className="save-bar">
      {model.news && <Alert type="warning" showIcon role="status" title={model.news} />}
      {model.problem && <ProblemView problem={model.problem} />}
      {saved && <OutcomeAlert type={saved.toRing > 0 ? 'warning' : 'success'} title={savedText(saved)} />}
      {changes > 0 && (
        <form
          className="save-line"
          onSubmit={(event) => {
            event.preventDefault();
            model.save();
          }}
        >
          <Input
            aria-label="修改原因"
            placeholder="修改原因（记入变更记录）"
            maxLength={100}
            value={model.reason}
            onChange={(event) => model.setReason(event.target.value)}
          />
          <Button onClick={model.discard}>放弃修改</Button>
          <ActionButton
            type="primary"
            htmlType="submit"
            loading={model.busy}
            disabled={!model.complete || !model.reason.trim() || !model.known}
          >
            保存 {changes} 处修改
          </ActionButton>
        </form>
      )}
      {changes > 0 && !model.complete && <p className="field-fault">还有没填好的规则，填好后才能保存。</p>}
      {changes > 0 && model.complete && !model.reason.trim() && <p className="muted">写明原因后即可保存。</p>}
    </div>
  );
}

function savedText({ closed, toRing }: Saved): string {
  if (closed === 0) return '已保存，新的时段已放出。';
  const lost = `已保存。${closed} 个预约没有了时段`;
  const told = closed > toRing ? `，已通知 ${closed - toRing} 人改约` : '';
  const ring = toRing > 0 ? `；${toRing} 人收不到消息，请在「特殊日期」里查看并打电话告知` : '';
  return `${lost}${told}${ring}。`;
}

function Preview({ today, model }: { today: LocalDay; model: Model }) {
  const { preview, shownFrom, to } = model;
  const last = addDays(shownFrom, PREVIEW_DAYS - 1);
  const { data } = preview;
  const days = data?.days.filter(({ day }) => day >= shownFrom && day <= last) ?? [];
  return (
    <section className="preview" aria-label="预览" aria-busy={preview.asking} tabIndex={0}>
      <div className="section-head">
        <h2>预览</h2>
        <span className="muted number">
          {formatDay(shownFrom)} – {formatDay(last < to ? last : to)}
        </span>
        <Button
          size="small"
          disabled={shownFrom <= today}
          onClick={() => model.showFrom(addDays(shownFrom, -PREVIEW_DAYS))}
        >
          前两周
        </Button>
        <Button
          size="small"
          disabled={last >= to}
          onClick={() => model.showFrom(addDays(shownFrom, PREVIEW_DAYS))}
        >
          后两周
        </Button>
      </div>
      <p role="status" className="preview-sum">
        {!model.complete
          ? '填好左边标红的内容，这里会显示结果。'
          : preview.asking
            ? '正在计算……'
            : data && `今后 ${data.days.length} 天：${sumText(data)}`}
      </p>
      {model.complete && preview.problem && <ProblemView problem={preview.problem} retry={preview.retry} />}
      {data && (
        <>
          <Warnings warnings={data.warnings} />
          {data.affectedCount > 0 && model.changes > 0 && (
            <details className="preview-affected">
              <summary>保存后影响 {data.affectedCount} 个已有预约</summary>
              <AffectedList bookings={data.affected} count={data.affectedCount} label="受影响的预约" />
            </details>
          )}
          <PreviewDays days={days} />
        </>
      )}
    </section>
  );
}

type PreviewSums = Record<'now' | 'then', { slots: number; places: number }>;

function sumText({ now, then }: PreviewSums): string {
  const one = (before: number, after: number) => (before === after ? `${after}` : `${before} → ${after}`);
  return `时段 ${one(now.slots, then.slots)}，名额 ${one(now.places, then.places)}`;
}
