#include "tests.h"

static void *sleep_long(void *argument)
{
	for (;;) pause_ms(60000);
}

static void *compute_forever(void *argument)
{
	for (volatile unsigned i = 0;; i++);
}

static void *compute_then_exit(void *argument)
{
	for (int64_t end = now_ms() + 40; now_ms() < end;);
	exit((intptr_t)argument);
}

/* Runs in a child, which must end with that status. */
static int ends_with(void (*run)(void))
{
	pid_t child = fork();
	if (!child) {
		run();
		_exit(99);
	}
	return status_of(child);
}

static void return_beside_others(void)
{
	start(sleep_long, 0);
	start(compute_forever, 0);
	pause_ms(5);
	exit(3);
}

static void exit_in_thread(void)
{
	start(sleep_long, 0);
	start(compute_then_exit, (void *)4);
	sleep_long(0);
}

static void exit_in_thread_beside_computing(void)
{
	start(compute_then_exit, (void *)5);
	compute_forever(0);
}

static void *exit_later(void *argument)
{
	pause_ms(10);
	exit(6);
}

static void first_thread_ends_first(void)
{
	start(exit_later, 0);
	pthread_exit(0);
}

static void last_thread_ends(void)
{
	start(sleep_long, 0);
	pthread_exit(0);
}

static void exits(void)
{
	check(WEXITSTATUS(ends_with(return_beside_others)) == 3);
	check(WEXITSTATUS(ends_with(exit_in_thread)) == 4);
	check(WEXITSTATUS(ends_with(exit_in_thread_beside_computing)) == 5);
	check(WEXITSTATUS(ends_with(first_thread_ends_first)) == 6);
}

static void *trap(void *argument)
{
	abort();
}

static void abort_in_thread(void)
{
	start(trap, 0);
	sleep_long(0);
}

static void fatal(void)
{
	check(WTERMSIG(ends_with(abort_in_thread)) == SIGABRT);
	pid_t child = fork();
	if (!child) {
		start(sleep_long, 0);
		start(compute_forever, 0);
		sleep_long(0);
	}
	pause_ms(20);
	kill(child, SIGTERM);
	check(WTERMSIG(status_of(child)) == SIGTERM);
	child = fork();
	if (!child) last_thread_ends();
	pause_ms(5);
	kill(child, SIGKILL);
	check(WTERMSIG(status_of(child)) == SIGKILL);
}

static void *return_argument(void *argument)
{
	return argument;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int value = 1;

/* The child has one thread, which may have others again. */
static void *fork_here(void *argument)
{
	int local = 2, deep[1000];
	for (int i = 0; i < 1000; i++) deep[i] = i;
	pid_t child = fork();
	if (!child) {
		if (getpid() != gettid() || local != 2 || value != 1 || deep[999] != 999) _exit(1);
		if (finish(start(return_argument, "x")) == 0) _exit(2);
		pid_t grandchild = fork();
		if (!grandchild) _exit(41);
		_exit(WEXITSTATUS(status_of(grandchild)) + 1);
	}
	check(child > 0);
	return (void *)(intptr_t)WEXITSTATUS(status_of(child));
}

static void fork_in_thread(void)
{
	start(sleep_long, 0);
	check(finish(start(fork_here, 0)) == (void *)42);
	check(fork_here(0) == (void *)42);
}

static void *compute_and_return(void *argument)
{
	for (int64_t end = now_ms() + 30; now_ms() < end;);
	return argument;
}

static void fork_beside_computing(void)
{
	pthread_t other = start(compute_and_return, "x");
	for (int i = 0; i < 3; i++) {
		pid_t child = fork();
		if (!child) _exit(i);
		check(WEXITSTATUS(status_of(child)) == i);
		pause_ms(3);
	}
	finish(other);
}

static int reading[2];

static void *execute(void *argument)
{
	dup2(reading[1], 1);
	execl(self, self, "pid", (char *)0);
	exit(98);
}

static void check_execution(void (*run)(void))
{
	char out[16] = { 0 };
	check(pipe(reading) == 0);
	pid_t child = fork();
	if (!child) run();
	close(reading[1]);
	check(read(reading[0], out, sizeof out) > 0 && atoi(out) == child);
	check(WEXITSTATUS(status_of(child)) == 7);
	close(reading[0]);
}

static void execute_in_thread(void)
{
	start(sleep_long, 0);
	start(execute, 0);
	sleep_long(0);
}

static void execute_in_first(void)
{
	start(sleep_long, 0);
	start(compute_forever, 0);
	pause_ms(25);
	execute(0);
}

static void execute_beside_computing(void)
{
	start(execute, 0);
	compute_forever(0);
}

static void execution(void)
{
	check_execution(execute_in_thread);
	check_execution(execute_in_first);
	check_execution(execute_beside_computing);
}

static void *wait_for_child(void *argument)
{
	pid_t child = fork();
	if (!child) {
		pause_ms(5);
		_exit((intptr_t)argument);
	}
	return (void *)(intptr_t)WEXITSTATUS(status_of(child));
}

static void children(void)
{
	pthread_t threads[5];
	for (intptr_t i = 0; i < 5; i++) threads[i] = start(wait_for_child, (void *)i);
	for (intptr_t i = 0; i < 5; i++) check(finish(threads[i]) == (void *)i);
	pid_t child = fork();
	if (!child) _exit(9);
	check(finish(start(return_argument, 0)) == 0);
	check(WEXITSTATUS(status_of(child)) == 9);
}

static void *become_user(void *argument)
{
	check(setuid(1000) == 0);
	return 0;
}

static void *user_of_thread(void *argument)
{
	while (geteuid() == 0) pause_ms(1);
	return (void *)(intptr_t)geteuid();
}

static void users(void)
{
	pthread_t other = start(user_of_thread, 0);
	finish(start(become_user, 0));
	check(geteuid() == 1000);
	check(finish(other) == (void *)1000);
}

static void files_of_proc(void)
{
	char line[64];
	FILE *status = fopen("/proc/self/status", "r");
	start(sleep_long, 0);
	start(sleep_long, 0);
	int threads = 0;
	while (fgets(line, sizeof line, status)) sscanf(line, "Threads: %d", &threads);
	check(threads == 3);
	FILE *list = popen("ls /proc/$PPID/task | wc -l", "r");
	check(fgets(line, sizeof line, list) && atoi(line) == 3);
	pclose(list);
}

const struct test process_tests[] = {
	{ "exits", exits },
	{ "fatal", fatal },
	{ "fork-in-thread", fork_in_thread },
	{ "fork-beside-computing", fork_beside_computing },
	{ "execution", execution },
	{ "children", children },
	{ "users", users },
	{ "proc", files_of_proc },
	{ 0 },
};
