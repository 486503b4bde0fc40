import { it } from '@jest/globals';

/**
 * Tests that build on one another: after one that failed the rest fail at once instead of waiting for what can't come.
 * @param onFailure keeps what helps to understand it
 */
export function steps(timeoutMs: number, onFailure: () => Promise<void>) {
  let broken: string | undefined;
  return (name: string, run: () => Promise<void> | void): void =>
    it(
      name,
      async () => {
        if (broken !== undefined) throw withoutStack(`Broke before, at: ${broken}`);
        broken = name;
        try {
          await run();
        } catch (error) {
          await onFailure();
          throw error;
        }
        broken = undefined;
      },
      timeoutMs,
    );
}

function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

/** Tests that stand alone. @param onFailure keeps what helps to understand it */
export function flows(timeoutMs: number, onFailure: () => Promise<void>) {
  return (name: string, run: () => Promise<void>): void =>
    it(
      name,
      () =>
        run().catch(async (error: unknown) => {
          await onFailure();
          throw error;
        }),
      timeoutMs,
    );
}
