import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Command,
  CommandObserver,
  FileContent,
  Machine,
  MachineOptions,
  MachineStatus,
  ReadFile,
  RunningCommand,
  WriteFile,
} from "../machine/machine.js";
import type { V86Parts } from "../machine/messages.js";
import { sessionEnvironment, sessionUser } from "../machine/session-environment.js";
import { AgentChannel } from "./agent/channel.js";
import { ChunkedDisk } from "./chunked-disk.js";
import { Emulator, tune } from "./emulator.js";
import type { V86Host } from "./host.js";
import { chooseState, loadState, type SavedState } from "./saved-state.js";

/** The root filesystem. */
const DISK = "root.img";
const SEED_BYTES = 64;

/** A machine that has been restored and in which a session is open. */
export async function createV86Machine(options: MachineOptions, host: V86Host): Promise<Machine> {
  const saved = chooseState(host.imagesPath, options.memoryLimitBytes);
  const parts = host.parts ?? loadParts(host, saved);
  const machine = await V86Machine.create(options, host, saved, parts);
  await machine.reset(false);
  return machine;
}

function loadParts(host: V86Host, saved: SavedState): V86Parts {
  const wasm = readFileSync(host.emulatorPath);
  const tuned = tune(wasm);
  if (!tuned)
    host.log("warn", "this version of v86 is not one that we know how to tune: commands take longer");
  const parts = { emulator: new WebAssembly.Module(tuned ?? wasm), state: loadState(host, saved) };
  host.loaded(parts);
  return parts;
}

/** The `v86` backend: Debian on a real Linux kernel in an emulated PC, which its agent (guest/v86/agent) does the work in. */
class V86Machine implements Machine {
  readonly backend = "v86";
  private channel = new AgentChannel({ send: () => {} });

  private constructor(
    private readonly options: MachineOptions,
    private readonly state: SharedArrayBuffer,
    private readonly emulator: Emulator,
  ) {}

  static async create(
    options: MachineOptions,
    { imagesPath }: V86Host,
    { memoryBytes }: SavedState,
    { emulator: module, state }: V86Parts,
  ): Promise<V86Machine> {
    const disk = new ChunkedDisk(openSync(join(imagesPath, DISK), "r"));
    const shape = { memoryBytes, disk };
    const receive = (bytes: Uint8Array): void => machine.channel.receive(bytes);
    const emulator = await Emulator.create(module, shape, receive);
    const machine: V86Machine = new V86Machine(options, state, emulator);
    return machine;
  }

  run(command: Command, observer: CommandObserver): RunningCommand {
    return this.channel.run(command, observer);
  }

  readFile(request: ReadFile): Promise<FileContent> {
    return this.channel.readFile(request);
  }

  writeFile(request: WriteFile): Promise<number> {
    return this.channel.writeFile(request);
  }

  async reset(keepFiles: boolean): Promise<void> {
    if (!keepFiles) await this.restore();
    const { user, cwd } = this.options;
    const env = sessionEnvironment(this.options);
    await this.channel.openSession({ ...sessionUser(user), cwd, env });
  }

  async status(): Promise<MachineStatus> {
    const { totalBytes, availableBytes, processes } = await this.channel.status();
    return {
      memoryUsedBytes: totalBytes - availableBytes,
      memoryLimitBytes: totalBytes,
      processes,
      unknownSyscalls: {},
    };
  }

  /** Two machines from one state have the same clock and would draw the same random numbers. */
  private async restore(): Promise<void> {
    this.channel.close("the machine was reset");
    await this.emulator.restore(this.state);
    this.channel = new AgentChannel({ send: (bytes) => this.emulator.send(bytes) });
    await this.channel.connect();
    await this.channel.setClock(new Date());
    await this.channel.reseed(crypto.getRandomValues(new Uint8Array(SEED_BYTES)));
    await this.channel.setHostname(this.options.hostname);
  }
}
