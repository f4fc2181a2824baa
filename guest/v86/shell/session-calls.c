/*
 * The three calls of guest/programs/bash/session.c, for a bash on a real kernel: it speaks with the agent over a socket
 * (../agent/session.h). Here too is the copy of the shell that takes its place when a command has ended it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../agent/session.h"

#define CALL_NEXT 5000
#define CALL_FETCH 5001
#define CALL_DONE 5002
/* What a fetch returns to a shell that must find out anew what every shell begins with. */
#define RESTORED 1

#define SIBLING_TRIES 1000
#define SIBLING_PAUSE_US 2000

/* The shell's own descriptors lie above those that scripts use by number. */
#define FIRST_DESCRIPTOR 500

extern char **environ;
extern pid_t dollar_dollar_pid;

static int agent = -1;
static int null_device = -1;
/* A child of the shell that begins a read loop of its own, for a script without #!, is not the session's shell. */
static pid_t shell;
static pid_t copy;
static struct rlimit mark;

static struct session_command command;
static int files[COMMAND_DESCRIPTORS];

/* It may be refused outside of the guest. */
static void set_oom_score(const char *score)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0) return;
	(void)!write(fd, score, strlen(score));
	close(fd);
}

static int move_up(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR);

	close(fd);
	return moved;
}

/* Takes a variable out of the environment: the descriptor that it names, or -1. bash's unsetenv is for bash's own variables. */
static int take_descriptor(const char *variable)
{
	size_t length = strlen(variable);
	char **entry = environ;
	int fd;

	while (*entry && (strncmp(*entry, variable, length) || (*entry)[length] != '=')) entry++;
	if (!*entry) return -1;
	fd = atoi(*entry + length + 1);
	do entry[0] = entry[1];
	while (*entry++);
	return fd;
}

/* Returns the text. */
static char *take_isolated(int fd)
{
	struct stat status;
	char *block, *at;
	size_t count = 0;

	if (fstat(fd, &status)) _exit(127);
	block = mmap(NULL, status.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	if (block == MAP_FAILED) _exit(127);
	close(fd);
	for (at = block; *at; at += strlen(at) + 1) count++;
	environ = malloc((count + 1) * sizeof *environ);
	if (!environ) _exit(127);
	for (at = block, count = 0; *at; at += strlen(at) + 1) environ[count++] = at;
	environ[count] = NULL;
	return at + 1;
}

/* Runs before main, and before bash makes variables of the environment. */
__attribute__((constructor)) static void take_over(int argc, char **argv)
{
	int isolated = take_descriptor(ISOLATED_VARIABLE), session = take_descriptor(SESSION_VARIABLE);

	if (isolated >= 0 && argc == 3) argv[2] = take_isolated(isolated);
	if (session < 0) return;
	set_oom_score("0");
	agent = move_up(session);
	null_device = move_up(open("/dev/null", O_RDWR));
	shell = getpid();
	getrlimit(MARK, &mark);
}

static void set_mark(rlim_t value)
{
	mark.rlim_cur = value;
	setrlimit(MARK, &mark);
}

static void report(enum session_report_kind kind, int status)
{
	struct session_report message = { kind, status, copy };

	send(agent, &message, sizeof message, MSG_NOSIGNAL);
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

static ssize_t receive(int flags)
{
	union {
		char bytes[CMSG_SPACE(sizeof files)];
		struct cmsghdr align;
	} control;
	struct iovec vector = { &command, sizeof command };
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
	};
	ssize_t count = recvmsg(agent, &message, flags | MSG_CMSG_CLOEXEC);
	struct cmsghdr *header = count > 0 ? CMSG_FIRSTHDR(&message) : NULL;

	if (count > 0 && (!header || header->cmsg_len != CMSG_LEN(sizeof files))) _exit(1);
	if (header) memcpy(files, CMSG_DATA(header), sizeof files);
	return count;
}

/* A command that the shell had not yet taken when it was killed has been answered. */
static void drop_commands(void)
{
	while (receive(MSG_DONTWAIT) > 0)
		for (int i = 0; i < COMMAND_DESCRIPTORS; i++) close(files[i]);
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

/*
 * CLONE_PARENT: the shell's `wait` and CHLD trap learn nothing of it. Where a fork bomb has taken all processes, one becomes free
 * now and then; without a copy the next command that ends the shell would end the session's variables too.
 */
static pid_t make_sibling(void)
{
	pid_t pid;

	for (int tries = SIBLING_TRIES; (pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)) < 0 && tries > 0; tries--)
		usleep(SIBLING_PAUSE_US);
	return pid;
}

/* Leaves a copy behind. It returns in the copy as well, when that has become the shell, and has a copy of its own by then. */
static void leave_copy(void)
{
	static int announced;
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	while (!(copy = make_sibling())) {
		stand_by(&all);
		announced = 0;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!announced) report(SESSION_READY, 0);
	announced = 1;
}

static long next(void)
{
	ssize_t count;

	if (agent < 0 || getpid() != shell) return -ENOSYS;
	if (copy <= 0) leave_copy();
	count = receive(0);
	if (count > 0) return command.size;
	if (count < 0 && errno == EINTR) return -EINTR;
	_exit(0);
}

static long fetch(char *block)
{
	size_t done = 0;
	ssize_t count;

	while (done < command.size && (count = pread(files[COMMAND_BLOCK], block + done, command.size - done, done)) > 0)
		done += count;
	if (done < command.size) _exit(1);
	for (int i = 0; i < COMMAND_DESCRIPTORS; i++) {
		if (i != COMMAND_BLOCK) dup2(files[i], i);
		close(files[i]);
	}
	set_mark(command.id);
	return command.restored ? RESTORED : 0;
}

static long done(int status)
{
	for (int i = 0; i < 3; i++) dup2(null_device, i);
	set_mark(MARK_IDLE);
	report(SESSION_DONE, status);
	copy = 0;
	return 0;
}

long __suspending_call(long number, long a, long b, long c, long d, long e, long f)
{
	return number == CALL_NEXT ? next() : -ENOSYS;
}

long __kernel_call(long number, long a, long b, long c, long d, long e, long f)
{
	switch (number) {
	case CALL_FETCH: return fetch((char *)a);
	case CALL_DONE: return done(a);
	default: return -ENOSYS;
	}
}
