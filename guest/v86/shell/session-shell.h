/* The session's shell on a real kernel: what its parts share. */
#ifndef LIMPET_SESSION_SHELL_H
#define LIMPET_SESSION_SHELL_H

#include <stdbool.h>
#include <sys/types.h>

#include "../agent/session.h"

/* connection.c: what goes between the shell and the agent. */
extern int agent;
extern struct session_command command;
extern int files[COMMAND_DESCRIPTORS];

void connect_to_agent(int fd);
/* Takes a command and its descriptors, as recvmsg(2). */
ssize_t receive(int flags);
void close_files(void);
void report(enum session_report_kind kind, int status, pid_t process);
void set_mark(rlim_t value);
/* It may be refused outside of the guest. */
void set_oom_score(const char *score);

/* siblings.c: processes beside the shell, with the same parent. */
/* Of the shell itself. A child that begins a read loop of its own, for a script without #!, is not the session's shell. */
extern pid_t shell;
extern pid_t copy;

/* Leaves a copy behind. It returns in the copy as well, when that has become the shell, and has a copy of its own by then. */
void leave_copy(void);
/* Has a sibling evaluate the command. Returns true in that. */
bool start_background(void);
/* Whether this process evaluates a background command. */
bool is_background(void);

#endif
