/** The `wasi` backend: many sessions in one daemon, processes, snapshots and forks. */
import { options } from "./options.mjs";
import { Daemon } from "./sides.mjs";
import { median, pause, quantile, report, time, wanted } from "./table.mjs";

/** A pause in which the daemon gets ready for the next session. */
const QUIET_MS = 60;
/** Threads for sessions in the curve: those beyond hibernate. */
const WORKERS = 16;

/** Opens, uses and wakes `count` sessions; returns what memory all of them take, in MB. */
async function curve(count) {
  const name = `${count} sessions`;
  const daemon = new Daemon(["--max-workers", String(WORKERS)]);
  await daemon.shell("echo hi");
  await pause(1000);
  const before = daemon.memory;
  const opening = [];
  for (let index = 0; index < count; index++) {
    const session = `s${index}`;
    await pause(QUIET_MS);
    opening.push(
      await time(async () => {
        await daemon.ask({ type: "open", session });
        await daemon.shell(`echo hi; mine=${index}`, { session });
      }),
    );
  }
  await pause(1000);
  const growth = daemon.memory - before;
  const waking = [];
  for (let step = 0; step < Math.min(count, 100); step++) {
    const index = Math.floor((step * count) / Math.min(count, 100));
    await pause(QUIET_MS);
    waking.push(await time(() => daemon.shell(`[ $mine = ${index} ]`, { session: `s${index}` })));
  }
  await daemon.close();
  report({ name: `${name}: open to first answer, p50`, value: median(opening), unit: "ms", target: 3 });
  report({ name: `${name}: open to first answer, p95`, value: quantile(opening, 0.95), unit: "ms" });
  report({ name: `${name}: next command of an idle one, p50`, value: median(waking), unit: "ms" });
  report({ name: `${name}: memory of all`, value: growth, unit: "MB" });
  return growth;
}

async function processes() {
  const name = "start a process, to its first output, p50";
  if (!wanted(name)) return;
  const daemon = new Daemon();
  await daemon.shell("echo hi");
  const samples = [];
  for (let round = 0; round < 10 * options.rounds; round++)
    samples.push(
      await time(async () => {
        const { process } = await daemon.ask({ type: "start", command: "echo hi" });
        await daemon.ask({ type: "read_output", process, wait_ms: 10_000 });
      }),
    );
  await daemon.close();
  report({ name, value: median(samples), unit: "ms" });
}

/** Of a session with 2,000 files that change a little from one snapshot to the next. */
async function snapshots() {
  const name = "2,000 files";
  if (!wanted(name)) return;
  const daemon = new Daemon();
  await daemon.shell("mkdir /tmp/d; cd /tmp/d; for i in {1..2000}; do echo file $i > f$i; done");
  const samples = { snapshot: [], fork: [], first: [] };
  for (let round = 0; round < options.rounds; round++) {
    await daemon.shell(`echo ${round} > /tmp/d/f${round + 1}`);
    await pause(500);
    samples.snapshot.push(await time(() => daemon.ask({ type: "snapshot", snapshot: `s${round}` })));
    await pause(500);
    samples.fork.push(await time(() => daemon.ask({ type: "fork", sessions: [`f${round}`] })));
    samples.first.push(await time(() => daemon.shell(`[ $(ls | wc -l) = 2000 ]`, { session: `f${round}` })));
    await daemon.ask({ type: "close", session: `f${round}` });
  }
  await daemon.close();
  report({ name: `${name}: snapshot, p50`, value: median(samples.snapshot), unit: "ms", target: 10 });
  report({ name: `${name}: fork, p50`, value: median(samples.fork), unit: "ms", target: 10 });
  report({ name: `${name}: first command of a fork, p50`, value: median(samples.first), unit: "ms" });
}

export async function benchSessions() {
  await processes();
  await snapshots();
  if (!wanted("sessions")) return;
  await curve(1);
  await curve(10);
  const hundred = await curve(100);
  const many = await curve(500);
  report({
    name: "sessions: memory of one that hibernates",
    value: (many - hundred) / 400,
    unit: "MB",
    target: 1,
  });
}
