#define _GNU_SOURCE
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* How many bytes of a command's output may be under way to the host. */
#define WINDOW (256 << 10)

struct leftover {
	struct leftover *next;
	int fd;
	watch watch;
};

static struct leftover *leftovers;
static uint8_t buffer[CHUNK];

void init_output(struct output *output)
{
	*output = (struct output){ .streams = { { .fd = -1, .watch = -1 }, { .fd = -1, .watch = -1 } } };
}

int open_output(struct output *output, int ends[2])
{
	for (int i = 0; i < 2; i++) {
		int pair[2];

		if (pipe2(pair, O_CLOEXEC)) return errno;
		fcntl(pair[0], F_SETFL, O_NONBLOCK);
		fcntl(pair[0], F_SETPIPE_SZ, WINDOW);
		output->streams[i].fd = pair[0];
		ends[i] = pair[1];
	}
	return 0;
}

void credit_output(struct output *output, uint32_t bytes)
{
	output->unacknowledged -= bytes < output->unacknowledged ? bytes : output->unacknowledged;
}

bool output_has_room(const struct output *output)
{
	return output->unacknowledged < WINDOW;
}

bool output_is_closed(const struct output *output)
{
	return output->streams[0].fd < 0 && output->streams[1].fd < 0;
}

static int bytes_in(const struct stream *stream)
{
	int bytes = 0;

	if (stream->fd >= 0) ioctl(stream->fd, FIONREAD, &bytes);
	return bytes;
}

bool output_is_pending(const struct output *output)
{
	return bytes_in(&output->streams[0]) > 0 || bytes_in(&output->streams[1]) > 0;
}

bool output_owes_nothing(struct output *output)
{
	for (int i = 0; i < 2 && !output->counted; i++) output->streams[i].owed = bytes_in(&output->streams[i]);
	output->counted = true;
	return output->streams[0].owed <= 0 && output->streams[1].owed <= 0;
}

void watch_output(struct output *output)
{
	for (int i = 0; i < 2; i++) {
		struct stream *stream = &output->streams[i];

		stream->watch = stream->fd >= 0 && output_has_room(output) ? watch_input(stream->fd) : -1;
	}
}

/* Forwards one piece; false when there was none. */
static bool forward(struct output *output, int which, uint32_t id)
{
	struct stream *stream = &output->streams[which];
	uint32_t room = WINDOW - output->unacknowledged;
	ssize_t count;

	if (stream->fd < 0 || room == 0) return false;
	count = read(stream->fd, buffer, room < CHUNK ? room : CHUNK);
	if (count > 0) {
		send_frame(which == 0 ? 'o' : 'e', id, buffer, count);
		output->unacknowledged += count;
		stream->owed -= count;
	} else if (count == 0 || errno == EIO) {
		/* EIO: a terminal that nobody has open any more. */
		close(stream->fd);
		stream->fd = -1;
		stream->owed = 0;
	}
	return count > 0;
}

void forward_output(struct output *output, uint32_t id)
{
	for (int i = 0; i < 2; i++)
		if (is_ready(output->streams[i].watch)) forward(output, i, id);
}

void drain_output(struct output *output, uint32_t id)
{
	bool more;

	do {
		more = forward(output, 0, id);
		more |= forward(output, 1, id);
	} while (more);
}

void abandon_output(struct output *output)
{
	for (int i = 0; i < 2; i++) {
		struct leftover *leftover;

		if (output->streams[i].fd < 0) continue;
		leftover = malloc(sizeof *leftover);
		if (!leftover) abort();
		*leftover = (struct leftover){ .next = leftovers, .fd = output->streams[i].fd, .watch = -1 };
		leftovers = leftover;
	}
}

void watch_abandoned_output(void)
{
	for (struct leftover *leftover = leftovers; leftover; leftover = leftover->next)
		leftover->watch = watch_input(leftover->fd);
}

void discard_abandoned_output(void)
{
	struct leftover **link = &leftovers;

	while (*link) {
		struct leftover *leftover = *link;

		if (is_ready(leftover->watch) && read(leftover->fd, buffer, sizeof buffer) == 0) {
			*link = leftover->next;
			close(leftover->fd);
			free(leftover);
		} else {
			link = &leftover->next;
		}
	}
}
