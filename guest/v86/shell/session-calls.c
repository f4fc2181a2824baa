/*
 * The three calls of guest/programs/bash/session.c, for a bash on a real kernel: it speaks with the agent over a socket
 * (../agent/session.h).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session-shell.h"

#define CALL_NEXT 5000
#define CALL_FETCH 5001
#define CALL_DONE 5002
/* What a fetch returns to a shell that must find out anew what every shell begins with. */
#define RESTORED 1

/* The shell's own descriptors lie above those that scripts use by number, if there may be so many. */
#define FIRST_DESCRIPTOR 500

extern char **environ;
extern void exit_shell(int status) __attribute__((noreturn));

static int null_device = -1;

static int move_up(int fd)
{
	long most = sysconf(_SC_OPEN_MAX) - SHELL_DESCRIPTORS;
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, most < FIRST_DESCRIPTOR ? most : FIRST_DESCRIPTOR);

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
	connect_to_agent(move_up(session));
	null_device = move_up(open("/dev/null", O_RDWR));
	shell = getpid();
}

/* In a sibling that evaluates a background command this returns, too, and is not called again. */
static long next(void)
{
	ssize_t count;

	if (agent < 0 || getpid() != shell) return -ENOSYS;
	do {
		if (copy <= 0) leave_copy();
		count = receive(0);
		if (count < 0 && errno == EINTR) return -EINTR;
		if (count <= 0) _exit(0);
	} while (command.flags & SESSION_BACKGROUND && !start_background());
	return command.size;
}

static long fetch(char *block)
{
	size_t done = 0;
	ssize_t count;

	while (done < command.size && (count = pread(files[COMMAND_BLOCK], block + done, command.size - done, done)) > 0)
		done += count;
	if (done < command.size) _exit(1);
	for (int i = 0; i < COMMAND_BLOCK; i++) dup2(files[i], i);
	close_files();
	set_mark(command.id);
	return command.flags & SESSION_RESTORED ? RESTORED : 0;
}

static long done(int status)
{
	if (is_background()) exit_shell(status);
	for (int i = 0; i < 3; i++) dup2(null_device, i);
	set_mark(MARK_IDLE);
	report(SESSION_DONE, status, copy);
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
