import { Text, View } from '@tarojs/components';
import { formatDistance } from '@haoban/domain';
import { Button } from '../../../ui/button';
import { ChoiceRows } from '../../../ui/choice';
import { Sheet } from '../../../ui/sheet';
import { Content, Notice } from '../../../ui/states';
import { whichDay } from '../../../words';
import type { VisitKind } from '../visit';
import { useBranches } from './use-branches';
import type { Branch } from './use-branches';

interface BranchProps {
  readonly itemId: string;
  readonly kind: VisitKind;
  readonly hallId: string;
  readonly open: boolean;
  readonly onChange: (hallId: string) => void;
  readonly onClose: () => void;
}

export function BranchSheet({ itemId, kind, hallId, open, onChange, onClose }: BranchProps) {
  const { found, list, byDistance, unknown, locate } = useBranches({ itemId, kind, asked: open });
  return (
    <Sheet title="去哪个大厅都能办" open={open} onClose={onClose}>
      <Content load={found} lines={4}>
        {() => (
          <>
            <Text className="text-2">{byDistance ? '离您近的在前。' : '最快能约到的在前。'}</Text>
            {byDistance ? null : (
              <View className="gap-top">
                <Button icon="place" act="by-distance" busy={locate.busy} onTap={locate.run}>
                  按离我远近排列
                </Button>
              </View>
            )}
            {unknown ? (
              <View className="gap-top">
                <Notice tone="info">
                  没有取得您的位置，仍按最快能约到的排列。位置只在手机上比较，不上传。
                </Notice>
              </View>
            ) : null}
            <ChoiceRows
              label="选择大厅"
              name="hall"
              value={hallId}
              choices={list.map((branch) => ({
                value: branch.hallId,
                text: branch.hallName,
                note: noteOf(branch),
              }))}
              onChange={(next) => {
                onChange(next);
                onClose();
              }}
            />
          </>
        )}
      </Content>
    </Sheet>
  );
}

function noteOf({ address, soonest, metres }: Branch): string {
  const time = soonest ? `最快 ${whichDay(soonest.day)} ${soonest.startTime}` : '暂时约满';
  return [metres === undefined ? '' : formatDistance(metres), time, address].filter(Boolean).join(' · ');
}
