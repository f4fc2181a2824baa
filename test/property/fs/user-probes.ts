import { O_CREAT, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from "../../../src/wasi/abi/linux/fcntl.js";
import type { Step } from "./compare.js";
import type { Operation } from "./operations.js";

const as = (uid: number, operation: Operation): Step => ({ uid, operation });
const root = (operation: Operation) => as(0, operation);
/** The user with uid 1000, who is also in group 1001. */
const ann = (operation: Operation) => as(1000, operation);
/** The user with uid 1001, who is in group 1001 only. */
const bob = (operation: Operation) => as(1001, operation);

const mkdir = (path: string, mode = 0o755): Operation => ({ kind: "mkdir", path, mode });
const chmod = (path: string, mode: number): Operation => ({ kind: "chmod", path, mode });
const chown = (path: string, uid: number, gid: number): Operation => ({ kind: "chown", path, uid, gid });
const open = (path: string, flags: number): Operation => ({
  kind: "open",
  path,
  flags,
  mode: 0o644,
  handle: 0,
});
const write = (): Operation => ({ kind: "write", handle: 0, bytes: new Uint8Array(3), offset: null });
const at = (kind: "stat" | "unlink" | "rmdir" | "readdir", path: string): Operation => ({ kind, path });
const rename = (path: string, to: string): Operation => ({ kind: "rename", path, to });
const utimes = (path: string): Operation => ({ kind: "utimes", path, atime: 1, mtime: 1 });

/** What the users may do to each other's files. */
export const USER_PROBES: Readonly<Record<string, readonly Step[]>> = {
  "owner, group and others each have their own bits, and only those": [
    ann(open("f", O_CREAT | O_RDWR)),
    root(chown("f", 1000, 1001)),
    root(chmod("f", 0o047)),
    ann(open("f", O_RDONLY)),
    bob(open("f", O_RDONLY)),
    bob(open("f", O_WRONLY)),
    root(open("f", O_RDWR)),
  ],
  "a member of the file's group by a supplementary group": [
    bob(open("f", O_CREAT | O_RDWR)),
    bob(chmod("f", 0o660)),
    ann(open("f", O_RDWR)),
    bob(chmod("f", 0o606)),
    ann(open("f", O_RDWR)),
  ],
  "changing the owner of a file to what it is, with and without privilege bits": [
    0o777, 0o4777, 0o2777, 0o2767,
  ].flatMap((mode) => [
    bob(open("f", O_CREAT | O_RDWR)),
    bob(chmod("f", mode)),
    ann(chown("f", -1, -1)),
    bob(at("stat", "f")),
    bob(chown("f", -1, -1)),
    bob(at("stat", "f")),
  ]),
  "a directory that may be listed but not searched, and the other way round": [
    ann(mkdir("d")),
    ann(open("d/f", O_CREAT | O_RDWR)),
    ann(chmod("d", 0o704)),
    bob(at("readdir", "d")),
    bob(at("stat", "d/f")),
    bob(at("stat", "d/.")),
    ann(chmod("d", 0o701)),
    bob(at("readdir", "d")),
    bob(at("stat", "d/f")),
    bob(open("d/g", O_CREAT | O_RDWR)),
  ],
  "removing takes rights on the directory, not on the file": [
    ann(mkdir("d")),
    ann(chmod("d", 0o777)),
    ann(open("d/f", O_CREAT | O_RDWR)),
    ann(chmod("d/f", 0)),
    bob(at("unlink", "d/f")),
    ann(chmod("d", 0o755)),
    ann(open("d/f", O_CREAT | O_RDWR)),
    bob(at("unlink", "d/f")),
    bob(rename("d/f", "g")),
  ],
  "a sticky directory: only the owner of the file or of the directory removes": [
    ann(mkdir("d")),
    ann(chmod("d", 0o1777)),
    bob(open("d/b", O_CREAT | O_RDWR)),
    root(open("d/r", O_CREAT | O_RDWR)),
    bob(at("unlink", "d/r")),
    bob(rename("d/r", "d/x")),
    bob(rename("d/b", "d/r")),
    ann(at("unlink", "d/r")),
    bob(at("unlink", "d/b")),
    bob(mkdir("d/sub")),
    ann(at("rmdir", "d/sub")),
  ],
  "moving a directory to another parent takes the right to write it": [
    ann(mkdir("d")),
    ann(mkdir("e")),
    ann(chmod("d", 0o777)),
    ann(chmod("e", 0o777)),
    root(mkdir("d/sub")),
    ann(rename("d/sub", "d/same")),
    ann(rename("d/same", "e/sub")),
  ],
  "the set-user-ID bit goes with a new owner, and when somebody else writes": [
    ann(open("f", O_CREAT | O_RDWR)),
    ann(chmod("f", 0o6777)),
    root(chown("f", -1, -1)),
    root(at("stat", "f")),
    root(chmod("f", 0o6777)),
    bob(open("f", O_WRONLY)),
    bob(write()),
    bob(at("stat", "f")),
    root(chmod("f", 0o6767)),
    root(chown("f", 1001, 1001)),
    root(at("stat", "f")),
    root(chmod("f", 0o6777)),
    ann(open("f", O_WRONLY | O_TRUNC)),
    root(at("stat", "f")),
    root(mkdir("d")),
    root(chmod("d", 0o6777)),
    root(chown("d", 1000, 1000)),
    root(at("stat", "d")),
  ],
  "chown and chgrp": [
    ann(open("f", O_CREAT | O_RDWR)),
    ann(chown("f", 1001, -1)),
    ann(chown("f", -1, 0)),
    ann(chown("f", 1000, 1001)),
    bob(chown("f", -1, 1001)),
    bob(chown("f", -1, -1)),
    ann(chown("f", -1, -1)),
  ],
  "set-group-ID on a file of a group one is not in": [
    root(open("f", O_CREAT | O_RDWR)),
    root(chown("f", 1001, 1000)),
    bob(chmod("f", 0o2755)),
    bob(at("stat", "f")),
    root(mkdir("d")),
    root(chown("d", 1001, 0)),
    root(chmod("d", 0o2777)),
    bob(open("d/f", O_CREAT | O_RDWR)),
    bob(mkdir("d/sub")),
    bob(at("stat", "d/f")),
    bob(at("stat", "d/sub")),
  ],
  "times and modes of other people's files": [
    ann(open("f", O_CREAT | O_RDWR)),
    ann(chmod("f", 0o666)),
    bob(utimes("f")),
    bob(chmod("f", 0o600)),
    ann(utimes("f")),
  ],
};
