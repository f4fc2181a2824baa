/* Reading and writing files for the host, with the rights and from the directory of the session's shell. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"

#define APPEND 1
#define CREATE_DIRECTORIES 2
#define MODE_GIVEN 4

#define MOST_READ (64 << 20)
#define OPEN_FLAGS (O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

struct transfer {
	struct transfer *next;
	uint32_t id;
	int fd;
	bool writes;
	uint64_t at, left;
};

static struct transfer *transfers;

static struct transfer *add_transfer(uint32_t id, int fd, bool writes)
{
	struct transfer *transfer = calloc(1, sizeof *transfer);

	if (!transfer) abort();
	*transfer = (struct transfer){ .next = transfers, .id = id, .fd = fd, .writes = writes };
	transfers = transfer;
	return transfer;
}

static void remove_transfer(struct transfer *transfer)
{
	struct transfer **link = &transfers;

	while (*link != transfer) link = &(*link)->next;
	*link = transfer->next;
	close(transfer->fd);
	free(transfer);
}

static void send_summary(uint32_t id, int error, uint64_t size, uint32_t mode, int64_t mtime)
{
	struct __attribute__((packed)) {
		int32_t error;
		uint64_t size;
		uint32_t mode;
		int64_t mtime;
	} summary = { error, size, mode, mtime };

	send_frame('s', id, &summary, sizeof summary);
}

static int open_to_read(const char *path)
{
	struct stat status;
	int fd;

	/* Opening a device or a pipe may already do something. */
	if (stat(path, &status)) return -errno;
	if (S_ISDIR(status.st_mode)) return -EISDIR;
	if (!S_ISREG(status.st_mode)) return -EINVAL;
	fd = open(path, O_RDONLY | OPEN_FLAGS);
	return fd < 0 ? -errno : fd;
}

void read_file(struct frame *frame)
{
	uint64_t offset = take_u64(frame), length = take_u64(frame);
	const char *path = take_string(frame);
	struct transfer *transfer;
	int fd = -EINVAL;

	if (!frame->bad && offset <= INT64_MAX && session_is_open()) {
		fd = -enter_user_view();
		if (fd == 0) fd = open_to_read(path);
		leave_user_view();
	}
	if (fd < 0) {
		send_summary(frame->id, -fd, 0, 0, 0);
		return;
	}
	transfer = add_transfer(frame->id, fd, false);
	transfer->at = offset;
	transfer->left = length < MOST_READ ? length : MOST_READ;
}

static void end_reading(struct transfer *transfer, int error)
{
	struct stat status;
	uint64_t size;

	if (fstat(transfer->fd, &status)) memset(&status, 0, sizeof status);
	/* Files of /proc have content but no size. */
	size = (uint64_t)status.st_size > transfer->at ? (uint64_t)status.st_size : transfer->at;
	send_summary(transfer->id, error, size, status.st_mode,
		(int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec);
	remove_transfer(transfer);
}

static void read_on(struct transfer *transfer)
{
	static uint8_t buffer[CHUNK];
	size_t wanted = transfer->left < sizeof buffer ? transfer->left : sizeof buffer;
	ssize_t count = wanted > 0 ? pread(transfer->fd, buffer, wanted, transfer->at) : 0;

	if (count <= 0) {
		end_reading(transfer, count < 0 ? errno : 0);
		return;
	}
	send_frame('d', transfer->id, buffer, count);
	transfer->at += count;
	transfer->left -= count;
}

void attend_files(void)
{
	struct transfer *transfer, *next;

	for (transfer = transfers; transfer; transfer = next) {
		next = transfer->next;
		if (transfer->writes) continue;
		read_on(transfer);
		wake_within(0);
	}
}

static int create_parents(const char *path)
{
	char parent[PATH_MAX];

	if (strlen(path) >= sizeof parent) return ENAMETOOLONG;
	strcpy(parent, path);
	for (char *slash = strchr(parent + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(parent, 0755) && errno != EEXIST) return errno;
		*slash = '/';
	}
	return 0;
}

static int open_to_write(const char *path, uint32_t flags, mode_t mode)
{
	int how = O_WRONLY | O_CREAT | (flags & APPEND ? O_APPEND : O_TRUNC) | OPEN_FLAGS;
	int fd, error;
	struct stat status;

	if (!(flags & MODE_GIVEN)) mode = 0644;
	fd = open(path, how, mode);
	if (fd < 0 && errno == ENOENT && *path && flags & CREATE_DIRECTORIES && path[strlen(path) - 1] != '/') {
		error = create_parents(path);
		if (error) return -error;
		fd = open(path, how, mode);
	}
	if (fd < 0) return -errno;
	if (flags & MODE_GIVEN && (fstat(fd, &status) || (S_ISREG(status.st_mode) && fchmod(fd, mode)))) {
		error = errno;
		close(fd);
		return -error;
	}
	return fd;
}

void write_file(struct frame *frame)
{
	uint32_t flags = take_u32(frame);
	mode_t mode = take_u32(frame) & 07777;
	uint64_t length = take_u64(frame);
	const char *path = take_string(frame);
	int fd = -EINVAL;

	if (!frame->bad && session_is_open()) {
		fd = -enter_user_view();
		if (fd == 0) fd = open_to_write(path, flags, mode);
		leave_user_view();
	}
	if (fd < 0) {
		send_result(frame->id, -fd);
		return;
	}
	if (length == 0) {
		close(fd);
		send_result(frame->id, 0);
		return;
	}
	add_transfer(frame->id, fd, true)->left = length;
}

/* Bytes of a file that could not be written any more are still under way when the host learns of it. */
void feed_file(struct frame *frame)
{
	struct transfer *transfer = transfers;
	int error = 0;

	while (transfer && (transfer->id != frame->id || !transfer->writes)) transfer = transfer->next;
	if (!transfer) return;
	if ((uint64_t)(frame->end - frame->at) > transfer->left) error = EINVAL;
	while (!error && frame->at < frame->end) {
		ssize_t count = write(transfer->fd, frame->at, frame->end - frame->at);

		if (count < 0) {
			error = errno;
		} else {
			frame->at += count;
			transfer->left -= count;
		}
	}
	if (!error && transfer->left > 0) return;
	send_result(frame->id, error);
	remove_transfer(transfer);
}
