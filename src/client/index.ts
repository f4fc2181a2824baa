/**
 * Limpet for TypeScript and JavaScript: speaks the protocol to a daemon, usually one that it starts itself. Options and results
 * have the names of the protocol's fields (protocol.md).
 */
export type { ChangeEvent, Event, OutputEvent, RequestType } from "../protocol/messages/index.js";
export type { StartOptions } from "./daemon-process.js";
export {
  CancelledError,
  DaemonGoneError,
  FileError,
  LimpetError,
  RequestError,
  SessionLostError,
} from "./errors.js";
export { EventStream } from "./event-stream.js";
export { Limpet } from "./limpet.js";
export type { CallOptions, Fields, Options, Result } from "./messages.js";
export { type OutputChunk, type OutputOptions, Process } from "./process.js";
export { Session, type ShellResult } from "./session.js";
