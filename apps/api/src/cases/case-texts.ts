import type { CaseState, StagePlan } from '@haoban/domain';
import { stagesOf } from '@haoban/domain';

/** The state of a case as a resident reads it. */
export const stateTexts: Readonly<Record<CaseState, string>> = {
  accepted: '已受理',
  reviewing: '审核中',
  deciding: '决定中',
  decided: '已决定',
  closed: '已办结',
  suspended: '特别程序中',
  correction: '待补正',
  not_accepted: '不予受理',
  withdrawn: '已撤回',
};

/** The steps of the progress line: what is done there, not the state that it leads to. */
const stageNames: Readonly<Record<CaseState, string>> = {
  accepted: '受理',
  reviewing: '审核',
  deciding: '决定',
  decided: '出件',
  closed: '办结',
  suspended: '特别程序',
  correction: '补正',
  not_accepted: '不予受理',
  withdrawn: '撤回',
};

export function stageName(state: CaseState): string {
  return stageNames[state];
}

/** The line that the timeline gains when a case reaches the next stage of its plan. */
export function advanceTitle(plan: StagePlan, next: CaseState): string {
  const stages = stagesOf(plan);
  const before = stages[stages.indexOf(next) - 1];
  return before === 'reviewing' ? '审核通过，进入决定环节' : `受理完成，进入${stageNames[next]}环节`;
}
