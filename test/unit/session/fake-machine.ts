import {
  type FileContent,
  FileFailure,
  type ReadFile,
  type WriteFile,
} from "../../../src/machine/calls/files.js";
import type { MachineStatus } from "../../../src/machine/calls/session.js";
import type {
  Command,
  CommandObserver,
  Machine,
  MachineOptions,
  OutputStream,
  RunningCommand,
} from "../../../src/machine/machine.js";

/**
 * A machine with the faults that a real one should never have, one word per command, to test what stands in front of it:
 *
 *   echo TEXT | exit N | cat | count | env NAME     what a shell does; `count` says how many commands this machine has run
 *   sleep MS | spin                                 end at the deadline or when killed; spin computes and only polls
 *   write STREAM BASE64...                          one write per word
 *   flood BYTES                                     writes as long as it may, then waits
 *   hang | stubborn | crash | lose | refuse         never polls | ignores kill | kills its thread | breaks | cannot start
 *   doom                                            ends well, and kills its thread a moment later
 */
export class FakeMachine implements Partial<Machine> {
  readonly backend = "wasi";
  private readonly files = new Map<string, Uint8Array>();
  private commands = 0;

  constructor(
    private readonly options: MachineOptions,
    private readonly poll: () => void,
  ) {
    if (options.cwd === "/missing") throw errno("ENOENT", "No such file or directory");
  }

  run(command: Command, observer: CommandObserver): RunningCommand {
    const [word = "", ...rest] = command.text.split(" ");
    this.commands++;
    const exit = (code: number) => observer.done({ kind: "exit", code });
    const print = (text: string, stream: OutputStream = "stdout") =>
      observer.output(stream, Buffer.from(text));
    const killed = () => observer.done({ kind: "signal", signal: "SIGTERM" });
    const running = { kill: killed, resume: () => {} };
    switch (word) {
      case "echo":
        print(`${rest.join(" ")}\n`);
        exit(0);
        return running;
      case "exit":
        exit(Number(rest[0]));
        return running;
      case "cat":
        observer.output("stdout", command.stdin);
        exit(0);
        return running;
      case "count":
        print(String(this.commands));
        exit(0);
        return running;
      case "env":
        print(String(command.env?.[rest[0] ?? ""] ?? this.options.env[rest[0] ?? ""]));
        exit(0);
        return running;
      case "sleep": {
        const timer = setTimeout(() => exit(0), Number(rest[0]));
        const kill = (): void => {
          clearTimeout(timer);
          killed();
        };
        return { kill, resume: () => {} };
      }
      case "spin":
        return this.spin(killed, rest);
      case "write":
        for (const part of rest.slice(1))
          observer.output(rest[0] as OutputStream, Buffer.from(part, "base64"));
        exit(0);
        return running;
      case "flood":
        return flood(Number(rest[0]), observer);
      case "hang":
        for (;;);
      case "stubborn":
        print("so far");
        return { kill: () => {}, resume: () => {} };
      case "crash":
        setImmediate(() => {
          throw new Error("a defect");
        });
        return running;
      case "doom":
        setTimeout(() => {
          throw new Error("a late defect");
        }, 50);
        exit(0);
        return running;
      case "lose":
        observer.done({ kind: "lost", reason: "a defect" });
        return running;
      case "refuse":
        throw errno("ENOENT", "No such file or directory");
      default:
        throw new Error(`no such fake command: ${word}`);
    }
  }

  readFile({ path, offset, length }: ReadFile): FileContent {
    const file = this.files.get(path);
    if (!file) throw errno("ENOENT", "No such file or directory");
    const bytes = file.subarray(offset, length === undefined ? undefined : offset + length);
    return { bytes, size: file.length, mode: 0o644, mtimeMs: 0 };
  }

  writeFiles(files: readonly WriteFile[]): number {
    let written = 0;
    for (const { path, bytes } of files) {
      if (path === "/full") throw new FileFailure(path, errno("ENOSPC", "No space left on device"));
      this.files.set(path, bytes);
      written += bytes.length;
    }
    return written;
  }

  reset({ keepFiles }: { readonly keepFiles: boolean }): void {
    this.commands = 0;
    if (!keepFiles) this.files.clear();
  }

  status(): MachineStatus {
    return { memoryUsedBytes: 1, memoryLimitBytes: 2, processes: 0, limits: [], unknownSyscalls: {} };
  }

  /** Computes in a stack of its own, as a guest does: messages only get in through `poll`. */
  private spin(killed: () => void, _rest: readonly string[]): RunningCommand {
    let stopped = false;
    setImmediate(() => {
      while (!stopped) this.poll();
      killed();
    });
    return {
      kill: () => {
        stopped = true;
      },
      resume: () => {},
    };
  }
}

function flood(size: number, observer: CommandObserver): RunningCommand {
  let left = size;
  let ended = false;
  const end = (): void => {
    ended = true;
    observer.done({ kind: "exit", code: 0 });
  };
  const write = (): void => {
    if (ended) return;
    while (left > 0) {
      const count = Math.min(left, 65_536);
      left -= count;
      if (!observer.output("stdout", new Uint8Array(count).fill(0x61))) return;
    }
    end();
  };
  setImmediate(write);
  return {
    kill: () => {
      if (!ended) {
        ended = true;
        observer.done({ kind: "signal", signal: "SIGTERM" });
      }
    },
    resume: write,
  };
}

function errno(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
