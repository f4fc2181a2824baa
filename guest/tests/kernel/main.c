#include "tests.h"

const char *self;

_Noreturn void failed(const char *file, int line, const char *condition)
{
	const char *name = strrchr(file, '/');
	printf("%s:%d: %s (errno %d: %s)\n", name ? name+1 : file, line, condition, errno, strerror(errno));
	exit(1);
}

int status_of(pid_t child)
{
	int status;
	check(waitpid(child, &status, 0) == child);
	return status;
}

void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000L }, 0);
}

int main(int argc, char **argv)
{
	const struct test *all[] = { process_tests, signal_tests, pipe_tests, jump_tests, memory_tests, library_tests };

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
	if (!strcmp(argv[1], "echo")) {
		for (int i = 2; i < argc; i++) printf("%s\n", argv[i]);
		return 7;
	}
	if (!strcmp(argv[1], "is-open")) return fcntl(atoi(argv[2]), F_GETFD) < 0 ? 1 : 0;
	if (!strcmp(argv[1], "is-ignored")) {
		struct sigaction action;
		sigaction(atoi(argv[2]), 0, &action);
		return action.sa_handler == SIG_IGN ? 0 : 1;
	}
	fprintf(stderr, "%s: no test is called %s\n", argv[0], argv[1]);
	return 2;
}
