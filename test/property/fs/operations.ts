import fc from "fast-check";
import {
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
} from "../../../src/wasi/abi/linux/fcntl.js";

/** One file operation. `path`s are relative to the directory under test; `handle` is the number of a slot for an open file. */
export type Operation =
  | { kind: "mkdir"; path: string; mode: number }
  | { kind: "open"; path: string; flags: number; mode: number; handle: number }
  | { kind: "close"; handle: number }
  | { kind: "read"; handle: number; length: number; offset: number | null }
  | { kind: "write"; handle: number; bytes: Uint8Array; offset: number | null }
  | { kind: "ftruncate"; handle: number; size: number }
  | { kind: "truncate"; path: string; size: number }
  | { kind: "stat" | "lstat" | "unlink" | "rmdir" | "readdir" | "readlink"; path: string }
  | { kind: "fstat"; handle: number }
  | { kind: "rename" | "link"; path: string; to: string }
  | { kind: "symlink"; target: string; path: string }
  | { kind: "chmod"; path: string; mode: number }
  | { kind: "fchmod"; handle: number; mode: number }
  | { kind: "utimes" | "lutimes"; path: string; atime: number; mtime: number }
  | { kind: "access"; path: string; mode: number }
  | { kind: "chown" | "lchown"; path: string; uid: number; gid: number };

const HANDLES = 3;

/** Few names, so that operations meet. */
const NAMES = ["a", "b", "c", "d"];
const ODD_NAMES = [
  "é€😀",
  "with space",
  "...",
  "n".repeat(255),
  "n".repeat(256),
  "€".repeat(85),
  "€".repeat(86),
  "__proto__",
  "\udcff\udc80",
];

const name = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES) },
);
const component = fc.oneof(
  { weight: 20, arbitrary: name },
  { weight: 1, arbitrary: fc.constant(".") },
  { weight: 2, arbitrary: fc.constant("..") },
);
const ending = fc.oneof(
  { weight: 12, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom("/", "//", "/.", "/..") },
);

/** One to four components; mostly one or two. */
const path = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(name, ending).map((parts) => parts.join("")) },
  { weight: 5, arbitrary: fc.tuple(component, component, ending).map(([a, b, end]) => `${a}/${b}${end}`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(component, { minLength: 3, maxLength: 4 }), fc.constantFrom("/", "//"), ending)
      .map(([parts, slash, end]) => parts.join(slash) + end),
  },
);

const permissionBits = (modes: readonly number[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...modes) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0o777 }) },
  );
const offset = fc.oneof({ weight: 4, arbitrary: fc.nat(64) }, { weight: 1, arbitrary: fc.nat(200_000) });
const handle = fc.nat(HANDLES - 1);
const bytes = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ minLength: 0, maxLength: 24 }) },
  { weight: 1, arbitrary: fc.nat(150_000).map((length) => new Uint8Array(length).fill(length & 0xff)) },
);
const openFlags = fc
  .tuple(
    fc.constantFrom(O_RDONLY, O_WRONLY, O_RDWR, O_RDWR),
    fc.constantFrom(0, O_CREAT, O_CREAT, O_CREAT, O_CREAT, O_DIRECTORY),
    fc.constantFrom(0, 0, 0, O_EXCL),
    fc.constantFrom(0, 0, 0, O_TRUNC),
    fc.constantFrom(0, 0, 0, O_APPEND),
    fc.constantFrom(0, 0, 0, 0, O_NOFOLLOW),
  )
  .map((flags) => flags.reduce<number>((all, flag) => all | flag, 0));
const time = fc.integer({ min: 0, max: 1_000_000_000 });

/** What `symlink` may point to: relative, absolute (within the directory under test, `root`), dangling, looping. */
const target = (root: string) =>
  fc.oneof(
    { weight: 8, arbitrary: path },
    { weight: 1, arbitrary: path.map((relative) => `${root}/${relative}`) },
  );

export interface OperationOptions {
  /** Absolute path of the directory under test. */
  readonly root: string;
  /** Modes for chmod and mkdir, besides random ones. */
  readonly modes: readonly number[];
  /** Users and groups for chown; none: no chown. */
  readonly owners: readonly number[];
}

/** An arbitrary operation. */
export function operation({ root, modes, owners }: OperationOptions): fc.Arbitrary<Operation> {
  const mode = permissionBits(modes);
  const choices: { weight: number; arbitrary: fc.Arbitrary<Operation> }[] = [
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("mkdir"), path, mode }) },
    { weight: 14, arbitrary: fc.record({ kind: fc.constant("open"), path, flags: openFlags, mode, handle }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("close"), handle }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("read"),
        handle,
        length: fc.integer({ min: 1, max: 100_000 }),
        offset: fc.option(offset, { nil: null }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("write"),
        handle,
        bytes,
        offset: fc.option(offset, { nil: null }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("ftruncate"), handle, size: offset }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("truncate"), path, size: offset }) },
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constantFrom("stat", "lstat", "unlink", "rmdir", "readdir", "readlink"),
        path,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("fstat"), handle }) },
    {
      weight: 16,
      arbitrary: fc.record({ kind: fc.constantFrom("rename", "rename", "rename", "link"), path, to: path }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("symlink"), target: target(root), path }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("chmod"), path, mode }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("fchmod"), handle, mode }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom("utimes", "lutimes"), path, atime: time, mtime: time }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("access"), path, mode: fc.nat(7) }) },
  ];
  if (owners.length > 0) {
    const id = fc.constantFrom(...owners, -1);
    choices.push({
      weight: 8,
      arbitrary: fc.record({ kind: fc.constantFrom("chown", "lchown"), path, uid: id, gid: id }),
    });
  }
  return fc.oneof(...choices);
}

/** Something to begin with, so that fewer operations find nothing: directories, files, links of both kinds, open files. */
export const PRELUDE: readonly Operation[] = [
  { kind: "mkdir", path: "a", mode: 0o755 },
  { kind: "mkdir", path: "a/b", mode: 0o755 },
  { kind: "mkdir", path: "a/b/c", mode: 0o755 },
  { kind: "mkdir", path: "c", mode: 0o755 },
  { kind: "open", path: "a/c", flags: O_CREAT | O_RDWR, mode: 0o644, handle: 0 },
  { kind: "write", handle: 0, bytes: new Uint8Array(10).fill(0x61), offset: null },
  { kind: "open", path: "c/a", flags: O_CREAT | O_WRONLY | O_APPEND, mode: 0o600, handle: 1 },
  { kind: "link", path: "a/c", to: "d" },
  { kind: "symlink", target: "a", path: "b" },
  { kind: "symlink", target: "../b/../c", path: "c/b" },
  { kind: "open", path: "a/b/d", flags: O_CREAT | O_RDWR, mode: 0o666, handle: 2 },
];
