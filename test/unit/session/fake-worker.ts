/** The entry of a worker thread with a FakeMachine in it, as src/machine/worker.ts is for a real one. */
import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import type { Machine } from "../../../src/machine/machine.js";
import type { ToWorker } from "../../../src/machine/messages.js";
import { MachineServer } from "../../../src/machine/server.js";
import { FakeMachine } from "./fake-machine.js";

if (!parentPort) throw new Error("this file runs in a worker thread");
const port = parentPort;

const server = new MachineServer({
  post: (message, transfer = []) => port.postMessage(message, transfer),
  log: () => {},
  defer: (callback) => void setImmediate(callback),
  createMachine: (options) => new FakeMachine(options, poll) as Partial<Machine> as Machine,
});

function poll(): void {
  for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
    handle(received.message as ToWorker);
  }
  server.flush();
}

function handle(message: ToWorker): void {
  if (message.kind !== "prepare" && message.kind !== "modules") server.handle(message);
}

port.on("message", handle);
