/** The entry of a session's worker thread: connects the thread's port to the machine. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import { WasiMachine } from "../wasi/machine/machine.js";
import { type FromWorker, isLogged, type LogLevel, type ToWorker } from "./messages.js";
import { MachineServer } from "./server.js";
import { keepStdoutClean } from "./stdout-guard.js";
import type { WasiHost } from "./wasi-host.js";

if (!parentPort) throw new Error("this file runs in a worker thread");
const port = parentPort;

let imagesPath = "";
let logLevel: LogLevel = "warn";
const modules = new Map<string, WebAssembly.Module>();

function post(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void {
  if (!isLogged(level, logLevel)) return;
  post({ kind: "log", entry: { level, message, ...(fields && { fields }) } });
}

function readImage(name: string): Uint8Array {
  return readFileSync(join(imagesPath, name));
}

const wasiHost: WasiHost = {
  poll() {
    for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
      handle(received.message as ToWorker);
    }
    server.flush();
  },
  defer: (callback) => void setImmediate(callback),
  loadProgram(name) {
    let module = modules.get(name);
    if (!module) {
      module = new WebAssembly.Module(readImage(`${name}.wasm`) as Uint8Array<ArrayBuffer>);
      modules.set(name, module);
      post({ kind: "compiled", name, module });
    }
    return module;
  },
  readImage,
  get manifest() {
    return JSON.parse(new TextDecoder().decode(readImage("manifest.json")));
  },
  get sessionImage() {
    const file = join(__dirname, "session.image");
    return existsSync(file) ? readFileSync(file) : undefined;
  },
  loadMemfs: () => createRequire(__filename)("./memfs.js"),
  get trace() {
    return isLogged("trace", logLevel) ? (line: string) => log("trace", line) : undefined;
  },
  log,
};

const server = new MachineServer({
  post,
  log,
  defer: wasiHost.defer,
  createMachine: (options) => new WasiMachine(options, wasiHost),
});

function handle(message: ToWorker): void {
  switch (message.kind) {
    case "prepare":
      imagesPath = message.imagesPath;
      logLevel = message.logLevel;
      return;
    case "modules":
      for (const [name, module] of Object.entries(message.modules)) modules.set(name, module);
      return;
    default:
      server.handle(message);
  }
}

keepStdoutClean();
port.on("message", handle);
