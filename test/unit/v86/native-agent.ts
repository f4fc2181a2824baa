import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Command, Outcome } from "../../../src/machine/machine.js";
import type { ProcessEnd, ProcessSettings, RunningProcess } from "../../../src/machine/process.js";
import type { LimitName } from "../../../src/machine/session-limits.js";
import { AgentChannel, type SessionSettings } from "../../../src/v86/agent/channel.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The session's shell, built for this machine by `scripts/build-images v86-test-shell`. */
export const sessionShell = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "limpet-build/v86/shell-native",
);
/** Whether it is there, made from what guest/ has now. */
export const hasShell = isOfThese("guest/v86", "guest/programs/bash");
export const canCompile = process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;

function isOfThese(...inputs: readonly string[]): boolean {
  const record = `${sessionShell}.hash`;
  if (!existsSync(sessionShell) || !existsSync(record)) return false;
  const arguments_ = [join(root, "scripts/images/recipe-hash.mjs"), ...inputs];
  return execFileSync(process.execPath, arguments_, { encoding: "utf8" }) === readFileSync(record, "utf8");
}

let folder: string | undefined;

/** How long a machine that is busy with other tests may need for that, in ms. */
export const COMPILE_LIMIT_MS = 60_000;

/** Compiles the agent and the shell that stands in for the session's, once per test file. */
export function compilePrograms(): { agent: string; idleShell: string } {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), "limpet-agent-"));
    chmodSync(folder, 0o755);
    execFileSync(join(root, "guest/v86/agent/build"), [join(folder, "agent"), "--native"]);
    execFileSync("gcc", ["-o", join(folder, "shell"), join(root, "test/unit/v86/idle-shell.c")]);
  }
  return { agent: join(folder, "agent"), idleShell: join(folder, "shell") };
}

export function removePrograms(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome: Outcome;
  /** Only there if it ran into one. */
  readonly limit?: LimitName;
}

/** The guest's agent as a process of this machine, and a channel to it. */
export class NativeAgent {
  readonly channel: AgentChannel;
  private readonly child: ChildProcess;
  private readonly socket: Duplex;

  constructor(shell: "idle" | "session" = "session", outputLimit?: number) {
    const { agent, idleShell } = compilePrograms();
    const path = shell === "session" ? sessionShell : idleShell;
    this.child = spawn(agent, ["--socket", "3", "--shell", path], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    this.socket = this.child.stdio[3] as Duplex;
    this.channel = new AgentChannel(
      { send: (bytes) => this.socket.write(bytes.slice()) },
      undefined,
      outputLimit,
    );
    this.socket.on("data", (bytes: Buffer) => this.channel.receive(bytes));
    this.socket.on("close", () => this.channel.close("the agent has ended"));
  }

  async open(settings: Partial<SessionSettings> = {}): Promise<void> {
    await this.channel.connect();
    await this.channel.openSession({
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
      home: tmpdir(),
      cwd: undefined,
      env: { PATH: process.env.PATH ?? "/bin", HOME: tmpdir() },
      limits: {},
      ...settings,
    });
  }

  run(text: string, options: Partial<Command> = {}): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const parts = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
      const textOf = (of: readonly Uint8Array[]) => Buffer.concat(of).toString();
      this.channel.run(
        { text, isolated: false, stdin: new Uint8Array(), ...options },
        {
          output(stream, bytes) {
            parts[stream].push(bytes);
            return true;
          },
          done: (outcome, { limit } = {}) =>
            resolve({
              stdout: textOf(parts.stdout),
              stderr: textOf(parts.stderr),
              outcome,
              ...(limit && { limit }),
            }),
          failed: reject,
        },
      );
    });
  }

  start(text: string, settings: Partial<ProcessSettings> = {}): Started {
    return new Started(this.channel, { text, stdin: "null", ...settings });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.socket.end();
    await ended;
  }
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: Error): void;
}

function deferred<Value>(): Deferred<Value> {
  let settle: Omit<Deferred<Value>, "promise"> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as Omit<Deferred<Value>, "promise">) };
}

/** A process in the guest, and all that has been heard of it. */
export class Started {
  readonly running: RunningProcess;
  readonly events: string[] = [];
  readonly pid: Promise<number>;
  readonly end: Promise<ProcessEnd>;
  readonly closed: Promise<void>;
  taken = 0;
  stdout = "";
  stderr = "";
  /** While this is false, no more output is wanted. */
  wants = true;
  private readonly changes = new Set<() => void>();

  constructor(channel: AgentChannel, settings: ProcessSettings) {
    const pid = deferred<number>();
    const end = deferred<ProcessEnd>();
    const closed = deferred<void>();
    this.pid = pid.promise;
    this.end = end.promise;
    this.closed = closed.promise;
    for (const promise of [this.end, this.closed]) promise.catch(() => {});
    this.running = channel.startProcess(settings, {
      started: (number) => {
        this.events.push("started");
        pid.resolve(number);
      },
      output: (stream, bytes) => {
        this[stream] += Buffer.from(bytes).toString("latin1");
        this.changed();
        return this.wants;
      },
      inputTaken: (bytes) => {
        this.taken += bytes;
        this.changed();
      },
      ended: (how) => {
        this.events.push("ended");
        end.resolve(how);
      },
      closed: () => {
        this.events.push("closed");
        closed.resolve();
      },
      failed: (error) => {
        for (const { reject } of [pid, end, closed]) reject(error);
      },
    });
  }

  write(text: string): void {
    this.running.write(new TextEncoder().encode(text));
  }

  /** Resolves when `condition` holds; looks at each change. */
  async until(condition: (started: this) => boolean): Promise<void> {
    const late = AbortSignal.timeout(5000);
    while (!condition(this)) {
      if (late.aborted) throw new Error(`not so within 5 s; it wrote ${JSON.stringify(this.stdout)}`);
      await new Promise<void>((resolve) => {
        this.changes.add(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  shows(text: string): Promise<void> {
    return this.until(({ stdout }) => stdout.includes(text));
  }

  private changed(): void {
    for (const change of this.changes) change();
    this.changes.clear();
  }
}
