import { resolve } from "node:path";
import yargs, { type Argv } from "yargs";
import { demandMountable, MountRefused } from "../daemon/mount-options.js";
import type { Settings } from "../daemon/settings.js";
import type { MountOptions } from "../machine/machine.js";
import { machineMemory } from "../machine/machine-memory.js";
import { LOG_LEVELS, type LogLevel } from "../machine/messages.js";
import type { SessionLimits } from "../machine/session-limits.js";
import {
  KIB,
  MAX_LINE_BYTES,
  MAX_MAX_SESSIONS,
  MAX_MAX_WORKERS,
  MAX_MEMORY_LIMIT_BYTES,
  MAX_OUTPUT_BYTES,
  MAX_TIME_LIMIT_MS,
  MIB,
  MIN_MEMORY_LIMIT_BYTES,
  SESSION_LIMITS,
} from "../protocol/limits.js";
import type { ReplCommandLine } from "./repl.js";

/** What the words of the command line ask for. */
export type CommandLine =
  | { readonly command: "serve"; readonly settings: Settings }
  | RunCommandLine
  | ReplCommandLine;

export interface RunCommandLine {
  readonly command: "run";
  readonly settings: Settings;
  readonly script: string;
  readonly cwd: string | undefined;
}

const USAGE_ERROR = 2;

/** Prints help, the version or what is wrong, and exits, if that is what the words lead to. */
export function parseCommandLine(words: readonly string[], defaults: Settings): CommandLine {
  try {
    return parse(words, defaults);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`limpet: ${error.message}\nTry 'limpet --help'.\n`);
    process.exit(USAGE_ERROR);
  }
}

class UsageError extends Error {}

function parse(words: readonly string[], defaults: Settings): CommandLine {
  // What comes after `--` is a shell command and none of our business.
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  let finish: (() => CommandLine) | undefined;
  const parser = yargs(words.slice(0, end))
    .scriptName("limpet")
    .locale("en")
    .usage(
      "A Linux shell in a sandbox.\n\nUsage:\n" +
        "  limpet [options]                      answer requests: one JSON object per line on stdin and stdout\n" +
        "  limpet run [options] -- 'command'     run one command on this terminal\n" +
        "  limpet repl [options]                 an interactive shell on this terminal",
    )
    .command("$0", false, serveOptions, (options) => {
      finish = () => ({ command: "serve", settings: toSettings(options, defaults) });
    })
    .command("run [words..]", false, runOptions, (options) => {
      const script = [...(options.words ?? []), ...words.slice(end + 1)];
      finish = () => {
        if (script.length === 0) throw new UsageError("run needs a command: limpet run -- 'echo hi'");
        const settings = toSettings(options, { ...defaults, timeLimitMs: MAX_TIME_LIMIT_MS });
        return { command: "run", settings, script: script.join(" "), cwd: options.cwd };
      };
    })
    .command("repl", false, startOptions, (options) => {
      const endless = { ...defaults, timeLimitMs: Number.POSITIVE_INFINITY };
      finish = () => ({ command: "repl", settings: toSettings(options, endless), cwd: options.cwd });
    })
    .example([
      ["limpet < requests.ndjson > answers.ndjson", "requests from a file"],
      ["limpet --memory-limit 256M --user user", "sessions of 256 MiB for an ordinary user"],
      ["limpet --env TZ=UTC --env CI=1", "variables for every session"],
      ["limpet run --mount .:/work:overlay -- 'cd /work && make'", "a directory, changed in memory only"],
      ["limpet run -- 'seq 3 | tac'", "one command"],
      ["limpet run -- 'sort | uniq -c' < words.txt", "one command with input"],
      ["limpet repl --user user", "a shell to type at"],
    ])
    .epilogue("The protocol is described in protocol.md.")
    .version(defaults.version)
    .help()
    .alias("help", "h")
    .strict()
    .parserConfiguration({ "camel-case-expansion": false, "duplicate-arguments-array": true })
    .wrap(110)
    .exitProcess(false)
    .fail((message, error) => {
      throw new UsageError(message || error.message);
    });
  parser.parseSync();
  // Without a command to carry out, help or the version has been printed.
  return finish?.() ?? process.exit(0);
}

function sessionOptions(parser: Argv) {
  return parser
    .option("backend", {
      choices: ["wasi", "v86"] as const,
      describe: "the machine behind a session",
      default: "wasi" as const,
    })
    .option("memory-limit", { ...text, describe: "memory of a session, such as 512M or 2G (default 1G)" })
    .option("limit", {
      ...text,
      array: true,
      nargs: 1,
      describe: `a further limit of a session, NAME=NUMBER: ${Object.keys(SESSION_LIMITS).join(", ")}`,
    })
    .option("time-limit-ms", {
      ...text,
      describe: "how long a command may run (default 30000; run and repl: no limit)",
    })
    .option("user", {
      choices: ["root", "user"] as const,
      describe: "who the shell runs as",
      default: "root" as const,
    })
    .option("env", { ...text, array: true, nargs: 1, describe: "a variable for every session: NAME=VALUE" })
    .option("mount", {
      ...text,
      array: true,
      nargs: 1,
      describe: "a directory of the host for every session: HOST:GUEST, and :ro (default), :rw or :overlay",
    })
    .option("log-level", {
      choices: LOG_LEVELS,
      describe: "what to log on stderr",
      default: "warn" as LogLevel,
    });
}

function serveOptions(parser: Argv) {
  return sessionOptions(parser)
    .option("max-sessions", { ...text, describe: "sessions at the same time (default 1000)" })
    .option("max-workers", {
      ...text,
      describe: "threads for sessions; idle sessions beyond that hibernate (default 16)",
    })
    .option("max-output-bytes", { ...text, describe: "output kept of each stream of a command (default 1M)" })
    .option("max-line-bytes", { ...text, describe: "the longest request (default 16M)" });
}

function startOptions(parser: Argv) {
  return sessionOptions(parser).option("cwd", { ...text, describe: "directory to start in" });
}

function runOptions(parser: Argv) {
  return startOptions(parser).positional("words", {
    type: "string",
    array: true,
    describe: "the command, as the shell reads it",
  });
}

const text = { type: "string", requiresArg: true } as const;

type Options = ReturnType<ReturnType<typeof serveOptions>["parseSync"]>;

function toSettings(options: Partial<Options>, defaults: Settings): Settings {
  const backend = options.backend ?? defaults.machine.backend;
  const memoryLimit = size(options, "memory-limit", MIN_MEMORY_LIMIT_BYTES, MAX_MEMORY_LIMIT_BYTES);
  return {
    ...defaults,
    machine: {
      ...defaults.machine,
      backend,
      user: options.user ?? defaults.machine.user,
      env: parseEnvironment(options.env ?? []),
      memoryLimitBytes: machineMemory(backend, memoryLimit ?? defaults.machine.memoryLimitBytes),
      limits: parseLimits(options.limit ?? []),
      mounts: parseMounts(options.mount ?? []),
    },
    timeLimitMs: integer(options, "time-limit-ms", 1, MAX_TIME_LIMIT_MS) ?? defaults.timeLimitMs,
    maxSessions: integer(options, "max-sessions", 1, MAX_MAX_SESSIONS) ?? defaults.maxSessions,
    maxWorkers: integer(options, "max-workers", 1, MAX_MAX_WORKERS) ?? defaults.maxWorkers,
    maxOutputBytes: size(options, "max-output-bytes", 0, MAX_OUTPUT_BYTES) ?? defaults.maxOutputBytes,
    maxLineBytes: size(options, "max-line-bytes", KIB, MAX_LINE_BYTES) ?? defaults.maxLineBytes,
    logLevel: options["log-level"] ?? defaults.logLevel,
  };
}

type TextOption =
  | "max-workers"
  | "memory-limit"
  | "time-limit-ms"
  | "max-sessions"
  | "max-output-bytes"
  | "max-line-bytes";

function integer(options: Partial<Options>, name: TextOption, low: number, high: number): number | undefined {
  return parseNumber(options[name], name, /^\d+$/, low, high, `an integer from ${low} to ${high}`);
}

function size(options: Partial<Options>, name: TextOption, low: number, high: number): number | undefined {
  return parseNumber(
    options[name],
    name,
    /^\d+[KMG]?$/i,
    low,
    high,
    `a size such as 512M, from ${low} to ${high} bytes`,
  );
}

function parseNumber(
  given: string | readonly string[] | undefined,
  name: string,
  form: RegExp,
  low: number,
  high: number,
  wanted: string,
): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string") throw new UsageError(`--${name} was given more than once`);
  const units: Readonly<Record<string, number>> = { K: KIB, M: MIB, G: KIB * MIB };
  const value = Number.parseInt(given, 10) * (units[given.slice(-1).toUpperCase()] ?? 1);
  if (!form.test(given) || value < low || value > high) {
    throw new UsageError(`--${name} must be ${wanted}, got ${JSON.stringify(given)}`);
  }
  return value;
}

function parseLimits(given: readonly string[]): SessionLimits {
  const names = Object.keys(SESSION_LIMITS) as (keyof typeof SESSION_LIMITS)[];
  return Object.fromEntries(
    given.map((text) => {
      const [word = "", value = ""] = text.split("=", 2);
      const name = names.find((each) => each === word);
      if (name === undefined)
        throw new UsageError(
          `--limit must be NAME=NUMBER with one of ${names.join(", ")}, got ${JSON.stringify(text)}`,
        );
      const [least, most] = SESSION_LIMITS[name];
      return [
        name,
        parseNumber(value, `limit ${name}`, /^\d+[KMG]?$/i, least, most, `a number from ${least} to ${most}`),
      ];
    }),
  );
}

function parseMounts(given: readonly string[]): MountOptions[] {
  const mounts = given.map((words) => {
    // The path on the host may have colons.
    const [, host = "", guest = "", mode = "ro"] = /^(.+?):(\/[^:]*)(?::(ro|rw|overlay))?$/.exec(words) ?? [];
    if (host === "")
      throw new UsageError(
        `--mount must be HOST:GUEST or HOST:GUEST:MODE, such as src:/work:overlay, with the mode ro, rw or overlay, got ${JSON.stringify(words)}`,
      );
    return { host: resolve(host), guest, mode: mode as MountOptions["mode"] };
  });
  try {
    demandMountable(mounts);
  } catch (error) {
    throw error instanceof MountRefused ? new UsageError(`--mount: ${error.message}`) : error;
  }
  return mounts;
}

function parseEnvironment(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const end = assignment.indexOf("=");
      if (end < 1) throw new UsageError(`--env must be NAME=VALUE, got ${JSON.stringify(assignment)}`);
      return [assignment.slice(0, end), assignment.slice(end + 1)];
    }),
  );
}
