import { Form, Input, Modal } from 'antd';
import { ProblemView } from '../common/views.js';
import { Impact } from './closure-drawer.js';
import { exceptionTitle } from './exception-words.js';
import { impactWord, noImpact, withTelling } from './impact-words.js';
import type { useRemoveException } from './use-exceptions.js';

interface Props {
  readonly model: ReturnType<typeof useRemoveException>;
  /** It is not taken back after all. */
  readonly keep: () => void;
}

/** Names what is taken back, and asks why. */
export function RemoveException({ model, keep }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const { removing, impact, blocked } = model;
  if (!removing) return null;
  const closure = removing.kind === 'closure';
  const known = blocked ? undefined : impact?.data;
  return (
    <Modal
      open
      title={`取消 ${exceptionTitle(removing)}？`}
      okText={closure ? '取消停办' : withTelling('取消单独安排', known ?? noImpact)}
      cancelText="保留"
      okButtonProps={{ danger: true, disabled: blocked }}
      confirmLoading={model.busy}
      onOk={() => form.submit()}
      onCancel={keep}
    >
      <p className="muted">
        {closure
          ? '时段重新放出，还没有改约或取消的预约恢复有效。'
          : `这一天恢复按规则放号。${known ? impactWord(known) : ''}`}
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
      {impact && <Impact answer={impact} none="没有预约受影响。" />}
      {model.problem && <ProblemView problem={model.problem} />}
    </Modal>
  );
}
