import { Text } from '@tarojs/components';
import { back } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { Field } from '../../../ui/field';
import { Card, Fact, Page } from '../../../ui/page';
import { Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { when } from '../../../words';
import { useRealName } from './use-real-name';

export default function RealName() {
  const form = useRealName();
  if (!form.citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能进行实名登记。" />
      </Page>
    );
  }
  const known = form.citizen.realName;
  if (known) {
    return (
      <Page>
        <Card>
          <Notice tone="good">您已完成实名登记</Notice>
          <Fact name="姓名">{known.nameMasked}</Fact>
          <Fact name="身份证号">
            <Text className="num">{known.idNumberMasked}</Text>
          </Fact>
          <Fact name="登记时间">{when(known.verifiedAt)}</Fact>
          <Text className="text-3">如需更改，请带身份证到大厅咨询台办理。</Text>
        </Card>
      </Page>
    );
  }
  return (
    <Page
      footer={
        <>
          <ProblemNotice problem={form.submit.problem} />
          <Button kind="main" act="save" busy={form.submit.busy} onTap={form.submit.run}>
            提交
          </Button>
          <Button kind="quiet" onTap={back}>
            以后再说
          </Button>
        </>
      }
    >
      <Card>
        <Text className="h1">请填写本人信息</Text>
        <Text className="text-2">
          预约和取号要对应到人，窗口会核对您的身份证。信息加密保存，窗口人员只看到打码后的姓名。
        </Text>
        <Field
          id="name"
          label="姓名"
          value={form.name}
          onChange={form.setName}
          wrong={form.wrongName}
          placeholder="与身份证一致"
          max={50}
        />
        <Field
          id="id-number"
          label="身份证号"
          type="idcard"
          value={form.idNumber}
          onChange={form.setIdNumber}
          wrong={form.wrongNumber}
          placeholder="18 位，末位可以是 X"
          max={18}
        />
      </Card>
    </Page>
  );
}
