/**
 * Makes dist/code-cache/v86: machine code of the emulator's functions that a start and a first command call, for the Node.js that
 * runs this. Run by scripts/build.mjs, in a process of its own because it changes V8's flags.
 *
 *   node make-v86-code-cache.js IMAGES DIST OUT
 */
import { DEFAULT_MEMORY_LIMIT_BYTES, HOSTNAME } from "../src/protocol/limits.js";
import { createV86Machine } from "../src/v86/machine.js";
import { loadState } from "../src/v86/saved-state.js";
import { CodeRecorder } from "./code-recorder.js";

const [images = "", dist = "", out = ""] = process.argv.slice(2);

const SCRIPTS = [
  "echo hi",
  "ls / | wc -l; cat /etc/hostname; x=$(date); for i in 1 2 3; do echo $i; done > /tmp/f",
  "python3 -c 'print(1.5 * 2)'; awk 'BEGIN { print 1 / 3 }'; sha256sum /tmp/f",
];

async function main(): Promise<void> {
  const recorder = new CodeRecorder(dist);
  const parts = { emulator: recorder.load("v86"), state: loadState(images, () => {}) };
  const options = { user: "root", env: {}, memoryLimitBytes: DEFAULT_MEMORY_LIMIT_BYTES, limits: {}, hostname: HOSTNAME, mounts: [] } as const;
  const machine = await createV86Machine({ backend: "v86", ...options }, { imagesPath: images, parts });
  for (const text of SCRIPTS) {
    await new Promise<void>((resolve, reject) => {
      const command = { text, isolated: false, stdin: new Uint8Array(0) };
      machine.run(command, { output: () => true, done: () => resolve(), failed: reject });
    });
  }
  await machine.reset(false);
  recorder.write(out);
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(`make-v86-code-cache: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
