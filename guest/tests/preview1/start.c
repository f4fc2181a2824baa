/* What a program is started with: directories, standard streams, clocks, random numbers. */
#include "tests.h"

static void preopens(void)
{
	__wasi_prestat_t p;
	char name[64];
	ok(__wasi_fd_prestat_get(3, &p));
	check(p.tag == __WASI_PREOPENTYPE_DIR && p.u.dir.pr_name_len == 1);
	ok(__wasi_fd_prestat_dir_name(3, (uint8_t *)name, 1));
	check(name[0] == '/');
	ok(__wasi_fd_prestat_dir_name(3, (uint8_t *)name, sizeof name));
	expect_one_of(__wasi_fd_prestat_dir_name(3, (uint8_t *)name, 0), __WASI_ERRNO_NAMETOOLONG, __WASI_ERRNO_INVAL);
	ok(__wasi_fd_prestat_get(4, &p));
	ok(__wasi_fd_prestat_dir_name(4, (uint8_t *)name, p.u.dir.pr_name_len));
	name[p.u.dir.pr_name_len] = 0;
	check(!strcmp(name, getenv("PWD")));
	expect(__wasi_fd_prestat_get(dir, &p), __WASI_ERRNO_BADF);
	expect(__wasi_fd_prestat_get(99, &p), __WASI_ERRNO_BADF);
}

static void closed_preopen(void)
{
	__wasi_fd_t fd;
	ok(__wasi_fd_close(3));
	expect(__wasi_fd_close(3), __WASI_ERRNO_BADF);
	expect(__wasi_path_open(3, 0, "x", __WASI_OFLAGS_CREAT, RW, 0, 0, &fd), __WASI_ERRNO_BADF);
	check(open_file("x", __WASI_OFLAGS_CREAT, RW) == 3);
}

static void replaced_preopen(void)
{
	__wasi_fdstat_t s;
	__wasi_fd_t fd = open_file("x", __WASI_OFLAGS_CREAT, RW);
	ok(__wasi_fd_renumber(fd, 3));
	expect(__wasi_fd_close(fd), __WASI_ERRNO_BADF);
	ok(__wasi_fd_fdstat_get(3, &s));
	check(s.fs_filetype == __WASI_FILETYPE_REGULAR_FILE);
}

static void standard_streams(void)
{
	for (int fd = 0; fd < 3; fd++) {
		__wasi_fdstat_t s;
		ok(__wasi_fd_fdstat_get(fd, &s));
		check(!isatty(fd));
	}
}

static void clocks(void)
{
	__wasi_timestamp_t a, b;
	for (int id = 0; id < 4; id++) {
		ok(__wasi_clock_res_get(id, &a));
		check(a > 0);
		ok(__wasi_clock_time_get(id, 1, &a));
	}
	ok(__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &a));
	ok(__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 0, &b));
	check(a <= b);
	check(time(0) > 1700000000);
	expect(__wasi_clock_time_get(17, 0, &a), __WASI_ERRNO_INVAL);
}

static void random_bytes(void)
{
	static uint8_t a[100000], none[sizeof a];
	ok(__wasi_random_get(a, 0));
	check(!memcmp(a, none, sizeof a));
	ok(__wasi_random_get(a, sizeof a));
	check(memcmp(a + 90000, none, 10000));
}

static void yields(void)
{
	ok(__wasi_sched_yield());
}

static void sockets(void)
{
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	expect(__wasi_sock_shutdown(99, __WASI_SDFLAGS_RD), __WASI_ERRNO_BADF);
	expect(__wasi_sock_shutdown(fd, __WASI_SDFLAGS_RD), __WASI_ERRNO_NOTSOCK);
	expect(__wasi_sock_shutdown(1, __WASI_SDFLAGS_RD), __WASI_ERRNO_NOTSOCK);
}

const struct test start_tests[] = {
	{ "preopens", preopens },
	{ "preopen-closed", closed_preopen },
	{ "preopen-replaced", replaced_preopen },
	{ "standard-streams", standard_streams },
	{ "clocks", clocks },
	{ "random-bytes", random_bytes },
	{ "sched-yield", yields },
	{ "sockets", sockets },
	{ 0 },
};
