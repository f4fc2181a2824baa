import type { FileCalls } from "./files.js";
import type { MountCalls } from "./mounts.js";
import type { SessionCalls } from "./session.js";
import type { SnapshotCalls } from "./snapshot.js";

/**
 * What a machine does at once and that has one result: one interface per area. The main thread asks for it by the method's name.
 * Argument and result can be posted between threads. Errors with an errno's name as their `code` are the guest's, all others ours.
 */
export interface MachineCalls extends FileCalls, MountCalls, SessionCalls, SnapshotCalls {}

export type CallName = keyof MachineCalls;
export type Call = { [Name in CallName]: CallOf<Name> }[CallName];

export interface CallOf<Name extends CallName> {
  readonly name: Name;
  readonly argument: Parameters<MachineCalls[Name]>[0];
}

export type CallResult<Name extends CallName> = Awaited<ReturnType<MachineCalls[Name]>>;
