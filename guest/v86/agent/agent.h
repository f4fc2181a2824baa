/* The guest's agent: what its parts offer each other. */
#ifndef LIMPET_AGENT_H
#define LIMPET_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "session.h"

#define PROTOCOL_VERSION 2
#define CHUNK 65536

/* main.c: one turn of the loop watches descriptors, waits, and asks which are ready. */
typedef int watch;
watch watch_input(int fd);
watch watch_output_room(int fd);
bool is_ready(watch watch);
void wake_within(int milliseconds);
int64_t now_ms(void);
extern bool in_guest;
extern const char *shell_path;

/* channel.c: frames to and from the host. */
struct frame {
	uint8_t type;
	uint32_t id;
	const uint8_t *at, *end;
	bool bad; /* shorter than what was taken from it */
};
uint32_t take_u32(struct frame *frame);
uint64_t take_u64(struct frame *frame);
const char *take_string(struct frame *frame);

void open_channel(int fd);
void watch_channel(void);
/* Returns false at the end of the connection. */
bool attend_channel(void (*handle)(struct frame *frame));
void send_frame(uint8_t type, uint32_t id, const void *payload, size_t size);
void send_result(uint32_t id, int error);
void flush_channel(void);

/* boot.c: what a kernel expects of its first process. Returns the descriptor of the channel. */
int boot(void);

/* limits.c: what the session may use of the machine. */
/* To be called before there is any session. */
void note_base(void);
void take_limits(struct frame *frame);
/* Those of the whole; also when the memory has become less since. Returns an errno. */
int apply_limits(void);
/* Those of each process, for the one that is to become the session's. Returns an errno. */
int limit_process(void);
/* What a command and all it starts may use, in us. */
uint64_t cpu_limit(void);
void files_in_use(uint64_t *files, uint64_t *bytes);

/* system.c */
int set_clock(struct frame *frame);
int reseed(struct frame *frame);
int set_hostname(struct frame *frame);
void send_status(uint32_t id);

/* mount.c */
int mount_host(struct frame *frame);

/* processes.c */
struct program {
	const char *path;
	char *const *argv;
	char *const *environment;
	const char *directory;
	uint32_t mark;
	const int *files; /* standard input, output and error */
	int inherited;    /* a further descriptor, or -1 */
	uid_t uid;
	gid_t gid;
};
/* The process id, or a negated errno when it cannot be started. */
pid_t spawn(const struct program *program);
/*
 * Lets the agent run before everything else while there are so many processes that it might not get to end them. At other
 * times that would only make it handle what a command writes in smaller pieces.
 */
void keep_up(void);
/* Sends a signal to all that bear the command's mark, and to `also` if it is not 0. */
void kill_command(uint32_t id, int signal, pid_t also);
void kill_all(void);
bool command_is_busy(uint32_t id);
bool is_stopped(pid_t pid);
/* Processor time in us: of a process, or of all that are alive of a command, and the descendants that they have waited for. */
uint64_t processor_time(pid_t pid);
uint64_t processor_time_of_command(uint32_t id);
unsigned count_processes(pid_t except);
/* A process other than `except` that bears MARK_IDLE and is alive, or 0. */
pid_t find_idle(pid_t except);

/* session.c: whose session it is, and what it begins with. */
int open_session(struct frame *frame);
/* Its opening is answered. */
void session_has_shell(void);
/* It is over, for this reason. */
void close_session(int error);
bool session_is_open(void);
/* A session in which something has run is not taken for a new one. */
void session_is_used(void);
/* Where the session began. */
const char *session_directory(void);
/* Its variables, and after them NULL, with room for one more. */
char **session_environment(size_t *variables);
void run_as_user(struct program *program);
/* The session's user is to own the terminal. */
void give_to_user(int terminal);
/* Between these two, paths are the session user's own: seen from the shell's directory and with the user's rights. */
int enter_user_view(void);
void leave_user_view(void);

/* shell.c: the shell that runs the session's commands. */
struct command;
int start_shell(void);
/* What becomes of it is of no interest any more. */
void abandon_shell(void);
pid_t session_shell(void);
bool shell_is_idle(void);
void shell_is_restored(void);
void watch_shell(void);
void attend_shell(void);
/* Takes what a background command has said of its start before it ended. */
void hear_of_start(void);
/* Takes note of a child's end if it was the shell. */
void shell_ended(pid_t pid, int status);
/* Hands a command to the shell if it waits for one. The descriptors stay the caller's. */
bool give_to_shell(struct command *command);

/* cpu-limit.c */
struct cpu_account {
	uint64_t before; /* what the shell had used until then */
	bool exceeded;
};
/* `shell`: that evaluates the command itself. */
void open_cpu_account(struct cpu_account *account, pid_t shell);
/* To be called in each turn while the command runs: sends SIGXCPU at the limit, and SIGKILL when that does not help. */
void watch_cpu(struct cpu_account *account, uint32_t id);

/* isolated.c: bash -c TEXT with `changes` of the environment, a list of strings up to an empty one. Returns as spawn does. */
pid_t spawn_isolated(uint32_t id, const char *directory, const char *changes, const char *text, const int files[3]);

/* commands.c */
void start_command(struct frame *frame);
/* Takes bytes of an `I` frame; false if the id is of no command that expects any. */
bool feed_command(struct frame *frame);
void signal_command(uint32_t id, int signal);
void credit_command(uint32_t id, uint32_t bytes);
void watch_commands(void);
void attend_commands(void);
void child_ended(pid_t pid, int status, const struct rusage *usage);
void command_ended(struct command *command, int status);
void offer_waiting_command(void);
void end_all_commands(void);
void fail_waiting_commands(int error);

/* background.c: commands that are run by a sibling of the session's shell, while that goes on. */
void start_background(struct frame *frame);
/* The first is told by the command itself, the others by the shell: `error` why it could not be made, or that it was lost. */
void background_started(uint32_t id, pid_t pid);
void background_forked(uint32_t id, pid_t pid, int error);
void resize_terminal(struct frame *frame);
void send_usage(uint32_t id);

/* files.c: reading */
void read_file(struct frame *frame);
void attend_files(void);

/* replacements.c: writing */
void write_file(struct frame *frame);
void feed_file(struct frame *frame);
void end_replacements(struct frame *frame);

/* tree.c: listing directories, and changing the tree */
void change_tree(struct frame *frame);
void attend_listings(void);
void end_listing(uint32_t id);

#endif
