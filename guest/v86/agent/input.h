/* input.c: standard input of a background command, as a pipe or terminal that the host writes into. */
#ifndef LIMPET_INPUT_H
#define LIMPET_INPUT_H

#include "agent.h"

struct input {
	int fd; /* -1: nobody reads it */
	watch watch;
	bool ends; /* after what is waiting */
	uint8_t *waiting;
	size_t size;
};

/* Owns the descriptor. */
void init_input(struct input *input, int fd);
/* Takes what the host sent; nothing is the end of input. Functions that return size_t return how many bytes are taken. */
size_t feed_input(struct input *input, const uint8_t *bytes, size_t size);
void watch_input_room(struct input *input);
size_t forward_input(struct input *input);
/* Drops what is waiting and all that comes. */
size_t close_input(struct input *input);

#endif
