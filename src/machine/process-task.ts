import type { ToWorker } from "./messages.js";
import type { ProcessObserver, ProcessUsage, RunningProcess } from "./process.js";
import type { ServerHost } from "./server-host.js";
import { OutputSender } from "./streamed-output.js";

export type ProcessMessage = Extract<ToWorker, { kind: "input" | "signal" | "resize" | "kill" | "credit" }>;

/** One process that has been started, and what the main thread hears of it. */
export class ProcessTask {
  private readonly sender: OutputSender;
  private running: RunningProcess | undefined;
  private abandoned = false;

  constructor(
    private readonly request: number,
    private readonly host: ServerHost,
    /** Called when there is nothing more to come. */
    private readonly finished: () => void,
    private readonly refuse: (error: unknown) => void,
  ) {
    this.sender = new OutputSender(request, undefined, host, () => this.running?.resume());
  }

  /** `begin` makes it, and may tell of it at once. */
  start(begin: (observer: ProcessObserver) => RunningProcess): void {
    const { request, host } = this;
    const tell = (message: Parameters<ServerHost["post"]>[0]): void => {
      if (!this.abandoned) host.post(message);
    };
    this.running = begin({
      started: (pid) => tell({ kind: "process_started", request, pid }),
      output: (stream, bytes) => this.abandoned || this.sender.write(stream, bytes),
      inputTaken: (bytes) => tell({ kind: "input_taken", request, bytes }),
      ended: (end) => {
        this.flush();
        tell({ kind: "process_ended", request, end });
      },
      closed: () => {
        this.flush();
        tell({ kind: "process_closed", request });
        this.finished();
      },
      failed: (error) => {
        this.finished();
        this.refuse(error);
      },
    });
  }

  handle(message: ProcessMessage): void {
    switch (message.kind) {
      case "input":
        this.running?.write(message.bytes);
        if (message.eof) this.running?.closeInput();
        return;
      case "signal":
        return this.running?.signal(message.signal);
      case "resize":
        return this.running?.resize(message.size);
      case "kill":
        return this.running?.kill();
      case "credit":
        return this.sender.credit(message.bytes);
    }
  }

  usage(): ProcessUsage | Promise<ProcessUsage> | undefined {
    return this.running?.usage();
  }

  flush(): void {
    this.sender.flush();
  }

  /** The machine has been reset: nothing that it may still say is passed on. */
  abandon(): void {
    this.abandoned = true;
    this.sender.drop();
  }
}
