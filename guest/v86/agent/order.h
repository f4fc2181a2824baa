/* order.c: what a command is made from, as it arrives, and the descriptors that it gets. */
#ifndef LIMPET_ORDER_H
#define LIMPET_ORDER_H

#include <limits.h>

#include "agent.h"

struct order {
	/* Directory, changes of the environment, an empty string, text. */
	char *strings;
	size_t strings_size, strings_received;
	uint32_t input_left;
	/* Those that are the command's are closed once it has them. */
	int files[COMMAND_DESCRIPTORS];
	uint32_t block_size;
};

/* Functions that return int return an errno, 0 if all is well. */
int write_all(int fd, const void *bytes, size_t size);
int begin_order(struct order *order, size_t strings);
/* After the strings come so many bytes of standard input, which the command gets as a file. */
int expect_input(struct order *order, uint32_t input);
int receive_order(struct order *order, const uint8_t *bytes, size_t size);
bool order_is_received(const struct order *order);
/* Checks a received order, and says where it is to run: an absolute path, empty if it names no directory. */
int complete_order(struct order *order, char directory[PATH_MAX]);
/* Makes the block for the session's shell. */
int make_block(struct order *order, const char *directory);
const char *order_changes(const struct order *order);
const char *order_text(const struct order *order);
void close_order_files(struct order *order);
void forget_order(struct order *order);

#endif
