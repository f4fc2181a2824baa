/* A shell loop of built-in commands makes no system calls, so a signal it has a trap for would
   never arrive. bash calls run_pending_traps before and after each command; the linker puts this
   in its place for all callers in other files (--wrap). */

void __k_poll(void);
void __real_run_pending_traps(void);

void __wrap_run_pending_traps(void)
{
  __k_poll();
  __real_run_pending_traps();
}
