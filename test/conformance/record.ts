/** Runs cases under native bash and writes fixtures/<area>.json. Started by scripts/record-fixtures, which checks the machine. */
import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CASE_DIRECTORY,
  CASE_ENVIRONMENT,
  type Case,
  caseHash,
  encodeOutput,
  type Fixture,
  loadAreas,
  type Output,
} from "./cases.js";

const CASE_LIMIT_MS = 5000;
const [directory = ".", ...wanted] = process.argv.slice(2);

// Node gives its children sockets, which a program cannot open again through /dev/stdout. FIFOs are pipes to it.
const fifos = mkdtempSync(join(tmpdir(), "fifos-"));
for (const name of ["stdin", "stdout", "stderr"]) execFileSync("mkfifo", [join(fifos, name)]);

interface Pipe {
  reader: number;
  writer: number;
}

function openPipe(name: string): Pipe {
  const path = join(fifos, name);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: openSync(path, constants.O_WRONLY) };
}

function readToEnd(fd: number): Promise<Output> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    new Socket({ fd, readable: true, writable: false })
      .on("data", (chunk) => chunks.push(chunk))
      .on("close", () => resolve(encodeOutput(Buffer.concat(chunks))));
  });
}

function run(one: Case): Promise<Fixture> {
  rmSync(CASE_DIRECTORY, { recursive: true, force: true });
  mkdirSync(CASE_DIRECTORY);
  const nonblocking = openPipe("stdin");
  const stdin = { reader: openSync(join(fifos, "stdin"), constants.O_RDONLY), writer: nonblocking.writer };
  closeSync(nonblocking.reader);
  const stdout = openPipe("stdout");
  const stderr = openPipe("stderr");
  const child = spawn("/bin/bash", ["-c", one.script], {
    argv0: "bash",
    cwd: CASE_DIRECTORY,
    env: CASE_ENVIRONMENT,
    stdio: [stdin.reader, stdout.writer, stderr.writer],
    detached: true, // a session of its own: no controlling terminal, and the whole group can be ended
  });
  for (const fd of [stdin.reader, stdout.writer, stderr.writer]) closeSync(fd);
  const outputs = Promise.all([readToEnd(stdout.reader), readToEnd(stderr.reader)]);
  const input = new Socket({ fd: stdin.writer, readable: false, writable: true });
  input.on("error", () => undefined); // a script may end without reading its input
  input.end(one.stdin);

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      reject(new Error(`${one.area}: "${one.name}" did not end within ${CASE_LIMIT_MS} ms`));
    }, CASE_LIMIT_MS);
    child.on("error", reject);
    child.on("exit", (exit_code, signal) => {
      outputs.then(([stdout, stderr]) => {
        clearTimeout(timer);
        const fixture = { hash: caseHash(one), stdout, stderr, exit_code };
        resolve(signal === null ? fixture : { ...fixture, signal });
      }, reject);
    });
  });
}

async function record(area: string, cases: Case[]): Promise<number> {
  const fixtures: Record<string, Fixture> = {};
  let unstable = 0;
  for (const one of cases) {
    const first = await run(one);
    const second = await run(one);
    if (JSON.stringify(first) !== JSON.stringify(second)) {
      unstable++;
      console.error(`${area}: "${one.name}" differs between two runs:`, first, second);
    }
    fixtures[one.name] = first;
  }
  const file = join(directory, "fixtures", `${area}.json`);
  const text = `${JSON.stringify(fixtures, null, 1)}\n`;
  const changed = !existsSync(file) || readFileSync(file, "utf8") !== text;
  if (changed) writeFileSync(file, text);
  console.log(`${area}: ${cases.length} cases${changed ? ", fixtures written" : ""}`);
  return unstable;
}

if (existsSync(CASE_DIRECTORY)) {
  console.error(`${CASE_DIRECTORY} exists: another recording runs, or it is left from one; remove it first`);
  process.exit(1);
}
process.umask(0o022);
try {
  let unstable = 0;
  for (const { area, cases } of loadAreas(directory)) {
    if (wanted.length === 0 || wanted.includes(area)) unstable += await record(area, cases);
  }
  if (unstable > 0) throw new Error(`${unstable} cases are not the same twice: rewrite or drop them`);
} finally {
  rmSync(fifos, { recursive: true });
  rmSync(CASE_DIRECTORY, { recursive: true, force: true });
}
