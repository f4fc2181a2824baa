import { setTimeout as sleep } from "node:timers/promises";
import { V86 } from "v86";
import type { ChunkedDisk } from "./chunked-disk.js";
import { HARDWARE } from "./hardware.js";
import { findChanges, findRuns, type MachineState, PAGE_BYTES } from "./machine-state.js";

/**
 * The only file that knows the inside of the `v86` package, which is pinned to one version: what it calls on a drive, its bus,
 * its processor, three of its devices and a tuning knob. test/unit/v86/emulator.test.ts fails when another version has changed any of it.
 */

/** What v86 calls on a drive. The guest mounts it read-only, and its content is no part of a saved state. */
class Drive {
  onload: ((event: object) => void) | undefined;
  readonly byteLength: number;

  constructor(private readonly disk: ChunkedDisk) {
    this.byteLength = disk.byteLength;
  }

  load(): void {
    this.onload?.({});
  }
  get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(this.disk.read(start, length));
  }
  get_from_cache(start: number, length: number): Uint8Array {
    return this.disk.read(start, length);
  }
  get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(this.disk.read(start, length));
  }
  set(_start: number, _bytes: Uint8Array, done: () => void): void {
    done();
  }
  get_buffer(done: () => void): void {
    done();
  }
  get_state(): number[] {
    return [this.byteLength];
  }
  set_state(): void {}
}

/** What of the emulator its types do not tell. */
interface Internals {
  readonly bus: { send(event: string, data: Uint8Array): void };
  readonly v86: MainLoop;
  add_listener(event: "virtio-console0-output-bytes", listener: (bytes: Uint8Array) => void): void;
}

interface MainLoop {
  readonly cpu: Processor;
  /** Goes on with `yield_callback` in so many milliseconds. */
  yield(ms: number, tick: number): void;
  yield_callback(tick: number): void;
}

interface Processor {
  readonly wasm_memory: WebAssembly.Memory;
  /** Where the guest's memory lies in that of the emulator. */
  readonly mem8: { readonly byteOffset: number; readonly length: number };
  is_memory_zeroed(address: number, length: number): number;
  readonly devices: { readonly virtio_console: VirtioConsole; readonly virtio_balloon: Balloon };
  /** What a saved state has of the guest's memory, and how it gets there again. */
  pack_memory(): { packed_memory: Uint8Array; bitmap: { get_buffer(): ArrayBuffer } };
  unpack_memory(): void;
}

/** Takes memory away from the guest, in pages. */
interface Balloon {
  /** What it should have, and what it has. */
  readonly num_pages: number;
  readonly actual: number;
  Inflate(pages: number): void;
}

interface VirtioConsole {
  SendEvent(port: number, event: number, value: number): void;
}

/** The event by which the console tells the guest that a port is a terminal. */
const CONSOLE_PORT = 4;

interface EmulatorExports extends WebAssembly.Exports {
  readonly set_jit_config?: (setting: number, value: number) => void;
}

/** Setting of `set_jit_config`: how many pages of code are compiled in one piece. */
const JIT_MAX_PAGES = 1;

export interface MachineShape {
  readonly memoryBytes: number;
  readonly disk: ChunkedDisk;
  /** What a machine needs that boots. */
  readonly firmware?: Firmware;
}

export interface Firmware {
  readonly bios: ArrayBuffer;
  readonly kernel: ArrayBuffer;
  readonly commandLine: string;
}

export interface Outputs {
  /** Takes what the guest writes to its virtio console, the channel to its agent. */
  channel(bytes: Uint8Array): void;
  /** Answers a request of the guest's for files of the host (9P). */
  files?(request: Uint8Array): Uint8Array;
  /** Takes what the kernel writes to its serial console. */
  messages?(byte: number): void;
}

/** As much as is looked at in one piece when memory is cleared. */
const ZEROS = new Uint8Array(64 * 1024);
/** A machine that has not run has something in its lowest memory only. */
const LOWEST_BYTES = 1 << 20;
const BALLOON_LOOK_MS = 5;

/** A PC that boots, or that goes on from a saved state. */
export class Emulator {
  /** Above this the guest's memory is as it was allocated. Even looking there costs page faults. */
  private touched = LOWEST_BYTES;

  private constructor(private readonly v86: V86 & Internals) {
    // The guest's memory is no part of what v86 saves and restores: `restore` copies it once instead of three times, and does
    // not write zeros where there are zeros.
    this.cpu.pack_memory = () => ({
      packed_memory: new Uint8Array(),
      bitmap: { get_buffer: () => new ArrayBuffer() },
    });
    this.cpu.unpack_memory = () => {};
    makePlainPorts(this.cpu.devices.virtio_console);
    sleepLongEnough(this.v86.v86);
  }

  static async create(
    module: WebAssembly.Module,
    { memoryBytes, disk, firmware }: MachineShape,
    outputs: Outputs,
  ): Promise<Emulator> {
    const v86 = new V86({
      wasm_fn: async (imports: WebAssembly.Imports) => instantiate(module, imports),
      memory_size: memoryBytes,
      hda: new Drive(disk),
      fastboot: true,
      ...HARDWARE,
      filesystem: {
        handle9p: (request: Uint8Array, reply: (answer: Uint8Array) => void) => {
          if (outputs.files) reply(outputs.files(request));
        },
      },
      autostart: false,
      ...(firmware && {
        bios: { buffer: firmware.bios },
        bzimage: { buffer: firmware.kernel },
        cmdline: firmware.commandLine,
      }),
    } as unknown as ConstructorParameters<typeof V86>[0]) as V86 & Internals;
    v86.add_listener("virtio-console0-output-bytes", (bytes) => outputs.channel(bytes));
    if (outputs.messages) v86.add_listener("serial0-output-byte", (byte: number) => outputs.messages?.(byte));
    await new Promise<void>((resolve) => v86.add_listener("emulator-loaded", () => resolve()));
    return new Emulator(v86);
  }

  /** Sends up to 4 KiB to the guest's port, which has 16 buffers; what there is no buffer for is dropped. */
  send(bytes: Uint8Array): void {
    this.v86.bus.send("virtio-console0-input-bytes", bytes);
  }

  /** Instructions that the guest has carried out, modulo 2^32. */
  get instructions(): number {
    return this.v86.get_instruction_counter() >>> 0;
  }

  /** Boots, or goes on from where the machine stands. */
  async run(): Promise<void> {
    await this.v86.run();
  }

  /** Stops the machine. */
  async save(): Promise<MachineState> {
    await this.v86.stop();
    const { cpu, memory } = this;
    const runs = findRuns(memory, (page) => cpu.is_memory_zeroed(page * PAGE_BYTES, PAGE_BYTES) !== 0);
    return { memoryBytes: memory.length, devices: new Uint8Array(await this.v86.save_state()), runs };
  }

  /** Stops the machine. The pages are those that are not as in `base`, with their bytes where they lie. */
  async saveChanges(base: MachineState): Promise<MachineState> {
    await this.v86.stop();
    const { memory } = this;
    const devices = new Uint8Array(await this.v86.save_state());
    return { memoryBytes: memory.length, devices, runs: findChanges(memory, base.runs) };
  }

  /** Stops the machine and puts it where `changes` were saved over `base`, whatever it did before. */
  async restoreChanges(base: MachineState, { devices, runs }: MachineState): Promise<void> {
    await this.restore({ ...base, devices });
    for (const { firstPage, bytes } of runs) this.memory.set(bytes, firstPage * PAGE_BYTES);
  }

  /** Stops the machine and puts it where `state` was saved, whatever it did before. */
  async restore({ devices, runs }: MachineState): Promise<void> {
    await this.v86.stop();
    await this.v86.restore_state(devices.slice().buffer);
    const { memory } = this;
    let end = 0;
    for (const { firstPage, bytes } of runs) {
      const start = firstPage * PAGE_BYTES;
      this.clear(end, start);
      memory.set(bytes, start);
      end = start + bytes.length;
    }
    this.clear(end, memory.length);
    this.touched = memory.length;
  }

  /** Takes memory away from the guest; resolves when it has given it up. About 2 ms per MiB. */
  async takeMemory(bytes: number): Promise<void> {
    const balloon = this.cpu.devices.virtio_balloon;
    if (bytes > 0) balloon.Inflate(Math.ceil(bytes / PAGE_BYTES));
    while (balloon.actual !== balloon.num_pages) await sleep(BALLOON_LOOK_MS);
  }

  private get cpu(): Processor {
    return this.v86.v86.cpu;
  }

  private get memory(): Uint8Array {
    const { wasm_memory, mem8 } = this.cpu;
    return new Uint8Array(wasm_memory.buffer, mem8.byteOffset, mem8.length);
  }

  /** Memory that has never been written to costs the host nothing, and stays so. */
  private clear(start: number, end: number): void {
    const { memory } = this;
    const stop = Math.min(end, this.touched);
    for (let at = start; at < stop; at += ZEROS.length) {
      const part = memory.subarray(at, Math.min(at + ZEROS.length, stop));
      if (Buffer.compare(part, ZEROS.subarray(0, part.length)) !== 0) part.fill(0);
    }
  }
}

/** v86 sleeps for the milliseconds that are left, rounded down, and spins through the rest of the last. */
function sleepLongEnough(loop: MainLoop): void {
  loop.yield = (ms, tick) => {
    if (ms < 1) setImmediate(() => loop.yield_callback(tick));
    else setTimeout(() => loop.yield_callback(tick), Math.ceil(ms));
  };
}

/** A port that is no terminal is several times as fast. The guest is told when it boots, and has it in its saved state. */
function makePlainPorts(virtioConsole: VirtioConsole): void {
  const send = virtioConsole.SendEvent;
  virtioConsole.SendEvent = (port, event, value) => {
    if (event !== CONSOLE_PORT) send.call(virtioConsole, port, event, value);
  };
}

async function instantiate(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Exports> {
  const { exports } = await WebAssembly.instantiate(module, imports);
  (exports as EmulatorExports).set_jit_config?.(JIT_MAX_PAGES, 1);
  return exports;
}
