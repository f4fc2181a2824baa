/*
 * Background commands. Each is answered when it has started, and tells of its end once, whatever still holds its output then;
 * when nobody does, it is forgotten.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"

/* Flags of a `B` frame. */
#define LONG 2 /* as of an `S` frame */
#define INPUT 4
#define TERMINAL 8

/* After the flags stand rows and columns, which count with TERMINAL. Where there is INPUT or a TERMINAL, `I` frames bring it. */
void start_background(struct frame *frame)
{
	uint32_t flags = take_u32(frame);
	uint16_t rows = take_u32(frame), columns = take_u32(frame);
	size_t strings = flags & LONG ? take_u32(frame) : (size_t)(frame->end - frame->at);
	struct command *command = add_command(frame, BACKGROUND);
	int error;

	if (!command) return;
	command->flags = flags;
	command->rows = rows;
	command->columns = columns;
	error = begin_order(&command->order, strings);
	if (error) fail_command(command, error);
	else receive_part(command, frame);
}

static void set_size(struct command *command)
{
	struct winsize size = { .ws_row = command->rows, .ws_col = command->columns };

	ioctl(command->terminal, TIOCSWINSZ, &size);
}

/* The terminal is the command's input, output and error; its other side is the host's. */
static int open_terminal(struct command *command)
{
	int *files = command->order.files, unlocked = 0;

	command->terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (command->terminal < 0 || ioctl(command->terminal, TIOCSPTLCK, &unlocked)) return errno;
	set_size(command);
	files[COMMAND_STDIN] = ioctl(command->terminal, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (files[COMMAND_STDIN] < 0) return errno;
	give_to_user(files[COMMAND_STDIN]);
	files[COMMAND_STDOUT] = fcntl(files[COMMAND_STDIN], F_DUPFD_CLOEXEC, 0);
	files[COMMAND_STDERR] = fcntl(files[COMMAND_STDIN], F_DUPFD_CLOEXEC, 0);
	command->output.streams[0].fd = fcntl(command->terminal, F_DUPFD_CLOEXEC, 0);
	init_input(&command->input, fcntl(command->terminal, F_DUPFD_CLOEXEC, 0));
	return files[COMMAND_STDERR] < 0 || command->input.fd < 0 ? errno : 0;
}

static int open_input(struct command *command)
{
	int *file = command->order.files + COMMAND_STDIN, ends[2];

	if (!(command->flags & INPUT)) {
		*file = open("/dev/null", O_RDONLY | O_CLOEXEC);
		return *file < 0 ? errno : 0;
	}
	if (pipe2(ends, O_CLOEXEC)) return errno;
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	*file = ends[0];
	init_input(&command->input, ends[1]);
	return 0;
}

int begin_background(struct command *command, const char *directory)
{
	int error;

	if (command->flags & TERMINAL) {
		error = open_terminal(command);
	} else {
		error = open_input(command);
		if (!error) error = open_output(&command->output, command->order.files + COMMAND_STDOUT);
	}
	return error ? error : queue_for_shell(command, directory);
}

void background_started(uint32_t id, pid_t pid)
{
	struct command *command = find_command(id);
	int32_t value = pid;

	if (!command || command->state != STARTING) return;
	command->state = RUNNING;
	command->pid = pid;
	send_frame('b', id, &value, sizeof value);
	if (command->signal) kill_command(id, command->signal, 0);
}

/* A command that has been killed before it could tell of its start has left nothing but its process id. */
void background_forked(uint32_t id, pid_t pid, int error)
{
	struct command *command = find_command(id);

	if (!command || command->state != STARTING) return;
	if (error) {
		/* The shell may have been lost when it had made it. */
		kill_command(id, SIGKILL, 0);
		fail_command(command, error);
		return;
	}
	background_started(id, pid);
	if (kill(pid, 0)) command_ended(command, SIGKILL);
}

void cancel_background(struct command *command)
{
	if (command->state < RUNNING) {
		fail_command(command, ECANCELED);
		return;
	}
	if (command->state == RUNNING) command->status = SIGKILL;
	if (command->state < REPORTED) report_end(command);
	send_frame('z', command->id, NULL, 0);
	forget_command(command);
}

void signal_background(struct command *command, int signal)
{
	if (command->state < RUNNING) command->signal = signal;
	else kill_command(command->id, signal, 0);
}

static void report_taken(struct command *command, size_t size)
{
	uint32_t taken = size;

	if (size > 0) send_frame('w', command->id, &taken, sizeof taken);
}

void feed_background(struct command *command, const struct frame *frame)
{
	report_taken(command, feed_input(&command->input, frame->at, frame->end - frame->at));
}

void resize_terminal(struct frame *frame)
{
	struct command *command = find_command(frame->id);

	if (!command || command->terminal < 0) return;
	command->rows = take_u32(frame);
	command->columns = take_u32(frame);
	set_size(command);
}

void send_usage(uint32_t id)
{
	struct command *command = find_command(id);
	struct __attribute__((packed)) {
		uint32_t stopped;
		uint64_t cpu; /* us */
	} usage = { 0 };

	if (!command || command->state != RUNNING) return;
	usage.cpu = processor_time(command->pid);
	usage.stopped = is_stopped(command->pid);
	send_frame('u', id, &usage, sizeof usage);
}

void watch_background(struct command *command)
{
	watch_input_room(&command->input);
}

/* A host that takes no more output is to hear of the end all the same. */
static bool has_settled(struct command *command)
{
	return is_complete(command) || (now_ms() >= command->deadline && !output_has_room(&command->output));
}

void attend_background(struct command *command)
{
	if (is_ready(command->input.watch)) report_taken(command, forward_input(&command->input));
	if (command->state == ENDED && has_settled(command)) {
		report_end(command);
		command->state = REPORTED;
	}
	if (command->state != REPORTED || !output_is_closed(&command->output)) return;
	report_taken(command, close_input(&command->input));
	send_frame('z', command->id, NULL, 0);
	forget_command(command);
}
