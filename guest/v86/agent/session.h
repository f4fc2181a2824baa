/*
 * What the agent and the session's shell say to each other, over a SOCK_SEQPACKET socket whose number is in SESSION_VARIABLE.
 *
 * The agent sends a command with four descriptors: its standard input, output and error, and a file with the block of strings
 * that guest/programs/bash/session.c takes apart. The shell runs it and reports its status.
 *
 * Before each command the shell leaves a copy of itself behind, a sibling that waits for WAKE_SIGNAL from the agent. When the
 * command has ended the shell, the agent wakes the copy, which goes on as the session's shell; else it kills the copy.
 *
 * A command with SESSION_BACKGROUND is run by another sibling, as a subshell would. That one reports its start, the shell that
 * it can take the next command; a sibling's end is seen by the agent, which is its parent.
 */
#ifndef LIMPET_SESSION_H
#define LIMPET_SESSION_H

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>

#define SESSION_VARIABLE "LIMPET_SESSION"
/*
 * Where an isolated command is longer than Linux takes arguments, this variable names the descriptor of a file with it: the
 * environment's strings, an empty string, the text. The shell, started as `bash -c ""`, takes them from there.
 */
#define ISOLATED_VARIABLE "LIMPET_ISOLATED"
#define WAKE_SIGNAL SIGRTMAX

/*
 * The mark by which a process is known to belong to a command. The kernel has ignored this limit for twenty years, but still
 * hands it down to every child, whatever session or process group that goes into. The soft limit is the command's id, or
 * MARK_IDLE for a shell that waits; the hard limit tells the processes of one agent from all others.
 */
#define MARK RLIMIT_LOCKS
#define MARK_IDLE 0
#define MARK_OWNER 0x40000000u

/*
 * For /proc/PID/oom_score_adj: when memory runs out, the kernel does not kill a process with this score. The session's shell
 * starts with it, which allows its copies to have it whoever the user is; what runs commands has 0.
 */
#define SPARED "-1000"

/* How many more files the session's shell may open than what it runs, to take its commands when it has opened all it may. */
#define SHELL_DESCRIPTORS 8

enum command_descriptor { COMMAND_STDIN, COMMAND_STDOUT, COMMAND_STDERR, COMMAND_BLOCK, COMMAND_DESCRIPTORS };

/* The machine was saved when the shell had started, and this is its first command since. */
#define SESSION_RESTORED 1
#define SESSION_BACKGROUND 2
/* Its standard input is to be its controlling terminal. */
#define SESSION_TERMINAL 4

struct session_command {
	uint32_t id;
	uint32_t size; /* of the block */
	uint32_t flags;
};

enum session_report_kind {
	SESSION_READY, /* a shell has started, or a copy has become the shell */
	SESSION_DONE,
	SESSION_STARTED, /* from a background command */
	SESSION_FORKED,  /* from the shell, which has made or tried to make it */
};

struct session_report {
	uint32_t kind;
	uint32_t id;
	int32_t status;  /* SESSION_DONE: the exit status; SESSION_FORKED: an errno, 0 if all is well */
	int32_t process; /* SESSION_DONE: the copy; SESSION_STARTED, SESSION_FORKED: the background command */
};

#endif
