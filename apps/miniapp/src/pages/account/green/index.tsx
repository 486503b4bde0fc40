import { Text, View } from '@tarojs/components';
import type { GreenEvidence } from '@haoban/contracts';
import { formatLongDay, greenReasons, greenReasonTexts } from '@haoban/domain';
import type { Problem } from '../../../api/problem';
import { open } from '../../../hooks/navigate';
import { Button, Chip } from '../../../ui/button';
import { ChoiceRows } from '../../../ui/choice';
import { Field } from '../../../ui/field';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Empty, Notice, ProblemNotice, SignInWall, type Tone } from '../../../ui/states';
import { useGreen } from './use-green';

export default function Green() {
  const model = useGreen();
  const { citizen, profile, forWhom, changeWho } = model;
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
      <Whose model={model} ownName={citizen.realName.nameMasked} />
      {forWhom && isShut(profile) ? (
        <Shut problem={profile.problem} onOwn={() => changeWho(undefined)} />
      ) : (
        <Papers model={model} />
      )}
    </Page>
  );
}

type Model = ReturnType<typeof useGreen>;

const MYSELF = 'self';

function Whose({ model: { family, forWhom, changeWho }, ownName }: { model: Model; ownName: string }) {
  if (family.length === 0) return null;
  return (
    <Card>
      <Text className="h2">登记谁的情况</Text>
      <ChoiceRows
        label="登记谁的情况"
        name="who"
        value={forWhom ?? MYSELF}
        choices={[
          { value: MYSELF, text: `本人 ${ownName}` },
          ...family.map(({ id, name, relationText }) => ({ value: id, text: name, note: relationText })),
        ]}
        onChange={(next) => changeWho(next === MYSELF ? undefined : next)}
      />
    </Card>
  );
}

function isShut(profile: Model['profile']): profile is Extract<Model['profile'], { kind: 'error' }> {
  if (profile.kind !== 'error') return false;
  const { code } = profile.problem;
  return code === 'AUTHORISATION_NOT_VALID' || code === 'GREEN_NOT_A_PERSON';
}

/** To ask once more helps nobody whose authorisation has ended. */
function Shut({ problem, onOwn }: { problem: Problem; onOwn: () => void }) {
  const text =
    problem.code === 'AUTHORISATION_NOT_VALID'
      ? '您现在不能替这位家人登记：授权不存在、没有生效、已到期或已结束。请先重新办好授权，再来登记。'
      : problem.text;
  return (
    <>
      <Notice tone="error">{text}</Notice>
      <View className="buttons">
        <Button kind="main" act="family" onTap={() => open('pages/account/family/index')}>
          去看家人和单位授权
        </Button>
        <Button act="own" onTap={onOwn}>
          改为登记本人的情况
        </Button>
      </View>
    </>
  );
}

function Papers({ model }: { model: Model }) {
  const { profile, withdraw } = model;
  return (
    <Content load={profile} lines={6}>
      {({ mayUse, text, items, forName }) => (
        <>
          <Notice tone={mayUse ? 'good' : 'info'}>{text}</Notice>
          <ProblemNotice problem={withdraw.problem} />
          {items.map((one) => (
            <Evidence key={one.id} one={one} model={model} />
          ))}
          <Declare model={model} forName={forName} />
        </>
      )}
    </Content>
  );
}

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

function Declare({ model, forName }: { model: Model; forName: string | null }) {
  const { reason, setReason, document, setDocument, wrong, declare } = model;
  return (
    <Card>
      <Text className="h2">{forName ? `登记 ${forName} 的情况` : '登记我的情况'}</Text>
      <Text className="text-2 block">
        65 岁及以上不用登记。其他情况登记后就能预约绿色通道，到大厅时窗口会核对证件。
      </Text>
      {forName ? (
        <Text className="text-2 block">
          请填 {forName} 本人的证件。这里只显示由您登记的；家人自己也用好办的，会收到消息。
        </Text>
      ) : null}
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
