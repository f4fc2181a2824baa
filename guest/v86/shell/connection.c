#define _GNU_SOURCE
#include "session-shell.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int agent = -1;
struct session_command command;
int files[COMMAND_DESCRIPTORS];

static struct rlimit mark;

void connect_to_agent(int fd)
{
	agent = fd;
	getrlimit(MARK, &mark);
}

static ssize_t receive_message(int flags)
{
	union {
		char bytes[CMSG_SPACE(sizeof files)];
		struct cmsghdr align;
	} control;
	struct iovec vector = { &command, sizeof command };
	struct msghdr message = {
		.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
	};
	ssize_t count = recvmsg(agent, &message, flags | MSG_CMSG_CLOEXEC);
	struct cmsghdr *header = count > 0 ? CMSG_FIRSTHDR(&message) : NULL;

	if (count > 0 && (!header || header->cmsg_len != CMSG_LEN(sizeof files))) _exit(1);
	if (header) memcpy(files, CMSG_DATA(header), sizeof files);
	return count;
}

ssize_t receive(int flags)
{
	struct rlimit open_files, most;
	ssize_t count;

	getrlimit(RLIMIT_NOFILE, &open_files);
	most = open_files;
	most.rlim_cur = most.rlim_max;
	setrlimit(RLIMIT_NOFILE, &most);
	count = receive_message(flags);
	setrlimit(RLIMIT_NOFILE, &open_files);
	return count;
}

void close_files(void)
{
	for (int i = 0; i < COMMAND_DESCRIPTORS; i++) close(files[i]);
}

void report(enum session_report_kind kind, int status, pid_t process)
{
	struct session_report message = { kind, command.id, status, process };

	send(agent, &message, sizeof message, MSG_NOSIGNAL);
}

void set_mark(rlim_t value)
{
	mark.rlim_cur = value;
	setrlimit(MARK, &mark);
}

void set_oom_score(const char *score)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0) return;
	(void)!write(fd, score, strlen(score));
	close(fd);
}
