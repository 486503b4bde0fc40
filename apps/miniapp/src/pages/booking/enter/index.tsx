import { Text, View } from '@tarojs/components';
import type { EntryTarget } from '@haoban/contracts';
import { Button, Chip, ListRow } from '../../../ui/button';
import { Card, Page } from '../../../ui/page';
import { Content, Empty, Skeleton } from '../../../ui/states';
import { useEnter } from './use-enter';

export default function Enter() {
  const form = useEnter();
  return (
    <Page>
      {form.unknown ? (
        <Unknown form={form} />
      ) : (
        <Content load={form.target} lines={6}>
          {(target) => <Target target={target} form={form} />}
        </Content>
      )}
    </Page>
  );
}

type Form = ReturnType<typeof useEnter>;

function Target({ target, form }: { target: EntryTarget; form: Form }) {
  const { kind, hallName, hallPhone, item, items } = target;
  // Already on the way to the page of the hall or of the item.
  if (kind === 'hall' || item) return <Skeleton lines={6} />;
  if (kind === 'item' || items.length === 0) {
    const what = kind === 'item' ? '这件事' : '业务';
    return (
      <Empty
        text={`${hallName}的这个码现在不办理${what}了。您可以看看这里能办的其他事，或拨打 ${hallPhone} 咨询。`}
        act="看这里能办的事"
        onTap={form.toHall}
      />
    );
  }
  return <Window target={target} form={form} />;
}

function Window({ target, form }: { target: EntryTarget; form: Form }) {
  const { wish } = form;
  return (
    <>
      <Card>
        <Text className="h1">{target.deskLabel}</Text>
        <Text className="text-2">{[target.hallName, ...target.queueNames].join(' · ')}</Text>
      </Card>
      <View className="chips">
        <Chip id="wish-book" on={wish === 'book'} onTap={() => form.setWish('book')}>
          约个时间来
        </Chip>
        <Chip id="wish-now" on={wish === 'now'} onTap={() => form.setWish('now')}>
          现在就取号
        </Chip>
      </View>
      <Text className="text-3">请选择您要办的事</Text>
      <Card flush>
        {target.items.map((item) => (
          <ListRow
            key={item.id}
            id={`item-${item.id}`}
            title={item.name}
            note={wish === 'now' ? '现在取号' : item.bookable ? '可预约' : '不用预约，直接取号'}
            onTap={() => form.choose(item)}
          />
        ))}
      </Card>
    </>
  );
}

function Unknown({ form }: { form: Form }) {
  return (
    <>
      <Empty
        text="这个码已失效，或者不是本市政务大厅的预约码。您可以直接搜索要办的事。"
        act="搜索要办的事"
        onTap={form.toItems}
      />
      <Button kind="quiet" act="home" onTap={form.toHome}>
        回首页
      </Button>
    </>
  );
}
