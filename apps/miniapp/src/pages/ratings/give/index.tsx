import { Text, View } from '@tarojs/components';
import { back } from '../../../hooks/navigate';
import { Button, Chip, Tick } from '../../../ui/button';
import { AreaField } from '../../../ui/field';
import { Card, Page } from '../../../ui/page';
import { Content, Empty, ProblemNotice, SignInWall } from '../../../ui/states';
import { when } from '../../../words';
import { useGive } from './use-give';

export default function Give() {
  const form = useGive();
  if (!form.citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能评价。" />
      </Page>
    );
  }
  if (form.done) {
    return (
      <Page>
        <Empty text={thanks(form.answer.level)} act="返回" onTap={back} />
      </Page>
    );
  }
  const invited = form.facts.kind === 'ready' && form.facts.data.invitation !== undefined;
  return (
    <Page footer={invited ? <Footer form={form} /> : undefined}>
      <Content load={form.facts} lines={8}>
        {({ levels, invitation }) =>
          invitation ? (
            <>
              <Card>
                <Text className="text-2">
                  {when(invitation.endedAt)} · {invitation.hallName} {invitation.deskLabel ?? ''}
                </Text>
                <Text className="h1">{invitation.itemName}</Text>
              </Card>
              <Card>
                <Text className="h2">您对这次服务满意吗？</Text>
                <View className="chips gap-top">
                  {[...levels]
                    .sort((a, b) => b.level - a.level)
                    .map(({ level, text }) => (
                      <Chip
                        key={level}
                        id={`level-${level}`}
                        on={form.answer.level === level}
                        onTap={() => form.pickLevel(level)}
                      >
                        {text}
                      </Chip>
                    ))}
                </View>
                <Tags
                  form={form}
                  tags={levels.find(({ level }) => level === form.answer.level)?.tags ?? []}
                />
                <AreaField
                  id="comment"
                  label="想说的话（可选）"
                  value={form.answer.comment}
                  onChange={form.setComment}
                  placeholder="请不要写身份证号、电话等个人信息"
                />
                <Tick id="act-anonymous" on={form.answer.anonymous} onChange={form.setAnonymous}>
                  匿名评价，窗口看不到您是谁
                </Tick>
              </Card>
            </>
          ) : (
            <Empty text="这次服务已经评价过，或已超过七天的评价期限。" act="返回" onTap={back} />
          )
        }
      </Content>
    </Page>
  );
}

type Form = ReturnType<typeof useGive>;

function Tags({ form, tags }: { form: Form; tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <>
      <Text className="h2">原因（可选）</Text>
      <View className="chips gap-top">
        {tags.map((tag) => (
          <Chip key={tag} on={form.answer.tags.includes(tag)} onTap={() => form.toggleTag(tag)}>
            {tag}
          </Chip>
        ))}
      </View>
    </>
  );
}

function Footer({ form }: { form: Form }) {
  const { submit, answer } = form;
  return (
    <>
      <ProblemNotice problem={submit.problem} />
      <Button kind="main" act="submit" busy={submit.busy} disabled={answer.level === 0} onTap={submit.run}>
        {answer.level === 0 ? '请选择满意程度' : '提交评价'}
      </Button>
    </>
  );
}

function thanks(level: number): string {
  return level <= 2 ? '谢谢您的意见，会有人核实并整改，需要时联系您。' : '谢谢您的评价。';
}
