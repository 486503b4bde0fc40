import { Text } from '@tarojs/components';
import { PhoneButton } from '../../../platform/phone';
import { Button } from '../../../ui/button';
import { Field } from '../../../ui/field';
import { Card, Page } from '../../../ui/page';
import { Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { usePhone } from './use-phone';

export default function Phone() {
  const form = usePhone();
  if (!form.citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能登记手机号。" />
      </Page>
    );
  }
  return (
    <Page>
      <Card>
        <Text className="h1">联系手机</Text>
        <Text className="text-2">
          {form.citizen.phoneMasked ? `现在登记的是 ${form.citizen.phoneMasked}。` : ''}
          办件有问题时，工作人员用它联系您。
        </Text>
      </Card>
      <PhoneButton onCode={form.byCode.run} onRefused={form.setRefused} disabled={form.byCode.busy}>
        用微信绑定的手机号
      </PhoneButton>
      {form.refused ? <Notice tone="warn">{form.refused}</Notice> : null}
      <ProblemNotice problem={form.byCode.problem ?? form.byHand.problem} />
      <Card>
        <Field
          id="phone"
          label="或者手工填写"
          type="number"
          value={form.phone}
          onChange={form.setPhone}
          wrong={form.wrong}
          max={11}
        />
        <Button act="save" busy={form.byHand.busy} onTap={form.byHand.run}>
          保存
        </Button>
      </Card>
    </Page>
  );
}
