/* The long-lived shell that runs the session's commands (shell.h). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"

static struct {
	int socket;
	watch reports;
	pid_t pid;       /* 0 between the end of one and the beginning of the next */
	pid_t discarded; /* a copy that was not needed */
	bool started;
	bool idle;
	bool restored;
	struct command *current;
	uint32_t starting; /* id of the background command that it makes a sibling for, or 0 */
} shell = { .socket = -1 };

pid_t session_shell(void)
{
	return shell.pid;
}

bool shell_is_idle(void)
{
	return shell.idle;
}

void shell_is_restored(void)
{
	shell.restored = true;
}

void abandon_shell(void)
{
	if (shell.socket >= 0) close(shell.socket);
	shell.socket = -1;
	shell.current = NULL;
	shell.starting = 0;
	shell.pid = shell.discarded = 0;
	shell.started = shell.idle = shell.restored = false;
}

int start_shell(void)
{
	char variable[sizeof SESSION_VARIABLE + 16];
	size_t variables;
	char **environment = session_environment(&variables);
	struct program program = {
		.path = shell_path, .argv = (char *[]){ "bash", NULL }, .environment = environment,
		.directory = session_directory(), .mark = MARK_IDLE,
	};
	int ends[2], null_device;
	pid_t pid;

	abandon_shell();
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) return errno;
	null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
	snprintf(variable, sizeof variable, SESSION_VARIABLE "=%d", ends[1]);
	program.files = (int[]){ null_device, null_device, null_device };
	program.inherited = ends[1];
	run_as_user(&program);
	environment[variables] = variable;
	environment[variables + 1] = NULL;
	pid = spawn(&program);
	environment[variables] = NULL;
	close(null_device);
	close(ends[1]);
	shell.socket = ends[0];
	shell.pid = pid > 0 ? pid : 0;
	return pid > 0 ? 0 : -pid;
}

static void shell_is_ready(void)
{
	shell.started = shell.idle = true;
	session_has_shell();
	offer_waiting_command();
}

static void shell_is_done(const struct session_report *report)
{
	struct command *command = shell.current;

	shell.discarded = report->process;
	if (report->process > 1) kill(report->process, SIGKILL);
	shell.current = NULL;
	shell.idle = true;
	if (command) command_ended(command, W_EXITCODE(report->status & 255, 0));
	offer_waiting_command();
}

static void shell_has_forked(const struct session_report *report)
{
	shell.starting = 0;
	shell.idle = true;
	background_forked(report->id, report->process, report->status);
	offer_waiting_command();
}

static void take_reports(void)
{
	struct session_report report;

	while (recv(shell.socket, &report, sizeof report, MSG_DONTWAIT) == sizeof report) {
		switch ((enum session_report_kind)report.kind) {
		case SESSION_READY: shell_is_ready(); break;
		case SESSION_DONE: shell_is_done(&report); break;
		case SESSION_STARTED: background_started(report.id, report.process); break;
		case SESSION_FORKED: shell_has_forked(&report); break;
		}
	}
}

void watch_shell(void)
{
	shell.reports = shell.pid ? watch_input(shell.socket) : -1;
}

void attend_shell(void)
{
	if (is_ready(shell.reports)) take_reports();
}

void hear_of_start(void)
{
	if (shell.starting) take_reports();
}

static void replace_shell(void)
{
	pid_t copy = find_idle(shell.discarded);
	int error = EIO;

	if (copy) {
		shell.pid = copy;
		shell.idle = false;
		kill(copy, WAKE_SIGNAL);
		return;
	}
	/* A shell that does not even start is not tried again. */
	if (shell.started) error = start_shell();
	if (!error) return;
	close_session(error);
	fail_waiting_commands(error);
}

void shell_ended(pid_t pid, int status)
{
	struct command *command;

	if (pid == shell.discarded) shell.discarded = 0;
	if (!session_is_open() || pid != shell.pid) return;
	/* From here on no command can be handed over, whatever the last reports say. */
	shell.pid = 0;
	take_reports();
	command = shell.current;
	shell.current = NULL;
	if (command) command_ended(command, status);
	if (shell.starting) background_forked(shell.starting, 0, EAGAIN);
	shell.starting = 0;
	replace_shell();
}

/* A sibling of a restored shell must find out what every shell begins with, and the shell itself still must. */
static uint32_t order_flags(const struct command *command)
{
	uint32_t flags = shell.restored ? SESSION_RESTORED : 0;

	if (command->kind == BACKGROUND) flags |= SESSION_BACKGROUND;
	else shell.restored = false;
	return command->terminal >= 0 ? flags | SESSION_TERMINAL : flags;
}

bool give_to_shell(struct command *command)
{
	enum { BYTES = COMMAND_DESCRIPTORS * sizeof(int) };
	struct session_command order = { .id = command->id, .size = command->order.block_size };
	union {
		char bytes[CMSG_SPACE(BYTES)];
		struct cmsghdr align;
	} control = { { 0 } };
	struct iovec vector = { &order, sizeof order };
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	if (!shell.pid || !shell.idle) return false;
	order.flags = order_flags(command);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(BYTES);
	memcpy(CMSG_DATA(header), command->order.files, BYTES);
	shell.idle = false;
	if (sendmsg(shell.socket, &message, MSG_NOSIGNAL) < 0) return false;
	if (command->kind == BACKGROUND) shell.starting = command->id;
	else shell.current = command;
	return true;
}
