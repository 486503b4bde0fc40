import { Text } from '@tarojs/components';
import { open } from '../../../hooks/navigate';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/page';
import { ContactCard } from '../contact-card';
import { HoldClock } from '../hold-clock';
import type { useKept } from './use-kept';

/** A place that waits for a yes: how long, and what is still needed for it. */
export function KeptCard({ kept }: { kept: ReturnType<typeof useKept> }) {
  const { held, over, waits, contact, stay, ranOut } = kept;
  if (!held?.holdUntil) return null;
  if (over) {
    return (
      <Card tone="warn">
        <Text className="h2">保留的时间过了，名额已经让给别人</Text>
        <Text className="text-2">
          {waits ? '您还在候补，下次轮到您会再通知。' : ''}
          也可以重新选时间。
        </Text>
        {waits ? (
          <Button kind="main" act="stay" busy={stay.busy} onTap={stay.run}>
            继续候补，轮到时通知我
          </Button>
        ) : null}
        <Button act="other-time" onTap={() => open(`pages/booking/days/index?${placeOf(held)}`)}>
          重新选时间
        </Button>
      </Card>
    );
  }
  return (
    <>
      <Card tone="own">
        <Text className="h2">这个名额正为您保留，确认了才算约上</Text>
        <HoldClock until={held.holdUntil} onEnd={ranOut} />
      </Card>
      <ContactCard contact={contact} />
    </>
  );
}

function placeOf({ itemId, hallId }: { itemId: string; hallId: string }): string {
  return `itemId=${itemId}&hallId=${hallId}`;
}
