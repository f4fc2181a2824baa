// Runs cases under native bash and writes fixtures/<area>.json. Started by scripts/record-fixtures, which checks the machine.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CASE_DIRECTORY, CASE_ENVIRONMENT, caseHash, encodeOutput, loadAreas } from './cases.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const CASE_LIMIT_MS = 5000;

function run(one) {
  rmSync(CASE_DIRECTORY, { recursive: true, force: true });
  mkdirSync(CASE_DIRECTORY);
  return new Promise((resolve) => {
    const child = spawn('/bin/bash', ['-c', one.script], {
      argv0: 'bash',
      cwd: CASE_DIRECTORY,
      env: CASE_ENVIRONMENT,
      stdio: 'pipe',
      detached: true, // a session of its own: no controlling terminal, and its whole group can be ended
    });
    const stdout = [];
    const stderr = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, CASE_LIMIT_MS);
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.stdin.on('error', () => {}); // a script may end without reading its input
    child.stdin.end(one.stdin);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (late) console.error(`${one.area}: "${one.name}" did not end within ${CASE_LIMIT_MS} ms`);
      resolve({
        hash: caseHash(one),
        stdout: encodeOutput(Buffer.concat(stdout)),
        stderr: encodeOutput(Buffer.concat(stderr)),
        exit_code: code,
        ...(signal === null ? {} : { signal }),
      });
    });
  });
}

const wanted = process.argv.slice(2);
const rounds = 2;
let unstable = 0;
let total = 0;
process.umask(0o022);
if (existsSync(CASE_DIRECTORY)) {
  console.error(`${CASE_DIRECTORY} exists: another recording runs, or it is left from one; remove it first`);
  process.exit(1);
}
try {
  for (const { area, cases } of loadAreas(join(here, 'cases'))) {
    if (wanted.length > 0 && !wanted.includes(area)) continue;
    const fixtures = {};
    for (const one of cases) {
      const first = await run(one);
      for (let round = 1; round < rounds; round++) {
        const next = await run(one);
        if (JSON.stringify(next) !== JSON.stringify(first)) {
          unstable++;
          console.error(`${area}: "${one.name}" differs between two runs:\n  ${JSON.stringify(first)}\n  ${JSON.stringify(next)}`);
        }
      }
      fixtures[one.name] = first;
      total++;
    }
    const file = join(here, 'fixtures', `${area}.json`);
    const text = `${JSON.stringify(fixtures, null, 1)}\n`;
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text !== before) writeFileSync(file, text);
    console.log(`${area}: ${cases.length} cases${text === before ? '' : ', fixtures written'}`);
  }
} finally {
  rmSync(CASE_DIRECTORY, { recursive: true, force: true });
}
console.log(`${total} cases, ${unstable} unstable`);
process.exitCode = unstable === 0 ? 0 : 1;
