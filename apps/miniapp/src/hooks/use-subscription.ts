import type { TemplateKey } from '@haoban/contracts';
import { useEffect, useRef } from 'react';
import { api } from '../api/api';
import { subscribe } from '../platform/subscribe';
import { useCitizen } from './use-session';

interface Template {
  readonly key: TemplateKey;
  readonly templateId: string;
  readonly title: string;
}

let known: Promise<readonly Template[]> | undefined;

/** The same for everybody as long as the app runs; what could not be had is asked for again by the next page. */
function allTemplates(): Promise<readonly Template[]> {
  known ??= api.notifications.templates().then(
    ({ items }) => items,
    (error: unknown) => {
      known = undefined;
      throw error;
    },
  );
  return known;
}

/**
 * Asks to be allowed to send these messages. WeChat wants the call right in the tap, so the templates are fetched when the page opens;
 * where they are not there yet nothing is asked, and nothing waits for an answer that was refused: the inbox has every message.
 */
export function useSubscription(keys: readonly TemplateKey[]): { ask: () => Promise<void> } {
  const citizen = useCitizen();
  const templates = useRef<readonly Template[]>([]);
  const wanted = keys.join();
  const citizenId = citizen?.id;
  useEffect(() => {
    if (!citizenId) return;
    allTemplates().then(
      (all) => (templates.current = all.filter(({ key }) => wanted.split(',').includes(key))),
      () => undefined,
    );
  }, [citizenId, wanted]);
  return {
    async ask() {
      const asked = templates.current.slice(0, 3);
      if (asked.length === 0) return;
      const answer = await subscribe(asked);
      const results = asked.flatMap(({ key, templateId }) => {
        const result = answer[templateId];
        return result ? [{ key, result }] : [];
      });
      if (results.length > 0) await api.notifications.recordGrants({ results }).catch(() => undefined);
    },
  };
}
