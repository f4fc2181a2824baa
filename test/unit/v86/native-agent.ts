import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Command, Outcome } from "../../../src/machine/machine.js";
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

/** Compiles the agent and the shell that stands in for the session's, once per test file. */
function programs(): { agent: string; idleShell: string } {
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
}

/** The guest's agent as a process of this machine, and a channel to it. */
export class NativeAgent {
  readonly channel: AgentChannel;
  private readonly child: ChildProcess;
  private readonly socket: Duplex;

  constructor(shell: "idle" | "session" = "session") {
    const { agent, idleShell } = programs();
    const path = shell === "session" ? sessionShell : idleShell;
    this.child = spawn(agent, ["--socket", "3", "--shell", path], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    this.socket = this.child.stdio[3] as Duplex;
    this.channel = new AgentChannel({ send: (bytes) => this.socket.write(bytes.slice()) });
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
          done: (outcome) => resolve({ stdout: textOf(parts.stdout), stderr: textOf(parts.stderr), outcome }),
          failed: reject,
        },
      );
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.socket.end();
    await ended;
  }
}
