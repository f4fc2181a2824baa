// Reads the acceptance cases. Shared by the recorder (plain node) and the test (vitest).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The environment of every case: the whole of it, nothing is inherited. */
export const CASE_ENVIRONMENT = Object.freeze({
  HOME: '/root',
  LANG: 'C.UTF-8',
  LOGNAME: 'root',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SHELL: '/bin/bash',
  TERM: 'dumb',
  TZ: 'UTC',
  USER: 'root',
});

/** Where every case starts; empty when it starts. */
export const CASE_DIRECTORY = '/tmp/case';

/**
 * @typedef {object} Case
 * @property {string} area the file's name without `.sh`
 * @property {string} name unique within its area
 * @property {number} line where the header stands, from 1
 * @property {string} script exactly what `bash -c` gets
 * @property {string} stdin empty unless a `# stdin:` line gives it
 * @property {string | undefined} isolatedOnly why the case needs a shell of its own
 * @property {Record<string, string>} skip backend name to the reason
 */

const ATTRIBUTE = /^# (stdin|isolated|skip\((\w+)\)): (.*)$/;

/**
 * Cases of one file, in order. Format: README.md beside this file.
 * @param {string} area
 * @param {string} text
 * @returns {Case[]}
 */
export function parseCases(area, text) {
  const lines = text.split('\n');
  const cases = [];
  const names = new Set();
  let at = 0;
  const isHeader = () => lines[at].startsWith('### ');
  while (at < lines.length && !isHeader()) at++;
  while (at < lines.length) {
    const name = lines[at].slice(4).trim();
    if (names.has(name)) throw new Error(`${area}.sh:${at + 1}: a second case named "${name}"`);
    names.add(name);
    const one = { area, name, line: at + 1, script: '', stdin: '', isolatedOnly: undefined, skip: {} };
    at++;
    for (; at < lines.length; at++) {
      const attribute = ATTRIBUTE.exec(lines[at]);
      if (attribute === null) break;
      const [, key, backend, value] = attribute;
      if (key === 'stdin') one.stdin = JSON.parse(value);
      else if (key === 'isolated') one.isolatedOnly = value;
      else one.skip[backend] = value;
    }
    const body = [];
    for (; at < lines.length && !isHeader(); at++) body.push(lines[at]);
    one.script = body.join('\n').replace(/\n+$/, '');
    if (one.script === '') throw new Error(`${area}.sh:${one.line}: case "${name}" has no script`);
    cases.push(one);
  }
  return cases;
}

/**
 * All areas below a directory of `<area>.sh` files, sorted by name.
 * @param {string} directory
 * @returns {{area: string, cases: Case[]}[]}
 */
export function loadAreas(directory) {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sh'))
    .sort()
    .map((file) => {
      const area = basename(file, '.sh');
      return { area, cases: parseCases(area, readFileSync(join(directory, file), 'utf8')) };
    });
}

/**
 * Ties a fixture to the exact input it was recorded from.
 * @param {Case} one
 */
export function caseHash(one) {
  return createHash('sha256').update(`${one.stdin.length}\n${one.stdin}${one.script}`).digest('hex').slice(0, 16);
}

/**
 * Bytes as they stand in a fixture: a string when they are UTF-8, else base64.
 * @param {Buffer} bytes
 * @returns {string | {base64: string}}
 */
export function encodeOutput(bytes) {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64: bytes.toString('base64') };
}
