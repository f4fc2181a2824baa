/** Signals that a script uses to clean up. A process of its own does not inherit the shell's traps for them. */
const CLEANUP_SIGNALS = "EXIT HUP INT QUIT TERM";

/**
 * What a copy of the session's shell evaluates to be a process that runs `text`: as in a subshell, the shell's own traps are not
 * set there, and in the end it exits, so that traps of `text` for EXIT run.
 */
export function processText(text: string): string {
  return `trap - ${CLEANUP_SIGNALS}; eval '${text.replaceAll("'", "'\\''")}'\nexit`;
}
