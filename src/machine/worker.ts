/** A session's worker thread, after worker-start.ts: connects the thread's port to the machine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import { openHostDirectory } from "../mounts/open-directory.js";
import { WasiMachine } from "../wasi/machine/machine.js";
import type { FrozenV86 } from "./calls/snapshot.js";
import { ImageFolder } from "./image-folder.js";
import { loadBundle } from "./load-bundle.js";
import type { Machine, MachineOptions } from "./machine.js";
import { type FromWorker, isLogged, type LogLevel, type ToWorker, type V86Parts } from "./messages.js";
import { MachineServer } from "./server.js";
import { keepStdoutClean } from "./stdout-guard.js";
import type { WasiHost } from "./wasi-host.js";

if (!parentPort) throw new Error("this file runs in a worker thread");
const port = parentPort;

let images: ImageFolder | undefined;
let logLevel: LogLevel = "warn";
let v86Parts: V86Parts | Error | undefined;

function post(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void {
  if (isLogged(level, logLevel)) post({ kind: "log", entry: { level, message, ...(fields && { fields }) } });
}

function defer(callback: () => void): void {
  setImmediate(callback);
}

const server = new MachineServer({
  post,
  log,
  defer,
  createMachine: (options, from) =>
    options.backend === "v86"
      ? createV86(options, from?.backend === "v86" ? from : undefined)
      : new WasiMachine(options, createHost(), from?.backend === "wasi" ? from : undefined),
});

/** The emulator is a bundle of its own: most daemons never need it. */
function loadV86(): typeof import("../v86/machine.js") {
  return loadBundle(join(__dirname, "v86.js")) as typeof import("../v86/machine.js");
}

function createV86(options: MachineOptions, from: FrozenV86 | undefined): Promise<Machine> {
  if (!images || !v86Parts)
    throw new Error("the first message must be `prepare`, and `start` brings the parts");
  if (v86Parts instanceof Error) throw v86Parts;
  const host = {
    imagesPath: join(images.imagesPath, "../v86"),
    parts: v86Parts,
    openDirectory: openHostDirectory,
    loadMemfs: images.loadMemfs,
    reportBug: (error: unknown) =>
      log("error", "internal error in 9p", { detail: error instanceof Error ? error.stack : String(error) }),
  };
  return loadV86().createV86Machine(options, host, from);
}

function createHost(): WasiHost {
  if (!images) throw new Error("the first message must be `prepare`");
  const { loadProgram, readImage, readImagePart, expand, digest, loadMemfs, manifest } = images;
  return {
    poll,
    defer,
    log,
    loadProgram,
    readImage,
    readImagePart,
    expand,
    digest,
    loadMemfs,
    openDirectory: openHostDirectory,
    manifest,
    sessionImage: readSessionImage(),
    trace: isLogged("trace", logLevel) ? (line) => log("trace", line) : undefined,
  };
}

/** The image of a started shell, which the build makes; a session can do without. */
function readSessionImage(): Uint8Array | undefined {
  try {
    return readFileSync(join(__dirname, "session.image"));
  } catch {
    return undefined;
  }
}

function poll(): void {
  for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
    handle(received.message as ToWorker);
  }
  server.flush();
}

function handle(message: ToWorker): void {
  switch (message.kind) {
    case "prepare":
      logLevel = message.logLevel;
      images = new ImageFolder(message.imagesPath, {
        codeCachePath: message.codeCachePath,
        compiled: (name, module) => post({ kind: "compiled", name, module }),
      });
      // The main thread is busy with the parts meanwhile.
      if (message.backend === "v86") loadV86();
      return;
    case "modules":
      for (const [name, module] of Object.entries(message.modules)) images?.modules.set(name, module);
      return;
    case "start":
      v86Parts = message.v86;
      server.handle(message);
      return;
    default:
      server.handle(message);
  }
}

keepStdoutClean();
port.on("message", handle);
