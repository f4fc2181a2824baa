/* What the parts of the agent that are about files have in common. */
#ifndef LIMPET_FILES_H
#define LIMPET_FILES_H

#include <sys/stat.h>

#include "agent.h"

/* Tells whether a file is still the one that it was. */
struct __attribute__((packed)) version {
	uint64_t inode, size;
	int64_t ctime; /* in ns since 1970 */
};

static inline int64_t nanoseconds(struct timespec time)
{
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Makes the directories above `path` that are not there. Returns an errno. */
int create_parents(const char *path);

#endif
