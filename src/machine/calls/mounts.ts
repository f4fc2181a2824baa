/** What a machine tells of the directories of the host that are mounted in it. */
export interface MountCalls {
  /** How overlays differ from the directories that they lie over. */
  diff(request: DiffRequest): MountDiff | Promise<MountDiff>;
}

export interface DiffRequest {
  /** The place of one overlay in the guest; all of them by default. */
  readonly mount: string | undefined;
  /** How many changes to list at most. */
  readonly limit: number;
}

export interface MountDiff {
  /** By mount, directory and name. */
  readonly changes: readonly MountChange[];
  /** Whether there are more. */
  readonly truncated: boolean;
}

export interface MountChange {
  /** Absolute path in the guest, in the coding of `vfs/name`. */
  readonly path: string;
  readonly change: "added" | "changed" | "removed";
  readonly type: "file" | "directory" | "symlink" | "other";
  readonly size: number;
}
