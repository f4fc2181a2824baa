/** The `v86` backend: what a client waits for, what a session takes, and how much slower its processor is than this machine's. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder, lines } from "./data.mjs";
import { options } from "./options.mjs";
import { Daemon, has, memoryPerSession, native, timeToFirstAnswer } from "./sides.mjs";
import { compare, measure, median, pause, report, time, wanted } from "./table.mjs";

const ARGS = ["--backend", "v86"];
const rounds = options.rounds;
/** For what takes seconds. */
const few = Math.min(rounds, 3);

/** Takes `times` samples and reports their median. */
async function sample(name, target, sampleOne, times = rounds) {
  if (!wanted(name)) return;
  const samples = [];
  for (let round = 0; round < times; round++) samples.push(await sampleOne(round));
  report({ name, value: median(samples), unit: "ms", target });
}

async function starts() {
  // With what the first one expands in the cache.
  if (wanted("v86: fresh process")) await timeToFirstAnswer(ARGS);
  await sample("v86: fresh process to first echo, p50", 450, () => timeToFirstAnswer(ARGS));
  await sample("v86: very first start, p50", 1500, async () => {
    const cache = mkdtempSync(join(tmpdir(), "limpet-bench-cache-"));
    const taken = await timeToFirstAnswer(ARGS, { XDG_CACHE_HOME: cache });
    rmSync(cache, { recursive: true });
    return taken;
  });
}

async function latency(daemon) {
  await sample("v86: open to first answer, p50", 260, async (round) => {
    const session = `measured ${round}`;
    const taken = await time(async () => {
      await daemon.ask({ type: "open", session });
      await daemon.shell("echo hi", { session });
    });
    await daemon.ask({ type: "close", session });
    return taken;
  });
  await measure("v86: warm echo hi, p50", 15, 0.5, () => daemon.shell("echo hi"), 200);
  await measure(
    "v86: python3 -c 'print(1)', warm, p50",
    800,
    0.5,
    () => daemon.shell("python3 -c 'print(1)'"),
    few,
  );
  const content = "x".repeat(10_000_000);
  const path = "/tmp/x";
  await measure(
    "v86: write_file, 10 MB, p50",
    1500,
    0.5,
    () => daemon.ask({ type: "write_file", path, content }),
    few,
  );
  if (wanted("v86: read_file")) await daemon.ask({ type: "write_file", path, content });
  await measure("v86: read_file, 10 MB, p50", 1500, 0.5, () => daemon.ask({ type: "read_file", path }), few);
  await measure("v86: reset, p50", 60, 0.5, () => daemon.ask({ type: "reset" }), rounds);
}

async function output(daemon) {
  const name = "v86: output of a command, 50 MB";
  if (!wanted(name)) return;
  const samples = [];
  for (let round = 0; round <= few; round++) {
    samples.push(await time(() => daemon.shell("head -c 50000000 /dev/zero")));
  }
  report({ name, value: 50_000 / median(samples), unit: "MB/s", target: 15, atLeast: true });
}

/** The same work on both sides. Rows whose program this machine does not have are left out. */
async function processor(daemon) {
  const sums = "'BEGIN { for (i = 0; i < 2000000; i++) n += i % 7; print n }'";
  const rows = [
    ["python loop, 10,000,000 steps", "python3", "python3 -c 'for i in range(10**7): pass'"],
    ["gzip, 10 MB", "gzip", "cat lines lines lines | gzip | wc -c"],
    ["sha256sum, 50 MB", "sha256sum", "head -c 50000000 /dev/zero | sha256sum"],
    ["200 x fork /bin/true", "bash", "for i in {1..200}; do /bin/true; done"],
    ["gawk loop, 2,000,000 steps", "gawk", `gawk ${sums}`],
    [
      "perl loop, 3,000,000 steps",
      "perl",
      "perl -e 'for ($i = 0; $i < 3000000; $i++) { $n += $i % 7 } print $n'",
    ],
    ["grep and sort, 100,000 lines", "grep", "grep -v 'echo.*golf' lines | LC_ALL=C sort | tail -1"],
  ];
  for (const [what, program, command] of rows) {
    const name = `v86: ${what}`;
    if (!wanted(name)) continue;
    if (!has(program)) {
      console.log(`${name.padEnd(44)} not measured: no ${program} here`);
      continue;
    }
    await daemon.ask({ type: "write_file", path: "/tmp/b/lines", content: lines });
    const ours = () => daemon.shell(command, { cwd: "/tmp/b" });
    await compare(name, undefined, ours, () => native("bash", ["-c", command], folder), few);
  }
}

async function resources() {
  if (process.platform !== "linux") return;
  const memory = "v86: memory per further idle session";
  if (wanted(memory)) {
    report({ name: memory, value: await memoryPerSession(ARGS, 3), unit: "MB", target: 150 });
  }
  const idle = "v86: processor time of an idle session";
  if (wanted(idle)) report({ name: idle, value: await idleShare(3), unit: "%", target: 1 });
}

/** Processor time of a daemon with that many sessions that nothing is asked of, per session, in percent of one processor. */
async function idleShare(count) {
  const daemon = new Daemon(ARGS);
  for (let index = 0; index < count; index++) await daemon.shell("echo hi", { session: `idle ${index}` });
  // For some seconds V8 goes on compiling what has run.
  await pause(10_000);
  const before = daemon.cpu;
  const elapsed = await time(() => pause(10_000));
  const share = (100 * (daemon.cpu - before)) / elapsed / count;
  await daemon.close();
  return share;
}

export async function benchV86() {
  await starts();
  const daemon = new Daemon(ARGS);
  await daemon.shell("echo hi");
  await latency(daemon);
  await output(daemon);
  await processor(daemon);
  await daemon.close();
  await resources();
}
