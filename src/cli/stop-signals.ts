/** Signals that tell this process to stop, and the statuses that it then ends with, as shells report them. */
export const STOP_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
