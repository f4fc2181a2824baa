/*
 * The agent in the guest: the kernel's first process, and the other side of src/v86/agent on the host.
 *
 * With `--socket FD --shell PATH` it is an ordinary process that speaks on that descriptor, for tests on any Linux; then it
 * leaves the machine's clock and name alone.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"

bool in_guest;
const char *shell_path = "/usr/lib/limpet/shell";

static struct pollfd *watched;
static int watched_count, watched_size;
static int timeout;

static watch watch_for(int fd, short events)
{
	if (watched_count == watched_size) {
		watched_size = watched_size ? 2 * watched_size : 16;
		watched = realloc(watched, watched_size * sizeof *watched);
		if (!watched) abort();
	}
	watched[watched_count] = (struct pollfd){ .fd = fd, .events = events };
	return watched_count++;
}

watch watch_input(int fd)
{
	return watch_for(fd, POLLIN);
}

watch watch_output_room(int fd)
{
	return watch_for(fd, POLLOUT);
}

bool is_ready(watch watch)
{
	return watch >= 0 && watched[watch].revents != 0;
}

void wake_within(int milliseconds)
{
	if (timeout < 0 || milliseconds < timeout) timeout = milliseconds;
}

int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void answer_hello(uint32_t id)
{
	uint32_t version = PROTOCOL_VERSION;

	send_frame('h', id, &version, sizeof version);
}

static void handle(struct frame *frame)
{
	int error;

	switch (frame->type) {
	case 'H': answer_hello(frame->id); return;
	case 'S': start_command(frame); return;
	case 'I': if (!feed_command(frame)) feed_file(frame); return;
	case 'K': signal_command(frame->id, take_u32(frame)); return;
	case 'B': start_background(frame); return;
	case 'Z': resize_terminal(frame); return;
	case 'U': send_usage(frame->id); return;
	case 'C': credit_command(frame->id, take_u32(frame)); return;
	case 'G': read_file(frame); return;
	case 'P': write_file(frame); return;
	case 'W': end_replacements(frame); return;
	case 'F': change_tree(frame); return;
	case 'X': end_listing(frame->id); return;
	case 'Q': send_status(frame->id); return;
	case 'E':
		/* Its good answer comes when the shell is there. */
		error = open_session(frame);
		if (error) send_result(frame->id, error);
		return;
	case 'T': error = set_clock(frame); break;
	case 'R': error = reseed(frame); break;
	case 'N': error = set_hostname(frame); break;
	case 'M': error = mount_host(frame); break;
	default: error = ENOSYS;
	}
	send_result(frame->id, error);
}

/* Orphans of all commands end up here too. */
static void reap(int signals)
{
	struct signalfd_siginfo info;
	struct rusage usage;
	int status;
	pid_t pid;

	if (read(signals, &info, sizeof info) < 0) return;
	while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
		hear_of_start();
		shell_ended(pid, status);
		child_ended(pid, status, &usage);
	}
}

static int watch_for_children(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void serve(int signals)
{
	for (;;) {
		watch children;

		flush_channel();
		if (in_guest) keep_up();
		watched_count = 0;
		timeout = -1;
		children = watch_input(signals);
		watch_channel();
		watch_shell();
		watch_commands();
		attend_files();
		attend_listings();
		if (poll(watched, watched_count, timeout) < 0) continue;
		attend_shell();
		if (is_ready(children)) reap(signals);
		attend_commands();
		if (!attend_channel(handle)) return;
	}
}

int main(int argc, char **argv)
{
	in_guest = getpid() == 1;
	signal(SIGPIPE, SIG_IGN);
	umask(022);
	if (in_guest) {
		open_channel(boot());
	} else if (argc == 5 && !strcmp(argv[1], "--socket") && !strcmp(argv[3], "--shell")) {
		open_channel(atoi(argv[2]));
		shell_path = argv[4];
		prctl(PR_SET_CHILD_SUBREAPER, 1);
	} else {
		fprintf(stderr, "usage: agent --socket FD --shell PATH\n");
		return 2;
	}
	/* Unasked, so that a host that boots the guest knows when there is somebody to speak to. */
	answer_hello(0);
	serve(watch_for_children());
	kill_all();
	return 0;
}
