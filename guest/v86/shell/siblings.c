#define _GNU_SOURCE
#include "session-shell.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SIBLING_TRIES 1000
#define SIBLING_PAUSE_US 2000

/* bash's, for what its subshells do when they begin. */
#define SUBSHELL_ASYNC 0x01
#define SUBSHELL_RESETTRAP 0x80
extern pid_t dollar_dollar_pid;
extern pid_t shell_pgrp;
extern int subshell_environment;
extern int subshell_level;
extern void reset_terminating_signals(void);
extern void clear_pending_traps(void);
extern void reset_signal_handlers(void);
extern void set_sigint_handler(void);
extern void set_sigchld_handler(void);
extern void without_job_control(void);
extern void coproc_closeall(void);

pid_t shell;
pid_t copy;

static bool background;

bool is_background(void)
{
	return background;
}

/* CLONE_PARENT: the shell's `wait` and CHLD trap learn nothing of it. */
static pid_t make_sibling(void)
{
	return syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
}

/*
 * Where a fork bomb has taken all processes, one becomes free now and then; without a copy the next command that ends the shell
 * would end the session's variables too.
 */
static pid_t make_copy(void)
{
	pid_t pid;

	for (int tries = SIBLING_TRIES; (pid = make_sibling()) < 0 && tries > 0; tries--) usleep(SIBLING_PAUSE_US);
	return pid;
}

/* Whoever waits for the end of a pipe that the shell closes must not wait for its copy as well. */
static void close_pipes(void)
{
	DIR *directory = opendir("/proc/self/fd");
	struct dirent *entry;

	if (!directory) return;
	while ((entry = readdir(directory))) {
		int fd = atoi(entry->d_name);
		struct stat status;

		if (fd > 2 && fd != agent && !fstat(fd, &status) && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)))
			close(fd);
	}
	closedir(directory);
}

/* A command that the shell had not yet taken when it was killed has been answered. */
static void drop_commands(void)
{
	while (receive(MSG_DONTWAIT) > 0) close_files();
}

/* The copy: takes and drops all signals until the agent's. Its process group keeps it out of reach of `kill 0`. */
static void stand_by(const sigset_t *all)
{
	pid_t parent = getppid();
	siginfo_t info;

	set_oom_score(SPARED);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	close_pipes();
	do
		if (sigwaitinfo(all, &info) < 0) info.si_signo = 0;
	while (info.si_signo != WAKE_SIGNAL || info.si_pid != parent);
	set_oom_score("0");
	shell = dollar_dollar_pid = getpid();
	drop_commands();
}

void leave_copy(void)
{
	static int announced;
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	while (!(copy = make_copy())) {
		stand_by(&all);
		announced = 0;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!announced) report(SESSION_READY, 0, 0);
	announced = 1;
}

static void become_subshell(void)
{
	subshell_environment |= SUBSHELL_ASYNC | SUBSHELL_RESETTRAP;
	subshell_level++;
	reset_terminating_signals();
	clear_pending_traps();
	reset_signal_handlers();
	set_sigint_handler();
	set_sigchld_handler();
	without_job_control();
	coproc_closeall();
}

static void become_background(void)
{
	background = true;
	report(SESSION_STARTED, 0, getpid());
	close(agent);
	shell_pgrp = setsid();
	if (command.flags & SESSION_TERMINAL) ioctl(files[COMMAND_STDIN], TIOCSCTTY, 0);
	become_subshell();
}

/* It has its mark from the beginning, and nobody ends it with a catchable signal before it has reported its start. */
bool start_background(void)
{
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	set_mark(command.id);
	pid = make_sibling();
	if (pid == 0) {
		become_background();
	} else {
		set_mark(MARK_IDLE);
		report(SESSION_FORKED, pid < 0 ? errno : 0, pid);
		close_files();
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return pid == 0;
}
