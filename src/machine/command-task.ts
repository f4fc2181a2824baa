import { OutputKeeper } from "./kept-output.js";
import type { Command, CommandRest, Machine, Outcome, OutputStream, RunningCommand } from "./machine.js";
import type { KeptStreams, OutputPlan } from "./messages.js";
import type { ServerHost } from "./server-host.js";
import { OutputSender } from "./streamed-output.js";
import { transferable } from "./transfer.js";

/** One command that runs, with what has become of its output. */
export class CommandTask {
  private readonly startedAt = performance.now();
  private readonly kept: Record<OutputStream, OutputKeeper> | undefined;
  private readonly sender: OutputSender | undefined;
  private running: RunningCommand | undefined;
  private killWanted = false;
  private ended = false;

  constructor(
    readonly request: number,
    plan: OutputPlan,
    private readonly host: ServerHost,
    private readonly finished: () => void,
    /** Called with what the command has left running. */
    private readonly adopt: (begin: NonNullable<CommandRest["adopt"]>) => void,
    private readonly refuse: (error: unknown) => void,
  ) {
    if (plan.mode === "keep") {
      this.kept = { stdout: new OutputKeeper(plan.maxBytes), stderr: new OutputKeeper(plan.maxBytes) };
    } else {
      this.sender = new OutputSender(request, plan.maxBytes, host, () => this.running?.resume());
    }
  }

  start(machine: Machine, command: Command): void {
    this.running = machine.run(command, {
      output: (stream, bytes) => this.output(stream, bytes),
      done: (outcome, rest) => this.done(outcome, rest ?? {}),
      failed: (error) => this.failed(error),
    });
    if (this.killWanted) this.running.kill();
  }

  kill(): void {
    if (this.ended) return;
    this.killWanted = true;
    this.flush();
    if (this.kept) this.host.post({ kind: "so_far", request: this.request, output: this.streams() });
    this.running?.kill();
  }

  credit(bytes: number): void {
    this.sender?.credit(bytes);
  }

  flush(): void {
    this.sender?.flush();
  }

  private output(stream: OutputStream, bytes: Uint8Array): boolean {
    if (this.kept) {
      this.kept[stream].write(bytes);
      return true;
    }
    return this.sender?.write(stream, bytes) ?? true;
  }

  private done(outcome: Outcome, { limit, adopt }: CommandRest): void {
    if (this.ended) return;
    this.ended = true;
    this.flush();
    const output = this.streams();
    const durationMs = performance.now() - this.startedAt;
    this.finished();
    const bytes = [output.stdout.head, output.stdout.tail, output.stderr.head, output.stderr.tail];
    const { request } = this;
    const leftBehind = adopt !== undefined;
    this.host.post(
      { kind: "done", request, outcome, limit, output, durationMs, leftBehind },
      transferable(bytes),
    );
    if (adopt) this.adopt(adopt);
  }

  private failed(error: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.finished();
    this.refuse(error);
  }

  private streams(): KeptStreams {
    if (this.kept) return { stdout: this.kept.stdout.take(), stderr: this.kept.stderr.take() };
    const nothing = new Uint8Array(0);
    const totals = this.sender?.totals ?? { stdout: 0, stderr: 0 };
    return {
      stdout: { head: nothing, tail: nothing, total: totals.stdout },
      stderr: { head: nothing, tail: nothing, total: totals.stderr },
    };
  }
}
