import { Text, View } from '@tarojs/components';
import type { Item, Material } from '@haoban/contracts';
import { formatDuration } from '@haoban/domain';
import { open } from '../../../hooks/navigate';
import { ShareButton } from '../../../platform/share';
import { Button, ListRow } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { ReadAloud } from '../../../ui/read-aloud';
import { Badge, Content, Fold } from '../../../ui/states';
import { fee, promise, yuan } from '../../../words';
import { useDetail } from './use-detail';

type Place = Item['places'][number];

export default function GuideDetail() {
  const { item, place } = useDetail();
  const data = item.kind === 'ready' ? item.data : undefined;
  return (
    <Page footer={data && place ? <Actions item={data} place={place} /> : undefined}>
      <Content load={item} lines={12}>
        {(it) => <Guide item={it} place={place} />}
      </Content>
    </Page>
  );
}

function Actions({ item, place }: { item: Item; place: Place }) {
  const query = `itemId=${item.id}&hallId=${place.hallId}`;
  return (
    <View className="buttons">
      {item.bookable ? (
        <Button
          kind="main"
          icon="calendar"
          act="book"
          onTap={() => open(`pages/booking/days/index?${query}`)}
        >
          预约
        </Button>
      ) : null}
      <Button
        kind={item.bookable ? 'plain' : 'main'}
        icon="ticket"
        act="take"
        onTap={() => open(`pages/queue/take/index?${query}`)}
      >
        取号
      </Button>
    </View>
  );
}

function Guide({ item, place }: { item: Item; place: Place | undefined }) {
  const papers = item.materials.map(({ name }) => name).join('、');
  return (
    <>
      <Card>
        <Text className="h1">{item.name}</Text>
        <Text className="text-2">{item.departmentName}</Text>
        <View className="row gap-top">
          <Badge tone="good" icon={item.kind === 'instant' ? 'bolt' : 'clock'}>
            {promise(item)}
          </Badge>
          <Badge icon="wallet">{fee(item.feeFen)}</Badge>
          {item.zeroVisit ? (
            <Badge tone="info" icon="home">
              一趟不用跑
            </Badge>
          ) : null}
          {item.courierAllowed ? (
            <Badge tone="info" icon="truck">
              可邮寄
            </Badge>
          ) : null}
        </View>
        <View className="gap-top">
          <ReadAloud text={`${item.name}。${promise(item)}。${fee(item.feeFen)}。要带：${papers}。`} />
        </View>
      </Card>

      <Card>
        <Text className="h2">要带的材料（{item.materials.length} 样）</Text>
        {item.materials.map((material) => (
          <MaterialRow key={material.id} material={material} />
        ))}
      </Card>

      {place ? (
        <Card>
          <Text className="h2">去哪里办</Text>
          <Fact name="大厅">{place.hallName}</Fact>
          <Fact name="位置">
            {place.floor} {place.zone}
          </Fact>
          <Fact name="地址">{place.address}</Fact>
          <Fact name="取号队列">{place.queueName}</Fact>
        </Card>
      ) : null}

      <Card>
        <Text className="h2">怎么办</Text>
        {item.process.map(({ name, text }, at) => (
          <View key={name} className="gap-top">
            <Text className="block strong">
              {at + 1}. {name}
            </Text>
            <Text className="text-2">{text}</Text>
          </View>
        ))}
        <View className="gap-top">
          <Fact name="承诺时限">{formatDuration(item.promised)}</Fact>
          <Fact name="法定时限">{formatDuration(item.statutory)}</Fact>
          {item.certificateName ? <Fact name="办好得到">{item.certificateName}</Fact> : null}
        </View>
      </Card>

      {item.fees.length > 0 ? (
        <Card>
          <Text className="h2">收费</Text>
          {item.fees.map(({ name, fen, basis }) => (
            <ListRow key={name} title={name} note={basis} end={yuan(fen)} />
          ))}
        </Card>
      ) : null}

      <Card>
        {item.conditions.length > 0 ? (
          <Fold title="谁可以办">
            {item.conditions.map((condition) => (
              <Text key={condition} className="text-2">
                · {condition}
              </Text>
            ))}
          </Fold>
        ) : null}
        {item.faq.map(({ question, answer }) => (
          <Fold key={question} title={question}>
            <Text className="text-2">{answer}</Text>
          </Fold>
        ))}
        <Fold title="依据">
          {item.legalBasis.map(({ law, article, text }) => (
            <View key={law + (article ?? '')} className="gap-top">
              <Text className="block">
                《{law}》{article ?? ''}
              </Text>
              <Text className="text-2">{text}</Text>
            </View>
          ))}
          <Text className="text-3">事项编码 {item.code}</Text>
        </Fold>
      </Card>
      <ShareButton title={item.name}>转给家人看</ShareButton>
    </>
  );
}

const forms: Record<Material['form'], string> = { paper: '纸质', electronic: '电子', either: '纸质或电子' };

function MaterialRow({ material }: { material: Material }) {
  const { id, name, originals, copies, form, required, note, hasSample } = material;
  const counts = [originals ? `原件 ${originals} 份` : '', copies ? `复印件 ${copies} 份` : '', forms[form]];
  return (
    <ListRow
      title={required ? name : `${name}（有则带）`}
      note={[counts.filter(Boolean).join(' · '), note].filter(Boolean).join('；')}
      {...(hasSample ? { end: '看样例', onTap: () => open(`pages/guide/sample/index?id=${id}`) } : {})}
    />
  );
}
