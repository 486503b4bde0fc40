import { Image, ScrollView, Text, View } from '@tarojs/components';
import { imageRole } from '../../../platform/a11y';
import { Card, Page } from '../../../ui/page';
import { Chip } from '../../../ui/button';
import { useState } from 'react';
import { Content } from '../../../ui/states';
import { useSample } from './use-sample';
import './index.scss';

export default function Sample() {
  const sample = useSample();
  const [large, setLarge] = useState(false);
  return (
    <Page>
      <Content load={sample} lines={12}>
        {({ title, source }) => (
          <Card>
            <View className="row row--between">
              <Text className="h1 grow">{title}</Text>
              <Chip on={large} onTap={() => setLarge(!large)}>
                放大
              </Chip>
            </View>
            <ScrollView scrollX className="sample">
              <Image
                className={large ? 'sample__picture sample__picture--large' : 'sample__picture'}
                src={source}
                mode="widthFix"
                {...imageRole(`${title}的填写样例`)}
              />
            </ScrollView>
            <Text className="text-3">样例中的人名、证号和地址都是虚构的。</Text>
          </Card>
        )}
      </Content>
    </Page>
  );
}
