/* poll_oneoff. */
#include "tests.h"

#define MS 1000000ull

static __wasi_subscription_t clock_in(uint64_t ns, uint64_t userdata)
{
	return (__wasi_subscription_t){
		.userdata = userdata,
		.u = { .tag = __WASI_EVENTTYPE_CLOCK,
			.u.clock = { .id = __WASI_CLOCKID_MONOTONIC, .timeout = ns } },
	};
}

static __wasi_subscription_t descriptor(int type, int fd, uint64_t userdata)
{
	return (__wasi_subscription_t){
		.userdata = userdata,
		.u = { .tag = type, .u.fd_read.file_descriptor = fd },
	};
}

static __wasi_timestamp_t now(int id)
{
	__wasi_timestamp_t t;
	ok(__wasi_clock_time_get(id, 0, &t));
	return t;
}

static void first_clock(void)
{
	__wasi_subscription_t in[] = { clock_in(20000 * MS, 1), clock_in(30 * MS, 2) };
	__wasi_event_t out[2];
	__wasi_size_t n;
	__wasi_timestamp_t began = now(__WASI_CLOCKID_MONOTONIC), took;
	ok(__wasi_poll_oneoff(in, out, 2, &n));
	took = now(__WASI_CLOCKID_MONOTONIC) - began;
	check(n == 1 && out[0].userdata == 2 && out[0].type == __WASI_EVENTTYPE_CLOCK && out[0].error == 0);
	check(took >= 29 * MS && took < 10000 * MS);
}

static void absolute_clock(void)
{
	__wasi_subscription_t in = clock_in(now(__WASI_CLOCKID_REALTIME) + 20 * MS, 7);
	__wasi_event_t out;
	__wasi_size_t n;
	__wasi_timestamp_t began = now(__WASI_CLOCKID_MONOTONIC);
	in.u.u.clock.id = __WASI_CLOCKID_REALTIME;
	in.u.u.clock.flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME;
	ok(__wasi_poll_oneoff(&in, &out, 1, &n));
	check(n == 1 && out.userdata == 7 && now(__WASI_CLOCKID_MONOTONIC) - began >= 15 * MS);
}

static void standard_streams(void)
{
	__wasi_subscription_t in[] = {
		clock_in(5000 * MS, 1),
		descriptor(__WASI_EVENTTYPE_FD_WRITE, 1, 2),
		descriptor(__WASI_EVENTTYPE_FD_WRITE, 2, 3),
	};
	__wasi_event_t out[3];
	__wasi_size_t n;
	ok(__wasi_poll_oneoff(in, out, 3, &n));
	check(n == 2 && out[0].userdata == 2 && out[1].userdata == 3 && out[0].type == __WASI_EVENTTYPE_FD_WRITE);
}

/* Standard input is a pipe that stays empty for 50 ms, then has a byte, then is at its end. */
static void late_input(void)
{
	__wasi_subscription_t in[] = { clock_in(5000 * MS, 1), descriptor(__WASI_EVENTTYPE_FD_READ, 0, 2) };
	__wasi_event_t out[2];
	__wasi_size_t n;
	char c;
	ok(__wasi_poll_oneoff(in, out, 2, &n));
	check(n == 1 && out[0].userdata == 2 && out[0].error == 0 && out[0].type == __WASI_EVENTTYPE_FD_READ);
	check(get(0, &c, 1) == 1 && c == 'x');
	ok(__wasi_poll_oneoff(in, out, 2, &n));
	check(n == 1 && out[0].userdata == 2 && get(0, &c, 1) == 0);
}

static void bad_subscriptions(void)
{
	__wasi_subscription_t in[] = { clock_in(5000 * MS, 1), descriptor(__WASI_EVENTTYPE_FD_READ, 99, 2) };
	__wasi_event_t out[2];
	__wasi_size_t n;
	ok(__wasi_poll_oneoff(in, out, 2, &n));
	check(n == 1 && out[0].userdata == 2 && out[0].error == __WASI_ERRNO_BADF);
	expect(__wasi_poll_oneoff(in, out, 0, &n), __WASI_ERRNO_INVAL);
}

static void sleeping(void)
{
	__wasi_timestamp_t began = now(__WASI_CLOCKID_MONOTONIC);
	check(!nanosleep(&(struct timespec){ 0, 25 * MS }, 0));
	check(now(__WASI_CLOCKID_MONOTONIC) - began >= 24 * MS);
}

const struct test wait_tests[] = {
	{ "poll-first-clock", first_clock },
	{ "poll-absolute-clock", absolute_clock },
	{ "poll-standard-streams", standard_streams },
	{ "poll-late-input", late_input },
	{ "poll-bad-subscriptions", bad_subscriptions },
	{ "poll-sleeping", sleeping },
	{ 0 },
};
