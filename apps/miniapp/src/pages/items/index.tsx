import { Input, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { open } from '../../hooks/navigate';
import { noFilter } from '../../state/items-filter';
import type { ItemsFilter } from '../../state/items-filter';
import { fieldLabel } from '../../platform/a11y';
import { preferencesStore } from '../../state/preferences';
import { useStore } from '../../state/store';
import { Chip, ListRow } from '../../ui/button';
import { ElderTabs } from '../../ui/elder-tabs';
import { Icon } from '../../ui/icon';
import { Card, Page } from '../../ui/page';
import { Sheet } from '../../ui/sheet';
import { Content, Empty, ProblemNotice, Skeleton } from '../../ui/states';
import { fee, promise } from '../../words';
import { useItems } from './use-items';
import './index.scss';

const flags = [
  { name: 'bookable', text: '可预约' },
  { name: 'instant', text: '当场办结' },
  { name: 'zeroVisit', text: '一趟不用跑' },
  { name: 'courier', text: '可邮寄' },
] as const satisfies readonly { name: keyof ItemsFilter; text: string }[];

const nameSearch = fieldLabel('搜索事项');

export default function Items() {
  const { filter, hall, list, departments, change } = useItems();
  const { elder } = useStore(preferencesStore);
  const [choosing, setChoosing] = useState(false);
  const all = departments.kind === 'ready' ? departments.data : [];
  const department = all.find(({ id }) => id === filter.departmentId);
  return (
    <Page footer={elder ? <ElderTabs now="items" /> : undefined}>
      <View className="items__search">
        <Icon name="search" />
        <Input
          className="grow field__input"
          id="search"
          value={filter.q}
          maxlength={30}
          confirmType="search"
          placeholder="搜事项，也可输拼音首字母"
          ariaLabel="搜索事项"
          ref={nameSearch}
          onInput={({ detail }) => change({ q: detail.value })}
        />
      </View>
      <View className="chips">
        <Chip on={department !== undefined} onTap={() => setChoosing(true)}>
          {department ? department.shortName : '全部部门'}
        </Chip>
        {(elder ? flags.slice(0, 2) : flags).map(({ name, text }) => (
          <Chip
            key={name}
            id={`filter-${name}`}
            on={filter[name]}
            onTap={() => change({ [name]: !filter[name] })}
          >
            {text}
          </Chip>
        ))}
      </View>
      <Text className="text-3">{hall ? `${hall.name}可办` : '　'}</Text>
      <Content load={list} lines={10}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Empty text="没有找到相符的事项，换个说法试试。" act="清除条件" onTap={() => change(noFilter)} />
          ) : (
            <>
              <Card flush>
                {items.map((item) => (
                  <ListRow
                    key={item.id}
                    title={item.name}
                    note={`${promise(item)} · ${fee(item.feeFen)} · ${item.departmentName}`}
                    onTap={() => open(`pages/guide/detail/index?id=${item.id}`)}
                  />
                ))}
              </Card>
              <ProblemNotice problem={list.more.problem} />
              {list.more.busy ? <Skeleton lines={2} /> : null}
              {nextCursor === null ? (
                <Text className="text-3 items__end">已全部列出，共 {items.length} 项</Text>
              ) : null}
            </>
          )
        }
      </Content>
      <Sheet title="选择部门" open={choosing} onClose={() => setChoosing(false)}>
        <ListRow
          title="全部部门"
          onTap={() => {
            change({ departmentId: undefined });
            setChoosing(false);
          }}
        />
        {all.map(({ id, name, itemCount }) => (
          <ListRow
            key={id}
            title={name}
            end={`${itemCount} 项`}
            onTap={() => {
              change({ departmentId: id });
              setChoosing(false);
            }}
          />
        ))}
      </Sheet>
    </Page>
  );
}
