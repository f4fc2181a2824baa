/* Commands: their input, their output under flow control, and their end. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "agent.h"
#include "order.h"
#include "output.h"

#define ISOLATED 1
/* After the length of the input stands the length of the strings; they come in `I` frames, before the input. */
#define LONG 2

/* How long what the shell did not wait for, as in `> >(tee log)`, may go on running before the command is answered. */
#define SETTLE_MS 100
#define LOOK_AGAIN_MS 2

enum state { RECEIVING, WAITING, RUNNING, ENDED };

struct command {
	struct command *next;
	uint32_t id;
	bool isolated;
	enum state state;
	struct order order;
	pid_t pid; /* of the bash of an isolated one */
	struct output output;
	int status;
	int64_t deadline;
};

static struct command *commands;

static struct command *find(uint32_t id)
{
	struct command *command = commands;

	while (command && command->id != id) command = command->next;
	return command;
}

static void forget(struct command *command)
{
	struct command **link = &commands;

	while (*link != command) link = &(*link)->next;
	*link = command->next;
	forget_order(&command->order);
	abandon_output(&command->output);
	free(command);
}

static void fail(struct command *command, int error)
{
	send_result(command->id, error);
	forget(command);
}

static void finish(struct command *command)
{
	int32_t status = command->status;

	send_frame('x', command->id, &status, sizeof status);
	forget(command);
}

static int begin_isolated(struct command *command, const char *directory)
{
	struct order *order = &command->order;

	if (!*directory) directory = session_directory();
	command->pid = spawn_isolated(command->id, directory, order_changes(order), order_text(order), order->files);
	if (command->pid < 0) return -command->pid;
	close_order_files(order);
	command->state = RUNNING;
	return 0;
}

static int begin_in_shell(struct command *command, const char *directory)
{
	int error = make_block(&command->order, directory);

	if (error) return error;
	command->state = WAITING;
	offer_waiting_command();
	return 0;
}

static int begin(struct command *command)
{
	char directory[PATH_MAX];
	int error = complete_order(&command->order, directory);

	if (!error) error = open_output(&command->output, command->order.files + COMMAND_STDOUT);
	if (error) return error;
	return command->isolated ? begin_isolated(command, directory) : begin_in_shell(command, directory);
}

static void receive(struct command *command, struct frame *frame)
{
	int error = receive_order(&command->order, frame->at, frame->end - frame->at);

	if (!error && order_is_received(&command->order)) error = begin(command);
	if (error) fail(command, error);
}

void start_command(struct frame *frame)
{
	uint32_t flags = take_u32(frame), input = take_u32(frame);
	size_t strings = flags & LONG ? take_u32(frame) : (size_t)(frame->end - frame->at);
	struct command *command;
	int error;

	if (frame->bad || frame->id == 0 || frame->id >= MARK_OWNER || !session_is_open()) {
		send_result(frame->id, session_is_open() ? EINVAL : ENOTCONN);
		return;
	}
	session_is_used();
	command = calloc(1, sizeof *command);
	if (!command) abort();
	command->next = commands;
	commands = command;
	command->id = frame->id;
	command->isolated = flags & ISOLATED;
	init_output(&command->output);
	error = begin_order(&command->order, strings, input);
	if (error) fail(command, error);
	else receive(command, frame);
}

bool feed_command(struct frame *frame)
{
	struct command *command = find(frame->id);

	if (!command || command->state != RECEIVING) return false;
	receive(command, frame);
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

	if (!command || !give_to_shell(command, command->id, command->order.files, command->order.block_size)) return;
	close_order_files(&command->order);
	command->state = RUNNING;
}

void command_ended(struct command *command, int status)
{
	command->state = ENDED;
	command->status = status;
	command->deadline = now_ms() + SETTLE_MS;
}

void child_ended(pid_t pid, int status)
{
	for (struct command *command = commands; command; command = command->next)
		if (command->isolated && command->state == RUNNING && command->pid == pid) command_ended(command, status);
}

/* Processes that outlive their command can still be signalled by its id. */
void signal_command(uint32_t id, int signal)
{
	struct command *command = find(id);
	bool in_shell = command && command->state == RUNNING && !command->isolated;

	if (id == 0) return;
	if (command && command->state < RUNNING) {
		command->status = signal;
		finish(command);
	} else {
		kill_command(id, signal, in_shell ? session_shell() : 0);
	}
}

void credit_command(uint32_t id, uint32_t bytes)
{
	struct command *command = find(id);

	if (command) credit_output(&command->output, bytes);
}

void end_all_commands(void)
{
	while (commands) {
		commands->status = SIGKILL;
		finish(commands);
	}
}

void fail_waiting_commands(int error)
{
	struct command *command;

	while ((command = oldest_waiting())) fail(command, error);
}

void watch_commands(void)
{
	for (struct command *command = commands; command; command = command->next) {
		watch_output(&command->output);
		if (command->state == ENDED && output_has_room(&command->output)) wake_within(LOOK_AGAIN_MS);
	}
	watch_abandoned_output();
}

/* Whether all has been sent that the command has written. */
static bool is_complete(struct command *command)
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
		if (command->state == ENDED && is_complete(command)) finish(command);
	}
	discard_abandoned_output();
}
