/* A program of small tests of the kernel and of libc, one per name: kernel-tests NAME. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct test {
	const char *name;
	void (*run)(void);
};

/* The path this program was started by, for tests that execute it again. */
extern const char *self;

/* Ends the test, and says where, unless the condition holds. */
#define check(condition) \
	((condition) ? (void)0 : failed(__FILE__, __LINE__, #condition))

_Noreturn void failed(const char *file, int line, const char *condition);

/* Waits for one child and returns its wait status. */
int status_of(pid_t child);

/* Lets others run for a while. */
void pause_ms(int ms);

extern const struct test process_tests[], signal_tests[], pipe_tests[], jump_tests[], memory_tests[],
	library_tests[];
