#include "tests.h"

static volatile int received, count;
static siginfo_t information;

static void handler(int signo)
{
	received = signo;
	count++;
}

static void informed_handler(int signo, siginfo_t *info, void *context)
{
	received = signo;
	information = *info;
}

static void catch(int signo, int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	check(sigaction(signo, &action, 0) == 0);
	received = count = 0;
}

/* Sends signo to this process in a while. */
static pid_t later(int signo)
{
	pid_t parent = getpid(), child = fork();
	if (!child) {
		pause_ms(10);
		kill(parent, signo);
		_exit(0);
	}
	return child;
}

static void to_itself(void)
{
	catch(SIGUSR1, 0);
	kill(getpid(), SIGUSR1);
	check(received == SIGUSR1);
	catch(SIGUSR2, 0);
	raise(SIGUSR2);
	check(received == SIGUSR2);
}

static void blocked(void)
{
	sigset_t set, old, pending;
	catch(SIGUSR1, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &set, &old) == 0);
	raise(SIGUSR1);
	raise(SIGUSR1);
	check(count == 0);
	check(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1));
	check(sigprocmask(SIG_SETMASK, &old, 0) == 0);
	check(count == 1);
}

static int nested;

static void nesting_handler(int signo)
{
	if (!count++) raise(signo);
	nested = count;
}

static void blocked_while_handled(void)
{
	signal(SIGUSR1, nesting_handler);
	count = 0;
	raise(SIGUSR1);
	check(count == 2);
	struct sigaction action = { .sa_handler = nesting_handler, .sa_flags = SA_NODEFER };
	sigaction(SIGUSR1, &action, 0);
	count = 0;
	raise(SIGUSR1);
	check(count == 2 && nested == 2);
}

static void interrupts_a_call(void)
{
	int ends[2];
	char c;
	check(pipe(ends) == 0);
	catch(SIGUSR1, 0);
	pid_t child = later(SIGUSR1);
	check(read(ends[0], &c, 1) == -1 && errno == EINTR);
	check(received == SIGUSR1);
	status_of(child);
}

static void restarts_a_call(void)
{
	int ends[2];
	char c;
	check(pipe(ends) == 0);
	catch(SIGUSR1, SA_RESTART);
	pid_t first = later(SIGUSR1);
	pid_t second = fork();
	if (!second) {
		pause_ms(30);
		write(ends[1], "x", 1);
		_exit(0);
	}
	check(read(ends[0], &c, 1) == 1 && c == 'x');
	check(received == SIGUSR1);
	status_of(first);
	status_of(second);
}

static void sleep_is_cut_short(void)
{
	struct timespec left;
	catch(SIGUSR1, SA_RESTART);
	pid_t child = later(SIGUSR1);
	check(nanosleep(&(struct timespec){ 5, 0 }, &left) == -1 && errno == EINTR);
	check(left.tv_sec == 4);
	status_of(child);
}

static void suspends(void)
{
	sigset_t set, none;
	catch(SIGUSR1, 0);
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, 0);
	pid_t child = later(SIGUSR1);
	check(sigsuspend(&none) == -1 && errno == EINTR);
	check(received == SIGUSR1);
	raise(SIGUSR1);
	check(count == 1);
	status_of(child);
}

static void waits_for_a_signal(void)
{
	sigset_t set;
	siginfo_t info;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, 0);
	check(sigtimedwait(&set, &info, &(struct timespec){ 0, 1000000 }) == -1 && errno == EAGAIN);
	pid_t child = later(SIGUSR1);
	check(sigwaitinfo(&set, &info) == SIGUSR1 && info.si_pid == child);
	status_of(child);
}

static void with_information(void)
{
	struct sigaction action = { .sa_sigaction = informed_handler, .sa_flags = SA_SIGINFO };
	sigaction(SIGUSR1, &action, 0);
	check(sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 42 }) == 0);
	check(information.si_signo == SIGUSR1 && information.si_code == SI_QUEUE);
	check(information.si_pid == getpid() && information.si_value.sival_int == 42);
}

static void of_a_child(void)
{
	struct sigaction action = { .sa_sigaction = informed_handler, .sa_flags = SA_SIGINFO };
	sigaction(SIGCHLD, &action, 0);
	pid_t child = fork();
	if (!child) _exit(6);
	while (!received) pause_ms(1);
	check(received == SIGCHLD && information.si_pid == child);
	check(information.si_code == CLD_EXITED && information.si_status == 6);
	check(WEXITSTATUS(status_of(child)) == 6);
}

static void of_an_alarm(void)
{
	catch(SIGALRM, 0);
	check(setitimer(ITIMER_REAL, &(struct itimerval){ { 0, 10000 }, { 0, 10000 } }, 0) == 0);
	while (count < 3) pause();
	check(setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, 0) == 0);
	check(alarm(5) == 0 && alarm(0) == 5);
}

static void reset_after_once(void)
{
	struct sigaction action;
	catch(SIGUSR1, SA_RESETHAND);
	raise(SIGUSR1);
	check(sigaction(SIGUSR1, 0, &action) == 0 && action.sa_handler == SIG_DFL);
}

static void alternate_stack(void)
{
	stack_t stack = { .ss_sp = malloc(SIGSTKSZ), .ss_size = SIGSTKSZ }, old;
	check(sigaltstack(&stack, 0) == 0);
	check(sigaltstack(0, &old) == 0 && old.ss_sp == stack.ss_sp);
	catch(SIGUSR1, SA_ONSTACK);
	raise(SIGUSR1);
	check(received == SIGUSR1);
}

static void ignored_stays_ignored(void)
{
	char number[12];
	sprintf(number, "%d", SIGUSR1);
	for (int i = 0; i < 2; i++) {
		signal(SIGUSR1, i ? handler : SIG_IGN);
		pid_t child = fork();
		if (!child) {
			execl(self, self, "is-ignored", number, (char *)0);
			_exit(99);
		}
		check(WEXITSTATUS(status_of(child)) == i);
	}
	signal(SIGCHLD, SIG_IGN);
	pid_t child = fork();
	if (!child) _exit(0);
	check(waitpid(child, 0, 0) == -1 && errno == ECHILD);
}

static void blocking_handler(int signo)
{
	pid_t child = fork();
	if (!child) {
		pause_ms(5);
		_exit(3);
	}
	count = WEXITSTATUS(status_of(child));
}

static void handler_that_blocks(void)
{
	signal(SIGUSR1, blocking_handler);
	raise(SIGUSR1);
	check(count == 3);
}

static void aborts(void)
{
	pid_t child = fork();
	if (!child) {
		signal(SIGABRT, handler);
		abort();
	}
	check(WTERMSIG(status_of(child)) == SIGABRT);
}

static void real_time(void)
{
	check(SIGRTMIN == 34 && SIGRTMAX == 64);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	catch(SIGRTMIN, 0);
	sigprocmask(SIG_BLOCK, &set, 0);
	raise(SIGRTMIN);
	raise(SIGRTMIN);
	sigprocmask(SIG_UNBLOCK, &set, 0);
	check(count == 2);
}

#ifdef __wasm__
void __k_poll(void);

/* A loop without system calls: the handler runs because of __k_poll. */
static void while_computing(void)
{
	catch(SIGUSR1, 0);
	pid_t child = later(SIGUSR1);
	while (!received) __k_poll();
	status_of(child);
}

/* A process that never calls the kernel is killed all the same. */
static void killed_while_computing(void)
{
	pid_t child = fork();
	if (!child) for (volatile unsigned i = 0;; i++);
	pause_ms(20);
	kill(child, SIGTERM);
	check(WTERMSIG(status_of(child)) == SIGTERM);
}
#endif

const struct test signal_tests[] = {
	{ "signal-to-itself", to_itself },
	{ "signal-blocked", blocked },
	{ "signal-blocked-while-handled", blocked_while_handled },
	{ "signal-interrupts-a-call", interrupts_a_call },
	{ "signal-restarts-a-call", restarts_a_call },
	{ "signal-cuts-sleep-short", sleep_is_cut_short },
	{ "sigsuspend", suspends },
	{ "sigtimedwait", waits_for_a_signal },
	{ "siginfo", with_information },
	{ "siginfo-of-a-child", of_a_child },
	{ "alarm", of_an_alarm },
	{ "signal-reset-after-once", reset_after_once },
	{ "sigaltstack", alternate_stack },
	{ "signal-ignored", ignored_stays_ignored },
	{ "signal-handler-that-blocks", handler_that_blocks },
	{ "abort", aborts },
	{ "signal-real-time", real_time },
#ifdef __wasm__
	{ "signal-while-computing", while_computing },
	{ "killed-while-computing", killed_while_computing },
#endif
	{ 0 },
};
