/**
 * Compares the sandbox, through the daemon's pipe, with the native bash and tools of this machine in the same run.
 *
 *   node scripts/bench.mjs [--rounds N] [--only WORD] [--json FILE]
 *
 * Rounds of all sides are interleaved and medians are taken, so that a machine that is busy now and then distorts all sides alike.
 * Prints a table and writes the figures to bench.json.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "11" },
    only: { type: "string", default: "" },
    json: { type: "string", default: "bench.json" },
  },
});
const rounds = Number(options.rounds);
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** Node reads the file that this names at every start, which is no part of what is measured. */
const { NODE_EXTRA_CA_CERTS: _unused, ...env } = process.env;

// --- sides --------------------------------------------------------------------------------------------------------

class Daemon {
  #pending = new Map();
  #nextId = 1;
  #rest = "";

  constructor(args = []) {
    this.child = spawn(process.execPath, [cli, ...args], { env, stdio: ["pipe", "pipe", "inherit"] });
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
}

function native(command, args, cwd) {
  const { status, stderr } = spawnSync(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

async function time(action) {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

const median = (values) => quantile(values, 0.5);

// --- results ------------------------------------------------------------------------------------------------------

const results = [];

function report(result) {
  results.push(result);
  const { name, value, unit, target, ours, native: theirs } = result;
  const detail = theirs === undefined ? "" : `${ours.toFixed(1)} against ${theirs.toFixed(1)} ms`;
  const verdict = value <= target ? "ok" : "MISSED";
  const figure = `${value.toFixed(2)} ${unit}`;
  console.log(
    `${name.padEnd(40)} ${figure.padStart(10)}  <= ${String(target).padEnd(5)} ${verdict.padEnd(7)} ${detail}`,
  );
}

const wanted = (name) => name.includes(options.only);

/** Measures both sides in turn and reports the ratio of their medians. */
async function compare(name, target, ours, theirs, times = rounds) {
  if (!wanted(name)) return;
  const samples = { ours: [], native: [] };
  await ours();
  await theirs();
  for (let round = 0; round < times; round++) {
    samples.ours.push(await time(ours));
    samples.native.push(await time(theirs));
  }
  const [mine, other] = [median(samples.ours), median(samples.native)];
  report({ name, value: mine / other, unit: "x", target, ours: mine, native: other });
}

async function measure(name, target, q, action, times) {
  if (!wanted(name)) return;
  for (let round = 0; round < Math.min(20, times); round++) await action();
  const samples = [];
  for (let round = 0; round < times; round++) samples.push(await time(action));
  report({ name, value: quantile(samples, q), unit: "ms", target });
}

// --- data on both sides -------------------------------------------------------------------------------------------

/** The same pseudo-random lines every time (mulberry32). */
function makeLines(count) {
  let state = 42;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet"];
  const line = () =>
    `${random() % 1_000_000} ${words[random() % 10]} ${words[random() % 10]} ${random().toString(36)}`;
  return `${Array.from({ length: count }, line).join("\n")}\n`;
}

const folder = mkdtempSync(join(tmpdir(), "limpet-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const lines = makeLines(100_000);
writeFileSync(join(folder, "lines"), lines);
writeFileSync(join(folder, "zeros"), Buffer.alloc(50_000_000));

// --- the measurements ---------------------------------------------------------------------------------------------

async function firstAnswer(args = []) {
  const daemon = new Daemon(args);
  await daemon.shell("echo hi");
  const answered = performance.now();
  await daemon.close();
  return answered;
}

async function start() {
  if (!wanted("fresh process")) return;
  const samples = { ours: [], native: [] };
  for (let round = 0; round < rounds + 4; round++) {
    const begin = performance.now();
    samples.ours.push((await firstAnswer()) - begin);
    samples.native.push(await time(() => native(process.execPath, ["-e", "0"], folder)));
  }
  const [mine, other] = [median(samples.ours), median(samples.native)];
  const name = "fresh process to first echo / node -e 0";
  report({ name, value: mine / other, unit: "x", target: 3.3, ours: mine, native: other });
}

async function commands(daemon) {
  await daemon.ask({ type: "write_file", path: "/tmp/b/lines", content: lines });
  await daemon.shell("head -c 50000000 /dev/zero > /tmp/b/zeros");
  const against = (name, target, command, nativeCommand = command, times = rounds) =>
    compare(
      name,
      target,
      () => daemon.shell(command, { cwd: "/tmp/b" }),
      () => native("bash", ["-c", nativeCommand], folder),
      times,
    );
  const hasMawk = spawnSync("mawk", ["1"], { input: "" }).status === 0;
  const sums = "'{ n[$2] += $1 } END { for (w in n) print w, n[w] }' lines";
  await against("ls / | wc -l", 0.35, "ls / | wc -l");
  await against("200 x /bin/true", 0.25, "for i in {1..200}; do /bin/true; done");
  await against("100,000 loop steps", 2.8, "for ((i = 0; i < 100000; i++)); do :; done");
  await against("sort, 100,000 lines", 1.3, "LC_ALL=C sort lines > /dev/null");
  await against("sort -n, 100,000 lines", 2, "LC_ALL=C sort -n lines > /dev/null");
  await against("grep, 100,000 lines", 0.7, "grep -c 'echo.*golf' lines");
  await against("sed, 100,000 lines", 2, "sed 's/alpha/omega/g' lines > /dev/null");
  await against("awk / mawk, 100,000 lines", 3, `awk ${sums}`, `${hasMawk ? "mawk" : "awk"} ${sums}`);
  await against("sha256sum, 50 MB", 1.4, "sha256sum zeros", undefined, Math.min(rounds, 7));
}

async function latency(daemon) {
  await measure("warm echo hi, p50", 0.4, 0.5, () => daemon.shell("echo hi"), 1000);
  await measure("warm echo hi, p95", 1, 0.95, () => daemon.shell("echo hi"), 1000);
  const writeAndRead = (content) => async () => {
    await daemon.ask({ type: "write_file", path: "/tmp/x", content });
    await daemon.ask({ type: "read_file", path: "/tmp/x" });
  };
  await measure("write_file + read_file, 1 MB, p50", 15, 0.5, writeAndRead("x".repeat(1_000_000)), 50);
  await measure("write_file + read_file, 100 bytes, p50", 0.3, 0.5, writeAndRead("x".repeat(100)), 500);
  await measure("reset, p50", 5, 0.5, () => daemon.ask({ type: "reset" }), 50);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** From `open` to the first answer, with and without a spare machine that waits. */
async function sessions() {
  for (const [name, target, wait] of [
    ["open to first answer, spare waiting, p50", 5, 500],
    ["open to first answer, cold, p50", 30, 0],
  ]) {
    if (!wanted(name)) continue;
    const daemon = new Daemon();
    await daemon.shell("echo hi");
    const samples = [];
    for (let round = 0; round < rounds; round++) {
      await pause(wait);
      // Without a wait, the spare that may be there is used up first.
      if (wait === 0) await daemon.ask({ type: "open", session: `used ${round}` });
      const session = `measured ${round}`;
      samples.push(
        await time(async () => {
          await daemon.ask({ type: "open", session });
          await daemon.shell("echo hi", { session });
        }),
      );
      await daemon.ask({ type: "close", session });
      if (wait === 0) await daemon.ask({ type: "close", session: `used ${round}` });
    }
    await daemon.close();
    report({ name, value: median(samples), unit: "ms", target });
  }
}

function memoryOf(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / 1024;
}

async function memory() {
  const name = "memory per further idle session";
  if (!wanted(name) || process.platform !== "linux") return;
  const daemon = new Daemon();
  await daemon.shell("echo hi");
  await pause(1000); // The spare machine has been made.
  const before = memoryOf(daemon.child.pid);
  const count = 20;
  for (let index = 0; index < count; index++) {
    await daemon.shell("echo hi", { session: `idle ${index}` });
    await pause(100);
  }
  await pause(1000);
  report({ name, value: (memoryOf(daemon.child.pid) - before) / count, unit: "MB", target: 14 });
  await daemon.close();
}

await start();
const daemon = new Daemon();
await daemon.shell("echo hi");
await latency(daemon);
await commands(daemon);
await daemon.close();
await sessions();
await memory();
const { version } = process;
writeFileSync(
  options.json,
  `${JSON.stringify({ node: version, platform: process.platform, results }, undefined, 2)}\n`,
);
