import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { Booking, CaseSummary, Delivery } from '@haoban/contracts';
import { open } from '../../hooks/navigate';
import { buttonRole } from '../../platform/a11y';
import { preferencesStore } from '../../state/preferences';
import { useStore } from '../../state/store';
import { Chip, ListRow } from '../../ui/button';
import { ElderTabs } from '../../ui/elder-tabs';
import { Card, Page } from '../../ui/page';
import { Badge, Content, Empty, ProblemNotice, SignInWall, Skeleton } from '../../ui/states';
import type { StateWord } from '../../words';
import { bookingWord, caseWord, deliveryWord, when } from '../../words';
import { shelves, useProgress } from './use-progress';
import type { Shelf } from './use-progress';

const shelfNames: Record<Shelf, string> = { cases: '办件', bookings: '预约', deliveries: '寄递' };

export default function Progress() {
  const form = useProgress();
  const { elder } = useStore(preferencesStore);
  return (
    <Page footer={elder ? <ElderTabs now="progress" /> : undefined}>
      <Card flush>
        <ListRow
          icon="search"
          title="凭编号查进度"
          note="不用登录，替家人也能查"
          onTap={() => open('pages/cases/look-up/index')}
        />
      </Card>
      {form.session.kind === 'unknown' ? <Skeleton /> : null}
      {form.session.kind === 'signed-out' ? <SignInWall text="登录后可以看到您的办件、预约和寄递。" /> : null}
      {form.session.kind === 'signed-in' ? (
        <>
          <View className="chips">
            {shelves.map((each) => (
              <Chip
                key={each}
                id={`shelf-${each}`}
                on={form.shelf === each}
                onTap={() => form.setShelf(each)}
              >
                {shelfNames[each]}
              </Chip>
            ))}
          </View>
          <ShelfList form={form} />
        </>
      ) : null}
    </Page>
  );
}

function ShelfList({ form }: { form: ReturnType<typeof useProgress> }) {
  const toGuide = () => open('pages/items/index');
  switch (form.shelf) {
    case 'cases':
      return (
        <List
          list={form.cases}
          empty={
            <Empty text="还没有办件。窗口收件后，这里会显示每一步。" act="去看办事指南" onTap={toGuide} />
          }
        >
          {(each) => <CaseCard key={each.id} it={each} />}
        </List>
      );
    case 'bookings':
      return (
        <List list={form.bookings} empty={<Empty text="还没有预约。" act="去预约" onTap={toGuide} />}>
          {(each) => <BookingCard key={each.id} it={each} />}
        </List>
      );
    case 'deliveries':
      return (
        <List
          list={form.deliveries}
          empty={<Empty text="还没有寄递。证照办好后，可以在办件里选择 EMS 寄到家。" />}
        >
          {(each) => <DeliveryCard key={each.id} it={each} />}
        </List>
      );
  }
}

type Listed<T> = Parameters<typeof Content<{ items: readonly T[]; nextCursor: string | null }>>[0]['load'] & {
  readonly more: {
    readonly busy: boolean;
    readonly problem?: Parameters<typeof ProblemNotice>[0]['problem'];
  };
};

function List<T>({
  list,
  empty,
  children,
}: {
  list: Listed<T>;
  empty: ReactNode;
  children: (each: T) => ReactNode;
}) {
  return (
    <Content load={list} lines={8}>
      {({ items }) =>
        items.length === 0 ? (
          empty
        ) : (
          <>
            {items.map(children)}
            {list.more.busy ? <Skeleton lines={2} /> : null}
            <ProblemNotice problem={list.more.problem} />
          </>
        )
      }
    </Content>
  );
}

function Shelved(props: { title: string; word: StateWord; notes: readonly string[]; page: string }) {
  const { title, word, notes, page } = props;
  return (
    <View className="card" onClick={() => open(page)} {...buttonRole()}>
      <View className="row row--between row--top">
        <Text className="strong title-grow">{title}</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      {notes.filter(Boolean).map((note) => (
        <Text key={note} className={/^[A-Z0-9 ]+$/.test(note) ? 'text-2 num' : 'text-2'}>
          {note}
        </Text>
      ))}
    </View>
  );
}

function CaseCard({ it }: { it: CaseSummary }) {
  const running = it.deadline.state === 'running' || it.deadline.state === 'overdue';
  return (
    <Shelved
      title={it.itemName}
      word={caseWord(it)}
      notes={[
        running ? it.deadline.remainingText : '',
        `${when(it.acceptedAt)} 受理 · ${it.hallName}`,
        it.caseNo,
      ]}
      page={`pages/cases/detail/index?id=${it.id}`}
    />
  );
}

function BookingCard({ it }: { it: Booking }) {
  return (
    <Shelved
      title={it.itemName}
      word={bookingWord(it)}
      notes={[when(it.start), `${it.hallName} ${it.place}`]}
      page={`pages/booking/detail/index?id=${it.id}`}
    />
  );
}

function DeliveryCard({ it }: { it: Delivery }) {
  return (
    <Shelved
      title={it.contents}
      word={deliveryWord(it)}
      notes={[it.itemName, it.waybillNo ? `EMS ${it.waybillNo}` : '']}
      page={`pages/delivery/detail/index?id=${it.id}`}
    />
  );
}
