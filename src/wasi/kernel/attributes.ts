/** The small settings of a process that prctl(2), personality(2) and sched_setscheduler(2) keep. Shared, so a change makes a new object. */
export interface ProcessAttributes {
  /** PR_SET_NO_NEW_PRIVS: execve(2) gives no privileges by set-user-ID bits. */
  readonly noNewPrivileges: boolean;
  /** PR_SET_DUMPABLE. */
  readonly dumpable: number;
  readonly keepCapabilities: boolean;
  /** PR_SET_PDEATHSIG: sent to the process when its parent dies; 0 for none. */
  readonly parentDeathSignal: number;
  readonly childSubreaper: boolean;
  readonly timerSlackNs: number;
  readonly personality: number;
  /** SCHED_OTHER, SCHED_BATCH or SCHED_IDLE. It changes nothing here. */
  readonly schedulingPolicy: number;
}

export const DEFAULT_TIMER_SLACK_NS = 50_000;

const INITIAL: ProcessAttributes = {
  noNewPrivileges: false,
  dumpable: 1,
  keepCapabilities: false,
  parentDeathSignal: 0,
  childSubreaper: false,
  timerSlackNs: DEFAULT_TIMER_SLACK_NS,
  personality: 0,
  schedulingPolicy: 0,
};

/** What a new process starts with. */
export function inheritedAttributes(parent: ProcessAttributes | undefined): ProcessAttributes {
  return parent === undefined ? INITIAL : { ...parent, parentDeathSignal: 0, childSubreaper: false };
}
