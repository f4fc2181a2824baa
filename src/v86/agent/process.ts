import type {
  ProcessEnd,
  ProcessObserver,
  ProcessSettings,
  ProcessUsage,
  RunningProcess,
  TerminalSize,
} from "../../machine/process.js";
import { TERMINAL_TYPE } from "../../machine/session-environment.js";
import { SIGXFSZ, signalNumber } from "../../wasi/abi/linux/signal.js";
import { decodeEnd, sendOrder } from "./command.js";
import { errnoOf } from "./errors.js";
import { encodeFrame, type Frame, u32, viewOf } from "./frames.js";
import { AgentInput } from "./input.js";
import type { Outbox } from "./outbox.js";
import { AgentOutput } from "./output.js";
import { AgentSignals } from "./signals.js";

const INPUT = 4;
const TERMINAL = 8;

/** The key that ends what is typed (VEOF in termios(3)). */
const END_KEY = Uint8Array.of(4);

export function sendProcess(id: number, settings: ProcessSettings, outbox: Outbox): void {
  const { stdin, terminal, env } = settings;
  const flags = (stdin === "pipe" ? INPUT : 0) | (terminal ? TERMINAL : 0);
  const { rows, columns } = terminal ?? { rows: 0, columns: 0 };
  const order = terminal ? { ...settings, env: { TERM: TERMINAL_TYPE, ...env } } : settings;
  sendOrder("B", id, [flags, rows, columns], order, outbox);
}

/** A process beside the session's shell in the guest, from its start until nobody has its output open. */
export class AgentProcess implements RunningProcess {
  private readonly input: AgentInput | undefined;
  private readonly output: AgentOutput;
  private readonly signals: AgentSignals;
  private state: "starting" | "running" | "ended" | "closed" = "starting";
  /** Keys among the input that are ours, not the client's, and that the guest has not taken. */
  private endKeys = 0;
  private lastUsage: ProcessUsage = { state: "running", cpuMs: 0 };
  private askers: ((usage: ProcessUsage) => void)[] = [];

  constructor(
    private readonly id: number,
    private readonly settings: ProcessSettings,
    private readonly observer: ProcessObserver,
    private readonly outbox: Outbox,
    outputLimit: number,
  ) {
    const hasInput = settings.stdin === "pipe" || settings.terminal !== undefined;
    this.input = hasInput ? new AgentInput(id, outbox) : undefined;
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
    switch (frame.type) {
      case "b":
        this.state = "running";
        this.observer.started(view.getInt32(0, true));
        return true;
      case "w":
        this.inputTaken(view.getUint32(0, true));
        return true;
      case "u":
        this.answer(decodeUsage(view));
        return true;
      case "x":
        this.end(decodeEnd(view, this.output));
        return true;
      case "z":
        this.close();
        return false;
      default:
        this.close();
        this.observer.failed(errnoOf(view.getInt32(0, true)));
        return false;
    }
  }

  /** The connection to the guest is gone. */
  lose(error: Error): void {
    const { state } = this;
    this.signals.stop();
    this.output.drop();
    if (state === "running")
      this.end({ outcome: { kind: "lost", reason: error.message }, cpuMs: this.lastUsage.cpuMs });
    this.close();
    if (state === "starting") this.observer.failed(error);
  }

  write(bytes: Uint8Array): void {
    if (this.input === undefined || this.state === "closed") this.observer.inputTaken(bytes.length);
    else this.input.write(bytes);
  }

  closeInput(): void {
    if (this.settings.terminal === undefined) {
      this.input?.end();
    } else {
      this.endKeys++;
      this.write(END_KEY);
    }
  }

  signal(name: string): void {
    const signal = signalNumber(name);
    if (signal !== undefined) this.signals.send(signal);
  }

  kill(): void {
    this.signals.kill();
  }

  resize({ rows, columns }: TerminalSize): void {
    this.outbox.push(encodeFrame("Z", this.id, u32(rows, columns)));
  }

  resume(): void {
    this.output.resume();
  }

  usage(): Promise<ProcessUsage> {
    return new Promise((resolve) => {
      this.askers.push(resolve);
      if (this.state === "ended" || this.state === "closed") this.answer(this.lastUsage);
      else this.outbox.push(encodeFrame("U", this.id));
    });
  }

  private inputTaken(bytes: number): void {
    const ours = Math.min(this.endKeys, bytes);
    this.endKeys -= ours;
    this.input?.taken(bytes);
    if (bytes > ours) this.observer.inputTaken(bytes - ours);
  }

  private answer(usage: ProcessUsage): void {
    this.lastUsage = usage;
    for (const asker of this.askers.splice(0)) asker(usage);
  }

  private end(end: ProcessEnd): void {
    this.state = "ended";
    this.answer({ state: "running", cpuMs: end.cpuMs });
    this.observer.ended(end);
  }

  private close(): void {
    const { state } = this;
    this.state = "closed";
    this.outbox.cancelBulk(this.id);
    this.answer(this.lastUsage);
    if (state === "ended") this.output.end(() => this.observer.closed());
  }
}

/** A `u` frame: whether it is stopped, processor time in us. */
function decodeUsage(view: DataView): ProcessUsage {
  return {
    state: view.getUint32(0, true) === 0 ? "running" : "stopped",
    cpuMs: Number(view.getBigUint64(4, true)) / 1000,
  };
}
