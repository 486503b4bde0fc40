import { Form, Input, Modal } from 'antd';
import { ProblemView } from '../common/views.js';
import { exceptionTitle } from './exception-words.js';
import type { useRemoveException } from './use-exceptions.js';

interface Props {
  readonly model: ReturnType<typeof useRemoveException>;
  /** It is not taken back after all. */
  readonly keep: () => void;
}

/** Names what is taken back, and asks why. */
export function RemoveException({ model, keep }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const { removing, affected } = model;
  if (!removing) return null;
  const closure = removing.kind === 'closure';
  return (
    <Modal
      open
      title={`取消 ${exceptionTitle(removing)}？`}
      okText={closure ? '取消停办' : affected > 0 ? `取消并通知 ${affected} 人` : '取消单独安排'}
      cancelText="保留"
      okButtonProps={{ danger: true }}
      confirmLoading={model.busy}
      onOk={() => form.submit()}
      onCancel={keep}
    >
      <p className="muted">
        {closure
          ? '时段重新放出，还没有改约或取消的预约恢复有效。'
          : `这一天恢复按规则放号。${affected > 0 ? `有 ${affected} 个预约没有了时段，会立即收到通知。` : ''}`}
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => void model.remove(reason)}
      >
        <Form.Item
          label="原因"
          name="reason"
          rules={[{ required: true, whitespace: true, message: '请写明原因' }]}
        >
          <Input autoFocus maxLength={100} />
        </Form.Item>
      </Form>
      {model.problem && <ProblemView problem={model.problem} />}
    </Modal>
  );
}
