import Taro from '@tarojs/taro';
import type { GrantResult, Subscribe } from './types';

const known: readonly string[] = ['accept', 'reject', 'ban', 'filter'] satisfies GrantResult[];

export const subscribe: Subscribe = async (templates) => {
  const tmplIds = templates.slice(0, 3).map(({ templateId }) => templateId);
  try {
    const answer: Record<string, unknown> = {
      ...(await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] })),
    };
    return Object.fromEntries(
      tmplIds.map((id) => [id, known.includes(String(answer[id])) ? (answer[id] as GrantResult) : 'reject']),
    );
  } catch {
    // Turned off as a whole, or not from a tap: no message will come, the inbox still has everything.
    return Object.fromEntries(tmplIds.map((id) => [id, 'reject' as const]));
  }
};
