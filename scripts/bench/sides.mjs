/** What is measured: daemons, and the same work done natively. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pause } from "./table.mjs";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Node reads the file that this names at every start, which is no part of what is measured. */
const { NODE_EXTRA_CA_CERTS: _unused, ...env } = process.env;

export class Daemon {
  #pending = new Map();
  #nextId = 1;
  #rest = "";

  constructor(args = [], variables = {}) {
    this.child = spawn(process.execPath, [cli, ...args], {
      env: { ...env, ...variables },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.child.stdout.setEncoding("utf8").on("data", (text) => {
      const lines = (this.#rest + text).split("\n");
      this.#rest = lines.pop();
      for (const line of lines) {
        const answer = JSON.parse(line);
        this.#pending.get(answer.id)?.(answer);
        this.#pending.delete(answer.id);
      }
    });
  }

  ask(request) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, (answer) => (answer.success ? resolve(answer) : reject(new Error(answer.error))));
      this.child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  async shell(command, more = {}) {
    const answer = await this.ask({ type: "shell", command, time_limit_ms: 120_000, ...more });
    if (answer.exit_code !== 0) throw new Error(`${command}: ${answer.stderr}`);
    return answer;
  }

  async close() {
    this.child.stdin.end();
    await once(this.child, "exit");
  }

  /** Memory in MB, with a fair share of what other processes have as well. Linux only. */
  get memory() {
    const rollup = readFileSync(`/proc/${this.child.pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / 1024;
  }

  /** Processor time in ms. Linux only. */
  get cpu() {
    const [, fields] = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ");
    const [user, system] = fields.split(" ").slice(11, 13).map(Number);
    return (user + system) * 10;
  }
}

export function native(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

/** Whether this machine has such a program. */
export function has(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** From the start of a process to its first answer, in ms. */
export async function timeToFirstAnswer(args, variables) {
  const start = performance.now();
  const daemon = new Daemon(args, variables);
  await daemon.shell("echo hi");
  const answered = performance.now();
  await daemon.close();
  return answered - start;
}

/** What the memory of a daemon grows by with each of `count` more sessions, in MB. Linux only. */
export async function memoryPerSession(args, count) {
  const daemon = new Daemon(args);
  await daemon.shell("echo hi");
  await pause(1000); // What the daemon makes ready in quiet moments is there.
  const before = daemon.memory;
  for (let index = 0; index < count; index++) {
    await daemon.shell("echo hi", { session: `idle ${index}` });
    await pause(100);
  }
  await pause(1000);
  const growth = (daemon.memory - before) / count;
  await daemon.close();
  return growth;
}
