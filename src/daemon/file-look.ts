import type { Listing } from "../machine/calls/files.js";

/** What a file was like when it was looked at. */
export interface Seen {
  readonly kind: string;
  readonly size: number;
  readonly signature: string;
}

export interface Change {
  readonly change: "added" | "changed" | "removed";
  /** As in the listing. */
  readonly path: string;
  readonly file: Seen;
}

/** The files of a listing, by path. */
export function seen({ entries }: Pick<Listing, "entries">): Map<string, Seen> {
  return new Map(
    entries.map(({ path, type, size, mode, mtimeMs, uid, gid, target }) => [
      path,
      { kind: type, size, signature: [type, size, mode, mtimeMs, uid, gid, target].join(" ") },
    ]),
  );
}

/** What differs, in the order of the listings, what was removed first. A directory's own size and time do not count. */
export function compare(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): Change[] {
  const changes: Change[] = [];
  for (const [path, file] of before) if (!after.has(path)) changes.push({ change: "removed", path, file });
  for (const [path, file] of after) {
    const old = before.get(path);
    if (old === undefined) changes.push({ change: "added", path, file });
    else if (old.signature !== file.signature && (file.kind !== "directory" || old.kind !== file.kind))
      changes.push({ change: "changed", path, file });
  }
  return changes;
}
