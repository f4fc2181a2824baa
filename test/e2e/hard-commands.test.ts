import { describe, expect, it } from "vitest";
import { onBackend } from "../support/backend.js";
import { ask } from "./exchange.js";

const MIB = 1 << 20;
/** Far more than may be kept, and no more than can be made in a minute. */
const MUCH = onBackend({ wasi: 1_000_000_000, v86: 200_000_000 });
/** A machine of `v86` has its memory in the daemon. */
const PEAK = onBackend({ wasi: 400 * MIB, v86: 700 * MIB });

/** Runs a command, then another one in the same session, which must work. */
async function survives(command: string, more: object = {}, args: readonly string[] = []) {
  const result = await ask(
    [
      { type: "shell", command, ...more },
      { type: "shell", command: "echo alive | cat" },
    ],
    args,
  );
  expect(result.answer(2)).toMatchObject({ stdout: "alive\n", exit_code: 0 });
  expect(result.answer(2)).not.toHaveProperty("state_lost");
  expect(result.code).toBe(0);
  return result.answer(1);
}

describe("what goes on in the background", () => {
  it("does not keep a command from its answer, even if it computes all the time", async () => {
    const answer = await survives("while :; do :; done & echo begun");
    expect(answer).toMatchObject({ stdout: "begun\n", exit_code: 0, timed_out: false });
  });
});

describe("commands that end the shell", () => {
  it("exit 7", async () => {
    expect(await survives("echo a; exit 7; echo b")).toMatchObject({
      stdout: "a\n",
      exit_code: 7,
      signal: null,
    });
  });

  it("exec false", async () => {
    expect(await survives("exec false")).toMatchObject({ exit_code: 1 });
  });

  it("kill -9 $$", async () => {
    expect(await survives("echo a; kill -9 $$")).toMatchObject({
      stdout: "a\n",
      exit_code: null,
      signal: "SIGKILL",
    });
  });

  it("set -e", async () => {
    expect(await survives("set -e; false; echo b")).toMatchObject({ stdout: "", exit_code: 1 });
  });
});

describe("commands that the shell cannot read", () => {
  it("unbalanced quotes", async () => {
    const answer = await survives('echo "a');
    expect(answer).toMatchObject({ exit_code: 2, stdout: "" });
    expect(answer.stderr).toContain("unexpected EOF while looking for matching `\"'");
  });

  it("an unterminated here-document", async () => {
    const answer = await survives("cat <<END\ntext");
    expect(answer).toMatchObject({ stdout: "text\n", exit_code: 0 });
    expect(answer.stderr).toContain("delimited by end-of-file");
  });

  it("nothing at all", async () => {
    expect(await survives("")).toMatchObject({ exit_code: 0, stdout: "", stderr: "" });
    expect(await survives("# a comment")).toMatchObject({ exit_code: 0 });
  });
});

describe("standard input", () => {
  it("ends at once unless some is given", async () => {
    expect(await survives("cat; read x; echo $?")).toMatchObject({ stdout: "1\n" });
  });

  it("is what was given", async () => {
    expect(await survives("cat", { stdin: "one\ntwo" })).toMatchObject({ stdout: "one\ntwo" });
    expect(await survives("od -An -tx1", { stdin: "AP8=", stdin_encoding: "base64" })).toMatchObject({
      stdout: " 00 ff\n",
    });
  });

  it("need not be read", async () => {
    expect(await survives("true", { stdin: "x".repeat(MIB) })).toMatchObject({ exit_code: 0 });
  });
});

describe("time limits and cancel", () => {
  it.each([
    "while :; do :; done",
    "sleep 1000",
    "sleep 1000 | cat",
    "yes > /dev/null",
    "(while :; do :; done) & wait",
    "read x < <(sleep 1000)",
    "trap '' TERM; while :; do :; done",
  ])("end %j and leave the session as it was", async (command) => {
    const result = await ask([
      { type: "shell", command: "x=kept; cd /tmp; echo file > f" },
      { type: "shell", command, time_limit_ms: 300 },
      { type: "shell", command: "echo $x $PWD $(cat f)" },
      { type: "status" },
    ]);
    expect(result.answer(2)).toMatchObject({ success: true, timed_out: true, exit_code: null });
    expect(result.answer(2).duration_ms).toBeLessThan(1500);
    expect(result.answer(3)).toMatchObject({ stdout: "kept /tmp file\n" });
    expect(result.answer(3)).not.toHaveProperty("state_lost");
  });

  it("deliver the output so far", async () => {
    expect(await survives("echo begun; sleep 1000", { time_limit_ms: 300 })).toMatchObject({
      stdout: "begun\n",
      timed_out: true,
    });
  });

  it("end everything that the command started", async () => {
    const result = await ask([
      { type: "shell", command: "sleep 1000 & sleep 1000 | sleep 1000", time_limit_ms: 300 },
      { type: "shell", command: "ls -d /proc/[0-9]*/exe | xargs -n1 readlink | grep -c coreutils || true" },
    ]);
    expect(result.answer(1)).toMatchObject({ timed_out: true });
    expect(result.answer(2)).toMatchObject({ exit_code: 0 });
  });
});

describe("commands that want too much", () => {
  it("very much output costs bounded memory", async () => {
    const result = await ask([
      { type: "shell", command: `head -c ${MUCH} /dev/zero | tr '\\0' x`, time_limit_ms: 120_000 },
    ]);
    expect(result.answer(1)).toMatchObject({
      stdout_bytes: MUCH,
      stdout_truncated: true,
      stdout_omitted_bytes: MUCH - MIB,
      exit_code: 0,
    });
    expect(result.peakBytes).toBeLessThan(PEAK);
  }, 120_000);

  it("very much output in a stream costs bounded memory", async () => {
    const result = await ask([
      {
        type: "shell",
        command: `head -c ${MUCH} /dev/zero`,
        stream: true,
        time_limit_ms: 120_000,
        max_output_bytes: 64 * MIB,
      },
    ]);
    expect(result.answer(1)).toMatchObject({ stdout_bytes: MUCH, exit_code: 0 });
    expect(result.peakBytes).toBeLessThan(PEAK);
  }, 120_000);

  it("a full disk is an error of the program, and what is removed can be used again", async () => {
    const answer = await survives(
      "head -c 200M /dev/zero > /tmp/big; echo $?; rm /tmp/big; head -c 8M /dev/zero > /tmp/small; echo $?",
      {},
      ["--memory-limit", "64M"],
    );
    expect(answer.stdout).toBe("1\n0\n");
    expect(answer.stderr).toContain("No space left on device");
  });

  it("a full disk fails a write_file with ENOSPC", async () => {
    const content = "x".repeat(10 * MIB);
    const requests = Array.from({ length: 8 }, (_, index) => ({
      type: "write_file",
      path: `/tmp/${index}`,
      content,
    }));
    const result = await ask(
      [...requests, { type: "shell", command: "rm /tmp/*; echo ok" }],
      ["--memory-limit", "64M"],
    );
    expect(result.answer(8)).toMatchObject({ success: false, code: "ENOSPC" });
    expect(result.answer(9)).toMatchObject({ stdout: "ok\n" });
  });

  it("a fork bomb fails to fork, and is ended", async () => {
    const answer = await survives("bomb() { bomb | bomb & }; bomb; wait; sleep 1000", {
      time_limit_ms: 1500,
    });
    expect(answer).toMatchObject({ success: true });
  });

  it("a bomb of background shells is ended", async () => {
    const answer = await survives("while :; do (sleep 1000) & done", { time_limit_ms: 1500 });
    expect(answer).toMatchObject({ success: true });
  });

  it("endless recursion ends the command only", async () => {
    const answer = await survives("f() { f; }; f", { time_limit_ms: 20_000 });
    expect(answer).toMatchObject({ success: true, exit_code: null });
  });

  it("all the memory is refused to the program", async () => {
    const answer = await survives(
      "x=$(head -c 300M /dev/zero | tr '\\0' x); echo $(( 1 ? ${#x} : 0 ))",
      { time_limit_ms: 60_000 },
      ["--memory-limit", "128M"],
    );
    expect(answer.stdout).toBe("");
  }, 60_000);
});
