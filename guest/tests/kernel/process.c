#include "tests.h"
#include <pthread.h>
#include <spawn.h>

extern char **environ;

static int global = 1;

static void fork_copies_memory(void)
{
	int local = 2, *heap = malloc(sizeof *heap);
	*heap = 3;
	pid_t child = fork();
	if (!child) {
		global = local = *heap = 9;
		_exit(global + local + *heap);
	}
	check(child > 0);
	int status = status_of(child);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 27);
	check(global == 1 && local == 2 && *heap == 3);
}

static void fork_tells_the_processes_apart(void)
{
	pid_t parent = getpid();
	pid_t child = fork();
	if (!child) _exit(getppid() == parent && getpid() != parent ? 0 : 1);
	check(child != parent);
	check(status_of(child) == 0);
}

static void fork_deep_in_the_stack(void)
{
	char block[200000];
	memset(block, 'x', sizeof block);
	for (int i = 0; i < 10; i++) {
		pid_t child = fork();
		if (!child) _exit(block[100000] == 'x' ? i : 99);
		check(WEXITSTATUS(status_of(child)) == i);
	}
}

static void many_children(void)
{
	enum { count = 50 };
	pid_t children[count];
	for (int i = 0; i < count; i++) {
		children[i] = fork();
		if (!children[i]) {
			pause_ms(i % 5);
			_exit(i);
		}
		check(children[i] > 0);
	}
	for (int i = count-1; i >= 0; i--) check(WEXITSTATUS(status_of(children[i])) == i);
	check(wait(0) == -1 && errno == ECHILD);
}

static void wait_without_hanging(void)
{
	pid_t child = fork();
	if (!child) {
		pause_ms(20);
		_exit(0);
	}
	check(waitpid(child, 0, WNOHANG) == 0);
	check(status_of(child) == 0);
}

static void wait_for_the_killed(void)
{
	pid_t child = fork();
	if (!child) for (;;) pause();
	check(kill(child, SIGTERM) == 0);
	int status = status_of(child);
	check(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	check(kill(child, 0) == -1 && errno == ESRCH);
}

static void waitid_reports(void)
{
	siginfo_t info = { 0 };
	pid_t child = fork();
	if (!child) _exit(5);
	check(waitid(P_PID, child, &info, WEXITED | WNOWAIT) == 0);
	check(info.si_pid == child && info.si_signo == SIGCHLD);
	check(info.si_code == CLD_EXITED && info.si_status == 5);
	check(waitid(P_ALL, 0, &info, WEXITED) == 0 && info.si_pid == child);
	check(waitid(P_ALL, 0, &info, WEXITED) == -1 && errno == ECHILD);
}

static void stop_and_continue(void)
{
	int status;
	pid_t child = fork();
	if (!child) for (;;) pause_ms(5);
	check(kill(child, SIGSTOP) == 0);
	check(waitpid(child, &status, WUNTRACED) == child);
	check(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	check(kill(child, SIGCONT) == 0);
	check(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
	check(kill(child, SIGKILL) == 0);
	check(WTERMSIG(status_of(child)) == SIGKILL);
}

static void process_groups(void)
{
	int status;
	pid_t first = fork();
	if (!first) for (;;) pause();
	check(setpgid(first, first) == 0);
	pid_t second = fork();
	if (!second) for (;;) pause();
	check(setpgid(second, first) == 0);
	check(getpgid(second) == first && getpgrp() != first);
	check(waitpid(-first, &status, WNOHANG) == 0);
	check(kill(-first, SIGINT) == 0);
	check(WTERMSIG(status_of(second)) == SIGINT);
	check(waitpid(-first, &status, 0) == first);
}

static void exec_passes_arguments(void)
{
	int ends[2];
	char out[64];
	check(pipe(ends) == 0);
	pid_t child = fork();
	if (!child) {
		dup2(ends[1], 1);
		execl(self, self, "echo", "two words", "", "é", (char *)0);
		_exit(99);
	}
	close(ends[1]);
	ssize_t n, length = 0;
	while ((n = read(ends[0], out + length, sizeof out - length)) > 0) length += n;
	check(length == 14 && !memcmp(out, "two words\n\n\xc3\xa9\n", 14));
	check(WEXITSTATUS(status_of(child)) == 7);
}

static void exec_closes_files(void)
{
	char keep[12], drop[12];
	int kept = open("/dev/null", O_RDONLY), dropped = open("/dev/null", O_RDONLY | O_CLOEXEC);
	sprintf(keep, "%d", kept);
	sprintf(drop, "%d", dropped);
	for (int i = 0; i < 2; i++) {
		pid_t child = fork();
		if (!child) {
			execl(self, self, "is-open", i ? drop : keep, (char *)0);
			_exit(99);
		}
		check(WEXITSTATUS(status_of(child)) == i);
	}
}

static void exec_that_fails(void)
{
	char *argv[] = { "x", 0 };
	check(execve("/no/such/program", argv, environ) == -1 && errno == ENOENT);
	check(execve("/dev/null", argv, environ) == -1 && errno == EACCES);
}

static void spawn(void)
{
	pid_t child;
	int ends[2], status;
	char out[8] = { 0 }, *argv[] = { (char *)self, "echo", "hi", 0 };
	posix_spawn_file_actions_t actions;
	check(pipe2(ends, O_CLOEXEC) == 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	check(posix_spawn(&child, self, &actions, 0, argv, environ) == 0);
	close(ends[1]);
	check(read(ends[0], out, sizeof out) == 3 && !strcmp(out, "hi\n"));
	status = status_of(child);
	check(WEXITSTATUS(status) == 7);
	check(posix_spawn(&child, "/no/such/program", 0, 0, argv, environ) == ENOENT);
	check(wait(0) == -1 && errno == ECHILD);
}

static void run_by_the_shell(void)
{
	int status = system("exit 3");
	check(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

static void orphans_are_adopted(void)
{
	int ends[2];
	pid_t now;
	check(pipe(ends) == 0);
	pid_t child = fork();
	if (!child) {
		if (!fork()) {
			while (getppid() != 1) pause_ms(1);
			now = getppid();
			write(ends[1], &now, sizeof now);
		}
		_exit(0);
	}
	check(status_of(child) == 0);
	check(read(ends[0], &now, sizeof now) == sizeof now && now == 1);
}

#ifdef __wasm__
static void *no_thread(void *argument)
{
	return argument;
}

static void threads_are_refused(void)
{
	pthread_t thread;
	check(pthread_create(&thread, 0, no_thread, 0) == EAGAIN);
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	check(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
}
#endif

const struct test process_tests[] = {
	{ "fork-copies-memory", fork_copies_memory },
	{ "fork-tells-the-processes-apart", fork_tells_the_processes_apart },
	{ "fork-deep-in-the-stack", fork_deep_in_the_stack },
	{ "many-children", many_children },
	{ "wait-without-hanging", wait_without_hanging },
	{ "wait-for-the-killed", wait_for_the_killed },
	{ "waitid", waitid_reports },
	{ "stop-and-continue", stop_and_continue },
	{ "process-groups", process_groups },
	{ "exec-arguments", exec_passes_arguments },
	{ "exec-closes-files", exec_closes_files },
	{ "exec-that-fails", exec_that_fails },
	{ "spawn", spawn },
	{ "system", run_by_the_shell },
	{ "orphans", orphans_are_adopted },
#ifdef __wasm__
	{ "no-threads", threads_are_refused },
#endif
	{ 0 },
};
