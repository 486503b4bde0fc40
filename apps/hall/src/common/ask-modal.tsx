import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useFocusBack } from './use-return-focus.js';
import type { Problem } from './problem.js';
import { ProblemView } from './views.js';

interface Props {
  readonly title: string;
  /** The act by its name, also on the button. */
  readonly okText: string;
  readonly danger?: boolean;
  readonly label: string;
  /** Shown where the field was left empty; without it the field may be. */
  readonly requiredText?: string;
  readonly maxLength?: number;
  readonly initial?: string;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly onOk: (text: string) => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** Asks for the one sentence that an act needs and names the act; Ctrl+Enter does it, Esc leaves. */
export function AskModal(props: Props) {
  const {
    title,
    okText,
    danger,
    label,
    requiredText,
    maxLength = 200,
    busy,
    problem,
    onOk,
    onCancel,
  } = props;
  const [form] = Form.useForm<{ text?: string }>();
  useFocusBack();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText="再看看"
      okButtonProps={danger ? { danger: true } : {}}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onCancel}
    >
      {props.children}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ text: props.initial ?? '' }}
        onFinish={({ text = '' }) => onOk(text.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) form.submit();
        }}
      >
        <Form.Item
          label={label}
          name="text"
          rules={requiredText ? [{ required: true, whitespace: true, message: requiredText }] : []}
        >
          <Input.TextArea autoFocus rows={3} maxLength={maxLength} showCount />
        </Form.Item>
      </Form>
      {problem && <ProblemView problem={problem} />}
    </Modal>
  );
}
