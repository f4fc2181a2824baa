/* The machine's clock, random numbers, name and memory. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/random.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"

#define MOST_ENTROPY 512

int set_clock(struct frame *frame)
{
	struct timespec time = { .tv_sec = take_u64(frame) };

	time.tv_nsec = take_u32(frame);
	if (frame->bad) return EINVAL;
	if (!in_guest) return EPERM;
	return clock_settime(CLOCK_REALTIME, &time) ? errno : 0;
}

/* Two machines restored from one state have the same random numbers to come until this is done. */
int reseed(struct frame *frame)
{
	struct {
		int bits, size;
		uint8_t bytes[MOST_ENTROPY];
	} pool;
	size_t size = frame->end - frame->at;
	int fd, error = 0;

	if (!in_guest) return EPERM;
	pool.size = size < MOST_ENTROPY ? size : MOST_ENTROPY;
	pool.bits = 8 * pool.size;
	memcpy(pool.bytes, frame->at, pool.size);
	fd = open("/dev/urandom", O_RDWR | O_CLOEXEC);
	if (fd < 0) return errno;
	if (ioctl(fd, RNDADDENTROPY, &pool) || ioctl(fd, RNDRESEEDCRNG, 0)) error = errno;
	close(fd);
	return error;
}

int set_hostname(struct frame *frame)
{
	const char *name = take_string(frame);
	char old[HOST_NAME_MAX + 1];

	if (frame->bad) return EINVAL;
	if (!in_guest) return EPERM;
	if (!gethostname(old, sizeof old) && !strcmp(old, name)) return 0;
	/* Its shell knows the old name. */
	session_is_used();
	return sethostname(name, strlen(name)) ? errno : 0;
}

static uint64_t memory_line(const char *text, const char *name)
{
	const char *line = strstr(text, name);

	return line ? strtoull(line + strlen(name), NULL, 10) * 1024 : 0;
}

void send_status(uint32_t id)
{
	struct __attribute__((packed)) {
		uint64_t total, available, files, bytes;
		uint32_t processes;
	} status;
	uint64_t files, bytes;
	char text[2048];
	int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	ssize_t count = fd < 0 ? 0 : read(fd, text, sizeof text - 1);

	if (fd >= 0) close(fd);
	text[count > 0 ? count : 0] = '\0';
	status.total = memory_line(text, "MemTotal:");
	status.available = memory_line(text, "MemAvailable:");
	files_in_use(&files, &bytes);
	status.files = files;
	status.bytes = bytes;
	status.processes = count_processes(session_shell());
	send_frame('q', id, &status, sizeof status);
}
