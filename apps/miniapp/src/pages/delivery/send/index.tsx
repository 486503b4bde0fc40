import { Text, View } from '@tarojs/components';
import { Button } from '../../../ui/button';
import { Field } from '../../../ui/field';
import { Card, Fact, Page } from '../../../ui/page';
import { Content, ProblemNotice, SignInWall } from '../../../ui/states';
import { yuan } from '../../../words';
import { useSend } from './use-send';

export default function Send() {
  const form = useSend();
  if (!form.citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能寄证照。" />
      </Page>
    );
  }
  const { quote, ask, send } = form;
  return (
    <Page
      footer={
        <>
          <ProblemNotice problem={send.problem ?? ask.problem} />
          {quote ? (
            <Text className="text-2">{quote.explanation}。付款后由 EMS 到大厅揽收，揽收前取消全额退款。</Text>
          ) : null}
          {quote ? (
            <Button kind="main" act="pay" busy={send.busy} onTap={send.run}>
              微信支付 {yuan(quote.feeFen)}
            </Button>
          ) : (
            <Button kind="main" act="quote" busy={ask.busy} onTap={ask.run}>
              查邮费
            </Button>
          )}
        </>
      }
    >
      <Content load={form.detail} lines={3}>
        {(it) => (
          <Card>
            <Text className="h2">寄什么</Text>
            <Fact name="内装">
              {it.certificate ? `${it.certificate.name} ${it.certificate.copies} 本` : it.itemName}
            </Fact>
            <Fact name="从">{it.hallName}</Fact>
          </Card>
        )}
      </Content>
      <Card>
        <Text className="h2">寄到哪里</Text>
        {form.canChooseAddress ? (
          <View className="gap-top">
            <Button icon="place" act="choose-address" busy={form.fromWechat.busy} onTap={form.fromWechat.run}>
              从微信地址簿选
            </Button>
          </View>
        ) : null}
        <AddressFields form={form} />
      </Card>
    </Page>
  );
}

function AddressFields({ form }: { form: ReturnType<typeof useSend> }) {
  const { address, change, wrong } = form;
  return (
    <>
      <Field
        id="to-name"
        label="收件人"
        value={address.name}
        wrong={wrong.name}
        max={30}
        onChange={(name) => change({ name })}
      />
      <Field
        id="to-phone"
        label="手机号"
        type="number"
        value={address.phone}
        wrong={wrong.phone}
        max={11}
        onChange={(phone) => change({ phone })}
      />
      <Field
        id="to-province"
        label="省份"
        value={address.province}
        wrong={wrong.province}
        max={20}
        onChange={(province) => change({ province })}
      />
      <Field
        id="to-city"
        label="城市"
        value={address.city}
        wrong={wrong.city}
        max={20}
        onChange={(city) => change({ city })}
      />
      <Field
        id="to-county"
        label="区县"
        value={address.county}
        wrong={wrong.county}
        max={20}
        onChange={(county) => change({ county })}
      />
      <Field
        id="to-detail"
        label="街道和门牌号"
        value={address.detail}
        wrong={wrong.detail}
        max={100}
        onChange={(detail) => change({ detail })}
      />
    </>
  );
}
