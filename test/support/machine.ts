import { join } from "node:path";
import type { FrozenWasi } from "../../src/machine/calls/snapshot.js";
import { ImageFolder } from "../../src/machine/image-folder.js";
import type { Command, MachineOptions, Outcome } from "../../src/machine/machine.js";
import type { WasiHost } from "../../src/machine/wasi-host.js";
import { openHostDirectory } from "../../src/mounts/open-directory.js";
import * as memfsCore from "../../src/wasi/fs/memfs/core.js";
import { WasiMachine } from "../../src/wasi/machine/machine.js";

const images = new ImageFolder(join(import.meta.dirname, "../../images/wasi"));

/** A host for machines that live in the test's own thread. */
export function testHost(log: (line: string) => void = () => {}): WasiHost {
  const { loadProgram, readImage, readImagePart, expand, digest, manifest } = images;
  return {
    poll() {},
    defer: (callback) => void setImmediate(callback),
    loadProgram,
    readImage,
    readImagePart,
    expand,
    digest,
    manifest,
    openDirectory: openHostDirectory,
    loadMemfs: () => memfsCore,
    log: (level, message, fields) => log(`${level}: ${message} ${JSON.stringify(fields ?? {})}`),
  };
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome: Outcome;
}

export function createMachine(
  options: Partial<MachineOptions> = {},
  host = testHost(),
  from?: FrozenWasi,
): WasiMachine {
  return new WasiMachine(
    {
      backend: "wasi",
      user: "root",
      env: {},
      memoryLimitBytes: 512 << 20,
      limits: {},
      hostname: "limpet",
      mounts: [],
      ...options,
    },
    host,
    from,
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
