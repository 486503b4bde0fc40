import { Text, View } from '@tarojs/components';
import type { InboxMessage } from '@haoban/contracts';
import { buttonRole } from '../../../platform/a11y';
import { Button } from '../../../ui/button';
import { Page } from '../../../ui/page';
import { Badge, Content, Empty, ProblemNotice, SignInWall, Skeleton } from '../../../ui/states';
import { when } from '../../../words';
import { useInbox } from './use-inbox';

export default function Inbox() {
  const { citizen, messages, unread, readAll, read } = useInbox();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看消息。" />
      </Page>
    );
  }
  return (
    <Page>
      {unread ? (
        <Button kind="quiet" act="read-all" busy={readAll.busy} onTap={readAll.run}>
          全部标为已读
        </Button>
      ) : null}
      <ProblemNotice problem={readAll.problem ?? messages.more.problem} />
      <Content load={messages} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text="还没有消息。预约、叫号、办件和寄递有进展时会出现在这里。" />
          ) : (
            items.map((each) => <Message key={each.id} message={each} onTap={() => read(each)} />)
          )
        }
      </Content>
      {messages.more.busy ? <Skeleton lines={2} /> : null}
    </Page>
  );
}

function Message({ message, onTap }: { message: InboxMessage; onTap: () => void }) {
  return (
    <View className="card" onClick={onTap} {...buttonRole()}>
      <View className="row row--between row--top">
        <Text className={message.readAt ? 'grow' : 'grow strong'}>{message.title}</Text>
        {message.readAt ? null : (
          <Badge tone="called" icon="bell">
            未读
          </Badge>
        )}
      </View>
      <Text className="block">{message.body}</Text>
      <Text className="text-3">{when(message.createdAt)}</Text>
    </View>
  );
}
