import type { PolicyPreset, PolicySettings } from '@haoban/contracts';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { toProblem, type Problem } from '../common/problem.js';
import { useAnswer } from '../common/use-answer.js';
import { useLoad } from '../common/use-load.js';
import { draftOf, policyFaults, sameSettings, type PolicyDraft } from './policy-model.js';

/** The hall's booking rules being changed, with what citizens would read. */
export function usePolicyPage() {
  const policy = useLoad('policy', async () => {
    const [found, presets] = await Promise.all([client.calendar.getPolicy({}), client.calendar.presets({})]);
    return { ...found, presets: presets.items };
  });
  const saved = policy.state.status === 'ready' ? policy.state.data : undefined;
  const [draft, setDraft] = useState<PolicyDraft>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [outcome, setOutcome] = useState<string>();
  const [news, setNews] = useState<string>();
  const [version, setVersion] = useState<number>();

  useEffect(() => {
    if (!saved || saved.version === version) return;
    // A colleague has saved meanwhile: what is typed here stays, but nobody saves over it unseen.
    if (version !== undefined && draft && !sameSettings(draft.settings, saved.settings))
      setNews(`${saved.savedBy ?? '同事'}刚刚保存了新的预约规则，下面仍是您的修改；请对照一遍再保存。`);
    else setDraft(undefined);
    setVersion(saved.version);
  }, [saved, version, draft]);

  const now = draft ?? (saved && { preset: saved.preset, settings: saved.settings });
  const faults = now ? policyFaults(now.settings) : {};
  const complete = Object.keys(faults).length === 0;
  const changed =
    saved !== undefined &&
    now !== undefined &&
    (!sameSettings(now.settings, saved.settings) || now.preset !== saved.preset);
  const send = (dryRun: boolean, why: string) => {
    if (!saved || !now) throw new Error('Nothing is loaded yet');
    const { preset, settings } = now;
    return client.calendar.savePolicy({
      version: saved.version,
      preset,
      ...(preset === 'custom' && { settings }),
      reason: why,
      dryRun,
    });
  };
  const preview = useAnswer(
    changed && complete ? JSON.stringify([saved.version, now]) : undefined,
    () => send(true, '预览'),
    300,
  );

  const change = (next: PolicyDraft) => {
    setOutcome(undefined);
    setProblem(undefined);
    setDraft(next);
  };
  const save = async () => {
    if (busy || !changed || !complete || !reason.trim()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { presetName } = await send(false, reason.trim());
      setDraft(undefined);
      setVersion(undefined);
      setReason('');
      setNews(undefined);
      setOutcome(
        `已保存：${presetName}。从现在起按它办理；已有的预约保留，取消、签到和爽约的期限也按新规则计算。`,
      );
      policy.reload();
    } catch (error) {
      const found = toProblem(error);
      setProblem(found.code === 'POLICY_CHANGED' ? undefined : found);
      if (found.code === 'POLICY_CHANGED' || found.code === 'OFFLINE') policy.reload();
    } finally {
      setBusy(false);
    }
  };
  return {
    policy,
    saved,
    now,
    faults,
    complete,
    changed,
    preview,
    choose: (preset: PolicyPreset) => change({ preset: preset.key, settings: preset.settings }),
    edit: (settings: PolicySettings) => change(draftOf(settings, saved?.presets ?? [])),
    discard: () => {
      setDraft(undefined);
      setNews(undefined);
      setProblem(undefined);
    },
    reason,
    setReason,
    save: () => void save(),
    busy,
    problem,
    outcome,
    news,
  };
}
