import { Text, View } from '@tarojs/components';
import { formatWait } from '@haoban/domain';
import type { Booking, Delivery, RatingInvitation, Ticket } from '@haoban/contracts';
import { open } from '../../hooks/navigate';
import { Button } from '../../ui/button';
import { Card } from '../../ui/page';
import { Badge } from '../../ui/states';
import { bookingWord, deliveryWord, ticketWord, when } from '../../words';
import type { Matter } from './matter';

export function MatterCard({ matter }: { matter: Matter }) {
  switch (matter.kind) {
    case 'ticket':
      return <TicketCard ticket={matter.ticket} />;
    case 'booking':
      return <BookingCard booking={matter.booking} />;
    case 'delivery':
      return <DeliveryCard delivery={matter.delivery} />;
    case 'rating':
      return <RatingCard invitation={matter.invitation} />;
    case 'nothing':
      return null;
  }
}

function TicketCard({ ticket }: { ticket: Ticket }) {
  const word = ticketWord(ticket.state);
  const called = ticket.state === 'called';
  return (
    <Card tone={called ? 'called' : 'own'}>
      <View className="row row--between">
        <Text className="text-2">您的号</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      <View className="home__number num">{ticket.label}</View>
      {called || ticket.state === 'serving' ? (
        <Text className="home__desk">
          {called ? `请到 ${ticket.deskLabel ?? '窗口'}` : `在 ${ticket.deskLabel ?? '窗口'} 办理`}
        </Text>
      ) : (
        <Text className="block">
          前面还有 {ticket.ahead ?? 0} 人{ticket.wait ? ` · ${formatWait(ticket.wait)}` : ''}
        </Text>
      )}
      <Text className="text-2">
        {ticket.hallName} · {ticket.itemName}
      </Text>
      <View className="gap-top">
        <Button kind="main" act="open-ticket" onTap={() => open(`pages/queue/ticket/index?id=${ticket.id}`)}>
          {called ? '去窗口' : '看我的号'}
        </Button>
      </View>
    </Card>
  );
}

function BookingCard({ booking }: { booking: Booking }) {
  const word = bookingWord(booking);
  return (
    <Card tone="own">
      <View className="row row--between">
        <Text className="text-2">您的预约</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      <Text className="h1 num">{when(booking.start)}</Text>
      <Text className="block">{booking.itemName}</Text>
      <Text className="text-2">
        {booking.hallName} {booking.place}
      </Text>
      <View className="gap-top">
        <Button
          kind="main"
          act="open-booking"
          onTap={() => open(`pages/booking/detail/index?id=${booking.id}`)}
        >
          {booking.state === 'held'
            ? '名额为您留着，去确认'
            : booking.actions.includes('check_in')
              ? '我已到，取号'
              : '查看预约'}
        </Button>
      </View>
    </Card>
  );
}

function DeliveryCard({ delivery }: { delivery: Delivery }) {
  const word = deliveryWord(delivery);
  // The newest is the first.
  const last = delivery.traces[0];
  return (
    <Card tone="own">
      <View className="row row--between">
        <Text className="text-2">证照寄递</Text>
        <Badge tone={word.tone} icon={word.icon}>
          {word.text}
        </Badge>
      </View>
      <Text className="h1">{delivery.contents}</Text>
      <Text className="text-2">{last ? `${when(last.at)} ${last.text}` : delivery.itemName}</Text>
      <View className="gap-top">
        <Button
          kind="main"
          act="open-delivery"
          onTap={() => open(`pages/delivery/detail/index?id=${delivery.id}`)}
        >
          {delivery.actions.includes('pay') ? '去支付' : '看寄到哪了'}
        </Button>
      </View>
    </Card>
  );
}

function RatingCard({ invitation }: { invitation: RatingInvitation }) {
  return (
    <Card tone="own">
      <Text className="text-2">请您评价</Text>
      <Text className="h1">{invitation.itemName}</Text>
      <Text className="text-2">
        {when(invitation.endedAt)} · {invitation.hallName} {invitation.deskLabel ?? ''}
      </Text>
      <View className="gap-top">
        <Button
          kind="main"
          act="open-rating"
          onTap={() =>
            open(`pages/ratings/give/index?subject=${invitation.subject}&id=${invitation.subjectId}`)
          }
        >
          去评价
        </Button>
      </View>
    </Card>
  );
}
