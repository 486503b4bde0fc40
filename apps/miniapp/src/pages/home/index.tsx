import { Text, View } from '@tarojs/components';

export default function Home() {
  return (
    <View>
      <Text>好办</Text>
    </View>
  );
}
