import type { FromWorker, ToWorker } from "../machine/messages.js";
import type { ProcessSettings } from "../machine/process.js";
import { ManagedProcess, type ProcessMessage } from "./managed-process.js";

/** Processes that have ended are remembered up to this number, the oldest forgotten first. */
const REMEMBERED = 128;

/** The processes that a session's clients have started, by the id that they know them by. */
export class SessionProcesses {
  private readonly byId = new Map<string, ManagedProcess>();
  private count = 0;

  constructor(private readonly post: (message: ToWorker) => void) {}

  get(id: string): ManagedProcess | undefined {
    return this.byId.get(id);
  }

  /** In the order in which they were started. */
  all(): readonly ManagedProcess[] {
    return [...this.byId.values()];
  }

  /** Makes one that is to be begun; undefined when one with that id has not ended yet. */
  create(
    id: string | undefined,
    settings: ProcessSettings,
    timeLimitMs: number | undefined,
    maxOutputBytes: number,
  ): ManagedProcess | undefined {
    const name = id ?? this.freeId();
    if (this.byId.has(name) && this.byId.get(name)?.fate === undefined) return undefined;
    const process = new ManagedProcess(name, settings, timeLimitMs, maxOutputBytes, this.post);
    this.add(process);
    return process;
  }

  /** What the command of that request has left behind, under an id of its own. */
  adopt(request: number, command: string, maxOutputBytes: number): ManagedProcess {
    const settings: ProcessSettings = { text: command, stdin: "null" };
    const process = new ManagedProcess(this.freeId(), settings, undefined, maxOutputBytes, this.post);
    process.continueAs(request);
    this.add(process);
    return process;
  }

  /** It could not be started. */
  remove(process: ManagedProcess): void {
    if (this.byId.get(process.id) === process) this.byId.delete(process.id);
  }

  receive(message: FromWorker): void {
    if (!isAboutProcess(message)) return;
    for (const process of this.byId.values())
      if (!process.closed && process.machineRequest === message.request) return process.receive(message);
  }

  /** The machine is gone (`lost`), or all has been ended because somebody asked for it. */
  abandonAll(outcome: "cancelled" | "lost"): void {
    for (const process of this.byId.values()) process.abandon(outcome);
  }

  private add(process: ManagedProcess): void {
    this.byId.delete(process.id);
    this.byId.set(process.id, process);
    this.forgetOldest();
  }

  private freeId(): string {
    let id: string;
    do id = `p${++this.count}`;
    while (this.byId.has(id));
    return id;
  }

  private forgetOldest(): void {
    const ended = this.all().filter(({ fate }) => fate !== undefined);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) this.byId.delete(id);
  }
}

function isAboutProcess(message: FromWorker): message is ProcessMessage {
  switch (message.kind) {
    case "output":
    case "process_started":
    case "input_taken":
    case "process_ended":
    case "process_closed":
    case "refused":
      return true;
    default:
      return false;
  }
}
