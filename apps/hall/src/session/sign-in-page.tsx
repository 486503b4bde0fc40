import { Button, Form, Input } from 'antd';
import { ProblemView } from '../common/views.js';
import { Leaf } from './leaf.js';
import { useSignIn, type Credentials } from './use-sign-in.js';

export function SignInPage() {
  const { signIn, busy, problem } = useSignIn();
  return (
    <main className="sign-in">
      <section className="sign-in-card" aria-labelledby="sign-in-title">
        <Leaf size={40} />
        <h1 id="sign-in-title">好办 · 大厅工作台</h1>
        <p>请用您的工作账号登录</p>
        <Form<Credentials> layout="vertical" onFinish={(values) => void signIn(values)} requiredMark={false}>
          <Form.Item
            label="账号"
            name="username"
            rules={[{ required: true, whitespace: true, message: '请输入账号' }]}
          >
            <Input size="large" autoFocus autoComplete="username" maxLength={64} />
          </Form.Item>
          <Form.Item label="密码" name="password" rules={[{ required: true, message: '请输入密码' }]}>
            <Input.Password size="large" autoComplete="current-password" maxLength={128} />
          </Form.Item>
          <div className="sign-in-problem">{problem && <ProblemView problem={problem} />}</div>
          <Button type="primary" size="large" htmlType="submit" block loading={busy}>
            登录
          </Button>
        </Form>
        <p className="hint">
          忘记密码请联系系统管理员。<a href="/hall/display">打开大厅大屏</a>
        </p>
      </section>
    </main>
  );
}
