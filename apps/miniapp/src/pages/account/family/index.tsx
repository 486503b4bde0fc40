import { Text, View } from '@tarojs/components';
import type { Authorisation } from '@haoban/contracts';
import {
  companyRoles,
  companyRoleTexts,
  familyRelations,
  familyRelationTexts,
  formatLongDay,
} from '@haoban/domain';
import { Button, Chip, ListRow } from '../../../ui/button';
import { Field } from '../../../ui/field';
import { Card, Fact, Page } from '../../../ui/page';
import { Badge, Content, Empty, Notice, ProblemNotice, SignInWall, type Tone } from '../../../ui/states';
import { when } from '../../../words';
import { useFamily, type FamilyForm } from './use-family';

type Model = ReturnType<typeof useFamily>;

export default function Family() {
  const model = useFamily();
  const { citizen, list, form, end } = model;
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能替家人或单位预约。" />
      </Page>
    );
  }
  if (form) return <Form form={form} model={model} />;
  return (
    <Page>
      <ProblemNotice problem={end.problem} />
      <Content load={list} lines={6}>
        {({ asAgent, asPrincipal }) => (
          <>
            <Text className="h2">我替谁预约</Text>
            {asAgent.length === 0 ? (
              <Empty text="还没有。替父母、孩子或单位预约前，先在下面加一位。" />
            ) : null}
            {asAgent.map((one) => (
              <AuthorisationCard key={one.id} one={one} name={one.principalName} model={model} />
            ))}
            <Add model={model} />
            <Text className="h2">谁可以替我预约</Text>
            {asPrincipal.map((one) => (
              <AuthorisationCard key={one.id} one={one} name={one.agentName} model={model} />
            ))}
            <OwnCode model={model} />
          </>
        )}
      </Content>
    </Page>
  );
}

const tones: Record<Authorisation['state'], Tone> = {
  pending: 'warn',
  active: 'good',
  refused: 'called',
  ended: 'plain',
  expired: 'plain',
};

function AuthorisationCard({
  one,
  name,
  model: { end },
}: {
  one: Authorisation;
  name: string;
  model: Model;
}) {
  return (
    <Card>
      <View className="row row--between">
        <Text className="h2">{name}</Text>
        <Badge tone={tones[one.state]} icon={one.state === 'active' ? 'check' : 'clock'}>
          {one.stateText}
        </Badge>
      </View>
      <Fact name="关系">{one.relationText}</Fact>
      <Fact name="证件号">
        <Text>{one.principalNumberMasked}</Text>
      </Fact>
      <Fact name="有效至">{formatLongDay(one.validUntil)}</Fact>
      <Text className="text-2 block">{one.reason ? `${one.hint}（${one.reason}）` : one.hint}</Text>
      {one.actions.includes('end') ? (
        <View className="gap-top">
          <Button kind="danger" act={`end-${one.id}`} busy={end.busy} onTap={() => end.run(one)}>
            结束授权
          </Button>
        </View>
      ) : null}
    </Card>
  );
}

function Add({ model: { openForm } }: { model: Model }) {
  return (
    <Card flush>
      <ListRow
        id="act-add-code"
        icon="user"
        title="加一位有手机的家人"
        note="填家人给的授权码，马上生效"
        onTap={() => openForm('code')}
      />
      <ListRow
        id="act-add-family"
        icon="user"
        title="加一位没有手机的家人"
        note="填姓名和证件号，到窗口核验后生效"
        onTap={() => openForm('family')}
      />
      <ListRow
        id="act-add-company"
        icon="hall"
        title="加一个单位"
        note="填名称和信用代码，到窗口核验后生效"
        onTap={() => openForm('company')}
      />
    </Card>
  );
}

function OwnCode({ model: { makeCode, made } }: { model: Model }) {
  return (
    <Card>
      <Text className="h2">让家人替我预约</Text>
      <Text className="text-2 block">
        生成一个授权码，念给家人听，家人填好就能替您预约。24 小时内有效，只能用一次。
      </Text>
      {made ? (
        <View className="gap-top">
          <Text className="spelled num" id="own-code">
            {made.code}
          </Text>
          <Text className="text-2 block">
            有效到 {when(made.expiresAt)}。请只告诉您信任的家人，工作人员不会向您要这个码。
          </Text>
        </View>
      ) : null}
      <ProblemNotice problem={makeCode.problem} />
      <View className="gap-top">
        <Button act="make-code" busy={makeCode.busy} onTap={makeCode.run}>
          {made ? '换一个授权码' : '生成授权码'}
        </Button>
      </View>
    </Card>
  );
}

const titles: Record<FamilyForm, string> = {
  code: '填家人给的授权码',
  family: '替没有手机的家人预约',
  company: '替单位预约',
};

function Form({ form, model }: { form: FamilyForm; model: Model }) {
  const { fields, set, wrong, submit, openForm } = model;
  const wrongAt = (field: string) => (wrong?.field === field ? wrong.text : undefined);
  return (
    <Page
      footer={
        <>
          <ProblemNotice problem={submit.problem} />
          <Button kind="main" act="submit" busy={submit.busy} onTap={submit.run}>
            提交
          </Button>
          <Button kind="quiet" act="no-form" onTap={() => openForm(undefined)}>
            先不加
          </Button>
        </>
      }
    >
      <Card>
        <Text className="h1">{titles[form]}</Text>
        {form === 'code' ? (
          <>
            <Text className="text-2 block">请家人在“我的 › 家人和单位授权”里生成授权码，念给您。</Text>
            <Field
              id="code"
              label="授权码"
              value={fields.code}
              onChange={(code) => set({ code })}
              wrong={wrongAt('code')}
              placeholder="6 位字母和数字"
              max={8}
            />
          </>
        ) : (
          <>
            <View className="gap-top">
              <Notice tone="info">
                {form === 'family'
                  ? '提交后请带双方身份证和户口簿，到任一大厅咨询台核验，核验后就能替家人预约。'
                  : '提交后请带营业执照复印件、单位授权书和您的身份证，到任一大厅咨询台核验，核验后就能替单位预约。'}
              </Notice>
            </View>
            <Field
              id="name"
              label={form === 'family' ? '家人姓名' : '单位名称'}
              value={fields.name}
              onChange={(name) => set({ name })}
              wrong={wrongAt('name')}
              placeholder={form === 'family' ? '与身份证一致' : '与营业执照一致'}
              max={60}
            />
            <Field
              id="number"
              label={form === 'family' ? '家人身份证号' : '统一社会信用代码'}
              type={form === 'family' ? 'idcard' : 'text'}
              value={fields.number}
              onChange={(number) => set({ number })}
              wrong={wrongAt('number')}
              placeholder="18 位"
              max={18}
            />
          </>
        )}
        <Text className="field__label gap-top">{form === 'company' ? '您是单位的' : '这位家人是您的'}</Text>
        <View className="chips gap-top">
          {form === 'company'
            ? companyRoles.map((role) => (
                <Chip key={role} id={`role-${role}`} on={fields.role === role} onTap={() => set({ role })}>
                  {companyRoleTexts[role]}
                </Chip>
              ))
            : familyRelations.map((relation) => (
                <Chip
                  key={relation}
                  id={`relation-${relation}`}
                  on={fields.relation === relation}
                  onTap={() => set({ relation })}
                >
                  {familyRelationTexts[relation]}
                </Chip>
              ))}
        </View>
      </Card>
    </Page>
  );
}
