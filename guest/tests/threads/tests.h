/* A program of small tests of threads, one per name: thread-tests NAME. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
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

/* Lets others run for a while. */
void pause_ms(int ms);

/* Milliseconds of the monotonic clock. */
int64_t now_ms(void);

/* pthread_create and pthread_join, which must succeed. */
pthread_t start(void *(*run)(void *), void *argument);
void *finish(pthread_t thread);

/* Waits for one child and returns its wait status. */
int status_of(pid_t child);

extern const struct test basic_tests[], lock_tests[], process_tests[], signal_tests[];
