import { Text, View } from '@tarojs/components';
import { useHalls } from '../../../hooks/use-halls';
import { Card, Fact, Page } from '../../../ui/page';
import { Content } from '../../../ui/states';

export default function About() {
  const { halls } = useHalls();
  return (
    <Page>
      <View className="empty">
        <View className="leaf" />
        <Text className="h1">好办</Text>
        <Text>预约、取号、办件、寄证、评价，一条线办到底。</Text>
      </View>
      <Content load={halls}>
        {(all) =>
          all.map(({ id, name, address, transport, phone, facilities }) => (
            <Card key={id}>
              <Text className="h2">{name}</Text>
              <Fact name="地址">{address}</Fact>
              <Fact name="电话">{phone}</Fact>
              <Fact name="交通">{transport}</Fact>
              <Fact name="设施">{facilities.join('；')}</Fact>
            </Card>
          ))
        }
      </Content>
      <Text className="text-3">投诉和建议：12345</Text>
    </Page>
  );
}
