import type { Command, CommandObserver, Outcome, OutputStream } from "../../machine/machine.js";
import { SIGKILL, SIGTERM, signalName } from "../../wasi/abi/linux/signal.js";
import { errnoOf } from "./errors.js";
import { encodeFrame, encodeParts, type Frame, u32, viewOf } from "./frames.js";
import type { Outbox } from "./outbox.js";

/** How long processes may clean up between SIGTERM and SIGKILL, in ms. */
const GRACE_MS = 200;
/** The agent has at most 256 KiB under way; it hears of each such part that has been taken. */
const CREDIT_BYTES = 65536;
/** What fits into one frame. A longer text follows in pieces, in front of the command's input. */
const LONGEST_STRINGS = 60_000;

const ISOLATED = 1;
const LONG = 2;

export function sendCommand(id: number, command: Command, outbox: Outbox): void {
  const strings = encodeCommand(command);
  const isLong = strings.length > LONGEST_STRINGS;
  const flags = (command.isolated ? ISOLATED : 0) | (isLong ? LONG : 0);
  const lengths = [flags, command.stdin.length, ...(isLong ? [strings.length] : [])];
  outbox.push(encodeFrame("S", id, u32(...lengths), isLong ? new Uint8Array() : strings));
  if (isLong) outbox.pushBulk(id, strings);
  outbox.pushBulk(id, command.stdin);
}

function encodeCommand(command: Command): Uint8Array {
  const assignments = Object.entries(command.env ?? {}).map(([name, value]) =>
    value === null ? name : `${name}=${value}`,
  );
  return encodeParts([command.cwd ?? "", ...assignments, "", command.text]);
}

/** A command in the guest, from its start to its end: its output on its way to the observer. */
export class AgentCommand {
  /** Output that came while the observer wanted no more. */
  private backlog: { readonly stream: OutputStream; readonly bytes: Uint8Array }[] = [];
  private held = false;
  private taken = 0;
  private outcome: Outcome | undefined;
  private killer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly id: number,
    private readonly observer: CommandObserver,
    private readonly outbox: Outbox,
  ) {}

  /** Returns false after the last frame. */
  receive({ type, payload }: Frame): boolean {
    if (type === "o" || type === "e") {
      this.deliver(type === "o" ? "stdout" : "stderr", payload);
      return true;
    }
    const value = viewOf(payload).getInt32(0, true);
    this.outbox.cancelBulk(this.id);
    if (type === "x") this.finish(toOutcome(value));
    else this.observer.failed(errnoOf(value));
    return false;
  }

  /** The connection to the guest is gone. */
  lose(error: Error): void {
    clearTimeout(this.killer);
    this.backlog = [];
    this.held = false;
    this.finish({ kind: "lost", reason: error.message });
  }

  /** The id keeps its meaning after the command's end, for what it has left behind. */
  kill(): void {
    if (this.killer !== undefined) return;
    this.signal(SIGTERM);
    this.killer = setTimeout(() => this.signal(SIGKILL), GRACE_MS);
  }

  resume(): void {
    this.held = false;
    const backlog = this.backlog;
    this.backlog = [];
    for (const { stream, bytes } of backlog) this.deliver(stream, bytes);
    if (this.outcome !== undefined) this.finish(this.outcome);
  }

  private deliver(stream: OutputStream, bytes: Uint8Array): void {
    if (this.held) {
      this.backlog.push({ stream, bytes });
      return;
    }
    this.taken += bytes.length;
    this.held = !this.observer.output(stream, bytes);
    if (this.taken < CREDIT_BYTES || this.outcome !== undefined) return;
    this.outbox.push(encodeFrame("C", this.id, u32(this.taken)));
    this.taken = 0;
  }

  private finish(outcome: Outcome): void {
    this.outcome = outcome;
    if (this.held) return;
    this.outcome = undefined;
    this.observer.done(outcome);
  }

  private signal(signal: number): void {
    this.outbox.push(encodeFrame("K", this.id, u32(signal)));
  }
}

/** What wait(2) reports. */
function toOutcome(status: number): Outcome {
  const signal = status & 0x7f;
  return signal === 0
    ? { kind: "exit", code: (status >> 8) & 0xff }
    : { kind: "signal", signal: signalName(signal) };
}
