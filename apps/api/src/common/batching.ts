import DataLoader from 'dataloader';

/**
 * Lets requests that meet share one piece of work: what arrives while a batch is on its way waits together for the next. With one request
 * at a time nobody waits; in a rush a batch grows to what a commit takes. A fixed time window would make the first wait and the second
 * too, and a second batch beside the first would mostly wait for the same rows.
 */
export class Batching<Input, Output> {
  private readonly loader: DataLoader<Input, Output>;
  private readonly waiting: (() => void)[] = [];
  private running = false;

  /** @param work gives each input, in order, its own outcome or Error; when it throws, all of the batch fail with that */
  constructor(
    work: (inputs: readonly Input[]) => Promise<readonly (Output | Error)[]>,
    { maxSize }: { readonly maxSize: number },
  ) {
    this.loader = new DataLoader<Input, Output>(
      async (inputs) => {
        try {
          return await work(inputs);
        } finally {
          this.running = false;
          this.next();
        }
      },
      {
        cache: false,
        maxBatchSize: maxSize,
        batchScheduleFn: (dispatch) => {
          this.waiting.push(dispatch);
          // Not at once: requests that came in with the same tick belong to the batch.
          setImmediate(() => this.next());
        },
      },
    );
  }

  /** This input's own outcome. */
  run(input: Input): Promise<Output> {
    return this.loader.load(input);
  }

  private next(): void {
    if (this.running) return;
    const dispatch = this.waiting.shift();
    if (!dispatch) return;
    this.running = true;
    dispatch();
  }
}
