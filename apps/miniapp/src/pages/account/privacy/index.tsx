import { Text } from '@tarojs/components';
import { PRIVACY_VERSION } from '../../../state/sign-in';
import { Card, Page } from '../../../ui/page';
import { policy } from './policy';

export default function Privacy() {
  return (
    <Page>
      <Text className="text-3">版本 {PRIVACY_VERSION}</Text>
      {policy.map(({ title, lines }) => (
        <Card key={title}>
          <Text className="h2">{title}</Text>
          {lines.map((line) => (
            <Text key={line} className="article gap-top">
              {line}
            </Text>
          ))}
        </Card>
      ))}
    </Page>
  );
}
