import { Text, View } from '@tarojs/components';
import { open } from '../../../hooks/navigate';
import { Button, Tick } from '../../../ui/button';
import { Card, Page } from '../../../ui/page';
import { ProblemNotice } from '../../../ui/states';
import { useSignIn } from './use-sign-in';

export default function SignIn() {
  const { agreed, setAgreed, busy, problem, submit } = useSignIn();
  return (
    <Page
      footer={
        <>
          <ProblemNotice problem={problem} />
          <Tick id="act-agree" on={agreed} onChange={setAgreed}>
            我已阅读并同意用户协议和隐私政策
          </Tick>
          <Button kind="main" act="login" busy={busy} onTap={submit}>
            微信登录
          </Button>
        </>
      }
    >
      <View className="empty">
        <View className="leaf" />
        <Text className="h1">好办</Text>
        <Text>一次登录，预约、取号、查进度、寄证照、评价都在这里。</Text>
      </View>
      <Card>
        <Text className="block">
          我们只用您的微信标识来认出您。姓名、身份证号在办业务时才请您填写，加密保存。
        </Text>
        <View className="gap-top">
          <Button onTap={() => open('pages/account/privacy/index')}>阅读用户协议和隐私政策</Button>
        </View>
      </Card>
    </Page>
  );
}
