import { Text, View } from '@tarojs/components';
import { Button } from '../../ui/button';
import { AreaField, Field } from '../../ui/field';
import { Card } from '../../ui/page';
import type { ContactForm } from './use-contact';

export function ContactCard({ contact }: { contact: ContactForm }) {
  const { value, change, wrong, needsAddress, needsPhone, knownPhone, fromWechat } = contact;
  if (!needsPhone) return null;
  return (
    <Card>
      <Text className="h2">怎么联系您</Text>
      {needsAddress ? (
        <>
          {contact.canChooseAddress ? (
            <View className="gap-top">
              <Button icon="place" act="choose-address" busy={fromWechat.busy} onTap={fromWechat.run}>
                从微信地址簿选
              </Button>
            </View>
          ) : null}
          <AreaField
            id="address"
            label="上门地址"
            placeholder="区县、街道、小区、楼栋和门牌号"
            value={value.address}
            wrong={wrong.address}
            max={200}
            onChange={(address) => change({ address })}
          />
        </>
      ) : null}
      <Field
        id="phone"
        label="联系电话"
        type="number"
        value={value.phone}
        max={13}
        wrong={wrong.phone}
        hint={knownPhone ? `不填就打您登记的 ${knownPhone}` : '到时间打这个电话找您'}
        onChange={(phone) => change({ phone })}
      />
    </Card>
  );
}
