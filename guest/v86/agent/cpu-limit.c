/* Processor time of a command, all of its processes together; setrlimit(2) knows that of one process only. */
#include <signal.h>

#include "agent.h"

#define LOOK_MS 50
/* Processor time to clean up in, from SIGXCPU to SIGKILL. */
#define GRACE_US 1000000

void open_cpu_account(struct cpu_account *account, pid_t shell)
{
	if (cpu_limit() != UINT64_MAX) account->before = processor_time(shell);
}

void watch_cpu(struct cpu_account *account, uint32_t id)
{
	uint64_t limit = cpu_limit(), used;

	if (limit == UINT64_MAX) return;
	wake_within(LOOK_MS);
	used = processor_time_of_command(id);
	if (used < account->before || used - account->before <= limit) return;
	if (!account->exceeded) signal_command(id, SIGXCPU);
	else if (used - account->before > limit + GRACE_US) signal_command(id, SIGKILL);
	account->exceeded = true;
}
