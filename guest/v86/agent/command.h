/* commands.c: what runs for the host, from its order to its end. background.c has what only background commands do. */
#ifndef LIMPET_COMMAND_H
#define LIMPET_COMMAND_H

#include <sys/resource.h>

#include "agent.h"
#include "input.h"
#include "order.h"
#include "output.h"

enum kind {
	IN_SHELL,   /* evaluated by the session's shell, one after the other */
	ISOLATED,   /* by a bash of its own */
	BACKGROUND, /* by a sibling of the session's shell, with input as it comes */
};

/* Of background commands only: STARTING, while the process id is not known; REPORTED, when the host knows of the end. */
enum state { RECEIVING, WAITING, STARTING, RUNNING, ENDED, REPORTED };

struct command {
	struct command *next;
	uint32_t id;
	enum kind kind;
	enum state state;
	struct order order;
	pid_t pid; /* not of those in the shell */
	struct output output;
	struct cpu_account cpu_account;

	/* Once it has ended: */
	int status;
	int64_t deadline; /* for its output to settle */

	/* Of background commands: */
	uint32_t flags;
	struct input input;
	int terminal; /* -1 if it has none */
	uint16_t rows, columns;
	int signal;   /* came before it had started */
	uint64_t cpu; /* us, once it has ended */
};

struct command *find_command(uint32_t id);
/* NULL, and the frame is answered, when there cannot be one. */
struct command *add_command(const struct frame *frame, enum kind kind);
/* Takes part of its order. */
void receive_part(struct command *command, struct frame *frame);
void fail_command(struct command *command, int error);
void forget_command(struct command *command);
void report_end(struct command *command);
/* Whether all has been sent that it has written, when it has ended. */
bool is_complete(struct command *command);
/* Puts it into the queue of what the session's shell is to do. */
int queue_for_shell(struct command *command, const char *directory);

int begin_background(struct command *command, const char *directory);
void feed_background(struct command *command, const struct frame *frame);
void signal_background(struct command *command, int signal);
void watch_background(struct command *command);
void attend_background(struct command *command);
void cancel_background(struct command *command);

#endif
