import type { MachineStatus } from "../machine/calls/session.js";
import type { Frozen } from "../machine/calls/snapshot.js";
import type { MachineOptions } from "../machine/machine.js";
import type { SessionProcesses } from "./session-processes.js";
import type { CallTask, TaskEnd } from "./task.js";

/** A session without work is more than its files and its shell when it has processes, or what it has done to a mounted directory. */
export function mayHibernate({ backend, mounts }: MachineOptions, processes: SessionProcesses): boolean {
  if (backend !== "wasi" || mounts.some(({ mode }) => mode !== "ro")) return false;
  return processes.all().every(({ closed }) => closed);
}

/**
 * Has a machine frozen by tasks that `begin` gets. `done` is told what it was, or undefined when it has processes of its own, or
 * cannot be frozen; and whether an answer is still to say that state was lost.
 */
export function takeOut(
  begin: (task: CallTask) => void,
  done: (frozen: Frozen | undefined, status: MachineStatus | undefined, stateLost: boolean) => void,
): void {
  begin(
    callTask({ name: "status", argument: {} }, (end: TaskEnd<MachineStatus>) => {
      const status = end.kind === "finished" ? end.value : undefined;
      if (status?.processes !== 0) return done(undefined, status, lostIn(end));
      begin(
        callTask({ name: "freeze", argument: {} }, (frozen: TaskEnd<Frozen>) => {
          const all = frozen.kind === "finished" && frozen.value.processesDropped === 0;
          done(all ? frozen.value : undefined, status, lostIn(end) || lostIn(frozen));
        }),
      );
    }),
  );
}

function lostIn(end: TaskEnd<unknown>): boolean {
  return "stateLost" in end && end.stateLost;
}

function callTask<Value>(call: CallTask["call"], settle: (end: TaskEnd<Value>) => void): CallTask {
  return { kind: "call", call, transfer: [], settle: settle as CallTask["settle"] };
}
