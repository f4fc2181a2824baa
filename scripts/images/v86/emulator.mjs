// The machine that the images are for, in v86, as make-state.mjs boots it.

import fs from "node:fs";
import path from "node:path";
import { V86 } from "v86";
import { root } from "../recipe-hash.mjs";
import { importTypeScript } from "./import-ts.mjs";

const { ChunkedDisk } = await importTypeScript("src/v86/chunked-disk.ts");

function bufferOf(file) {
  return { buffer: Uint8Array.from(fs.readFileSync(file)).buffer };
}

/** A disk image in chunks as the drive that v86 asks. The guest mounts it read-only: nothing is ever written. */
class Drive {
  constructor(file) {
    this.disk = new ChunkedDisk(fs.openSync(file, "r"));
    this.byteLength = this.disk.byteLength;
  }
  load() {
    this.onload?.({});
  }
  get(start, length, done) {
    done(this.disk.read(start, length));
  }
  get_from_cache(start, length) {
    return this.disk.read(start, length);
  }
  get_and_cache(start, length, done) {
    done(this.disk.read(start, length));
  }
  set(_start, _bytes, done) {
    done();
  }
  get_buffer(done) {
    done();
  }
  get_state() {
    return [this.byteLength];
  }
  set_state() {}
}

/**
 * Boots the kernel with the root filesystem.
 * @param {{ megabytes: number, kernel: string, bios: string, drive: string }} machine
 * @param {{ console: (text: string) => void, channel: (bytes: Uint8Array) => void }} outputs
 */
export async function boot({ megabytes, kernel, bios, drive }, outputs) {
  const emulator = new V86({
    wasm_path: path.join(root, "node_modules/v86/build/v86.wasm"),
    memory_size: megabytes << 20,
    vga_memory_size: 1 << 20,
    bios: bufferOf(bios),
    bzimage: bufferOf(kernel),
    // The disk is there once the kernel is: no time goes into looking for others.
    cmdline: "console=ttyS0 quiet tsc=reliable panic=-1",
    hda: new Drive(drive),
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
  });
  emulator.add_listener("serial0-output-byte", (byte) => outputs.console(String.fromCharCode(byte)));
  emulator.add_listener("virtio-console0-output-bytes", (bytes) => outputs.channel(bytes));
  await new Promise((resolve) => emulator.add_listener("emulator-loaded", resolve));
  await emulator.run();
  return {
    emulator,
    send: (bytes) => emulator.bus.send("virtio-console0-input-bytes", bytes),
  };
}
