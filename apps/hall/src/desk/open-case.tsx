import type { DeskTicket } from '@haoban/contracts';
import {
  dayOf,
  formatDuration,
  isIdNumber,
  isMobile,
  normaliseIdNumber,
  normaliseMobile,
} from '@haoban/domain';
import { Button, Drawer, Form, Input } from 'antd';
import { serverNow } from '../api/server-clock.js';
import { useShortcuts } from '../common/use-shortcuts.js';
import { ProblemView, StateTag } from '../common/views.js';
import { personOf } from './desk-model.js';
import { MaterialList } from './material-list.js';
import { useOpenCase, type Applicant } from './use-open-case.js';

interface Props {
  readonly ticket: DeskTicket;
  readonly close: () => void;
  readonly opened: (caseId: string) => void;
}

export function OpenCase({ ticket, close, opened }: Props) {
  const { item, missing, problem, busy, open, tickAll, needsApplicant } = useOpenCase(ticket, opened);
  const [form] = Form.useForm<Applicant>();
  useShortcuts({ A: tickAll, F4: () => form.submit() });
  return (
    <Drawer
      open
      size={560}
      title={`收件开件 · ${ticket.label} ${personOf(ticket)}`}
      onClose={close}
      footer={
        <div className="desk-actions">
          <Button onClick={close}>
            返回 <kbd aria-hidden="true">Esc</kbd>
          </Button>
          <Button type="primary" loading={busy} disabled={missing.length > 0} onClick={() => form.submit()}>
            收件开件 <kbd aria-hidden="true">F4</kbd>
          </Button>
        </div>
      }
    >
      <h2 className="drawer-item">{ticket.itemName}</h2>
      {item && <p className="muted">承诺 {formatDuration(item.promised)}办结，从收件时起算</p>}
      <div className="drawer-row">
        <h3>收到的材料</h3>
        <Button size="small" onClick={tickAll}>
          必需的全部收到 <kbd aria-hidden="true">A</kbd>
        </Button>
      </div>
      <MaterialList ticketId={ticket.id} itemId={ticket.itemId} />
      <p className="drawer-missing">
        {missing.length > 0 ? (
          <StateTag tone="warn">还缺必需材料：{missing.map(({ name }) => name).join('、')}</StateTag>
        ) : (
          <StateTag tone="good">材料齐了</StateTag>
        )}
      </p>
      <Form<Applicant>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void open(needsApplicant ? cleaned(values) : undefined)}
      >
        {needsApplicant && (
          <>
            <h3>申请人（没有账号的现场群众）</h3>
            <Form.Item
              label="姓名"
              name="name"
              rules={[{ required: true, whitespace: true, message: '请输入姓名' }]}
            >
              <Input autoComplete="off" maxLength={50} />
            </Form.Item>
            <Form.Item
              label="身份证号"
              name="idNumber"
              validateTrigger="onBlur"
              rules={[
                { required: true, message: '请输入身份证号' },
                check('身份证号有误，请对照身份证检查', (text) =>
                  isIdNumber(normaliseIdNumber(text), dayOf(serverNow())),
                ),
              ]}
            >
              <Input autoComplete="off" maxLength={18} />
            </Form.Item>
            <Form.Item
              label="手机号（用来通知进度，可以不填）"
              name="phone"
              validateTrigger="onBlur"
              rules={[check('手机号有误，应为 11 位', (text) => isMobile(normaliseMobile(text)))]}
            >
              <Input autoComplete="off" inputMode="tel" maxLength={14} />
            </Form.Item>
          </>
        )}
      </Form>
      {problem && <ProblemView problem={problem} />}
    </Drawer>
  );
}

function check(message: string, isRight: (text: string) => boolean) {
  return {
    validator: (_rule: unknown, value: string | undefined) =>
      !value || isRight(value) ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

function cleaned({ name, idNumber, phone }: Applicant): Applicant {
  return {
    name: name.trim(),
    idNumber: normaliseIdNumber(idNumber),
    ...(phone && { phone: normaliseMobile(phone) }),
  };
}
