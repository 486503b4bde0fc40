import type { AffectedBooking } from '@haoban/contracts';
import { Button, Drawer, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { DateField, Field, TimeField } from '../common/field.js';
import type { Answer } from '../common/use-answer.js';
import { ProblemView } from '../common/views.js';
import { AffectedList } from './affected-list.js';
import { useClosure } from './use-closure.js';

interface Props {
  readonly options: Parameters<typeof useClosure>[0];
  readonly close: () => void;
}

export function ClosureDrawer({ options, close }: Props) {
  const model = useClosure(options);
  const { form, change, faults, impact } = model;
  return (
    <Drawer open size={720} title="停办" onClose={close}>
      <form
        className="drawer-form"
        onSubmit={(event) => {
          event.preventDefault();
          model.submit();
        }}
      >
        <fieldset className="field">
          <legend>范围</legend>
          <Radio.Group
            value={form.scope}
            onChange={(event) => change({ scope: event.target.value as 'queue' | 'hall' })}
            options={[
              { value: 'queue', label: options.queue.name },
              { value: 'hall', label: '整个大厅' },
            ]}
          />
        </fieldset>
        <div className="fields">
          <DateField
            label="从"
            min={options.today}
            value={form.firstDay}
            change={(firstDay) => change({ firstDay, ...(form.lastDay < firstDay && { lastDay: firstDay }) })}
            fault={faults.firstDay}
          />
          <DateField
            label="到（含当天）"
            min={form.firstDay}
            value={form.lastDay}
            change={(lastDay) => change({ lastDay })}
            fault={faults.lastDay}
          />
        </div>
        <fieldset className="field">
          <legend>时间</legend>
          <Radio.Group
            value={form.part}
            onChange={(event) => change({ part: event.target.value as boolean })}
            options={[
              { value: false, label: '全天' },
              { value: true, label: '部分时间' },
            ]}
          />
        </fieldset>
        {form.part && (
          <div className="fields">
            <TimeField
              label="开始"
              value={form.from}
              change={(from) => change({ from })}
              fault={faults.from}
            />
            <TimeField label="结束" value={form.to} change={(to) => change({ to })} fault={faults.to} />
          </div>
        )}
        <Field label="原因（市民会看到）" fault={faults.reason}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              placeholder="例如 系统升级，当天不办理业务"
              value={form.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
        {form.reason.trim() && (
          <p className="citizen-view">
            <small className="muted">市民看到</small>
            {model.title.replace('停办 ', '')} 停办：{form.reason.trim()}
          </p>
        )}
        <Impact answer={impact} none="没有预约受影响。" />
        {model.problem && <ProblemView problem={model.problem} />}
        <div className="drawer-acts">
          <Button onClick={close}>不停办了</Button>
          <Button type="primary" danger htmlType="submit" loading={model.busy} disabled={model.blocked}>
            停办
          </Button>
        </div>
      </form>
    </Drawer>
  );
}

interface ImpactProps {
  readonly answer: Answer<{ affected: AffectedBooking[]; affectedCount: number }>;
  readonly none: ReactNode;
}

/** Who would be hit, worked out while one is still choosing. */
export function Impact({ answer: { data, asking, problem, retry }, none }: ImpactProps) {
  return (
    <section aria-label="受影响的预约" aria-busy={asking}>
      <p role="status">
        {asking
          ? '正在查找受影响的预约……'
          : problem
            ? '没能查出哪些预约受影响，查到以后才能保存。'
            : data && (data.affectedCount > 0 ? `${data.affectedCount} 个预约受影响` : none)}
      </p>
      {problem && <ProblemView problem={problem} retry={retry} />}
      {data && !problem && data.affectedCount > 0 && (
        <AffectedList bookings={data.affected} count={data.affectedCount} label="受影响的预约" />
      )}
    </section>
  );
}
