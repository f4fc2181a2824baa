/* The session: whose it is, and the long-lived shell that runs its commands (session.h). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"

static struct {
	bool open;
	/* The frame that it was opened with. */
	void *settings;
	size_t settings_size;
	/* Nothing has run in it. */
	bool fresh;
	bool restored;
	uid_t uid;
	gid_t gid;
	char directory[PATH_MAX];
	char *strings;
	char **environment;
	size_t variables;

	uint32_t opener; /* id of the request that waits for the shell, or 0 */
	int socket;
	watch reports;
	pid_t pid;       /* of the shell; 0 between the end of one and the beginning of the next */
	pid_t discarded; /* a copy that was not needed */
	bool started;
	bool idle;
	struct command *current;
} session = { .socket = -1 };

pid_t session_shell(void)
{
	return session.pid;
}

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

char *const *session_environment(size_t *variables)
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

int enter_user_view(void)
{
	char directory[32];

	snprintf(directory, sizeof directory, "/proc/%d/cwd", session.pid);
	return enter_view(session.pid ? directory : session.directory);
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

static int start_shell(void)
{
	char variable[sizeof SESSION_VARIABLE + 16];
	char *arguments[] = { "bash", NULL };
	int ends[2], null_device;
	pid_t pid;

	if (session.socket >= 0) close(session.socket);
	session.socket = -1;
	session.started = session.idle = false;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) return errno;
	null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
	snprintf(variable, sizeof variable, SESSION_VARIABLE "=%d", ends[1]);
	session.environment[session.variables] = variable;
	session.environment[session.variables + 1] = NULL;
	pid = spawn(&(struct program){
		.path = shell_path, .argv = arguments, .environment = session.environment, .directory = session.directory,
		.mark = MARK_IDLE, .files = (int[]){ null_device, null_device, null_device }, .inherited = ends[1],
		.uid = session.uid, .gid = session.gid,
	});
	session.environment[session.variables] = NULL;
	close(null_device);
	close(ends[1]);
	session.socket = ends[0];
	session.pid = pid > 0 ? pid : 0;
	return pid > 0 ? 0 : -pid;
}

static void end_session(void)
{
	session.open = false;
	session.current = NULL;
	session.pid = session.discarded = 0;
	end_all_commands();
	kill_all();
	if (session.opener) send_result(session.opener, ECANCELED);
	session.opener = 0;
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

	if (!same || !session.open || !session.idle || !session.fresh) return false;
	session.restored = true;
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

	if (in_guest) fit_files_to_memory();
	if (take_over_session(frame)) {
		send_result(frame->id, 0);
		return 0;
	}
	end_session();
	keep_settings(frame);
	session.uid = take_u32(frame);
	session.gid = take_u32(frame);
	home = take_string(frame);
	directory = take_string(frame);
	if (frame->bad) return EINVAL;
	error = find_directory(home, *directory ? directory : ".");
	if (error) return error;
	keep_environment(frame);
	error = start_shell();
	if (error) return error;
	session.open = session.fresh = true;
	session.restored = false;
	session.opener = frame->id;
	return 0;
}

static void shell_is_ready(void)
{
	session.started = session.idle = true;
	if (session.opener) send_result(session.opener, 0);
	session.opener = 0;
	offer_waiting_command();
}

static void shell_is_done(const struct session_report *report)
{
	struct command *command = session.current;

	session.discarded = report->copy;
	if (report->copy > 1) kill(report->copy, SIGKILL);
	session.current = NULL;
	session.idle = true;
	if (command) command_ended(command, W_EXITCODE(report->status & 255, 0));
	offer_waiting_command();
}

static void take_reports(void)
{
	struct session_report report;

	while (recv(session.socket, &report, sizeof report, MSG_DONTWAIT) == sizeof report) {
		if (report.kind == SESSION_READY) shell_is_ready();
		else shell_is_done(&report);
	}
}

void watch_shell(void)
{
	session.reports = session.open && session.pid ? watch_input(session.socket) : -1;
}

void attend_shell(void)
{
	if (is_ready(session.reports)) take_reports();
}

static void replace_shell(void)
{
	pid_t copy = find_idle(session.discarded);
	int error = EIO;

	if (copy) {
		session.pid = copy;
		session.idle = false;
		kill(copy, WAKE_SIGNAL);
		return;
	}
	/* A shell that does not even start is not tried again. */
	if (session.started) error = start_shell();
	if (!error) return;
	session.open = false;
	if (session.opener) send_result(session.opener, error);
	session.opener = 0;
	fail_waiting_commands(error);
}

void shell_ended(pid_t pid, int status)
{
	struct command *command;

	if (pid == session.discarded) session.discarded = 0;
	if (!session.open || pid != session.pid) return;
	/* From here on no command can be handed over, whatever the last reports say. */
	session.pid = 0;
	take_reports();
	command = session.current;
	session.current = NULL;
	if (command) command_ended(command, status);
	replace_shell();
}

bool give_to_shell(struct command *command, uint32_t id, const int files[COMMAND_DESCRIPTORS], uint32_t size)
{
	enum { BYTES = COMMAND_DESCRIPTORS * sizeof(int) };
	struct session_command order = { id, size, session.restored };
	union {
		char bytes[CMSG_SPACE(BYTES)];
		struct cmsghdr align;
	} control = { { 0 } };
	struct iovec vector = { &order, sizeof order };
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	if (!session.pid || !session.idle) return false;
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(BYTES);
	memcpy(CMSG_DATA(header), files, BYTES);
	session.idle = false;
	if (sendmsg(session.socket, &message, MSG_NOSIGNAL) < 0) return false;
	session.current = command;
	session.restored = false;
	return true;
}
