import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Daemon } from "../../support/daemon.js";
import { CASE_ENVIRONMENT } from "../cases.js";
import { ROOT, type Suite, type UpstreamTest } from "./suite.js";

export interface Result {
  /** Null when it was killed or took too long. */
  status: number | null;
  output: string;
  seconds: number;
}

/** Something that upstream tests run on. A suite's files are under `<ROOT>/<program>`; nobody is super-user. */
export interface Machine {
  prepare(suite: Suite): Promise<void>;
  run(suite: Suite, test: UpstreamTest): Promise<Result>;
  close(): Promise<void>;
}

const TEST_LIMIT_MS = 120_000;
const OUTPUT_LIMIT = 64 << 10;

export function createSandbox(session: string, daemon: Daemon): Machine {
  const shell = (command: string, cwd: string) =>
    daemon.ask({
      type: "shell",
      session,
      command: `exec 2>&1\n${command}`,
      cwd,
      isolated: true,
      time_limit_ms: TEST_LIMIT_MS,
      max_output_bytes: OUTPUT_LIMIT,
    });
  return {
    async prepare(suite) {
      const directory = join(ROOT, suite.program);
      const env = { ...CASE_ENVIRONMENT, HOME: "/home/user", USER: "user", LOGNAME: "user", LONG_BITS: "32" };
      await daemon.request({ type: "open", session, user: "user", env });
      await Promise.all(
        suite.files.map((file) =>
          daemon.request({
            type: "write_file",
            session,
            path: join(directory, file.path),
            content: file.content.toString("base64"),
            encoding: "base64",
            mode: file.executable ? "0755" : "0644",
          }),
        ),
      );
      const answer = await shell(suite.setup, directory);
      if (!answer.success || answer.exit_code !== 0)
        throw new Error(`setup failed: ${JSON.stringify(answer)}`);
    },
    async run(suite, test) {
      const start = performance.now();
      const answer = await shell(test.script, join(ROOT, suite.program));
      const seconds = (performance.now() - start) / 1000;
      if (!answer.success) return { status: null, output: `${answer.code}: ${answer.error}`, seconds };
      const text = Buffer.from(
        answer.stdout ?? "",
        answer.stdout_encoding === "base64" ? "base64" : "utf8",
      ).toString("utf8");
      const late = answer.timed_out ? `(time limit)\n` : "";
      const signal = answer.signal === null ? "" : `(${answer.signal})\n`;
      return { status: answer.exit_code, output: text + late + signal, seconds };
    },
    async close() {
      await daemon.ask({ type: "close", session });
    },
  };
}

/** The machine that this program runs on, as `nobody`. */
export function createNative(): Machine {
  const env = { ...CASE_ENVIRONMENT, HOME: ROOT, USER: "nobody", LOGNAME: "nobody", LONG_BITS: "64" };
  const run = (script: string, cwd: string): Promise<Result> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const child = spawn(
        "setpriv",
        ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "bash", "-c", `exec 2>&1\n${script}`],
        { cwd, env, stdio: ["ignore", "pipe", "inherit"], detached: true },
      );
      let output = "";
      const timer = setTimeout(
        () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"),
        TEST_LIMIT_MS,
      );
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-OUTPUT_LIMIT);
      });
      child.on("error", reject);
      child.on("exit", () => {
        clearTimeout(timer);
        // What a test has left running may still hold the pipe.
        setTimeout(() => child.stdout.destroy(), 200);
      });
      child.on("close", (status) => resolve({ status, output, seconds: (performance.now() - start) / 1000 }));
    });
  return {
    async prepare(suite) {
      const directory = join(ROOT, suite.program);
      rmSync(directory, { recursive: true, force: true });
      for (const file of suite.files) {
        const path = join(directory, file.path);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.content);
        chmodSync(path, file.executable ? 0o755 : 0o644);
      }
      execFileSync("chown", ["-R", "nobody:nogroup", ROOT]);
      const { status, output } = await run(suite.setup, directory);
      if (status !== 0) throw new Error(`setup failed: ${output}`);
    },
    run: (suite, test) => run(test.script, join(ROOT, suite.program)),
    async close() {
      rmSync(ROOT, { recursive: true, force: true });
    },
  };
}
