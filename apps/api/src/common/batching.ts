import DataLoader from 'dataloader';

/**
 * Lets requests that meet share one piece of work: what arrives while earlier batches are on their way waits together for the next. With
 * one request at a time nobody waits; in a rush a batch grows to what a commit takes. A fixed time window would make the first wait and
 * the second too.
 */
export class Batching<Input, Output> {
  private readonly loader: DataLoader<Input, Output>;
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /**
   * @param work gives each input, in order, its own outcome or Error; when it throws, all of the batch fail with that
   * @param options.lanes how many batches may be on their way at once
   */
  constructor(
    work: (inputs: readonly Input[]) => Promise<readonly (Output | Error)[]>,
    private readonly options: { readonly lanes: number; readonly maxSize: number },
  ) {
    this.loader = new DataLoader<Input, Output>(
      async (inputs) => {
        try {
          return await work(inputs);
        } finally {
          this.running--;
          this.next();
        }
      },
      {
        cache: false,
        maxBatchSize: options.maxSize,
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
    while (this.running < this.options.lanes) {
      const dispatch = this.waiting.shift();
      if (!dispatch) return;
      this.running++;
      dispatch();
    }
  }
}
