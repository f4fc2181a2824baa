/** The `wasi` backend: what a client waits for, and commands against native ones. */
import { folder, lines } from "./data.mjs";
import { options } from "./options.mjs";
import { benchSessions } from "./sessions.mjs";
import { Daemon, has, memoryPerSession, native, timeToFirstAnswer } from "./sides.mjs";
import { compare, measure, median, pause, report, time, wanted } from "./table.mjs";

const { rounds } = options;

async function start() {
  const name = "fresh process to first echo / node -e 0";
  if (!wanted(name)) return;
  const samples = { ours: [], native: [] };
  for (let round = 0; round < rounds + 4; round++) {
    samples.ours.push(await timeToFirstAnswer());
    samples.native.push(await time(() => native(process.execPath, ["-e", "0"], folder)));
  }
  const [mine, other] = [median(samples.ours), median(samples.native)];
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
  const awk = has("mawk") ? "mawk" : "awk";
  const sums = "'{ n[$2] += $1 } END { for (w in n) print w, n[w] }' lines";
  await against("ls / | wc -l", 0.35, "ls / | wc -l");
  await against("200 x /bin/true", 0.25, "for i in {1..200}; do /bin/true; done");
  await against("100,000 loop steps", 2.8, "for ((i = 0; i < 100000; i++)); do :; done");
  await against("sort, 100,000 lines", 1.3, "LC_ALL=C sort lines > /dev/null");
  await against("sort -n, 100,000 lines", 2, "LC_ALL=C sort -n lines > /dev/null");
  await against("grep, 100,000 lines", 0.7, "grep -c 'echo.*golf' lines");
  await against("sed, 100,000 lines", 2, "sed 's/alpha/omega/g' lines > /dev/null");
  await against("awk / mawk, 100,000 lines", 3, `awk ${sums}`, `${awk} ${sums}`);
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

async function memory() {
  const name = "memory per further idle session";
  if (!wanted(name) || process.platform !== "linux") return;
  report({ name, value: await memoryPerSession([], 20), unit: "MB", target: 14 });
}

export async function benchWasi() {
  await start();
  const daemon = new Daemon();
  await daemon.shell("echo hi");
  await latency(daemon);
  await commands(daemon);
  await daemon.close();
  await sessions();
  await memory();
  await benchSessions();
}
