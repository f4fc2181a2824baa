import { V86 } from "v86";
import type { ChunkedDisk } from "./chunked-disk.js";

/**
 * The only file that knows the inside of the `v86` package, which is pinned to one version: what it calls on a drive, its bus,
 * and two of its tuning knobs. test/unit/v86/emulator.test.ts fails when another version has changed any of it.
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
  add_listener(event: "virtio-console0-output-bytes", listener: (bytes: Uint8Array) => void): void;
}

interface EmulatorExports extends WebAssembly.Exports {
  readonly set_jit_config?: (setting: number, value: number) => void;
}

/** Setting of `set_jit_config`: how many pages of code are compiled in one piece. */
const JIT_MAX_PAGES = 1;

/**
 * `i32.const 200000`: how often code is entered before v86 compiles it. Its default is meant for machines that run for long;
 * most of what a short command runs is not worth compiling.
 */
const THRESHOLD = Uint8Array.of(0x41, 0xc0, 0x9a, 0x0c);
/** `i32.const 1000000`, of the same length. */
const HIGHER_THRESHOLD = Uint8Array.of(0x41, 0xc0, 0x84, 0x3d);

export interface MachineShape {
  readonly memoryBytes: number;
  readonly disk: ChunkedDisk;
}

/** A PC whose state is put in place by `restore`. Its virtio console is the channel to the guest's agent. */
export class Emulator {
  private constructor(private readonly v86: V86 & Internals) {}

  /** `receive` takes what the guest writes to its console. */
  static async create(
    module: WebAssembly.Module,
    { memoryBytes, disk }: MachineShape,
    receive: (bytes: Uint8Array) => void,
  ): Promise<Emulator> {
    const v86 = new V86({
      wasm_fn: async (imports: WebAssembly.Imports) => instantiate(module, imports),
      memory_size: memoryBytes,
      vga_memory_size: 1 << 20,
      hda: new Drive(disk),
      virtio_console: true,
      virtio_balloon: true,
      net_device: { type: "virtio" },
      filesystem: { handle9p: () => {} },
      acpi: false,
      fastboot: true,
      disable_keyboard: true,
      disable_mouse: true,
      disable_speaker: true,
      autostart: false,
    } as unknown as ConstructorParameters<typeof V86>[0]) as V86 & Internals;
    v86.add_listener("virtio-console0-output-bytes", receive);
    await new Promise<void>((resolve) => v86.add_listener("emulator-loaded", () => resolve()));
    return new Emulator(v86);
  }

  /** Sends up to 4 KiB to the guest's port, which has 16 buffers; what there is no buffer for is dropped. */
  send(bytes: Uint8Array): void {
    this.v86.bus.send("virtio-console0-input-bytes", bytes);
  }

  /** Goes on from `state`, whatever the machine did before. */
  async restore(state: SharedArrayBuffer): Promise<void> {
    await this.v86.stop();
    await this.v86.restore_state(new Uint8Array(state).slice().buffer);
    await this.v86.run();
  }
}

async function instantiate(
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Exports> {
  const { exports } = await WebAssembly.instantiate(module, imports);
  (exports as EmulatorExports).set_jit_config?.(JIT_MAX_PAGES, 1);
  return exports;
}

/** The emulator's code with a higher threshold for compiling; undefined when the place for that is not found exactly once. */
export function tune(wasm: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const code = Buffer.from(wasm);
  const at = code.indexOf(THRESHOLD);
  if (at < 0 || code.indexOf(THRESHOLD, at + 1) >= 0) return undefined;
  code.set(HIGHER_THRESHOLD, at);
  return new Uint8Array(code);
}
