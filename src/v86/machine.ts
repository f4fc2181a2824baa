import { openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FileCalls } from "../machine/calls/files.js";
import type { DiffRequest, MountDiff } from "../machine/calls/mounts.js";
import type { MachineStatus } from "../machine/calls/session.js";
import type { Frozen, FrozenV86 } from "../machine/calls/snapshot.js";
import type {
  Command,
  CommandObserver,
  Machine,
  MachineOptions,
  RunningCommand,
} from "../machine/machine.js";
import type { ProcessObserver, ProcessSettings, RunningProcess } from "../machine/process.js";
import { sessionEnvironment, sessionUser } from "../machine/session-environment.js";
import { V86_MEMORY_BYTES } from "../protocol/limits.js";
import { Errno } from "../wasi/errno.js";
import { HostFolders } from "./9p/host-folders.js";
import { AgentChannel } from "./agent/channel.js";
import { AgentFiles } from "./agent/files.js";
import { limitUses } from "./agent/limits.js";
import { ChunkedDisk } from "./chunked-disk.js";
import { Emulator } from "./emulator.js";
import type { V86Host } from "./host.js";
import { decodeState, encodeState, type MachineState } from "./machine-state.js";

/** The root filesystem. */
const DISK = "root.img";
const SEED_BYTES = 64;

/** How long frames are given to arrive before a machine that is to be frozen is stopped again, in ms. */
const QUIET_MS = 5;

/** A machine that goes on where `from` was taken, or that begins and in which a session is open. */
export async function createV86Machine(
  options: MachineOptions,
  host: V86Host,
  from?: FrozenV86,
): Promise<Machine> {
  const machine = await V86Machine.create(options, host);
  if (from === undefined) await machine.reset({ keepFiles: false });
  else await machine.thaw(from);
  return machine;
}

/** The `v86` backend: Debian on a real Linux kernel in an emulated PC, which its agent (guest/v86/agent) does the work in. */
class V86Machine implements Machine {
  readonly backend = "v86";
  private channel = new AgentChannel({ send: () => {} });

  private constructor(
    private readonly options: MachineOptions,
    private readonly state: MachineState,
    private readonly emulator: Emulator,
    private readonly folders: HostFolders,
  ) {}

  static async create(options: MachineOptions, host: V86Host): Promise<V86Machine> {
    const { imagesPath, parts } = host;
    const folders = new HostFolders(options, host);
    const state = decodeState(new Uint8Array(parts.state));
    const disk = new ChunkedDisk(openSync(join(imagesPath, DISK), "r"));
    const shape = { memoryBytes: state.memoryBytes, disk };
    const channel = (bytes: Uint8Array): void => machine.channel.receive(bytes);
    const emulator = await Emulator.create(parts.emulator, shape, {
      channel,
      files: (request) => folders.answer(request),
    });
    const machine: V86Machine = new V86Machine(options, state, emulator, folders);
    return machine;
  }

  run(command: Command, observer: CommandObserver): RunningCommand {
    return this.channel.run(command, observer);
  }

  startProcess(settings: ProcessSettings, observer: ProcessObserver): RunningProcess {
    return this.channel.startProcess(settings, observer);
  }

  readonly readFile: FileCalls["readFile"] = (file) => this.files.readFile(file);
  readonly readFiles: FileCalls["readFiles"] = (request) => this.files.readFiles(request);
  readonly writeFiles: FileCalls["writeFiles"] = (files) => this.files.writeFiles(files);
  readonly editFile: FileCalls["editFile"] = (file) => this.files.editFile(file);
  readonly stat: FileCalls["stat"] = (request) => this.files.stat(request);
  readonly listDirectory: FileCalls["listDirectory"] = (request) => this.files.listDirectory(request);
  readonly makeDirectory: FileCalls["makeDirectory"] = (request) => this.files.makeDirectory(request);
  readonly remove: FileCalls["remove"] = (request) => this.files.remove(request);
  readonly move: FileCalls["move"] = (request) => this.files.move(request);

  async reset({ keepFiles }: { readonly keepFiles: boolean }): Promise<void> {
    if (keepFiles) await this.openSession();
    else await this.restore();
  }

  diff(request: DiffRequest): MountDiff {
    return this.folders.diff(request);
  }

  async status(): Promise<MachineStatus> {
    const status = await this.channel.status();
    return {
      memoryUsedBytes: status.totalBytes - status.availableBytes,
      memoryLimitBytes: status.totalBytes,
      processes: status.processes,
      limits: limitUses(status, this.options.limits),
      unknownSyscalls: {},
    };
  }

  /**
   * Frames that are on their way would be lost to the machine that goes on from here, so it is stopped when there are none. What its
   * kernel knows of directories of the host would mean nothing there: with any, EOPNOTSUPP.
   */
  async freeze(): Promise<FrozenV86> {
    if (this.options.mounts.length > 0) throw Errno.EOPNOTSUPP;
    for (;;) {
      await this.channel.status();
      const changes = await this.emulator.saveChanges(this.state);
      const { isQuiet, lastId } = this.channel;
      const state = isQuiet ? encodeState(changes).buffer : undefined;
      await this.emulator.run();
      if (state !== undefined) return { backend: "v86", state, lastId, processesDropped: 0 };
      await sleep(QUIET_MS);
    }
  }

  async thaw(frozen: Frozen): Promise<void> {
    if (frozen.backend !== this.backend)
      throw new TypeError(`a machine of ${frozen.backend} for ${this.backend}`);
    this.channel.close("the machine was replaced");
    await this.emulator.restoreChanges(this.state, decodeState(new Uint8Array(frozen.state)));
    await this.emulator.run();
    await this.connect(frozen.lastId);
  }

  /** The agent does one thing after the other, so nothing here waits for what stands before it. */
  private async restore(): Promise<void> {
    this.channel.close("the machine was reset");
    await this.emulator.restore(this.state);
    await this.emulator.run();
    await this.emulator.takeMemory(V86_MEMORY_BYTES.most - this.options.memoryLimitBytes);
    await Promise.all([this.connect(0), this.openSession()]);
  }

  /** With the agent of a machine that has just been restored, and that has heard of requests up to `lastId`. */
  private async connect(lastId: number): Promise<void> {
    const port = { send: (bytes: Uint8Array) => this.emulator.send(bytes) };
    const channel = new AgentChannel(port, lastId, this.options.limits.output_bytes);
    this.channel = channel;
    await Promise.all([
      channel.connect(),
      channel.setClock(new Date()),
      // Two machines from one state would draw the same random numbers.
      channel.reseed(crypto.getRandomValues(new Uint8Array(SEED_BYTES))),
      channel.setHostname(this.options.hostname),
      channel.mountHost(this.folders.begin()),
    ]);
  }

  private get files(): AgentFiles {
    return new AgentFiles(this.channel);
  }

  private openSession(): Promise<void> {
    const { user, cwd, limits } = this.options;
    const env = sessionEnvironment(this.options);
    return this.channel.openSession({ ...sessionUser(user), cwd, env, limits });
  }
}
