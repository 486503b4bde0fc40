import { Text, View } from '@tarojs/components';
import type { GreenEvidence } from '@haoban/contracts';
import { formatLongDay, greenReasons, greenReasonTexts } from '@haoban/domain';
import { open } from '../../../hooks/navigate';
import { Button, Chip } from '../../../ui/button';
import { Field } from '../../../ui/field';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Empty, Notice, ProblemNotice, SignInWall, type Tone } from '../../../ui/states';
import { useGreen } from './use-green';

export default function Green() {
  const model = useGreen();
  const { citizen, profile, withdraw } = model;
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能登记绿色通道。" />
      </Page>
    );
  }
  if (!citizen.realName) {
    return (
      <Page>
        <Empty
          text="绿色通道要对应到人，请先完成实名登记。"
          act="去实名登记"
          onTap={() => open('pages/account/real-name/index')}
        />
      </Page>
    );
  }
  return (
    <Page>
      <Content load={profile} lines={6}>
        {({ mayUse, text, items }) => (
          <>
            <Notice tone={mayUse ? 'good' : 'info'}>{text}</Notice>
            <ProblemNotice problem={withdraw.problem} />
            {items.map((one) => (
              <Evidence key={one.id} one={one} model={model} />
            ))}
            <Declare model={model} />
          </>
        )}
      </Content>
    </Page>
  );
}

type Model = ReturnType<typeof useGreen>;

const tones: Record<GreenEvidence['state'], Tone> = {
  declared: 'warn',
  verified: 'good',
  refused: 'called',
  withdrawn: 'plain',
};

function Evidence({ one, model: { withdraw } }: { one: GreenEvidence; model: Model }) {
  return (
    <Card>
      <View className="row row--between">
        <Text className="h2">{one.reasonText}</Text>
        <Badge tone={tones[one.state]} icon={one.state === 'verified' ? 'check' : 'info'}>
          {one.stateText}
        </Badge>
      </View>
      <Fact name="证明">{one.documentMasked}</Fact>
      <Fact name="有效至">{formatLongDay(one.validUntil)}</Fact>
      {one.checkReason ? <Fact name="窗口说明">{one.checkReason}</Fact> : null}
      {one.actions.includes('withdraw') ? (
        <View className="gap-top">
          <Button act={`withdraw-${one.id}`} busy={withdraw.busy} onTap={() => withdraw.run(one)}>
            撤回登记
          </Button>
        </View>
      ) : null}
    </Card>
  );
}

function Declare({ model }: { model: Model }) {
  const { reason, setReason, document, setDocument, wrong, declare } = model;
  return (
    <Card>
      <Text className="h2">登记我的情况</Text>
      <Text className="text-2 block">
        65 岁及以上不用登记。其他情况登记后就能预约绿色通道，到大厅时窗口会核对证件。
      </Text>
      <View className="chips gap-top">
        {greenReasons.map((each) => (
          <Chip key={each} id={`reason-${each}`} on={reason === each} onTap={() => setReason(each)}>
            {greenReasonTexts[each]}
          </Chip>
        ))}
      </View>
      <Field
        id="document"
        label="证件号或证明名称"
        value={document}
        onChange={setDocument}
        wrong={wrong}
        placeholder="如残疾人证号、医院诊断证明"
        max={60}
      />
      <ProblemNotice problem={declare.problem} />
      <Button kind="main" act="declare" busy={declare.busy} onTap={declare.run}>
        登记
      </Button>
    </Card>
  );
}
