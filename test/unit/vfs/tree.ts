import { Errno } from "../../../src/wasi/errno.js";
import type { BaseImage } from "../../../src/wasi/fs/base/image.js";
import { BaseTree } from "../../../src/wasi/fs/base/tree.js";
import type { Layer } from "../../../src/wasi/fs/layer/layer.js";
import * as memfsCore from "../../../src/wasi/fs/memfs/core.js";
import { MemfsStore, type StorageBudget } from "../../../src/wasi/fs/memfs/store.js";
import { RootFs } from "../../../src/wasi/fs/root/root-fs.js";
import { credentialsOf } from "../../../src/wasi/kernel/credentials.js";
import { FdTable } from "../../../src/wasi/kernel/fd-table.js";
import { MemoryBudget } from "../../../src/wasi/kernel/memory-budget.js";
import type { Process } from "../../../src/wasi/kernel/process.js";
import type { Timespec } from "../../../src/wasi/vfs/inode.js";
import { FsContext, Vfs } from "../../../src/wasi/vfs/vfs.js";

export const BUILT: Timespec = { sec: 1_700_000_000, nsec: 0 };

/** A clock that stands still until it is told to move. */
export class TestClock {
  private ms = 1_800_000_000_000;
  /** Moves on by one millisecond. */
  tick(): void {
    this.ms++;
  }
  now(): Timespec {
    return { sec: Math.floor(this.ms / 1000), nsec: (this.ms % 1000) * 1e6 };
  }
}

export interface TestTree {
  readonly fs: RootFs;
  readonly vfs: Vfs;
  readonly store: MemfsStore;
  readonly budget: MemoryBudget;
  readonly clock: TestClock;
  /** A process of that user (default root) in `/`, without a program. */
  process(uid?: number, gid?: number, groups?: readonly number[]): Process;
}

export function testTree(
  images: readonly BaseImage[] = [],
  {
    maxBytes = 64 << 20,
    loadMemfs = () => memfsCore,
    layer,
  }: { maxBytes?: number; loadMemfs?: () => typeof memfsCore; layer?: Layer } = {},
): TestTree {
  const clock = new TestClock();
  const budget = new MemoryBudget(maxBytes);
  const store = new MemfsStore(loadMemfs, budget satisfies StorageBudget);
  const fs = new RootFs(new BaseTree(images, BUILT), store, clock, undefined, layer);
  const vfs = new Vfs(fs, {
    now: () => clock.now(),
    openFifo: () => {
      throw Errno.ENXIO;
    },
    openDevice: () => {
      throw Errno.ENXIO;
    },
  });
  const process = (uid = 0, gid = uid, groups: readonly number[] = [gid]): Process =>
    ({
      fs: new FsContext(vfs.root),
      fds: new FdTable(1024),
      credentials: credentialsOf(uid, gid, groups),
      limits: { fileSize: Number.POSITIVE_INFINITY },
      kernel: { vfs },
    }) as unknown as Process;
  return { fs, vfs, store, budget, clock, process };
}

/** The code of the Errno that `operation` throws, or undefined when it succeeds. */
export function errnoOf(operation: () => unknown): string | undefined {
  try {
    operation();
    return undefined;
  } catch (error) {
    if (error instanceof Errno) return error.code;
    throw error;
  }
}
