import type { Outcome } from "../../machine/machine.js";
import { signalName } from "../abi/linux/signal.js";
import { endingSignal, exitCode } from "../kernel/lifecycle.js";
import type { WaitStatus } from "../kernel/process.js";

export function toOutcome(status: WaitStatus): Outcome {
  const signal = endingSignal(status);
  return signal === 0
    ? { kind: "exit", code: exitCode(status) }
    : { kind: "signal", signal: signalName(signal) };
}
