export interface BenchRequest {
  readonly method?: string;
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** Of the whole answer, in bytes. */
  readonly size: number;
}

export interface Connection {
  readonly opened: Promise<void>;
  send(bytes: Buffer): Promise<Answer>;
  close(): void;
}

export function requestBytes(request: BenchRequest): Buffer;
export function readAnswer(bytes: Buffer): Answer | undefined;
export function openConnection(at: { readonly host?: string; readonly port: number }): Connection;
