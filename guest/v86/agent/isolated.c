/* Isolated commands: each is a bash of its own, in the session's environment. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent.h"
#include "order.h"

/* Whether the list `changes` says something about the variable `entry`. */
static bool is_changed(const char *entry, const char *changes)
{
	size_t length = strcspn(entry, "=");

	for (; *changes; changes += strlen(changes) + 1)
		if (strcspn(changes, "=") == length && !strncmp(changes, entry, length)) return true;
	return false;
}

/* The session's environment with `changes`, as a list that the caller frees. */
static char **make_environment(const char *changes)
{
	size_t variables, room, used = 0;
	char **session = session_environment(&variables);
	char **environment;
	const char *change;

	room = variables + 1;
	for (change = changes; *change; change += strlen(change) + 1) room++;
	environment = malloc(room * sizeof *environment);
	if (!environment) return NULL;
	for (size_t i = 0; i < variables; i++)
		if (!is_changed(session[i], changes)) environment[used++] = session[i];
	for (change = changes; *change; change += strlen(change) + 1)
		if (strchr(change, '=')) environment[used++] = (char *)change;
	environment[used] = NULL;
	return environment;
}

static int write_string(int fd, const char *string)
{
	return write_all(fd, string, strlen(string) + 1);
}

/* The file that ISOLATED_VARIABLE names, or a negated errno. */
static int make_file(char *const *environment, const char *text)
{
	int fd = memfd_create("command", MFD_CLOEXEC), error = 0;

	if (fd < 0) return -errno;
	while (!error && *environment) error = write_string(fd, *environment++);
	if (!error) error = write_string(fd, "");
	if (!error) error = write_string(fd, text);
	if (!error) return fd;
	close(fd);
	return -error;
}

static pid_t spawn_from_file(struct program program, const char *text)
{
	char variable[sizeof ISOLATED_VARIABLE + 16];
	int file = make_file(program.environment, text);
	pid_t pid;

	if (file < 0) return file;
	snprintf(variable, sizeof variable, ISOLATED_VARIABLE "=%d", file);
	program.path = shell_path;
	program.argv = (char *[]){ "bash", "-c", "", NULL };
	program.environment = (char *[]){ variable, NULL };
	program.inherited = file;
	pid = spawn(&program);
	close(file);
	return pid;
}

pid_t spawn_isolated(uint32_t id, const char *directory, const char *changes, const char *text, const int files[3])
{
	char **environment = make_environment(changes);
	struct program program = {
		.path = "/bin/bash", .argv = (char *[]){ "bash", "-c", (char *)text, NULL }, .environment = environment,
		.directory = directory, .mark = id, .files = files, .inherited = -1,
	};
	pid_t pid;

	if (!environment) return -ENOMEM;
	run_as_user(&program);
	pid = spawn(&program);
	if (pid == -E2BIG) pid = spawn_from_file(program, text);
	free(environment);
	return pid;
}
