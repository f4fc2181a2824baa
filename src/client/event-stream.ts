/**
 * The events of a request while it runs, and its answer:
 *
 *     for await (const event of stream) …
 *     const answer = await stream.result;
 *
 * Leaving the loop early cancels the request. The loop throws what `result` rejects with. Events wait in memory until they are
 * taken; each is handed out once, however many loops there are.
 */
export class EventStream<Event, Answer> implements AsyncIterable<Event> {
  /** The answer. */
  readonly result: Promise<Answer>;
  private events: Event[] = [];
  private finished = false;
  private wake: () => void = () => {};
  private readonly abandon = new AbortController();

  /** `begin` sends the request. */
  constructor(
    begin: (onEvent: (event: Event) => void, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal | undefined,
  ) {
    const { signal: abandoned } = this.abandon;
    this.result = begin(
      (event) => {
        this.events.push(event);
        this.wake();
      },
      signal ? AbortSignal.any([signal, abandoned]) : abandoned,
    );
    const finish = (): void => {
      this.finished = true;
      this.wake();
    };
    // Who loops hears of a failure there; it is no unhandled rejection besides.
    this.result.then(finish, finish);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    try {
      for (;;) {
        const { events } = this;
        this.events = [];
        yield* events;
        if (this.events.length > 0) continue;
        if (this.finished) break;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      await this.result;
    } finally {
      if (!this.finished) {
        this.abandon.abort();
        await this.result.catch(() => {});
      }
    }
  }
}
