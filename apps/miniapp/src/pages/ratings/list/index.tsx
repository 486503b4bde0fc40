import { Text, View } from '@tarojs/components';
import { open } from '../../../hooks/navigate';
import { ListRow } from '../../../ui/button';
import { Card, Page } from '../../../ui/page';
import { Badge, Content, Empty, ProblemNotice, SignInWall } from '../../../ui/states';
import { when } from '../../../words';
import { useRatings } from './use-ratings';

export default function Ratings() {
  const { citizen, invitations, ratings } = useRatings();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的评价。" />
      </Page>
    );
  }
  return (
    <Page>
      <Content load={invitations} lines={2}>
        {(all) =>
          all.length > 0 ? (
            <Card flush tone="own">
              {all.map((each) => (
                <ListRow
                  key={each.subjectId}
                  icon="star"
                  title={each.itemName}
                  note={`${when(each.endedAt)} · ${each.hallName}`}
                  end="去评价"
                  onTap={() => open(`pages/ratings/give/index?subject=${each.subject}&id=${each.subjectId}`)}
                />
              ))}
            </Card>
          ) : null
        }
      </Content>
      <Content load={ratings} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text="还没有评价。办完事后，七天内都可以评价。" />
          ) : (
            items.map((each) => (
              <Card key={each.id}>
                <View className="row row--between row--top">
                  <Text className="strong title-grow">{each.title}</Text>
                  <Badge tone={each.level <= 2 ? 'warn' : 'good'} icon={each.level <= 2 ? 'alert' : 'star'}>
                    {each.levelText}
                  </Badge>
                </View>
                {each.tags.length > 0 ? <Text className="text-2">{each.tags.join('、')}</Text> : null}
                {each.comment ? <Text className="block">{each.comment}</Text> : null}
                <Text className="text-3">
                  {when(each.createdAt)}
                  {each.anonymous ? ' · 匿名' : ''}
                </Text>
              </Card>
            ))
          )
        }
      </Content>
      <ProblemNotice problem={ratings.more.problem} />
    </Page>
  );
}
