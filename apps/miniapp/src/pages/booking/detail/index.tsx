import { Text, View } from '@tarojs/components';
import type { Booking } from '@haoban/contracts';
import { open } from '../../../hooks/navigate';
import { ShareButton } from '../../../platform/share';
import { Button, ListRow } from '../../../ui/button';
import { Card, Fact, Page } from '../../../ui/page';
import { QrCode } from '../../../ui/qr-code';
import { Badge, Content, Notice, ProblemNotice, SignInWall } from '../../../ui/states';
import { bookingWord, clock, when } from '../../../words';
import { useBooking } from './use-booking';
import './index.scss';

export default function BookingDetail() {
  const { citizen, booking, isNew, cancel, checkIn } = useBooking();
  if (!citizen) {
    return (
      <Page>
        <SignInWall text="登录后才能查看您的预约。" />
      </Page>
    );
  }
  const data = booking.kind === 'ready' ? booking.data : undefined;
  return (
    <Page
      footer={
        data ? (
          <>
            <ProblemNotice problem={checkIn.problem ?? cancel.problem} />
            {data.ticketId ? (
              <Button
                kind="main"
                act="open-ticket"
                onTap={() => open(`pages/queue/ticket/index?id=${data.ticketId}`)}
              >
                看我的号
              </Button>
            ) : null}
            {data.actions.includes('check_in') ? (
              <Button kind="main" act="check-in" busy={checkIn.busy} onTap={checkIn.run}>
                我已到大厅，取号
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      <Content load={booking} lines={10}>
        {(it) => (
          <>
            {isNew && it.state === 'confirmed' ? (
              <Notice tone="good">预约成功。到大厅后点“取号”，或向工作人员出示预约码。</Notice>
            ) : null}
            <Pass booking={it} />
            <Card>
              <Fact name="事项">{it.itemName}</Fact>
              <Fact name="大厅">{it.hallName}</Fact>
              <Fact name="位置">{it.place}</Fact>
              <Fact name="取号时间">
                <Text className="num">
                  {when(it.checkInFrom)}–{clock(it.checkInUntil)}
                </Text>
              </Fact>
              {it.actions.includes('cancel') ? <Fact name="可取消至">{when(it.cancelUntil)}</Fact> : null}
            </Card>
            <Card flush>
              <ListRow
                icon="file"
                title="要带什么、怎么办"
                onTap={() => open(`pages/guide/detail/index?id=${it.itemId}`)}
              />
            </Card>
            <ShareButton title={it.itemName}>转给家人看</ShareButton>
            {it.actions.includes('cancel') ? (
              <Button kind="danger" act="cancel" busy={cancel.busy} onTap={cancel.run}>
                取消预约
              </Button>
            ) : null}
          </>
        )}
      </Content>
    </Page>
  );
}

function Pass({ booking }: { booking: Booking }) {
  const word = bookingWord(booking.state);
  return (
    <Card tone="own">
      <View className="row row--between">
        <Text className="h1 num">{when(booking.start)}</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      {booking.state === 'confirmed' ? (
        <View className="pass">
          <QrCode text={booking.qr} label={`预约码 ${booking.code}`} />
          <Text className="pass__code num" id="booking-code">
            {booking.code}
          </Text>
          <Text className="text-2">预约码，可以念给工作人员听</Text>
        </View>
      ) : null}
    </Card>
  );
}
