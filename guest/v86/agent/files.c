/* Reading files for the host, with the rights and from the directory of the session's shell. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"

#define MOST_READ (64 << 20)

struct transfer {
	struct transfer *next;
	uint32_t id;
	int fd;
	uint64_t at, left;
};

static struct transfer *transfers;

static void remove_transfer(struct transfer *transfer)
{
	struct transfer **link = &transfers;

	while (*link != transfer) link = &(*link)->next;
	*link = transfer->next;
	close(transfer->fd);
	free(transfer);
}

static void send_summary(uint32_t id, int error, uint64_t size, const struct stat *status)
{
	struct __attribute__((packed)) {
		int32_t error;
		uint64_t size;
		uint32_t mode;
		int64_t mtime;
		struct version version;
	} summary = {
		error, size, status->st_mode, nanoseconds(status->st_mtim),
		{ status->st_ino, status->st_size, nanoseconds(status->st_ctim) },
	};

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
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
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
		send_summary(frame->id, -fd, 0, &(struct stat){ 0 });
		return;
	}
	transfer = calloc(1, sizeof *transfer);
	if (!transfer) abort();
	*transfer = (struct transfer){
		.next = transfers, .id = frame->id, .fd = fd, .at = offset, .left = length < MOST_READ ? length : MOST_READ,
	};
	transfers = transfer;
}

static void end_reading(struct transfer *transfer, int error)
{
	struct stat status;
	uint64_t size;

	if (fstat(transfer->fd, &status)) memset(&status, 0, sizeof status);
	/* Files of /proc have content but no size. */
	size = (uint64_t)status.st_size > transfer->at ? (uint64_t)status.st_size : transfer->at;
	send_summary(transfer->id, error, size, &status);
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
		read_on(transfer);
		wake_within(0);
	}
}
