/* The session: whose it is, and what it begins with. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"

static struct {
	bool open;
	/* The frame that it was opened with. */
	void *settings;
	size_t settings_size;
	/* Nothing has run in it. */
	bool fresh;
	uid_t uid;
	gid_t gid;
	char directory[PATH_MAX];
	char *strings;
	char **environment;
	size_t variables;
	uint32_t opener; /* id of the request that waits for the shell, or 0 */
} session;

bool session_is_open(void)
{
	return session.open;
}

void session_is_used(void)
{
	session.fresh = false;
}

const char *session_directory(void)
{
	return session.directory;
}

char **session_environment(size_t *variables)
{
	*variables = session.variables;
	return session.environment;
}

void run_as_user(struct program *program)
{
	program->uid = session.uid;
	program->gid = session.gid;
}

static int enter_view(const char *directory)
{
	if (chdir(directory) || setegid(session.gid) || seteuid(session.uid)) return errno;
	return 0;
}

void give_to_user(int terminal)
{
	(void)!fchown(terminal, session.uid, -1);
}

int enter_user_view(void)
{
	char directory[32];

	snprintf(directory, sizeof directory, "/proc/%d/cwd", session_shell());
	return enter_view(session_shell() ? directory : session.directory);
}

void leave_user_view(void)
{
	if (seteuid(getuid()) || setegid(getgid()) || chdir("/")) abort();
}

static void keep_environment(struct frame *frame)
{
	size_t size = frame->end - frame->at;
	char *at, *end;

	free(session.strings);
	free(session.environment);
	session.strings = malloc(size + 1);
	session.environment = malloc((size + 2) * sizeof *session.environment);
	if (!session.strings || !session.environment) abort();
	memcpy(session.strings, frame->at, size);
	session.strings[size] = '\0';
	session.variables = 0;
	end = session.strings + size;
	for (at = session.strings; at < end; at += strlen(at) + 1) session.environment[session.variables++] = at;
	session.environment[session.variables] = NULL;
}

static void answer_opener(int error)
{
	if (session.opener) send_result(session.opener, error);
	session.opener = 0;
}

void session_has_shell(void)
{
	answer_opener(0);
}

void close_session(int error)
{
	session.open = false;
	answer_opener(error);
}

static void end_session(void)
{
	close_session(ECANCELED);
	abandon_shell();
	end_all_commands();
	kill_all();
}

static int find_directory(const char *home, const char *directory)
{
	int error = enter_view(home);

	if (!error && (chdir(directory) || !getcwd(session.directory, sizeof session.directory))) error = errno;
	leave_user_view();
	return error;
}

/*
 * Takes over a session that was opened with the same settings and not used: in the saved state is one, so that its shell need
 * not start anew each time.
 */
static bool take_over_session(const struct frame *frame)
{
	size_t size = frame->end - frame->at;
	bool same = size == session.settings_size && !memcmp(session.settings, frame->at, size);

	if (!same || !session.open || !session.fresh || !shell_is_idle()) return false;
	shell_is_restored();
	return true;
}

static void keep_settings(const struct frame *frame)
{
	session.settings_size = frame->end - frame->at;
	free(session.settings);
	session.settings = malloc(session.settings_size + 1);
	if (!session.settings) abort();
	memcpy(session.settings, frame->at, session.settings_size);
}

int open_session(struct frame *frame)
{
	const char *home, *directory;
	int error;

	if (take_over_session(frame)) {
		error = apply_limits();
		send_result(frame->id, error);
		return 0;
	}
	end_session();
	keep_settings(frame);
	session.uid = take_u32(frame);
	session.gid = take_u32(frame);
	take_limits(frame);
	home = take_string(frame);
	directory = take_string(frame);
	if (frame->bad) return EINVAL;
	error = apply_limits();
	if (error) return error;
	error = find_directory(home, *directory ? directory : ".");
	if (error) return error;
	keep_environment(frame);
	error = start_shell();
	if (error) return error;
	session.open = session.fresh = true;
	session.opener = frame->id;
	return 0;
}

