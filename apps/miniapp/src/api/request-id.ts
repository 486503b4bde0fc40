import { useRef } from 'react';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Names one intended act. Uniqueness per person is all that is asked of it, so Math.random does. */
export function newRequestId(): string {
  const random = Array.from({ length: 12 }, () => letters[Math.floor(Math.random() * letters.length)]).join(
    '',
  );
  return `${Date.now().toString(36)}-${random}`;
}

/** The request id of a form: the same across retries of the same content, a new one when the content changes. */
export function useRequestId(): { for(content: unknown): string; done(): void } {
  const kept = useRef<{ content: string; id: string } | undefined>(undefined);
  return {
    for(content) {
      const text = JSON.stringify(content);
      if (kept.current?.content !== text) kept.current = { content: text, id: newRequestId() };
      return kept.current.id;
    },
    done() {
      kept.current = undefined;
    },
  };
}
