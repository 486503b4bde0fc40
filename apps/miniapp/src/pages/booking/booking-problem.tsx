import { View } from '@tarojs/components';
import type { Problem } from '../../api/problem';
import { open } from '../../hooks/navigate';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/states';
import { nextStep, type Matter } from './next-step';

/** A refusal with the page on which the person can do something about it. */
export function BookingProblem({ problem, ...matter }: Matter & { readonly problem: Problem | undefined }) {
  if (!problem) return null;
  const next = nextStep(problem, matter);
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
