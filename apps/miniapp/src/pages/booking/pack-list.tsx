import { Text, View } from '@tarojs/components';
import type { Item, Material } from '@haoban/contracts';
import { open } from '../../hooks/navigate';
import { statusRole } from '../../platform/a11y';
import { Button, Tick } from '../../ui/button';
import { Card } from '../../ui/page';
import { Fold } from '../../ui/states';
import { usePacked } from './use-packed';

/** What to bring for all items of a visit, to be ticked off while packing. A paper that two of them want is named once. */
export function PackList({ bookingId, items }: { bookingId: string | undefined; items: readonly Item[] }) {
  const { packed, pack } = usePacked(bookingId);
  const papers = papersOf(items);
  const required = papers.filter(({ material }) => material.required);
  const optional = papers.filter(({ material }) => !material.required);
  const missing = required.filter(({ material }) => !packed.includes(material.id)).length;
  if (papers.length === 0) return null;
  const row = ({ material, itemName }: Paper) => (
    <Tick
      key={material.id}
      id={`paper-${material.id}`}
      on={packed.includes(material.id)}
      onChange={(on) => pack(material.id, on)}
    >
      <Text className="block">{material.name}</Text>
      <Text className="text-2">
        {[countText(material), items.length > 1 ? itemName : ''].filter(Boolean).join(' · ')}
      </Text>
    </Tick>
  );
  return (
    <Card>
      <Text className="h2">请带齐</Text>
      <View className="text-2" {...statusRole()}>
        {missing === 0
          ? '必带的材料都带上了。'
          : `必带 ${required.length} 样，还差 ${missing} 样。备好一样勾一样。`}
      </View>
      {required.map((paper) => row(paper))}
      {optional.length > 0 ? (
        <Fold title={`有则带（${optional.length} 样）`}>{optional.map((paper) => row(paper))}</Fold>
      ) : null}
      {items.map((item) => (
        <Button
          key={item.id}
          kind="quiet"
          act={`guide-${item.id}`}
          onTap={() => open(`pages/guide/detail/index?id=${item.id}`)}
        >
          {items.length > 1 ? `看${item.name}的办事指南` : '看办事指南和样例'}
        </Button>
      ))}
    </Card>
  );
}

interface Paper {
  readonly material: Material;
  readonly itemName: string;
}

function papersOf(items: readonly Item[]): Paper[] {
  const all = items.flatMap(({ name, materials }) =>
    materials.map((material) => ({ material, itemName: name })),
  );
  return all.filter(
    ({ material }, at) => all.findIndex((other) => other.material.name === material.name) === at,
  );
}

function countText({ originals, copies }: Material): string {
  return [originals ? `原件 ${originals} 份` : '', copies ? `复印件 ${copies} 份` : '']
    .filter(Boolean)
    .join('，');
}
