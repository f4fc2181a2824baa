/* Commands: their input, their output under flow control, and their end. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"

/* Flags of an `S` frame. */
#define IN_ITS_OWN_BASH 1
/* After the length of the input stands the length of the strings; they come in `I` frames, before the input. */
#define LONG 2

/* How long what the shell did not wait for, as in `> >(tee log)`, may go on running before the command is answered. */
#define SETTLE_MS 100
#define LOOK_AGAIN_MS 2

static struct command *commands;

struct command *find_command(uint32_t id)
{
	struct command *command = commands;

	while (command && command->id != id) command = command->next;
	return command;
}

void forget_command(struct command *command)
{
	struct command **link = &commands;

	while (*link != command) link = &(*link)->next;
	*link = command->next;
	forget_order(&command->order);
	abandon_output(&command->output);
	close_input(&command->input);
	if (command->terminal >= 0) close(command->terminal);
	free(command);
}

void fail_command(struct command *command, int error)
{
	send_result(command->id, error);
	forget_command(command);
}

void report_end(struct command *command)
{
	struct __attribute__((packed)) {
		int32_t status;
		uint64_t cpu; /* us */
		uint32_t cpu_exceeded;
	} end = { command->status, command->cpu, command->cpu_account.exceeded };

	send_frame('x', command->id, &end, sizeof end);
}

static void finish(struct command *command)
{
	report_end(command);
	forget_command(command);
}

static int begin_isolated(struct command *command, const char *directory)
{
	struct order *order = &command->order;
	int error = open_output(&command->output, order->files + COMMAND_STDOUT);

	if (error) return error;
	if (!*directory) directory = session_directory();
	command->pid = spawn_isolated(command->id, directory, order_changes(order), order_text(order), order->files);
	if (command->pid < 0) return -command->pid;
	close_order_files(order);
	command->state = RUNNING;
	return 0;
}

int queue_for_shell(struct command *command, const char *directory)
{
	int error = make_block(&command->order, directory);

	if (error) return error;
	command->state = WAITING;
	offer_waiting_command();
	return 0;
}

static int begin_in_shell(struct command *command, const char *directory)
{
	int error = open_output(&command->output, command->order.files + COMMAND_STDOUT);

	return error ? error : queue_for_shell(command, directory);
}

static int begin(struct command *command)
{
	char directory[PATH_MAX];
	int error = complete_order(&command->order, directory);

	if (error) return error;
	switch (command->kind) {
	case IN_SHELL: return begin_in_shell(command, directory);
	case ISOLATED: return begin_isolated(command, directory);
	case BACKGROUND: return begin_background(command, directory);
	}
	abort();
}

void receive_part(struct command *command, struct frame *frame)
{
	int error = receive_order(&command->order, frame->at, frame->end - frame->at);

	if (!error && order_is_received(&command->order)) error = begin(command);
	if (error) fail_command(command, error);
}

struct command *add_command(const struct frame *frame, enum kind kind)
{
	struct command *command;

	if (frame->bad || frame->id == 0 || frame->id >= MARK_OWNER || !session_is_open()) {
		send_result(frame->id, session_is_open() ? EINVAL : ENOTCONN);
		return NULL;
	}
	session_is_used();
	command = calloc(1, sizeof *command);
	if (!command) abort();
	command->next = commands;
	commands = command;
	command->id = frame->id;
	command->kind = kind;
	command->terminal = -1;
	init_output(&command->output);
	init_input(&command->input, -1);
	return command;
}

void start_command(struct frame *frame)
{
	uint32_t flags = take_u32(frame), input = take_u32(frame);
	size_t strings = flags & LONG ? take_u32(frame) : (size_t)(frame->end - frame->at);
	struct command *command = add_command(frame, flags & IN_ITS_OWN_BASH ? ISOLATED : IN_SHELL);
	int error;

	if (!command) return;
	error = begin_order(&command->order, strings);
	if (!error) error = expect_input(&command->order, input);
	if (error) fail_command(command, error);
	else receive_part(command, frame);
}

bool feed_command(struct frame *frame)
{
	struct command *command = find_command(frame->id);

	if (command && command->state == RECEIVING) receive_part(command, frame);
	else if (command && command->kind == BACKGROUND) feed_background(command, frame);
	else return false;
	return true;
}

static struct command *oldest_waiting(void)
{
	struct command *oldest = NULL;

	for (struct command *command = commands; command; command = command->next)
		if (command->state == WAITING) oldest = command;
	return oldest;
}

void offer_waiting_command(void)
{
	struct command *command = oldest_waiting();

	if (!command || !give_to_shell(command)) return;
	close_order_files(&command->order);
	command->state = command->kind == BACKGROUND ? STARTING : RUNNING;
	if (command->kind == IN_SHELL) open_cpu_account(&command->cpu_account, session_shell());
}

void command_ended(struct command *command, int status)
{
	command->state = ENDED;
	command->status = status;
	command->deadline = now_ms() + SETTLE_MS;
}

static uint64_t microseconds(const struct timeval *time)
{
	return (uint64_t)time->tv_sec * 1000000 + time->tv_usec;
}

void child_ended(pid_t pid, int status, const struct rusage *usage)
{
	for (struct command *command = commands; command; command = command->next) {
		if (command->pid != pid || command->state != RUNNING) continue;
		command->cpu = microseconds(&usage->ru_utime) + microseconds(&usage->ru_stime);
		command_ended(command, status);
	}
}

/* Processes that outlive their command can still be signalled by its id. */
void signal_command(uint32_t id, int signal)
{
	struct command *command = find_command(id);
	bool in_shell = command && command->state == RUNNING && command->kind == IN_SHELL;

	if (id == 0) return;
	if (command && command->kind == BACKGROUND) {
		signal_background(command, signal);
	} else if (command && command->state < RUNNING) {
		command->status = signal;
		finish(command);
	} else {
		kill_command(id, signal, in_shell ? session_shell() : 0);
	}
}

void credit_command(uint32_t id, uint32_t bytes)
{
	struct command *command = find_command(id);

	if (command) credit_output(&command->output, bytes);
}

void end_all_commands(void)
{
	while (commands) {
		if (commands->kind == BACKGROUND) {
			cancel_background(commands);
			continue;
		}
		commands->status = SIGKILL;
		finish(commands);
	}
}

void fail_waiting_commands(int error)
{
	struct command *command;

	while ((command = oldest_waiting())) fail_command(command, error);
}

void watch_commands(void)
{
	for (struct command *command = commands; command; command = command->next) {
		watch_output(&command->output);
		if (command->state == RUNNING) watch_cpu(&command->cpu_account, command->id);
		if (command->kind == BACKGROUND) watch_background(command);
		if (command->state == ENDED && (command->kind == BACKGROUND || output_has_room(&command->output)))
			wake_within(LOOK_AGAIN_MS);
	}
	watch_abandoned_output();
}

bool is_complete(struct command *command)
{
	struct output *output = &command->output;

	drain_output(output, command->id);
	if (output_is_closed(output)) return true;
	if (now_ms() >= command->deadline) return output_owes_nothing(output);
	return !output_is_pending(output) && !command_is_busy(command->id);
}

void attend_commands(void)
{
	struct command *command, *next;

	for (command = commands; command; command = next) {
		next = command->next;
		forward_output(&command->output, command->id);
		if (command->kind == BACKGROUND) attend_background(command);
		else if (command->state == ENDED && is_complete(command)) finish(command);
	}
	discard_abandoned_output();
}
