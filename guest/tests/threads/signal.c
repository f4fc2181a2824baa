#include "tests.h"

static volatile int count, taker;

static void handler(int signo)
{
	count++;
	taker = gettid();
}

static void catch(int signo)
{
	check(sigaction(signo, &(struct sigaction){ .sa_handler = handler, .sa_flags = SA_RESTART }, 0) == 0);
}

static sigset_t only(int signo)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, signo);
	return set;
}

static volatile int number, stop;

static void *wait_until_stopped(void *argument)
{
	number = gettid();
	while (!stop) pause_ms(1);
	return 0;
}

static void to_a_thread(void)
{
	catch(SIGUSR1);
	pthread_t thread = start(wait_until_stopped, 0);
	while (!number) pause_ms(1);
	check(pthread_kill(thread, SIGUSR1) == 0);
	for (int i = 0; i < 100 && !count; i++) pause_ms(1);
	check(count == 1 && taker == number);
	check(pthread_kill(pthread_self(), SIGUSR1) == 0);
	check(count == 2 && taker == getpid());
	stop = 1;
	finish(thread);
}

/* A signal to the process goes to a thread that does not block it. */
static void to_the_process(void)
{
	sigset_t set = only(SIGUSR1);
	catch(SIGUSR1);
	pthread_t thread = start(wait_until_stopped, 0);
	while (!number) pause_ms(1);
	kill(getpid(), SIGUSR1);
	check(count == 1 && taker == getpid());
	check(pthread_sigmask(SIG_BLOCK, &set, 0) == 0);
	kill(getpid(), SIGUSR1);
	for (int i = 0; i < 100 && count == 1; i++) pause_ms(1);
	check(count == 2 && taker == number);
	stop = 1;
	finish(thread);
	kill(getpid(), SIGUSR1);
	pause_ms(2);
	check(count == 2);
	check(pthread_sigmask(SIG_UNBLOCK, &set, 0) == 0);
	check(count == 3 && taker == getpid());
}

static void *wait_for_signal(void *argument)
{
	int signo = 0;
	check(sigwait(argument, &signo) == 0);
	return (void *)(intptr_t)signo;
}

static void waiting(void)
{
	sigset_t set = only(SIGUSR2);
	check(pthread_sigmask(SIG_BLOCK, &set, 0) == 0);
	pthread_t thread = start(wait_for_signal, &set);
	pause_ms(2);
	kill(getpid(), SIGUSR2);
	check(finish(thread) == (void *)SIGUSR2);
}

static void *sleep_long(void *argument)
{
	pause_ms(60000);
	return 0;
}

static void stop_and_continue(void)
{
	int status;
	pid_t child = fork();
	if (!child) {
		start(sleep_long, 0);
		pause_ms(60000);
	}
	pause_ms(5);
	kill(child, SIGSTOP);
	check(waitpid(child, &status, WUNTRACED) == child && WSTOPSIG(status) == SIGSTOP);
	kill(child, SIGCONT);
	check(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
	kill(child, SIGTERM);
	check(WTERMSIG(status_of(child)) == SIGTERM);
}

static volatile int expired;

static void expire(union sigval value)
{
	expired += value.sival_int;
}

static void timer_with_a_thread(void)
{
	timer_t timer;
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = expire };
	event.sigev_value.sival_int = 5;
	check(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	check(timer_settime(timer, 0, &(struct itimerspec){ .it_value.tv_nsec = 5000000 }, 0) == 0);
	for (int i = 0; i < 100 && !expired; i++) pause_ms(2);
	check(expired == 5);
	check(timer_delete(timer) == 0);
}

static volatile int cleaned;

static void clean(void *argument)
{
	cleaned++;
}

static void *read_for_ever(void *argument)
{
	char byte;
	pthread_cleanup_push(clean, 0);
	read(*(int *)argument, &byte, 1);
	pthread_cleanup_pop(1);
	return 0;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void unlock(void *argument)
{
	cleaned++;
	pthread_mutex_unlock(argument);
}

static void *wait_for_ever(void *argument)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;) pthread_cond_wait(&never, &mutex);
	pthread_cleanup_pop(1);
}

static void *look_now_and_then(void *argument)
{
	int before;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
	pause_ms(5);
	number = 1;
	pthread_setcancelstate(before, 0);
	for (;;) pthread_testcancel();
}

static void cancellation(void)
{
	int ends[2];
	check(pipe(ends) == 0);
	pthread_t thread = start(read_for_ever, &ends[0]);
	pause_ms(2);
	check(pthread_cancel(thread) == 0 && finish(thread) == PTHREAD_CANCELED && cleaned == 1);
	thread = start(wait_for_ever, 0);
	pause_ms(2);
	check(pthread_cancel(thread) == 0 && finish(thread) == PTHREAD_CANCELED && cleaned == 2);
	check(pthread_mutex_trylock(&mutex) == 0);
	thread = start(look_now_and_then, 0);
	pause_ms(2);
	check(pthread_cancel(thread) == 0 && finish(thread) == PTHREAD_CANCELED && number == 1);
}

const struct test signal_tests[] = {
	{ "signal-to-a-thread", to_a_thread },
	{ "signal-to-the-process", to_the_process },
	{ "sigwait", waiting },
	{ "stop-and-continue", stop_and_continue },
	{ "timer-with-a-thread", timer_with_a_thread },
	{ "cancellation", cancellation },
	{ 0 },
};
