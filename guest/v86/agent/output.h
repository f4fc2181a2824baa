/* output.c: standard output and error of one command, as pipes whose reader is the host, or as one terminal. */
#ifndef LIMPET_OUTPUT_H
#define LIMPET_OUTPUT_H

#include "agent.h"

struct stream {
	int fd; /* -1 once everybody has closed it */
	watch watch;
	int owed; /* bytes to send before the command counts as answered */
};

struct output {
	struct stream streams[2];
	uint32_t unacknowledged; /* bytes sent that the host has not yet taken */
	bool counted;
};

void init_output(struct output *output);
/* Makes the pipes; their other ends go into `ends`. */
int open_output(struct output *output, int ends[2]);
void credit_output(struct output *output, uint32_t bytes);
bool output_has_room(const struct output *output);
bool output_is_closed(const struct output *output);
bool output_is_pending(const struct output *output);
/* Counts what is in the pipes when first asked; true once that much has been sent. */
bool output_owes_nothing(struct output *output);

void watch_output(struct output *output);
void forward_output(struct output *output, uint32_t id);
/* Forwards all there is, as far as there is room. */
void drain_output(struct output *output, uint32_t id);

/* What still writes into the pipes is not told that nobody reads: it goes nowhere. */
void abandon_output(struct output *output);
void watch_abandoned_output(void);
void discard_abandoned_output(void);

#endif
