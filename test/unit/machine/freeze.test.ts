import { describe, expect, test } from "vitest";
import type { Frozen, FrozenWasi } from "../../../src/machine/calls/snapshot.js";
import type { WasiMachine } from "../../../src/wasi/machine/machine.js";
import { createMachine, runCommand, testHost } from "../../support/machine.js";

async function freeze(machine: WasiMachine): Promise<FrozenWasi> {
  const frozen: Frozen = await machine.freeze();
  if (frozen.backend !== "wasi") throw new Error("of another backend");
  return frozen;
}

const fork = (frozen: FrozenWasi, memoryLimitBytes = 512 << 20): WasiMachine =>
  createMachine({ memoryLimitBytes }, testHost(), frozen);

async function outputOf(machine: WasiMachine, text: string): Promise<string> {
  const { stdout, stderr } = await runCommand(machine, text);
  return stdout + stderr;
}

/** All that find can say of the files that somebody wrote, and what is in them. */
const LOOK = `cd /tmp && find . -printf '%p %y %m %U %G %n %s %b %T@ %C@ %l\\n' | sort; find . -type f -print0 | sort -z | xargs -0 sha256sum`;

describe("a frozen machine", () => {
  test("goes on in another one with directory, variables, functions, options, limits and umask of its shell", async () => {
    const machine = createMachine();
    await runCommand(
      machine,
      `mkdir /tmp/d; cd /tmp/d; x=5; export Y=6; a=(1 2); f() { echo "f $1"; }; set -o noclobber; shopt -s extglob
       umask 027; ulimit -n 99; alias hi='echo hello'; trap 'echo usr1' USR1`,
    );
    const copy = fork(await freeze(machine));
    expect(
      await outputOf(
        copy,
        `pwd; echo $x \${a[1]}; printenv Y; f z; set -o | grep noclobber; shopt extglob; umask; ulimit -n; alias hi; kill -USR1 $$; echo $$`,
      ),
    ).toBe(
      "/tmp/d\n5 2\n6\nf z\nnoclobber      \ton\nextglob        \ton\n0027\n99\nalias hi='echo hello'\nusr1\n2\n",
    );
  });

  test("has the files with all that belongs to them", async () => {
    const machine = createMachine();
    await runCommand(
      machine,
      `cd /tmp; mkdir -m 2750 dir; echo one > dir/a; ln dir/a hard; ln -s nowhere soft; mkfifo -m 600 pipe; mknod null c 1 3
       truncate -s 10M sparse; echo end >> sparse; chown 1000:5 hard; touch -d '1969-12-31 23:59:58.123456789' dir/a
       echo odd > $'a \\377\\n*'; rm -r /usr/share/doc 2>/dev/null; cp /bin/true yes; mv /usr/bin/tac .; sed -i s/root/toor/ /etc/passwd`,
    );
    const before = await outputOf(machine, LOOK);
    expect(before.split("\n").length).toBeGreaterThan(12);
    const copy = fork(await freeze(machine));
    expect(await outputOf(copy, LOOK)).toBe(before);
    expect(
      await outputOf(
        copy,
        "head -1 /etc/passwd; printf '1\\n2\\n' | ./tac; ./yes && echo runs; ls /usr/bin/tac",
      ),
    ).toBe(
      "toor:x:0:0:root:/root:/bin/bash\n2\n1\nruns\nls: cannot access '/usr/bin/tac': No such file or directory\n",
    );
  });

  test("and the one it was taken from do not see each other's changes", async () => {
    const machine = createMachine();
    await runCommand(machine, "cd /tmp; echo original > f; x=original");
    const frozen = await freeze(machine);
    const one = fork(frozen);
    const other = fork(frozen);
    await runCommand(one, "echo one >> f; x=one");
    await runCommand(machine, "rm f; x=source");
    expect(await outputOf(other, "cat f; echo $x")).toBe("original\noriginal\n");
    expect(await outputOf(one, "cat f; echo $x")).toBe("original\none\none\n");
    expect(await outputOf(machine, "echo $x; cat f")).toBe("source\ncat: f: No such file or directory\n");
  });

  test("draws other random numbers in each copy", async () => {
    const machine = createMachine();
    await runCommand(machine, "echo $RANDOM");
    const frozen = await freeze(machine);
    const draw = "echo $RANDOM $RANDOM $SRANDOM $(mktemp -u)";
    expect(await outputOf(fork(frozen), draw)).not.toBe(await outputOf(fork(frozen), draw));
  });

  test("keeps files that the shell has open, with their position, but not those without a name", async () => {
    const machine = createMachine();
    await runCommand(
      machine,
      "cd /tmp; seq 5 > in; exec 5<in 6>>out 7>gone 8>&6; read -u 5 line; echo first >&6; rm gone; exec 9< <(sleep 100)",
    );
    const copy = fork(await freeze(machine));
    expect(
      await outputOf(
        copy,
        "read -u 5 line; echo $line; echo second >&6; echo third >&8; cat out; ls /proc/$$/fd",
      ),
    ).toBe("2\nfirst\nsecond\nthird\n0\n1\n2\n5\n6\n8\n");
  });

  test("drops background processes and says how many; to the shell they have been killed", async () => {
    const machine = createMachine();
    await runCommand(machine, "sleep 1000 & sleep 1000 & job=$!");
    const frozen = await freeze(machine);
    expect(frozen.processesDropped).toBe(2);
    const copy = fork(frozen);
    expect(copy.status().processes).toBe(0);
    const { stdout, stderr } = await runCommand(copy, "wait $job; echo $?; jobs; sleep 0 & wait $!; echo $?");
    expect(stdout).toBe("137\n0\n");
    expect(stderr.match(/Killed +sleep 1000/g)).toHaveLength(2);
    expect(await outputOf(machine, "jobs | grep -c Running")).toBe("2\n");
  });

  test("whose directory has been removed goes on in the root directory", async () => {
    const machine = createMachine();
    await runCommand(machine, "mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d");
    expect(await outputOf(fork(await freeze(machine)), "cd .; /bin/pwd")).toContain("/");
  });

  test("can be frozen again, and again", async () => {
    let machine = createMachine();
    for (let round = 1; round <= 4; round++) {
      await runCommand(machine, `cd /tmp; echo ${round} >> log; x+=${round}; echo ${round} > f${round}`);
      machine = fork(await freeze(machine));
    }
    expect(await outputOf(machine, "cat log f*; echo $x")).toBe("1\n2\n3\n4\n1\n2\n3\n4\n1234\n");
  });

  test("is reset to the base image, wherever it comes from", async () => {
    const machine = createMachine();
    await runCommand(machine, "x=5; cd /tmp; echo f > f");
    const copy = fork(await freeze(machine));
    copy.reset({ keepFiles: true });
    expect(await outputOf(copy, "echo [$x]; pwd; cat /tmp/f")).toBe("[]\n/root\nf\n");
    copy.reset({ keepFiles: false });
    expect(await outputOf(copy, "echo [$x]; ls /tmp")).toBe("[]\n");
  });

  test("comes back in a machine that is in use", async () => {
    const machine = createMachine();
    await runCommand(machine, "cd /tmp; echo before > f; x=before");
    const frozen = await freeze(machine);
    await runCommand(machine, "echo after > f; x=after; cd /; sleep 1000 &");
    machine.thaw(frozen);
    expect(await outputOf(machine, "cat f; echo $x; jobs")).toBe("before\nbefore\n");
    expect(machine.status().processes).toBe(0);
    await runCommand(machine, "exit 3");
    expect(await outputOf(machine, "cat f; echo $x")).toBe("before\nbefore\n");
  });

  test("is refused with ENOSPC by a machine that may not have that much, which stays as it is", async () => {
    const machine = createMachine();
    await runCommand(machine, "head -c 40M /dev/zero > /tmp/big");
    const frozen = await freeze(machine);
    expect(() => fork(frozen, 64 << 20)).toThrow("No space left on device");
    const small = createMachine({ memoryLimitBytes: 64 << 20 });
    await runCommand(small, "x=kept");
    expect(() => small.thaw(frozen)).toThrow("No space left on device");
    expect(await outputOf(small, "echo $x")).toBe("kept\n");
  });

  test("shares the content of its files", async () => {
    const machine = createMachine();
    await runCommand(machine, "head -c 10M /dev/urandom > /tmp/big");
    const frozen = await freeze(machine);
    const copy = fork(frozen);
    await runCommand(copy, "echo more > /tmp/small");
    const again = await freeze(copy);
    expect(again.files.contents[0]).toBe(frozen.files.contents[0]);
    expect(again.files.contents.slice(1).reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(
      1000,
    );
  });
});
