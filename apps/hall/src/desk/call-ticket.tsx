import type { DeskTicket } from '@haoban/contracts';
import { Form, Input, Modal, Radio } from 'antd';
import { personOf } from './desk-model.js';

const reasons = ['带小孩或身体不适', '过号后回来，已说明', '同一家人一起办', '大厅经理安排', '其他'] as const;

interface Props {
  readonly ticket: DeskTicket;
  readonly close: () => void;
  readonly call: (reason: string) => void;
}

/** Out of turn needs a reason: it is kept and can be asked for by those who waited. */
export function CallTicket({ ticket, close, call }: Props) {
  const [form] = Form.useForm<{ reason: string; other?: string }>();
  const reason = Form.useWatch('reason', form);
  return (
    <Modal
      open
      title={`不按顺序叫 ${ticket.label}（${personOf(ticket)}）`}
      okText={
        <>
          叫 {ticket.label} <kbd aria-hidden="true">Enter</kbd>
        </>
      }
      cancelText="按顺序来"
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) form.submit();
        }}
        initialValues={{ reason: reasons[0] }}
        onFinish={(values) => {
          call(values.reason === '其他' ? (values.other ?? '').trim() : values.reason);
          close();
        }}
      >
        <Form.Item label="原因（会留下记录）" name="reason">
          <Radio.Group className="choices">
            {reasons.map((value, index) => (
              <Radio key={value} value={value} autoFocus={index === 0}>
                {value}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {reason === '其他' && (
          <Form.Item
            label="请写明原因"
            name="other"
            rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
          >
            <Input autoFocus maxLength={50} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
