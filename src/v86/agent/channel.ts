import type { Command, CommandObserver, RunningCommand } from "../../machine/machine.js";
import type { ProcessObserver, ProcessSettings, RunningProcess } from "../../machine/process.js";
import type { SessionLimits } from "../../machine/session-limits.js";
import type { HostPlace } from "../9p/host-folders.js";
import { AgentCommand, sendCommand } from "./command.js";
import { errnoOf } from "./errors.js";
import { encodeFrame, type Frame, FrameReader, PROTOCOL_VERSION, u32, u64, viewOf } from "./frames.js";
import { encodeLimits } from "./limits.js";
import { Outbox } from "./outbox.js";
import { AgentProcess, sendProcess } from "./process.js";
import { decodeStatus, type GuestStatus } from "./status.js";

/** Flag of a mount. */
const READ_ONLY = 1;

/** What carries bytes to the guest. */
export interface AgentPort {
  /** Called with at most 4 KiB at a time, each of which takes one buffer of the guest. */
  send(bytes: Uint8Array): void;
}

export interface SessionSettings {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** Where the shell begins; relative to `home`. */
  readonly cwd: string | undefined;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: SessionLimits;
}

/** A request that waits for frames with its id. */
export interface Exchange {
  /** Returns false after the last frame. */
  receive(frame: Frame): boolean;
  lose(error: Error): void;
}

/**
 * The host's end of the connection to the guest's agent. Errors that the guest reports are of class Errno; when the connection
 * is closed, promises are rejected with the reason and commands are lost.
 */
export class AgentChannel {
  private readonly exchanges = new Map<number, Exchange>();
  private readonly outbox: Outbox;
  private readonly reader = new FrameReader((frame) => this.handle(frame));
  private closed: Error | undefined;

  constructor(
    port: AgentPort,
    /** The agent has heard of requests up to this. */
    public lastId = 0,
    /** Bytes of output that a command may write. */
    private readonly outputLimit = Number.POSITIVE_INFINITY,
  ) {
    this.outbox = new Outbox((bytes) => port.send(bytes));
  }

  /** Whether no part of a frame is on its way, as far as can be told from here. */
  get isQuiet(): boolean {
    return this.outbox.isIdle && this.reader.isBetweenFrames;
  }

  /** Takes bytes from the guest. */
  receive(bytes: Uint8Array): void {
    if (this.closed !== undefined) return;
    try {
      this.reader.push(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.close(error.message);
    }
  }

  /** Resolves when the guest answers and speaks this version of the protocol. */
  async connect(): Promise<void> {
    const { payload } = await this.ask("H", [u32(PROTOCOL_VERSION)]);
    const version = viewOf(payload).getUint32(0, true);
    if (version !== PROTOCOL_VERSION)
      throw new Error(`the guest's agent speaks version ${version} of its protocol, not ${PROTOCOL_VERSION}`);
  }

  setClock(date: Date): Promise<void> {
    const ms = date.getTime();
    const seconds = Math.floor(ms / 1000);
    return this.order("T", [u64(seconds), u32(Math.round((ms - seconds * 1000) * 1e6))]);
  }

  /** Without this, machines restored from one state produce the same random numbers. */
  reseed(bytes: Uint8Array): Promise<void> {
    return this.order("R", [bytes]);
  }

  setHostname(name: string): Promise<void> {
    return this.order("N", [name]);
  }

  /** Puts what the host exports in its places: to be done before the session is opened, which may begin in one of them. */
  async mountHost(places: readonly HostPlace[]): Promise<void> {
    if (places.length === 0) return;
    const parts = places.flatMap(({ path, readOnly }) => [u32(readOnly ? READ_ONLY : 0), path]);
    await this.order("M", parts);
  }

  /** Resolves when the session's shell is ready. What an earlier session has left is ended. */
  openSession({ uid, gid, home, cwd, env, limits }: SessionSettings): Promise<void> {
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return this.order("E", [u32(uid, gid), encodeLimits(limits), home, cwd ?? "", ...variables]);
  }

  run(command: Command, observer: CommandObserver): RunningCommand {
    const id = ++this.lastId;
    const running = new AgentCommand(id, observer, this.outbox, this.outputLimit);
    if (this.closed !== undefined) {
      running.lose(this.closed);
      return running;
    }
    this.exchanges.set(id, running);
    sendCommand(id, command, this.outbox);
    return running;
  }

  startProcess(settings: ProcessSettings, observer: ProcessObserver): RunningProcess {
    const id = ++this.lastId;
    const process = new AgentProcess(id, settings, observer, this.outbox, this.outputLimit);
    if (this.closed !== undefined) {
      process.lose(this.closed);
      return process;
    }
    this.exchanges.set(id, process);
    sendProcess(id, settings, this.outbox);
    return process;
  }

  async status(): Promise<GuestStatus> {
    return decodeStatus((await this.ask("Q", [])).payload);
  }

  /** Rejects what waits and all that is asked from now on. */
  close(reason: string): void {
    if (this.closed !== undefined) return;
    const error = new Error(reason);
    this.closed = error;
    this.outbox.close();
    const exchanges = [...this.exchanges.values()];
    this.exchanges.clear();
    for (const exchange of exchanges) exchange.lose(error);
  }

  private handle(frame: Frame): void {
    if (frame.type === "a") {
      this.outbox.acknowledge(viewOf(frame.payload).getUint32(0, true));
      return;
    }
    const exchange = this.exchanges.get(frame.id);
    if (exchange?.receive(frame) === false) this.exchanges.delete(frame.id);
  }

  private async order(type: string, parts: readonly (Uint8Array | string)[]): Promise<void> {
    const { payload } = await this.ask(type, parts);
    const error = viewOf(payload).getInt32(0, true);
    if (error !== 0) throw errnoOf(error);
  }

  /** A request with one frame for an answer. */
  ask(type: string, parts: readonly (Uint8Array | string)[]): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const receive = (frame: Frame): boolean => {
        resolve(frame);
        return false;
      };
      this.begin({ receive, lose: reject }, type, parts);
    });
  }

  /** Returns the id of the exchange. `bulk` follows the frame in pieces. */
  begin(
    exchange: Exchange,
    type: string,
    parts: readonly (Uint8Array | string)[],
    bulk: Uint8Array = new Uint8Array(),
  ): number {
    const id = ++this.lastId;
    if (this.closed !== undefined) {
      exchange.lose(this.closed);
      return id;
    }
    const frame = encodeFrame(type, id, ...parts);
    this.exchanges.set(id, exchange);
    this.outbox.push(frame);
    this.outbox.pushBulk(id, bulk);
    return id;
  }

  /** Says something about the exchange `id` that gets no answer. */
  tell(type: string, id: number): void {
    if (this.closed === undefined) this.outbox.push(encodeFrame(type, id));
  }

  /** Drops what is left to send of the exchange's bulk. */
  cancelBulk(id: number): void {
    this.outbox.cancelBulk(id);
  }
}
