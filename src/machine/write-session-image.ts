/** Run by the build: starts a session's shell once and keeps its state, so that sessions need not start it again. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_MEMORY_LIMIT_BYTES, HOSTNAME } from "../protocol/limits.js";
import { WasiMachine } from "../wasi/machine/machine.js";
import { ImageFolder } from "./image-folder.js";
import { SESSION_IMAGE } from "./session-image-file.js";

const { loadProgram, readImage, loadMemfs, manifest } = new ImageFolder(
  join(__dirname, "../images/wasi"),
  () => {},
);

const machine = new WasiMachine(
  { user: "root", env: {}, memoryLimitBytes: DEFAULT_MEMORY_LIMIT_BYTES, hostname: HOSTNAME },
  {
    poll() {},
    defer: (callback) => void setImmediate(callback),
    log: (level, message, fields) => console.error(level, message, fields ?? ""),
    loadProgram,
    readImage,
    loadMemfs,
    manifest,
  },
);

const PATIENCE_MS = 30_000;

function writeWhenStarted(): void {
  const image = machine.sessionImage();
  if (image) {
    writeFileSync(join(__dirname, SESSION_IMAGE), image);
    process.exit(0);
  }
  if (performance.now() > PATIENCE_MS) throw new Error("the shell does not start");
  setTimeout(writeWhenStarted, 5);
}

writeWhenStarted();
