import { View } from '@tarojs/components';
import type { Problem } from '../../api/problem';
import { open } from '../../hooks/navigate';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/states';

/** A refusal with the page on which the person can do something about it. */
export function BookingProblem({ problem, hallId }: { problem: Problem | undefined; hallId: string }) {
  if (!problem) return null;
  const next = nextStep(problem, hallId);
  return (
    <View className="gap-top">
      <ProblemNotice problem={problem} />
      {next ? (
        <View className="gap-top">
          <Button act="next-step" onTap={() => open(next.page)}>
            {next.text}
          </Button>
        </View>
      ) : null}
    </View>
  );
}

function nextStep({ code }: Problem, hallId: string): { text: string; page: string } | undefined {
  switch (code) {
    case 'BOOKING_LIMIT_REACHED':
    case 'BOOKING_SUSPENDED':
      return { text: '看我的预约情况', page: `pages/booking/standing/index?hallId=${hallId}` };
    case 'GREEN_EVIDENCE_REQUIRED':
      return { text: '去登记绿色通道', page: 'pages/account/green/index' };
    case 'AUTHORISATION_NOT_VALID':
      return { text: '去看家人和单位授权', page: 'pages/account/family/index' };
    case 'WAITLIST_ALREADY_JOINED':
    case 'WAITLIST_LIMIT_REACHED':
      return { text: '看我的候补', page: 'pages/booking/waitlist/index' };
    case 'BOOKING_PHONE_REQUIRED':
      return { text: '去登记手机号', page: 'pages/account/phone/index' };
    default:
      return undefined;
  }
}
