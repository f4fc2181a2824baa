import type { Command, CommandObserver, Outcome } from "../../machine/machine.js";
import type { ProcessEnd } from "../../machine/process.js";
import { SIGXFSZ, signalName } from "../../wasi/abi/linux/signal.js";
import { errnoOf } from "./errors.js";
import { encodeFrame, encodeParts, type Frame, u32, viewOf } from "./frames.js";
import type { Outbox } from "./outbox.js";
import { AgentOutput } from "./output.js";
import { AgentSignals } from "./signals.js";

/** What fits into one frame. A longer text follows in pieces, in front of the command's input. */
const LONGEST_STRINGS = 60_000;

const ISOLATED = 1;
const LONG = 2;

export function sendCommand(id: number, command: Command, outbox: Outbox): void {
  sendOrder("S", id, [command.isolated ? ISOLATED : 0, command.stdin.length], command, outbox);
  outbox.pushBulk(id, command.stdin);
}

/** Sends what is to be evaluated and where, behind `numbers`, of which the first are flags. */
export function sendOrder(
  type: string,
  id: number,
  [flags, ...numbers]: readonly [number, ...number[]],
  order: Pick<Command, "text" | "cwd" | "env">,
  outbox: Outbox,
): void {
  const strings = encodeOrder(order);
  if (strings.length <= LONGEST_STRINGS) {
    outbox.push(encodeFrame(type, id, u32(flags, ...numbers), strings));
  } else {
    outbox.push(encodeFrame(type, id, u32(flags | LONG, ...numbers, strings.length)));
    outbox.pushBulk(id, strings);
  }
}

function encodeOrder({ text, cwd, env }: Pick<Command, "text" | "cwd" | "env">): Uint8Array {
  const assignments = Object.entries(env ?? {}).map(([name, value]) =>
    value === null ? name : `${name}=${value}`,
  );
  return encodeParts([cwd ?? "", ...assignments, "", text]);
}

/** A command in the guest, from its start to its end. */
export class AgentCommand {
  private readonly output: AgentOutput;
  private readonly signals: AgentSignals;

  constructor(
    private readonly id: number,
    private readonly observer: CommandObserver,
    private readonly outbox: Outbox,
    outputLimit: number,
  ) {
    this.signals = new AgentSignals(id, outbox);
    this.output = new AgentOutput(
      id,
      outbox,
      (stream, bytes) => observer.output(stream, bytes),
      outputLimit,
      () => this.signals.send(SIGXFSZ),
    );
  }

  /** Returns false after the last frame. */
  receive(frame: Frame): boolean {
    if (this.output.receive(frame)) return true;
    const view = viewOf(frame.payload);
    this.outbox.cancelBulk(this.id);
    if (frame.type === "x") this.finish(decodeEnd(view, this.output));
    else this.observer.failed(errnoOf(view.getInt32(0, true)));
    return false;
  }

  /** The connection to the guest is gone. */
  lose(error: Error): void {
    this.signals.stop();
    this.output.drop();
    this.finish({ outcome: { kind: "lost", reason: error.message } });
  }

  kill(): void {
    this.signals.kill();
  }

  resume(): void {
    this.output.resume();
  }

  private finish({ outcome, limit }: Pick<ProcessEnd, "outcome" | "limit">): void {
    this.output.end(() => this.observer.done(outcome, { limit }));
  }
}

/** An `x` frame: what wait(2) reports, processor time in us, whether that was more than the session's limit. */
export function decodeEnd(view: DataView, output: AgentOutput): ProcessEnd {
  const tooMuchOutput = output.exceeded ? "output_bytes" : undefined;
  return {
    outcome: toOutcome(view.getInt32(0, true)),
    cpuMs: Number(view.getBigUint64(4, true)) / 1000,
    limit: view.getUint32(12, true) === 0 ? tooMuchOutput : "cpu_ms",
  };
}

function toOutcome(status: number): Outcome {
  const signal = status & 0x7f;
  return signal === 0
    ? { kind: "exit", code: (status >> 8) & 0xff }
    : { kind: "signal", signal: signalName(signal) };
}
