import type { HallCase } from '@haoban/contracts';
import { Button, Drawer, Form, Input, InputNumber, Progress } from 'antd';
import { useEffect } from 'react';
import { formatDuration, formatWaybill } from '@haoban/domain';
import { ActionButton } from '../common/action-button.js';
import { whenOf } from '../common/format.js';
import { useNow } from '../common/use-now.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { LoadView, ProblemView, StateTag } from '../common/views.js';
import { caseTones } from '../common/words.js';
import { useStaff } from '../session/use-session.js';
import { caseButtons, certificatePlace, type CaseButton } from './case-actions.js';
import { useCase, type CaseFormValues } from './use-case.js';

interface Props {
  readonly caseId: string;
  readonly close: () => void;
  readonly changed?: (found: HallCase) => void;
}

export function CaseDrawer({ caseId, close, changed }: Props) {
  const model = useCase(caseId, changed);
  return (
    <Drawer open size={640} title="办件" onClose={close}>
      <LoadView state={model.state} retry={model.reload} rows={12}>
        {(found) => <CaseView found={found} model={model} />}
      </LoadView>
    </Drawer>
  );
}

type Model = ReturnType<typeof useCase>;

function CaseView({ found, model }: { found: HallCase; model: Model }) {
  const staff = useStaff();
  const now = useNow(30_000);
  const buttons = caseButtons(found, staff.role);
  const { deadline, certificate } = found;
  useShortcuts(
    Object.fromEntries(buttons.map((button) => [button.hotkey, () => model.press(button)])),
    !model.asking,
  );
  return (
    <div className="case">
      <div className="case-head">
        <h2>{found.itemName}</h2>
        <StateTag tone={caseTones[found.state]}>{found.stateText}</StateTag>
      </div>
      <p className="muted number">{found.caseNo}</p>
      <p>
        {found.applicantMasked} {found.phoneMasked} · {found.departmentName}
        {found.ticketLabel && ` · 号 ${found.ticketLabel}`}
      </p>
      <div className="case-deadline">
        <span>
          承诺 {formatDuration(deadline.promised)}，
          {deadline.state === 'stopped' ? '停止计时，恢复后继续算' : `${whenOf(deadline.dueAt, now)} 前办结`}
        </span>
        <b className={deadline.state === 'overdue' ? 'overdue' : ''}>{deadline.remainingText}</b>
        {(deadline.state === 'running' || deadline.state === 'overdue') && (
          <Progress
            percent={Math.round(deadline.progress * 100)}
            showInfo={false}
            status={deadline.state === 'overdue' ? 'exception' : 'normal'}
            aria-label="已用的承诺时间"
          />
        )}
      </div>
      <ol className="stages" aria-label="环节">
        {found.stages.map(({ key, name, state, at }) => (
          <li key={key} className={`stage-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
            <span aria-hidden="true">{state === 'done' ? '✓' : state === 'current' ? '◉' : '○'}</span>
            <b>{name}</b>
            <small className="muted">{at ? whenOf(at, now) : state === 'current' ? '进行中' : ' '}</small>
          </li>
        ))}
      </ol>
      <div className="desk-actions case-actions">
        {buttons.map((button) => (
          <ActionButton
            key={button.id}
            hotkey={button.hotkey}
            type={button.tone === 'primary' ? 'primary' : 'default'}
            danger={button.tone === 'danger'}
            loading={model.busy === button.id}
            disabled={model.busy !== undefined && model.busy !== button.id}
            onClick={() => model.press(button)}
          >
            {button.label}
          </ActionButton>
        ))}
        {buttons.length === 0 && <span className="muted">这个办件现在没有要您做的事。</span>}
      </div>
      {model.problem && <ProblemView problem={model.problem} />}
      {model.filling && <ActForm key={model.filling.id} button={model.filling} model={model} />}
      {certificate && (
        <>
          <h3>证照</h3>
          <p>
            {certificate.name} <span className="number">{certificate.certificateNo}</span> ·{' '}
            {certificate.copies} 份 · {certificatePlace(certificate.place)}
          </p>
          {found.waybillNo && (
            <p>
              EMS 邮件号 <span className="number">{formatWaybill(found.waybillNo)}</span>
            </p>
          )}
        </>
      )}
      <h3>经过</h3>
      <ol className="timeline">
        {found.timeline.map((event) => (
          <li key={`${event.at}${event.title}`}>
            <span className="muted number">{whenOf(event.at, now)}</span>
            <span>
              <b>{event.title}</b>
              {event.text && <small>{event.text}</small>}
            </span>
          </li>
        ))}
      </ol>
      <h3>材料</h3>
      <ul className="case-materials">
        {found.materials.map(({ id, name, received, required }) => (
          <li key={id}>
            <span aria-hidden="true">{received ? '☑' : '☐'}</span> {name}
            <span className="muted">{received ? '' : required ? '（未收）' : '（选交，未收）'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ActForm({ button, model }: { button: CaseButton; model: Model }) {
  const [form] = Form.useForm<CaseFormValues>();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.ctrlKey) form.submit();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [form]);
  return (
    <Form<CaseFormValues>
      className="case-form"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ copies: 1 }}
      onFinish={(values) => model.act(button, values)}
    >
      {button.form === 'reason' ? (
        <Form.Item
          label={button.formLabel}
          name="reason"
          rules={[{ required: true, whitespace: true, message: '请写明，申请人会看到' }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={200} showCount />
        </Form.Item>
      ) : (
        <div className="case-certificate">
          <Form.Item label={`${button.formLabel ?? '证照'}编号（不填自动编号）`} name="certificateNo">
            <Input autoFocus maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item label="份数" name="copies">
            <InputNumber min={1} max={20} precision={0} />
          </Form.Item>
        </div>
      )}
      <div className="desk-actions">
        <Button onClick={() => model.setFilling(undefined)}>取消</Button>
        <Button
          type="primary"
          danger={button.tone === 'danger'}
          htmlType="submit"
          loading={model.busy === button.id}
        >
          {button.label} <kbd aria-hidden="true">Ctrl+Enter</kbd>
        </Button>
      </div>
    </Form>
  );
}
