#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void init_input(struct input *input, int fd)
{
	*input = (struct input){ .fd = fd, .watch = -1 };
}

size_t close_input(struct input *input)
{
	size_t dropped = input->size;

	if (input->fd >= 0) close(input->fd);
	free(input->waiting);
	init_input(input, -1);
	return dropped;
}

static void append(struct input *input, const uint8_t *bytes, size_t size)
{
	input->waiting = realloc(input->waiting, input->size + size);
	if (!input->waiting) abort();
	memcpy(input->waiting + input->size, bytes, size);
	input->size += size;
}

size_t feed_input(struct input *input, const uint8_t *bytes, size_t size)
{
	if (input->fd < 0 || input->ends) return size;
	if (size > 0) append(input, bytes, size);
	else input->ends = true;
	return forward_input(input);
}

size_t forward_input(struct input *input)
{
	ssize_t count;

	if (input->fd < 0) return 0;
	count = input->size > 0 ? write(input->fd, input->waiting, input->size) : 0;
	if (count < 0) return errno == EAGAIN || errno == EINTR ? 0 : close_input(input);
	input->size -= count;
	memmove(input->waiting, input->waiting + count, input->size);
	if (input->size == 0 && input->ends) close_input(input);
	return count;
}

void watch_input_room(struct input *input)
{
	input->watch = input->fd >= 0 && input->size > 0 ? watch_output_room(input->fd) : -1;
}
