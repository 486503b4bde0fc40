import { Text, View } from '@tarojs/components';
import type { NoShow } from '@haoban/contracts';
import { formatDay } from '@haoban/domain';
import { open } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { AreaField } from '../../../ui/field';
import { Icon } from '../../../ui/icon';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Empty, Fold, Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { when } from '../../../words';
import { useStanding } from './use-standing';

export default function StandingPage() {
  const model = useStanding();
  const { citizen, standing } = model;
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的预约情况。" />
      </Page>
    );
  }
  if (!citizen.realName) {
    return (
      <Page>
        <Empty
          text="预约次数按人计算，请先完成实名登记。"
          act="去实名登记"
          onTap={() => open('pages/account/real-name/index')}
        />
      </Page>
    );
  }
  return (
    <Page>
      <Content load={standing} lines={8}>
        {({ forName, barText, warnings, limits, suspendedUntil, noShows, rules }) => (
          <>
            {forName ? <Text className="h1">{forName} 的预约情况</Text> : null}
            {barText ? <Notice tone="warn">{barText}</Notice> : null}
            {warnings.map((warning) => (
              <Notice key={warning} tone="warn">
                {warning}
              </Notice>
            ))}
            {/* How often one may book says nothing to whom booking is suspended. */}
            {suspendedUntil ? null : (
              <Card>
                <Text className="h2">还能预约几次</Text>
                {limits.map(({ rule, text, left }) => (
                  <View key={rule} className="row row--top gap-top">
                    <Icon small name={left > 0 ? 'check' : 'alert'} />
                    <View className="grow">{text}</View>
                  </View>
                ))}
              </Card>
            )}
            <Text className="h2">没有到场的预约</Text>
            {noShows.length === 0 ? <Empty text="没有爽约记录，谢谢您守时。" /> : null}
            {noShows.map((one) => (
              <Missed key={one.bookingId} one={one} model={model} />
            ))}
            <Card>
              <Fold title="这个大厅的预约规则">
                {rules.map((rule) => (
                  <Text key={rule} className="text-2 block">
                    · {rule}
                  </Text>
                ))}
              </Fold>
            </Card>
          </>
        )}
      </Content>
    </Page>
  );
}

type Model = ReturnType<typeof useStanding>;

function Missed({ one, model }: { one: NoShow; model: Model }) {
  const { appealing, setAppealing, text, setText, wrong, appeal } = model;
  const { bookingId, mayAppealUntil } = one;
  return (
    <Card>
      <View className="row row--between">
        <Text className="h2 num">{when(one.start)}</Text>
        <Badge tone={one.excused ? 'plain' : 'warn'} icon={one.excused ? 'check' : 'alert'}>
          {one.excused ? '已撤销' : (one.appeal?.stateText ?? '爽约')}
        </Badge>
      </View>
      <Fact name="事项">{one.itemName}</Fact>
      <Fact name="大厅">{one.hallName}</Fact>
      {mayAppealUntil && appealing !== bookingId ? (
        <View className="gap-top">
          <Button act={`appeal-${bookingId}`} onTap={() => setAppealing(bookingId)}>
            我要申诉
          </Button>
          <Text className="text-3 block gap-top">有特殊情况可以申诉，最晚 {formatDay(mayAppealUntil)}</Text>
        </View>
      ) : null}
      {mayAppealUntil && appealing === bookingId ? (
        <View className="gap-top">
          <AreaField
            id="appeal-text"
            label="那天为什么没能到场"
            value={text}
            onChange={setText}
            wrong={wrong}
            placeholder="如临时住院、航班取消，有证明请写上"
            max={300}
          />
          <ProblemNotice problem={appeal.problem} />
          <Button kind="main" act="send-appeal" busy={appeal.busy} onTap={() => appeal.run(one)}>
            提交申诉
          </Button>
          <Button kind="quiet" onTap={() => setAppealing(undefined)}>
            先不申诉
          </Button>
        </View>
      ) : null}
    </Card>
  );
}
