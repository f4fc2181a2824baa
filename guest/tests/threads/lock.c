#include "tests.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static volatile int shared;

static void *count_up(void *argument)
{
	for (int i = 0; i < 100; i++) {
		pthread_mutex_lock(&mutex);
		int before = shared;
		if (i % 10 == 0) sched_yield();
		shared = before + 1;
		pthread_mutex_unlock(&mutex);
	}
	return 0;
}

static void mutexes(void)
{
	pthread_t threads[8];
	for (int i = 0; i < 8; i++) threads[i] = start(count_up, 0);
	for (int i = 0; i < 8; i++) finish(threads[i]);
	check(shared == 800);
}

static void *hold_for_a_while(void *argument)
{
	pthread_mutex_lock(&mutex);
	shared = 1;
	pause_ms(30);
	shared = 2;
	pthread_mutex_unlock(&mutex);
	return 0;
}

static void after_ms(struct timespec *time, int ms)
{
	clock_gettime(CLOCK_REALTIME, time);
	time->tv_nsec += ms * 1000000L;
	if (time->tv_nsec >= 1000000000) {
		time->tv_nsec -= 1000000000;
		time->tv_sec++;
	}
}

static void mutexes_with_a_timeout(void)
{
	struct timespec end;
	pthread_t thread = start(hold_for_a_while, 0);
	while (!shared) pause_ms(1);
	check(pthread_mutex_trylock(&mutex) == EBUSY);
	after_ms(&end, 5);
	check(pthread_mutex_timedlock(&mutex, &end) == ETIMEDOUT && shared == 1);
	after_ms(&end, 1000);
	check(pthread_mutex_timedlock(&mutex, &end) == 0 && shared == 2);
	pthread_mutex_unlock(&mutex);
	finish(thread);
}

static void kinds_of_mutexes(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t recursive, checking;
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&recursive, &attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&checking, &attributes);
	check(!pthread_mutex_lock(&recursive) && !pthread_mutex_lock(&recursive));
	check(!pthread_mutex_unlock(&recursive) && !pthread_mutex_unlock(&recursive));
	check(!pthread_mutex_lock(&checking) && pthread_mutex_lock(&checking) == EDEADLK);
	check(!pthread_mutex_unlock(&checking) && pthread_mutex_unlock(&checking) == EPERM);
}

static void *produce(void *argument)
{
	for (int i = 0; i < 100; i++) {
		pthread_mutex_lock(&mutex);
		while (shared) pthread_cond_wait(&changed, &mutex);
		shared = 1;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&mutex);
	}
	return 0;
}

static void *consume(void *argument)
{
	intptr_t count = 0;
	while (count < 100) {
		pthread_mutex_lock(&mutex);
		while (!shared) pthread_cond_wait(&changed, &mutex);
		shared = 0;
		count++;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&mutex);
	}
	return (void *)count;
}

static void conditions(void)
{
	pthread_t consumers[3], producers[3];
	for (int i = 0; i < 3; i++) {
		consumers[i] = start(consume, 0);
		producers[i] = start(produce, 0);
	}
	for (int i = 0; i < 3; i++) {
		finish(producers[i]);
		check(finish(consumers[i]) == (void *)100);
	}
}

static void conditions_with_a_timeout(void)
{
	struct timespec end;
	int64_t begin = now_ms();
	pthread_mutex_lock(&mutex);
	after_ms(&end, 20);
	check(pthread_cond_timedwait(&changed, &mutex, &end) == ETIMEDOUT);
	check(now_ms() - begin >= 19 && now_ms() - begin < 500);
	pthread_mutex_unlock(&mutex);
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int readers, most_readers, writing;

static void *read_shared(void *argument)
{
	pthread_rwlock_rdlock(&rwlock);
	check(!writing);
	if (++readers > most_readers) most_readers = readers;
	pause_ms(5);
	readers--;
	pthread_rwlock_unlock(&rwlock);
	return 0;
}

static void *write_shared(void *argument)
{
	pthread_rwlock_wrlock(&rwlock);
	check(!readers && !writing);
	writing = 1;
	pause_ms(5);
	writing = 0;
	pthread_rwlock_unlock(&rwlock);
	return 0;
}

static void rwlocks(void)
{
	pthread_t threads[10];
	for (int i = 0; i < 10; i++) threads[i] = start(i % 5 ? read_shared : write_shared, 0);
	for (int i = 0; i < 10; i++) finish(threads[i]);
	check(most_readers > 1);
}

static pthread_barrier_t barrier;

static void *pass_barrier(void *argument)
{
	intptr_t serial = 0;
	for (int round = 1; round <= 3; round++) {
		shared++;
		serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
		check(shared >= 4 * round);
		serial += 10 * (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD);
	}
	return (void *)serial;
}

static void barriers(void)
{
	pthread_t threads[4];
	intptr_t serial = 0;
	check(pthread_barrier_init(&barrier, 0, 4) == 0);
	for (int i = 0; i < 4; i++) threads[i] = start(pass_barrier, 0);
	for (int i = 0; i < 4; i++) serial += (intptr_t)finish(threads[i]);
	check(serial == 33);
}

static sem_t semaphore;

static void *post(void *argument)
{
	pause_ms(5);
	for (int i = 0; i < 5; i++) sem_post(&semaphore);
	return 0;
}

static void semaphores(void)
{
	struct timespec end;
	check(sem_init(&semaphore, 0, 0) == 0);
	pthread_t thread = start(post, 0);
	for (int i = 0; i < 5; i++) check(sem_wait(&semaphore) == 0);
	after_ms(&end, 5);
	check(sem_timedwait(&semaphore, &end) == -1 && errno == ETIMEDOUT);
	finish(thread);
}

/* stdio and malloc have locks of their own. */
static void *print(void *argument)
{
	for (int i = 0; i < 100; i++) fprintf(argument, "%s\n", "a line that stays whole");
	return 0;
}

static void streams(void)
{
	char line[64];
	int lines = 0;
	pthread_t threads[4];
	FILE *file = tmpfile();
	setvbuf(file, 0, _IOLBF, 100);
	for (int i = 0; i < 4; i++) threads[i] = start(print, file);
	for (int i = 0; i < 4; i++) finish(threads[i]);
	rewind(file);
	while (fgets(line, sizeof line, file)) {
		check(!strcmp(line, "a line that stays whole\n"));
		lines++;
	}
	check(lines == 400);
}

const struct test lock_tests[] = {
	{ "mutexes", mutexes },
	{ "mutexes-with-a-timeout", mutexes_with_a_timeout },
	{ "kinds-of-mutexes", kinds_of_mutexes },
	{ "conditions", conditions },
	{ "conditions-with-a-timeout", conditions_with_a_timeout },
	{ "rwlocks", rwlocks },
	{ "barriers", barriers },
	{ "semaphores", semaphores },
	{ "streams", streams },
	{ 0 },
};
