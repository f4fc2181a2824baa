#include "tests.h"

static void *add_one(void *argument)
{
	return (char *)argument + 1;
}

static void create_and_join(void)
{
	pthread_t threads[20];
	for (intptr_t i = 0; i < 20; i++) threads[i] = start(add_one, (void *)i);
	for (intptr_t i = 0; i < 20; i++) check(finish(threads[i]) == (void *)(i+1));
}

static void one_after_the_other(void)
{
	for (intptr_t i = 0; i < 1000; i++) check(finish(start(add_one, (void *)i)) == (void *)(i+1));
}

static volatile int sleeping, most_sleeping;

static void *sleep_a_little(void *argument)
{
	if (++sleeping > most_sleeping) most_sleeping = sleeping;
	pause_ms(20);
	sleeping--;
	return 0;
}

static void sleep_at_the_same_time(void)
{
	pthread_t threads[50];
	pause_ms(1);
	for (int i = 0; i < 50; i++) threads[i] = start(sleep_a_little, 0);
	for (int i = 0; i < 50; i++) finish(threads[i]);
	check(most_sleeping > 1 && sleeping == 0);
}

static void *identities(void *argument)
{
	pid_t *ids = argument;
	ids[0] = getpid();
	ids[1] = gettid();
	return 0;
}

static void numbers(void)
{
	pid_t ids[2];
	finish(start(identities, ids));
	check(ids[0] == getpid());
	check(ids[1] != getpid() && gettid() == getpid());
}

static volatile int ended;

static void *detached(void *argument)
{
	pthread_detach(pthread_self());
	pause_ms(1);
	ended++;
	return 0;
}

static void detach(void)
{
	for (int i = 0; i < 20; i++) start(detached, 0);
	for (int i = 0; i < 200 && ended < 20; i++) pause_ms(5);
	check(ended == 20);
	for (int i = 0; i < 20; i++) start(detached, 0);
	for (int i = 0; i < 200 && ended < 40; i++) pause_ms(5);
	check(ended == 40);
}

static void *end_deep_down(void *argument)
{
	if (argument) end_deep_down((char *)argument - 1);
	pthread_exit("deep");
}

static void exit_from_within(void)
{
	check(!strcmp(finish(start(end_deep_down, (void *)10)), "deep"));
}

static pthread_key_t key;
static volatile int destroyed;

static void destroy(void *value)
{
	destroyed += (intptr_t)value;
}

static void *keep_value(void *argument)
{
	check(pthread_getspecific(key) == 0);
	pthread_setspecific(key, argument);
	errno = (intptr_t)argument;
	pause_ms(3);
	check(errno == (intptr_t)argument);
	return pthread_getspecific(key);
}

static void keys(void)
{
	pthread_t threads[5];
	check(pthread_key_create(&key, destroy) == 0);
	pthread_setspecific(key, "main");
	for (intptr_t i = 0; i < 5; i++) threads[i] = start(keep_value, (void *)(i+1));
	for (intptr_t i = 0; i < 5; i++) check(finish(threads[i]) == (void *)(i+1));
	check(destroyed == 15);
	check(!strcmp(pthread_getspecific(key), "main"));
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static volatile int initialized;

static void initialize(void)
{
	pause_ms(5);
	initialized++;
}

static void *call_once(void *argument)
{
	pthread_once(&once, initialize);
	check(initialized == 1);
	return 0;
}

static void only_once(void)
{
	pthread_t threads[5];
	for (int i = 0; i < 5; i++) threads[i] = start(call_once, 0);
	for (int i = 0; i < 5; i++) finish(threads[i]);
	check(initialized == 1);
}

static volatile int stop;

static void *compute(void *argument)
{
	volatile unsigned *count = argument;
	while (!stop) ++*count;
	return 0;
}

/* A thread that makes no system call does not keep the others from running. */
static void computing(void)
{
	unsigned count = 0;
	pthread_t thread = start(compute, &count);
	for (int i = 0; i < 10; i++) pause_ms(5);
	check(count > 0);
	stop = 1;
	finish(thread);
}

static void *compute_for_a_while(void *argument)
{
	int64_t end = now_ms() + 60;
	while (now_ms() < end);
	return argument;
}

static void computing_at_the_same_time(void)
{
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) threads[i] = start(compute_for_a_while, "done");
	for (int i = 0; i < 4; i++) check(!strcmp(finish(threads[i]), "done"));
}

static void *allocate(void *argument)
{
	char *blocks[64] = { 0 };
	unsigned seed = (intptr_t)argument;
	for (int i = 0; i < 20000; i++) {
		int at = rand_r(&seed) % 64;
		free(blocks[at]);
		size_t size = 1 + rand_r(&seed) % 3000;
		check((blocks[at] = malloc(size)));
		memset(blocks[at], at, size);
		if (i % 1000 == 0) sched_yield();
	}
	for (int i = 0; i < 64; i++) {
		if (blocks[i]) check(*blocks[i] == i);
		free(blocks[i]);
	}
	return 0;
}

static void allocating_at_the_same_time(void)
{
	pthread_t threads[6];
	for (intptr_t i = 0; i < 6; i++) threads[i] = start(allocate, (void *)(i+1));
	for (int i = 0; i < 6; i++) finish(threads[i]);
}

static volatile int turn;

static void *take_turns(void *argument)
{
	for (int i = 0; i < 500; i++) {
		while (turn != (intptr_t)argument) sched_yield();
		turn = !turn;
	}
	return 0;
}

/* Handing over by sched_yield takes no time slice. */
static void yielding(void)
{
	int64_t begin = now_ms();
	pthread_t first = start(take_turns, (void *)0), second = start(take_turns, (void *)1);
	finish(first);
	finish(second);
	check(now_ms() - begin < 2000);
}

static void *use_stack(void *argument)
{
	volatile char block[200000];
	memset((char *)block, 'x', sizeof block);
	pause_ms(1);
	check(block[0] == 'x' && block[sizeof block - 1] == 'x');
	return 0;
}

static void stacks(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	finish(start(use_stack, 0));
	pthread_attr_init(&attributes);
	check(pthread_attr_setstacksize(&attributes, 4 << 20) == 0);
	check(pthread_create(&thread, &attributes, use_stack, 0) == 0);
	finish(thread);
	check(pthread_attr_setstacksize(&attributes, 16384) == 0);
	check(pthread_create(&thread, &attributes, sleep_a_little, 0) == 0);
	finish(thread);
}

static void limit(void)
{
	pthread_t threads[100];
	int made = 0;
	check(setrlimit(RLIMIT_NPROC, &(struct rlimit){ 30, 30 }) == 0);
	while (made < 100 && pthread_create(&threads[made], 0, sleep_a_little, 0) == 0) made++;
	check(made > 0 && made < 30);
	for (int i = 0; i < made; i++) finish(threads[i]);
	finish(start(add_one, 0));
}

const struct test basic_tests[] = {
	{ "create-and-join", create_and_join },
	{ "one-after-the-other", one_after_the_other },
	{ "sleep-at-the-same-time", sleep_at_the_same_time },
	{ "numbers", numbers },
	{ "detach", detach },
	{ "exit-from-within", exit_from_within },
	{ "keys", keys },
	{ "once", only_once },
	{ "computing", computing },
	{ "computing-at-the-same-time", computing_at_the_same_time },
	{ "allocating-at-the-same-time", allocating_at_the_same_time },
	{ "yielding", yielding },
	{ "stacks", stacks },
	{ "limit", limit },
	{ 0 },
};
