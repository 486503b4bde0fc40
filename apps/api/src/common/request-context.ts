import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  readonly id: string;
  readonly ip: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The HTTP request that is being served, for logs and the audit trail only: nothing may decide by it. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Called once per request by the server's first hook; whatever `next` starts sees the context. */
export function withRequest(context: RequestContext, next: () => void): void {
  storage.run(context, next);
}
