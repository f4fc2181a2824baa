import { CommandTask } from "./command-task.js";
import type { Command, Machine, MachineOptions, WriteFile } from "./machine.js";
import type { Call, CallError, CallResults, OutputPlan, ToWorker } from "./messages.js";
import type { ServerHost } from "./server-host.js";
import { ownBytes, transferable } from "./transfer.js";

type MachineMessage = Exclude<ToWorker, { kind: "prepare" | "modules" }>;

/** Carries out what the main thread asks of the machine. Plain calls only: it also works while a guest is on the stack. */
export class MachineServer {
  private machine: Machine | undefined;
  private refusal: unknown;
  /** Making the machine runs its shell, and what comes in meanwhile is done afterwards. */
  private starting = false;
  private readonly early: MachineMessage[] = [];
  private task: CommandTask | undefined;

  constructor(private readonly host: ServerHost) {}

  handle(message: MachineMessage): void {
    if (this.starting) {
      this.early.push(message);
      return;
    }
    switch (message.kind) {
      case "start":
        this.start(message.options);
        return;
      case "run":
        this.run(message.request, message.command, message.output);
        return;
      case "kill":
        if (this.task?.request === message.request) this.task.kill();
        return;
      case "credit":
        if (this.task?.request === message.request) this.task.credit(message.bytes);
        return;
      case "call":
        this.call(message.request, message.call);
        return;
    }
  }

  /** Sends on output that has been collected. */
  flush(): void {
    this.task?.flush();
  }

  /** A setting that the machine refuses, such as a directory that does not exist, fails the first request instead. */
  private start(options: MachineOptions): void {
    this.machine = undefined;
    this.refusal = undefined;
    this.starting = true;
    const begin = (): void => {
      this.starting = false;
      this.host.post({ kind: "started" });
      for (const message of this.early.splice(0)) this.handle(message);
    };
    whenDone(
      () => this.host.createMachine(options),
      (machine) => {
        this.machine = machine;
        begin();
      },
      (error) => {
        if (errnoOf(error) === undefined) throw error;
        this.refusal = error;
        begin();
      },
    );
  }

  private run(request: number, command: Command, plan: OutputPlan): void {
    const refuse = (error: unknown): void =>
      this.host.post({ kind: "refused", request, error: this.describe(error) });
    const finished = (): void => {
      if (this.task === task) this.task = undefined;
    };
    const task = new CommandTask(request, plan, this.host, finished, refuse);
    this.task = task;
    try {
      task.start(this.startedMachine, command);
    } catch (error) {
      this.task = undefined;
      refuse(error);
    }
  }

  private call(request: number, call: Call): void {
    const returned = (value: CallResults[keyof CallResults]): void => {
      const bytes = value !== undefined && typeof value === "object" && "bytes" in value ? [value.bytes] : [];
      this.host.post({ kind: "returned", request, value }, transferable(bytes));
    };
    const threw = (error: unknown): void =>
      this.host.post({ kind: "threw", request, error: this.describe(error) });
    switch (call.name) {
      case "read_file":
        whenDone(
          () => this.startedMachine.readFile(call.file),
          (content) => returned({ ...content, bytes: ownBytes(content.bytes) }),
          threw,
        );
        return;
      case "write_files":
        whenDone(
          () => this.startedMachine,
          (machine) => writeFiles(machine, call.files, 0, returned, threw),
          threw,
        );
        return;
      case "reset":
        whenDone(
          () => this.startedMachine.reset(call.keepFiles),
          () => returned(undefined),
          threw,
        );
        return;
      case "status":
        whenDone(() => this.startedMachine.status(), returned, threw);
        return;
    }
  }

  private get startedMachine(): Machine {
    if (!this.machine) throw this.refusal ?? new Error("the machine has not been started");
    return this.machine;
  }

  private describe(error: unknown): CallError {
    if (error instanceof FileFailed) return { ...this.describe(error.cause), path: error.path };
    const code = errnoOf(error);
    if (code !== undefined) return { code, message: (error as Error).message };
    this.host.log("error", "internal error", {
      detail: error instanceof Error ? error.stack : String(error),
    });
    return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
  }
}

/** One file after the other, up to the first that fails. `written`: bytes so far. */
function writeFiles(
  machine: Machine,
  files: readonly WriteFile[],
  written: number,
  returned: (written: number) => void,
  threw: (error: unknown) => void,
): void {
  const [file, ...rest] = files;
  if (file === undefined) return returned(written);
  whenDone(
    () => machine.writeFile(file),
    (bytes) => writeFiles(machine, rest, written + bytes, returned, threw),
    (error) => threw(new FileFailed(file.path, error)),
  );
}

/** Runs `action` and calls back with its result: at once, so that the event loop is not needed, or when its promise is settled. */
function whenDone<Value>(
  action: () => Value | Promise<Value>,
  done: (value: Value) => void,
  failed: (error: unknown) => void,
): void {
  let result: Value | Promise<Value>;
  try {
    result = action();
  } catch (error) {
    failed(error);
    return;
  }
  if (result instanceof Promise) void result.then(done, failed);
  else done(result);
}

/** The name of the errno, if the error is one. */
function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return undefined;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

class FileFailed extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super();
  }
}
