import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { S_IFDIR, S_IFMT } from "../../../src/wasi/abi/linux/stat.js";
import type { Operation } from "./operations.js";
import type { Outcome, TreeEntry } from "./side.js";
import { ownUid, type TestDirectory, type World } from "./test-directory.js";

/** An operation and the user who tries it. */
export interface Step {
  readonly uid: number;
  readonly operation: Operation;
}

/** Runs `act` as a user, on both sides. */
export type ActAs = (uid: number, act: () => void) => void;

/** Tries each step on both sides: the same outcome each time, and the same tree in the end. */
export function compare(
  directory: TestDirectory,
  world: World,
  steps: readonly Step[],
  actAs: ActAs = (_, act) => act(),
): void {
  const done: { uid: number; operation: Operation; wanted: Outcome }[] = [];
  const story = () =>
    done.map(({ uid, operation, wanted }) => `${uid} ${show(operation)} -> ${show(wanted)}`).join("\n");
  for (const { uid, operation } of steps) {
    actAs(uid, () => {
      const wanted = world.host.run(operation);
      const got = world.guest.run(operation);
      done.push({ uid, operation, wanted });
      demandEqual(got, wanted, () => `after\n${story()}`);
    });
  }
  actAs(ownUid, () => compareTrees(directory, world, () => `final tree after\n${story()}`));
}

function compareTrees(directory: TestDirectory, world: World, message: () => string): void {
  const host = world.host.tree();
  const guest = world.guest.tree();
  demandEqual([...guest.keys()].sort(), [...host.keys()].sort(), message);
  const pairs = [...host].map(([name, wanted]) => ({ name, wanted, got: guest.get(name) as TreeEntry }));
  for (const { name, wanted, got } of pairs) {
    demandEqual(facts(directory, name, got), facts(directory, name, wanted), message);
  }
  for (const one of pairs) {
    for (const other of pairs) {
      const between = () => `${one.name} and ${other.name}, ${message()}`;
      demandEqual(
        one.got.ino === other.got.ino,
        one.wanted.ino === other.wanted.ino,
        () => `same file? ${between()}`,
      );
      for (const time of ["mtimeNs", "ctimeNs"] as const) {
        const wrong = one.wanted[time] < other.wanted[time] && one.got[time] > other.got[time];
        demandEqual(wrong, false, () => `order of ${time} of ${between()}`);
      }
    }
  }
}

/** What has to be the same on both sides. */
function facts(
  directory: TestDirectory,
  name: string,
  { mode, nlink, uid, gid, size, content }: TreeEntry,
): unknown {
  const isDirectory = (mode & S_IFMT) === S_IFDIR;
  return {
    name,
    mode,
    nlink: isDirectory && !directory.countsSubdirectories ? 0 : nlink,
    size,
    owner: name === "." ? undefined : [uid, gid],
    content: content instanceof Uint8Array ? Buffer.from(content) : content,
  };
}

function show(value: Operation | Outcome): string {
  return JSON.stringify(value, (_key, part) => (part instanceof Uint8Array ? `${part.length} bytes` : part));
}

/** As `expect`, but the message is made only when it is needed. */
function demandEqual(got: unknown, wanted: unknown, message: () => string): void {
  if (!isDeepStrictEqual(got, wanted)) expect(got, message()).toEqual(wanted);
}
