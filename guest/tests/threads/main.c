#include "tests.h"

const char *self;

_Noreturn void failed(const char *file, int line, const char *condition)
{
	const char *name = strrchr(file, '/');
	printf("%s:%d: %s (errno %d: %s)\n", name ? name+1 : file, line, condition, errno, strerror(errno));
	exit(1);
}

void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000L }, 0);
}

int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

pthread_t start(void *(*run)(void *), void *argument)
{
	pthread_t thread;
	check(pthread_create(&thread, 0, run, argument) == 0);
	return thread;
}

void *finish(pthread_t thread)
{
	void *result;
	check(pthread_join(thread, &result) == 0);
	return result;
}

int status_of(pid_t child)
{
	int status;
	check(waitpid(child, &status, 0) == child);
	return status;
}

int main(int argc, char **argv)
{
	const struct test *all[] = { basic_tests, lock_tests, process_tests, signal_tests };

	self = argv[0];
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (const struct test *t = all[i]; t->name; t++) {
			if (argc == 1) puts(t->name);
			else if (!strcmp(argv[1], t->name)) {
				t->run();
				return 0;
			}
		}
	}
	if (argc == 1) return 0;
	/* What the tests of exec start. */
	if (!strcmp(argv[1], "pid")) {
		printf("%d\n", getpid() == gettid() ? getpid() : 0);
		return 7;
	}
	fprintf(stderr, "%s: no test is called %s\n", argv[0], argv[1]);
	return 2;
}
