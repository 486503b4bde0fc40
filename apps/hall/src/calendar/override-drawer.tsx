import { formatDay, isLocalDay } from '@haoban/domain';
import { Alert, Button, Drawer, Input } from 'antd';
import { DateField, Field } from '../common/field.js';
import { ProblemView } from '../common/views.js';
import { Impact } from './closure-drawer.js';
import { stretchFaults } from './draft-model.js';
import { previewRow } from './preview-model.js';
import { SlotChips, Warnings } from './preview-view.js';
import { StretchFields } from './stretch-fields.js';
import { useOverride } from './use-override.js';

interface Props {
  readonly options: Parameters<typeof useOverride>[0];
  readonly close: () => void;
}

export function OverrideDrawer({ options, close }: Props) {
  const model = useOverride(options);
  const { calendar, today } = options;
  const { preview, replaces } = model;
  const [day] = preview.data?.days ?? [];
  return (
    <Drawer open size={880} title={`单独安排一天 · ${calendar.queueName}`} onClose={close}>
      <form
        className="drawer-form"
        onSubmit={(event) => {
          event.preventDefault();
          model.submit();
        }}
      >
        <p className="muted">这一天只按下面放号，不看平时的规则；节假日和周末也会开放。</p>
        <div className="fields">
          <DateField
            label="日期"
            min={today}
            value={model.day}
            change={model.chooseDay}
            fault={model.dayFault}
          />
        </div>
        {replaces && (
          <Alert
            type="warning"
            showIcon
            title={`${formatDay(model.day)} 已有单独安排（${replaces.reason}），保存后被替换。`}
          />
        )}
        {model.plan.map(({ key, stretch }, i) => (
          <section key={key} className="rule-form" aria-label={`第 ${i + 1} 段`}>
            <div className="section-head">
              <h3>第 {i + 1} 段</h3>
              {model.plan.length > 1 && (
                <Button
                  size="small"
                  aria-label={`删除这段（第 ${i + 1} 段）`}
                  onClick={() => model.remove(key)}
                >
                  删除这段
                </Button>
              )}
            </div>
            <StretchFields
              value={stretch}
              change={(values) => model.edit(key, values)}
              faults={stretchFaults(stretch)}
              kinds={calendar.kinds}
              itemClasses={calendar.itemClasses}
            />
          </section>
        ))}
        {model.plan.length < 10 && <Button onClick={model.add}>再加一段</Button>}
        <Field label="原因" fault={model.reasonFault}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              placeholder="例如 国庆期间值班窗口"
              value={model.reason}
              onChange={(event) => model.setReason(event.target.value)}
            />
          )}
        </Field>
        {preview.data && <Warnings warnings={preview.data.warnings} />}
        {day && isLocalDay(model.day) && (
          <section aria-label="当天的时段">
            <h3>
              {formatDay(day.day)} · {previewRow(day).summary}
            </h3>
            <SlotChips slots={day.slots} label="当天的时段" />
          </section>
        )}
        <Impact answer={preview} none="没有预约受影响。" />
        {model.problem && <ProblemView problem={model.problem} />}
        <div className="drawer-acts">
          <Button onClick={close}>不安排了</Button>
          <Button type="primary" htmlType="submit" loading={model.busy} disabled={model.blocked}>
            保存这一天
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
