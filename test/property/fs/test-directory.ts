import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type TestTree, testTree } from "../../unit/vfs/tree.js";
import { FileGuest } from "./file-guest.js";
import { GuestSide } from "./guest-side.js";
import { HostSide } from "./host-side.js";

/** The directory under test is so deep that a chain of `..` does not leave the temporary directory. */
export const DEPTH = "1/2/3/4/5/6";

export const ownUid = process.getuid?.() ?? 0;

/** The same directory, empty at first, on the real filesystem and in the sandbox. */
export interface World {
  readonly host: HostSide;
  readonly guest: GuestSide;
}

/** A temporary directory in which one world after the other is made. */
export class TestDirectory {
  private readonly base = fs.mkdtempSync(path.join(os.tmpdir(), "limpet-fs-"));
  /** Absolute path of the directory under test, on both sides. */
  readonly root = path.join(this.base, DEPTH);
  /** Whether the real filesystem counts subdirectories in the link count of a directory, as most do. */
  readonly countsSubdirectories: boolean;

  /** `mount` puts a filesystem where the temporary directory is in the sandbox; default: it is the sandbox's own. */
  constructor(private readonly mount: (tree: TestTree, path: string) => void = () => {}) {
    fs.chmodSync(this.base, 0o755);
    this.countsSubdirectories = fs.statSync(this.base).nlink === 2;
  }

  /** Runs `act` in a new world whose directory has mode 0777. */
  withWorld(act: (world: World) => void): void {
    fs.mkdirSync(this.root, { recursive: true });
    fs.chmodSync(this.root, 0o777);
    const world = { host: new HostSide(this.root), guest: new GuestSide(this.createGuest(), this.root) };
    try {
      act(world);
    } finally {
      world.host.dispose();
      world.guest.dispose();
      for (const name of fs.readdirSync(this.base))
        fs.rmSync(path.join(this.base, name), { recursive: true, force: true });
    }
  }

  dispose(): void {
    fs.rmSync(this.base, { recursive: true, force: true });
  }

  private createGuest(): FileGuest {
    const admin = new FileGuest(testTree());
    const { root } = this;
    for (let at = root.indexOf("/", 1); at >= 0; at = root.indexOf("/", at + 1)) {
      const above = root.slice(0, at);
      admin.call("mkdirat", -100, above, 0o755);
      if (above === this.base) this.mount(admin.tree, above);
    }
    admin.call("mkdirat", -100, root, 0o777);
    admin.call("fchmodat", -100, root, 0o777);
    const guest = new FileGuest(admin.tree, ownUid, admin);
    guest.process.fs.umask = process.umask();
    return guest;
  }
}
