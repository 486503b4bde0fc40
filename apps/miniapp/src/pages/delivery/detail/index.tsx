import { Text, View } from '@tarojs/components';
import { formatWaybill } from '@haoban/domain';
import { open } from '../../../hooks/navigate';
import { Button, ListRow } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { Timeline } from '../../../ui/timeline';
import { deliveryWord, paymentWord, when, yuan } from '../../../words';
import { useDelivery } from './use-delivery';

export default function DeliveryDetail() {
  const { citizen, load, told, settle, cancel, copyWaybill } = useDelivery();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看寄递。" />
      </Page>
    );
  }
  const data = load.kind === 'ready' ? load.data : undefined;
  return (
    <Page
      footer={
        data?.actions.includes('pay') ? (
          <>
            <ProblemNotice problem={settle.problem} />
            <Button kind="main" act="pay" busy={settle.busy} onTap={settle.run}>
              微信支付 {yuan(data.feeFen)}
            </Button>
          </>
        ) : undefined
      }
    >
      {told && !data?.traces.length ? <Notice tone="info">{told}</Notice> : null}
      <Content load={load} lines={10}>
        {(it) => {
          const word = deliveryWord(it);
          return (
            <>
              <Card tone="own">
                <View className="row row--between row--top">
                  <Text className="h1 title-grow">{it.contents}</Text>
                  <Badge tone={word.tone} icon={word.icon}>
                    {word.text}
                  </Badge>
                </View>
                {it.waybillNo ? (
                  <View className="row gap-top">
                    <Text className="num grow">EMS {formatWaybill(it.waybillNo)}</Text>
                    <Text className="text-2" onClick={copyWaybill}>
                      复制
                    </Text>
                  </View>
                ) : null}
                {it.signedBy ? <Text className="text-2">{it.signedBy}</Text> : null}
              </Card>
              <Card>
                <Text className="h2">寄到哪了</Text>
                {it.traces.length === 0 ? (
                  <Text className="text-2">EMS 揽收后，这里会显示每一站。</Text>
                ) : (
                  <View className="gap-top">
                    <Timeline
                      events={it.traces.map(({ at, text, place, opCode }, index) => ({
                        key: `${at}${opCode}${index}`,
                        title: text,
                        when: when(at),
                        text: place,
                      }))}
                    />
                  </View>
                )}
              </Card>
              <Card>
                <Fact name="收件">{it.receiverMasked}</Fact>
                <Fact name="邮费">
                  {yuan(it.feeFen)}
                  {it.payment ? `，${paymentWord(it.payment.state)}` : ''}
                </Fact>
                {it.payment?.state === 'unpaid' && it.actions.includes('pay') ? (
                  <Fact name="付款期限">{when(it.payment.expiresAt)}，过时自动取消</Fact>
                ) : null}
                <Fact name="下单">{when(it.createdAt)}</Fact>
              </Card>
              <Card flush>
                <ListRow
                  icon="file"
                  title={it.itemName}
                  note={it.caseNo}
                  onTap={() => open(`pages/cases/detail/index?id=${it.caseId}`)}
                />
              </Card>
              <ProblemNotice problem={cancel.problem} />
              {it.actions.includes('cancel') ? (
                <Button kind="danger" act="cancel" busy={cancel.busy} onTap={cancel.run}>
                  取消寄递
                </Button>
              ) : null}
            </>
          );
        }}
      </Content>
    </Page>
  );
}
