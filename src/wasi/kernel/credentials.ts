/** Who a process is (credentials(7)). Values are shared between processes, so a change makes a new object. */
export interface Credentials {
  readonly ruid: number;
  readonly euid: number;
  readonly suid: number;
  readonly rgid: number;
  readonly egid: number;
  readonly sgid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
}

export function credentialsOf(uid: number, gid: number, groups: readonly number[] = [gid]): Credentials {
  return { ruid: uid, euid: uid, suid: uid, rgid: gid, egid: gid, sgid: gid, groups };
}

/** Root has every capability; everybody else has none. */
export function isPrivileged(credentials: Credentials): boolean {
  return credentials.euid === 0;
}
