/*
 * What the agent and the session's shell say to each other, over a SOCK_SEQPACKET socket whose number is in SESSION_VARIABLE.
 *
 * The agent sends a command with four descriptors: its standard input, output and error, and a file with the block of strings
 * that guest/programs/bash/session.c takes apart. The shell runs it and reports its status.
 *
 * Before each command the shell leaves a copy of itself behind, a sibling that waits for WAKE_SIGNAL from the agent. When the
 * command has ended the shell, the agent wakes the copy, which goes on as the session's shell; else it kills the copy.
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

enum command_descriptor { COMMAND_STDIN, COMMAND_STDOUT, COMMAND_STDERR, COMMAND_BLOCK, COMMAND_DESCRIPTORS };

struct session_command {
	uint32_t id;
	uint32_t size;     /* of the block */
	uint32_t restored; /* the machine was saved when the shell had started, and this is its first command since */
};

enum session_report_kind {
	SESSION_READY, /* a shell has started, or a copy has become the shell */
	SESSION_DONE,
};

struct session_report {
	uint32_t kind;
	int32_t status; /* SESSION_DONE: the exit status */
	int32_t copy;   /* process id of the copy */
};

#endif
