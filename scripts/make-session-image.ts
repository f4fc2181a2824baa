/**
 * Starts a session's shell and writes it, waiting for its first command, to dist/session.image; run by scripts/build.mjs.
 *
 *   node make-session-image.js IMAGES OUT
 */
import { writeFileSync } from "node:fs";
import { ImageFolder } from "../src/machine/image-folder.js";
import { WasiMachine } from "../src/wasi/machine/machine.js";

const [images = "", out = ""] = process.argv.slice(2);
const { loadProgram, readImage, readImagePart, expand, digest, manifest } = new ImageFolder(images);

const machine = new WasiMachine(
  { backend: "wasi", user: "root", env: {}, memoryLimitBytes: 1 << 30, limits: {}, hostname: "limpet", mounts: [] },
  {
    poll() {},
    defer: (callback) => void setImmediate(callback),
    loadProgram,
    readImage,
    readImagePart,
    expand,
    digest,
    manifest,
    openDirectory() {
      throw new Error("nothing is mounted");
    },
    loadMemfs() {
      throw new Error("the shell writes no file when it starts");
    },
    log(level, message) {
      if (level === "error") throw new Error(message);
    },
  },
);

const deadline = Date.now() + 30_000;
function look(): void {
  const image = machine.sessionImage();
  if (image !== undefined) {
    writeFileSync(out, image);
    process.exit(0);
  }
  if (Date.now() > deadline) throw new Error("the shell did not start");
  setImmediate(look);
}
look();
