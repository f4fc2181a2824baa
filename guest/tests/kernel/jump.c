#include "tests.h"

static jmp_buf buffer;
static sigjmp_buf signal_buffer;

static int deep(int depth)
{
	volatile char local[32] = { 0 };
	if (!depth) {
		pause_ms(1);
		longjmp(buffer, 7);
	}
	return deep(depth-1) + local[depth % 32];
}

static void out_of_calls(void)
{
	volatile int rounds = 0;
	int value = setjmp(buffer);
	if (!value) {
		rounds++;
		deep(50);
	}
	check(value == 7 && rounds == 1);
	if (!(value = setjmp(buffer))) longjmp(buffer, 0);
	check(value == 1);
}

static void many_times(void)
{
	volatile int rounds = 0;
	setjmp(buffer);
	if (rounds++ < 1000) longjmp(buffer, 1);
	check(rounds == 1001);
}

static void nested(void)
{
	jmp_buf outer;
	volatile int trace = 0;
	if (!setjmp(outer)) {
		if (!setjmp(buffer)) deep(3);
		trace = 1;
		longjmp(outer, 1);
	}
	check(trace == 1);
}

/* The buffer is copied with everything else; parent and child jump on their own. */
static void across_fork(void)
{
	volatile pid_t child = 0;
	int value = setjmp(buffer);
	if (!value) {
		child = fork();
		if (!child) {
			pause_ms(1);
			longjmp(buffer, 3);
		}
		int status = status_of(child);
		check(WEXITSTATUS(status) == 33);
		longjmp(buffer, 9);
	}
	if (value == 3) _exit(33);
	check(value == 9);
}

static void jumping_handler(int signo)
{
	siglongjmp(signal_buffer, signo);
}

static void out_of_a_handler(void)
{
	sigset_t now;
	signal(SIGUSR1, jumping_handler);
	for (volatile int i = 0; i < 3; i++) {
		int value = sigsetjmp(signal_buffer, 1);
		if (!value) {
			raise(SIGUSR1);
			check(!"reached");
		}
		check(value == SIGUSR1);
		sigprocmask(SIG_BLOCK, 0, &now);
		check(!sigismember(&now, SIGUSR1));
	}
	if (!sigsetjmp(signal_buffer, 0)) raise(SIGUSR1);
	sigprocmask(SIG_BLOCK, 0, &now);
	check(sigismember(&now, SIGUSR1));
}

static void out_of_a_call(void)
{
	int ends[2];
	char c;
	pid_t parent = getpid();
	check(pipe(ends) == 0);
	signal(SIGUSR1, jumping_handler);
	pid_t child = fork();
	if (!child) {
		pause_ms(10);
		kill(parent, SIGUSR1);
		_exit(0);
	}
	if (!sigsetjmp(signal_buffer, 1)) {
		read(ends[0], &c, 1);
		check(!"reached");
	}
	check(status_of(child) == 0);
}

const struct test jump_tests[] = {
	{ "setjmp", out_of_calls },
	{ "setjmp-many-times", many_times },
	{ "setjmp-nested", nested },
	{ "setjmp-across-fork", across_fork },
	{ "siglongjmp-out-of-a-handler", out_of_a_handler },
	{ "siglongjmp-out-of-a-call", out_of_a_call },
	{ 0 },
};
