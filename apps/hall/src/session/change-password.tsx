import { Form, Input, Modal } from 'antd';
import { ProblemView } from '../common/views.js';
import { useChangePassword, type PasswordForm } from './use-change-password.js';

export function ChangePassword({ close }: { close: () => void }) {
  const [form] = Form.useForm<PasswordForm>();
  const { change, busy, problem } = useChangePassword(close);
  return (
    <Modal
      open
      title="修改密码"
      okText="修改密码"
      cancelText="取消"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void change(values)}>
        <Form.Item
          label="现在的密码"
          name="oldPassword"
          rules={[{ required: true, message: '请输入现在的密码' }]}
        >
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          label="新密码"
          name="newPassword"
          extra="至少 12 位，同时有字母和数字"
          rules={[{ required: true, message: '请输入新密码' }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          label="再输一次新密码"
          name="again"
          dependencies={['newPassword']}
          rules={[
            { required: true, message: '请再输一次新密码' },
            ({ getFieldValue }) => ({
              validator: (_rule, value) =>
                !value || value === getFieldValue('newPassword')
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次输入的新密码不一样')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" onPressEnter={() => form.submit()} />
        </Form.Item>
        {problem && <ProblemView problem={problem} />}
      </Form>
    </Modal>
  );
}
