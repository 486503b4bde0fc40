import { Text } from '@tarojs/components';
import { back, open } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { Content, Empty, Notice, ProblemNotice } from '../../../ui/states';
import { fee, whichDay } from '../../../words';
import { useConfirm } from './use-confirm';

export default function Confirm() {
  const form = useConfirm();
  const ready = form.facts.kind === 'ready' && form.slot !== undefined;
  return (
    <Page footer={ready ? <Footer form={form} /> : undefined}>
      <Content load={form.facts} lines={6}>
        {({ item, place }) =>
          form.slot ? (
            <>
              {form.moved ? <Notice tone="warn">{form.moved}</Notice> : null}
              <Card tone="own">
                <Text className="text-2">预约时间</Text>
                <Text className="h1 num">
                  {whichDay(form.day)} {form.slot.startTime}–{form.slot.endTime}
                </Text>
              </Card>
              <Card>
                <Fact name="事项">{item.name}</Fact>
                {place ? (
                  <>
                    <Fact name="大厅">{place.hallName}</Fact>
                    <Fact name="位置">
                      {place.floor} {place.zone}
                    </Fact>
                    <Fact name="时长">
                      办理约 {place.slotMinutes * place.slotsNeeded} 分钟
                      {place.slotsNeeded > 1 ? `，占 ${place.slotsNeeded} 个时段` : ''}
                    </Fact>
                  </>
                ) : null}
                <Fact name="收费">{fee(item.feeFen)}</Fact>
              </Card>
              <Card>
                <Text className="h2">请带齐</Text>
                {item.materials
                  .filter(({ required }) => required)
                  .map(({ id, name }) => (
                    <Text key={id} className="block">
                      · {name}
                    </Text>
                  ))}
              </Card>
            </>
          ) : (
            <Empty text="这个时段已经不能预约了，请重新选择时间。" act="重新选择" onTap={back} />
          )
        }
      </Content>
    </Page>
  );
}

function Footer({ form }: { form: ReturnType<typeof useConfirm> }) {
  const { session, reserve } = form;
  if (session.kind !== 'signed-in') {
    return (
      <Button kind="main" act="sign-in" onTap={() => open('pages/account/sign-in/index')}>
        登录后预约
      </Button>
    );
  }
  if (!session.citizen.realName) {
    return (
      <Button kind="main" act="real-name" onTap={() => open('pages/account/real-name/index')}>
        先完成实名登记
      </Button>
    );
  }
  return (
    <>
      <ProblemNotice problem={reserve.problem} />
      <Button kind="main" act="reserve" busy={reserve.busy} onTap={reserve.run}>
        确认预约
      </Button>
    </>
  );
}
