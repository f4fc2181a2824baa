#define _GNU_SOURCE
#include "order.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_STRINGS (64 << 20)

int write_all(int fd, const void *bytes, size_t size)
{
	while (size > 0) {
		ssize_t count = write(fd, bytes, size);

		if (count < 0) return errno;
		bytes = (const char *)bytes + count;
		size -= count;
	}
	return 0;
}

int begin_order(struct order *order, size_t strings)
{
	*order = (struct order){ .strings_size = strings };
	for (int i = 0; i < COMMAND_DESCRIPTORS; i++) order->files[i] = -1;
	if (strings > MOST_STRINGS) return E2BIG;
	order->strings = malloc(strings + 1);
	return order->strings ? 0 : ENOMEM;
}

int expect_input(struct order *order, uint32_t input)
{
	order->input_left = input;
	order->files[COMMAND_STDIN] = memfd_create("stdin", MFD_CLOEXEC);
	return order->files[COMMAND_STDIN] < 0 ? errno : 0;
}

int receive_order(struct order *order, const uint8_t *bytes, size_t size)
{
	size_t wanted = order->strings_size - order->strings_received;
	size_t part = size < wanted ? size : wanted;

	memcpy(order->strings + order->strings_received, bytes, part);
	order->strings_received += part;
	size -= part;
	if (size > order->input_left) return EINVAL;
	order->input_left -= size;
	return write_all(order->files[COMMAND_STDIN], bytes + part, size);
}

bool order_is_received(const struct order *order)
{
	return order->strings_received == order->strings_size && order->input_left == 0;
}

static const char *after(const char *string)
{
	return string + strlen(string) + 1;
}

const char *order_changes(const struct order *order)
{
	return after(order->strings);
}

const char *order_text(const struct order *order)
{
	const char *at = order_changes(order);

	while (*at) at = after(at);
	return at + 1;
}

/* Whether there are a directory, the empty string, and a text, each with its NUL. */
static bool is_well_formed(const struct order *order)
{
	const char *at = order->strings, *end = at + order->strings_size;

	if (at == end || end[-1]) return false;
	for (at = after(at); at < end && *at; at = after(at)) continue;
	return at + 1 < end && after(at + 1) == end;
}

static int find_directory(const char *directory, char path[PATH_MAX])
{
	int error;

	path[0] = '\0';
	if (!*directory) return 0;
	error = enter_user_view();
	if (!error && (chdir(directory) || !getcwd(path, PATH_MAX))) error = errno;
	leave_user_view();
	return error;
}

/* The input is a file that is only read, as if redirected from one. */
static int rewind_input(struct order *order)
{
	char path[32];
	int fd;

	if (order->files[COMMAND_STDIN] < 0) return 0;
	snprintf(path, sizeof path, "/proc/self/fd/%d", order->files[COMMAND_STDIN]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return errno;
	close(order->files[COMMAND_STDIN]);
	order->files[COMMAND_STDIN] = fd;
	return 0;
}

int complete_order(struct order *order, char directory[PATH_MAX])
{
	int error = is_well_formed(order) ? find_directory(order->strings, directory) : EINVAL;

	return error ? error : rewind_input(order);
}

int make_block(struct order *order, const char *directory)
{
	const char *rest = order_changes(order);
	size_t rest_size = order->strings + order->strings_size - rest;
	int fd = memfd_create("command", MFD_CLOEXEC), error;

	if (fd < 0) return errno;
	order->files[COMMAND_BLOCK] = fd;
	order->block_size = strlen(directory) + 1 + rest_size;
	error = write_all(fd, directory, strlen(directory) + 1);
	return error ? error : write_all(fd, rest, rest_size);
}

void close_order_files(struct order *order)
{
	for (int i = 0; i < COMMAND_DESCRIPTORS; i++) {
		if (order->files[i] >= 0) close(order->files[i]);
		order->files[i] = -1;
	}
}

void forget_order(struct order *order)
{
	close_order_files(order);
	free(order->strings);
}
