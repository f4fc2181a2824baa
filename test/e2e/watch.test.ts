import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChangeEvent, Event } from "../../src/protocol/messages/index.js";
import { BACKEND } from "../support/backend.js";
import { Daemon } from "../support/daemon.js";

let daemon: Daemon;

beforeEach(async () => {
  daemon = new Daemon(["--backend", BACKEND]);
  await shell("mkdir -p /tmp/w/d; echo one > /tmp/w/a; echo two > /tmp/w/d/b");
});

afterEach(async () => {
  daemon.child.kill("SIGTERM");
  await daemon.ended;
});

const shell = (command: string) => daemon.request({ type: "shell", command });

type Options = Omit<Parameters<typeof daemon.request<"watch">>[0], "type" | "path">;

/** Watches while `during` is done, and returns the changes as words with the answer. */
async function watch(options: Options, during: () => Promise<unknown>, path = "/tmp/w") {
  const changes: ChangeEvent[] = [];
  const onEvent = (event: Event) => changes.push(event as ChangeEvent);
  const answer = daemon.request({ type: "watch", path, wait_ms: 20_000, ...options }, onEvent);
  await during();
  return {
    answer: await answer,
    changes: changes.map(({ change, path, kind, size }) => `${change} ${path} ${kind} ${size}`),
  };
}

describe("watch", () => {
  it("tells what is added, changed and removed, and nothing else", async () => {
    const { answer, changes } = await watch({ max_changes: 4 }, async () => {
      await shell("sleep 0.3; cd /tmp/w; cat a > /dev/null; echo more >> a");
      await shell("sleep 0.5; mkdir new; echo x > d/unseen; ln -s a link");
      await shell("sleep 0.5; rm /tmp/w/a");
    });
    expect(changes[0]).toBe("changed /tmp/w/a file 9");
    expect(
      changes
        .slice(1, 3)
        .map((text) => text.replace(/ \d+$/, ""))
        .sort(),
    ).toEqual(["added /tmp/w/link symlink", "added /tmp/w/new directory"]);
    expect(changes[3]).toBe("removed /tmp/w/a file 9");
    expect(answer).toMatchObject({ changes: 4, ended: "max_changes" });
  });

  it("looks below directories with recursive", async () => {
    const { changes } = await watch({ recursive: true, max_changes: 1 }, () =>
      shell("sleep 0.3; echo three > /tmp/w/d/c"),
    );
    expect(changes).toEqual(["added /tmp/w/d/c file 6"]);
  });

  it("sees a directory come that was not there", async () => {
    const { changes } = await watch(
      { max_changes: 1 },
      () => shell("sleep 0.3; mkdir /tmp/later; > /tmp/later/f"),
      "/tmp/later",
    );
    expect(changes).toEqual(["added /tmp/later/f file 0"]);
  });

  it("ends after its time, when it is cancelled, and with its session", async () => {
    expect((await watch({ wait_ms: 300 }, async () => {})).answer).toMatchObject({
      changes: 0,
      ended: "wait_ms",
    });

    daemon.child.stdin.write('{"id":"w","type":"watch","path":"/tmp/w"}\n');
    const watching = daemon.expect("w");
    await shell("true");
    expect(await daemon.request({ type: "cancel", target: "w" })).toMatchObject({ cancelled: true });
    expect(await watching).toMatchObject({ success: true, ended: "cancelled" });

    const closed = watch({}, () => daemon.request({ type: "close", session: "default" }));
    expect((await closed).answer).toMatchObject({ ended: "closed" });
  });

  it("works while commands run, also one that only computes", async () => {
    const { changes } = await watch({ max_changes: 1 }, () =>
      daemon.request({
        type: "shell",
        command: "sleep 0.3; > /tmp/w/n; while :; do :; done",
        time_limit_ms: 3000,
      }),
    );
    expect(changes).toEqual(["added /tmp/w/n file 0"]);
  });

  it("is refused for what cannot be watched", async () => {
    expect(await daemon.ask({ type: "watch", path: "relative" })).toMatchObject({
      success: false,
      code: "INVALID_REQUEST",
      error: 'watch: `path` must be an absolute path, got "relative"',
    });
    expect(await daemon.ask({ type: "watch", path: "/tmp/w/a" })).toMatchObject({
      success: false,
      code: "ENOTDIR",
    });
  });
});
