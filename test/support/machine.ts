import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command, MachineOptions, Outcome } from "../../src/machine/machine.js";
import type { WasiHost } from "../../src/machine/wasi-host.js";
import * as memfsCore from "../../src/wasi/fs/memfs/core.js";
import { WasiMachine } from "../../src/wasi/machine/machine.js";

const IMAGES = join(import.meta.dirname, "../../images/wasi");
const modules = new Map<string, WebAssembly.Module>();

/** A host for machines that live in the test's own thread. */
export function testHost(log: (line: string) => void = () => {}): WasiHost {
  const readImage = (name: string) => new Uint8Array(readFileSync(join(IMAGES, name)));
  return {
    poll() {},
    defer: (callback) => void setImmediate(callback),
    loadProgram(name) {
      const known = modules.get(name);
      if (known !== undefined) return known;
      const module = new WebAssembly.Module(readImage(`${name}.wasm`));
      modules.set(name, module);
      return module;
    },
    readImage,
    manifest: JSON.parse(readFileSync(join(IMAGES, "manifest.json"), "utf8")),
    loadMemfs: () => memfsCore,
    log: (level, message, fields) => log(`${level}: ${message} ${JSON.stringify(fields ?? {})}`),
  };
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome: Outcome;
}

export function createMachine(options: Partial<MachineOptions> = {}, host = testHost()): WasiMachine {
  return new WasiMachine(
    { backend: "wasi", user: "root", env: {}, memoryLimitBytes: 512 << 20, hostname: "limpet", ...options },
    host,
  );
}

/** Runs one command to its end. */
export function runCommand(
  machine: WasiMachine,
  text: string,
  more: Partial<Command> = {},
): Promise<CommandResult> {
  const decoder = new TextDecoder();
  const output = { stdout: "", stderr: "" };
  return new Promise((resolve, reject) => {
    machine.run(
      { text, isolated: false, stdin: new Uint8Array(), ...more },
      {
        output(stream, bytes) {
          output[stream] += decoder.decode(bytes);
          return true;
        },
        done: (outcome) => resolve({ ...output, outcome }),
        failed: reject,
      },
    );
  });
}
