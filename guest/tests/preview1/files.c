/* Reading and writing, sizes, times, flags. */
#include "tests.h"

static __wasi_filesize_t seek(__wasi_fd_t fd, int64_t offset, int whence)
{
	__wasi_filesize_t at;
	ok(__wasi_fd_seek(fd, offset, whence, &at));
	return at;
}

static void seek_tell(void)
{
	char buffer[100];
	__wasi_filesize_t at;
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	ok(__wasi_fd_tell(fd, &at));
	check(at == 0 && put(fd, "0123456789") == 10);
	ok(__wasi_fd_tell(fd, &at));
	check(at == 10);
	check(seek(fd, -5, __WASI_WHENCE_CUR) == 5);
	check(seek(fd, 0, __WASI_WHENCE_SET) == 0);
	check(seek(fd, 1000, __WASI_WHENCE_CUR) == 1000);
	check(get(fd, buffer, sizeof buffer) == 0);
	expect(__wasi_fd_seek(fd, -2000, __WASI_WHENCE_CUR, &at), __WASI_ERRNO_INVAL);
	expect(__wasi_fd_seek(fd, 0, 9, &at), __WASI_ERRNO_INVAL);
	check(seek(fd, -3, __WASI_WHENCE_END) == 7);
	check(get(fd, buffer, sizeof buffer) == 3 && !memcmp(buffer, "789", 3));
}

static void pread_pwrite(void)
{
	char a[3], b[50];
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	__wasi_ciovec_t out[] = { { (uint8_t *)"abc", 3 }, { 0, 0 }, { (uint8_t *)"defg", 4 } };
	__wasi_iovec_t in[] = { { (uint8_t *)a, sizeof a }, { (uint8_t *)b, sizeof b } };
	__wasi_filesize_t at;
	__wasi_size_t n;
	ok(__wasi_fd_pwrite(fd, out, 3, 2, &n));
	check(n == 7 && stat_of(fd).size == 9);
	ok(__wasi_fd_pread(fd, in, 2, 1, &n));
	check(n == 8 && !memcmp(a, "\0ab", 3) && !memcmp(b, "cdefg", 5));
	ok(__wasi_fd_pread(fd, in, 2, 100, &n));
	check(n == 0);
	ok(__wasi_fd_tell(fd, &at));
	check(at == 0);
}

static void pwrite_to_appending(void)
{
	__wasi_ciovec_t out = { (uint8_t *)"XY", 2 };
	__wasi_size_t n;
	char text[9] = "";
	__wasi_fd_t fd;
	ok(try_open("f", __WASI_OFLAGS_CREAT, RW, __WASI_FDFLAGS_APPEND, &fd));
	put(fd, "abcd");
	ok(__wasi_fd_pwrite(fd, &out, 1, 1, &n));
	check(n == 2 && stat_of(fd).size == 4);
	put(fd, "e");
	seek(fd, 0, __WASI_WHENCE_SET);
	check(get(fd, text, 8) == 5 && !strcmp(text, "aXYde"));
}

static void appending(void)
{
	char text[9] = "";
	__wasi_fdstat_t s;
	__wasi_fd_t fd;
	ok(try_open("f", __WASI_OFLAGS_CREAT, RW, __WASI_FDFLAGS_APPEND, &fd));
	ok(__wasi_fd_fdstat_get(fd, &s));
	check(s.fs_flags == __WASI_FDFLAGS_APPEND);
	put(fd, "ab");
	seek(fd, 0, __WASI_WHENCE_SET);
	put(fd, "cd");
	ok(__wasi_fd_fdstat_set_flags(fd, 0));
	seek(fd, 0, __WASI_WHENCE_SET);
	put(fd, "x");
	seek(fd, 0, __WASI_WHENCE_SET);
	check(get(fd, text, 8) == 4 && !strcmp(text, "xbcd"));
}

static void flags(void)
{
	__wasi_fdstat_t s;
	__wasi_fd_t fd;
	ok(try_open("f", __WASI_OFLAGS_CREAT, RW, __WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_SYNC, &fd));
	ok(__wasi_fd_fdstat_get(fd, &s));
	check((s.fs_flags & (__WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_SYNC)) == (__WASI_FDFLAGS_APPEND | __WASI_FDFLAGS_SYNC));
	ok(__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK));
	ok(__wasi_fd_fdstat_get(fd, &s));
	check(s.fs_flags == __WASI_FDFLAGS_NONBLOCK && s.fs_filetype == __WASI_FILETYPE_REGULAR_FILE);
	ok(__wasi_fd_sync(fd));
	ok(__wasi_fd_datasync(fd));
}

static void allocation(void)
{
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	ok(__wasi_fd_allocate(fd, 0, 100));
	check(stat_of(fd).size == 100);
	ok(__wasi_fd_allocate(fd, 10, 10));
	check(stat_of(fd).size == 100);
	ok(__wasi_fd_allocate(fd, 90, 20));
	check(stat_of(fd).size == 110);
	ok(__wasi_fd_advise(fd, 10, 50, __WASI_ADVICE_NORMAL));
	check(stat_of(fd).size == 110);
	expect(__wasi_fd_advise(99, 0, 0, __WASI_ADVICE_NORMAL), __WASI_ERRNO_BADF);
}

static void sizes(void)
{
	char text[9];
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	put(fd, "123456");
	ok(__wasi_fd_filestat_set_size(fd, 3));
	check(stat_of(fd).size == 3);
	ok(__wasi_fd_filestat_set_size(fd, 8));
	seek(fd, 0, __WASI_WHENCE_SET);
	check(get(fd, text, 9) == 8 && !memcmp(text, "123\0\0\0\0\0", 8));
	expect_one_of(__wasi_fd_filestat_set_size(fd, UINT64_MAX), __WASI_ERRNO_INVAL, __WASI_ERRNO_FBIG);
	fd = open_file("f", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, RW);
	check(get(fd, text, 9) == 0);
}

static void access_modes(void)
{
	char c;
	__wasi_ciovec_t out = { (uint8_t *)"x", 1 };
	__wasi_iovec_t in = { (uint8_t *)&c, 1 };
	__wasi_size_t n;
	__wasi_fd_t writer = open_file("f", __WASI_OFLAGS_CREAT, __WASI_RIGHTS_FD_WRITE);
	__wasi_fd_t reader = open_file("f", 0, __WASI_RIGHTS_FD_READ);
	check(put(writer, "ab") == 2 && get(reader, &c, 1) == 1 && c == 'a');
	expect(__wasi_fd_read(writer, &in, 1, &n), __WASI_ERRNO_BADF);
	expect(__wasi_fd_pread(writer, &in, 1, 0, &n), __WASI_ERRNO_BADF);
	expect(__wasi_fd_write(reader, &out, 1, &n), __WASI_ERRNO_BADF);
	expect(__wasi_fd_pwrite(reader, &out, 1, 0, &n), __WASI_ERRNO_BADF);
	expect(__wasi_fd_filestat_set_size(reader, 0), __WASI_ERRNO_INVAL);
	expect(__wasi_fd_read(99, &in, 1, &n), __WASI_ERRNO_BADF);
}

static void times(void)
{
	__wasi_filestat_t before, after;
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW);
	before = stat_of(fd);
	ok(__wasi_fd_filestat_set_times(fd, 100, 200, __WASI_FSTFLAGS_MTIM));
	after = stat_of(fd);
	check(after.mtim == 200 && after.atim == before.atim);
	expect(__wasi_fd_filestat_set_times(fd, 1, 2, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW), __WASI_ERRNO_INVAL);
	expect(__wasi_fd_filestat_set_times(fd, 1, 2, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW), __WASI_ERRNO_INVAL);
	check(stat_of(fd).mtim == 200);
	ok(__wasi_path_filestat_set_times(dir, 0, "f", 7, 0, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM_NOW));
	after = stat_of(fd);
	check(after.atim == 7 && after.mtim >= before.mtim);
	expect(__wasi_path_filestat_set_times(dir, 0, "f", 1, 2, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW), __WASI_ERRNO_INVAL);
}

static void removed_while_open(void)
{
	char text[9];
	__wasi_fd_t fd = open_file("f", __WASI_OFLAGS_CREAT, RW), again;
	ok(__wasi_path_unlink_file(dir, "f"));
	expect(try_open("f", 0, RW, 0, &again), __WASI_ERRNO_NOENT);
	put(fd, "still there");
	seek(fd, 6, __WASI_WHENCE_SET);
	check(get(fd, text, 9) == 5 && stat_of(fd).nlink == 0);
	make_directory("d");
	fd = open_file("d", __WASI_OFLAGS_DIRECTORY, 0);
	ok(__wasi_path_remove_directory(dir, "d"));
	ok(__wasi_fd_close(fd));
}

static void renumbered(void)
{
	__wasi_fdstat_t s;
	__wasi_fd_t a = open_file("a", __WASI_OFLAGS_CREAT, RW);
	__wasi_fd_t b = open_file("b", __WASI_OFLAGS_CREAT, RW);
	put(a, "in a");
	ok(__wasi_fd_renumber(a, b));
	expect(__wasi_fd_close(a), __WASI_ERRNO_BADF);
	ok(__wasi_fd_fdstat_get(b, &s));
	check(stat_of(b).size == 4);
	expect(__wasi_fd_renumber(b, a), __WASI_ERRNO_BADF);
	expect(__wasi_fd_renumber(a, b), __WASI_ERRNO_BADF);
	ok(__wasi_fd_renumber(b, b));
	ok(__wasi_fd_close(b));
}

static void lowest_descriptor(void)
{
	__wasi_fd_t a = open_file("a", __WASI_OFLAGS_CREAT, RW);
	__wasi_fd_t b = open_file("b", __WASI_OFLAGS_CREAT, RW);
	check(b == a + 1);
	ok(__wasi_fd_close(a));
	check(open_file("b", 0, RW) == a);
}

static void identity(void)
{
	struct stat a, b;
	__wasi_fd_t fd = open_file("a", __WASI_OFLAGS_CREAT, RW);
	make_file("b");
	check(!stat("scratch/a", &a) && !stat("scratch/b", &b));
	check(a.st_dev == b.st_dev && a.st_ino != b.st_ino && a.st_ino == stat_of(fd).ino);
}

const struct test file_tests[] = {
	{ "file-seek-tell", seek_tell },
	{ "file-pread-pwrite", pread_pwrite },
	{ "file-pwrite-to-appending", pwrite_to_appending },
	{ "file-appending", appending },
	{ "file-flags", flags },
	{ "file-allocation", allocation },
	{ "file-sizes", sizes },
	{ "file-access-modes", access_modes },
	{ "file-times", times },
	{ "file-removed-while-open", removed_while_open },
	{ "file-renumbered", renumbered },
	{ "file-lowest-descriptor", lowest_descriptor },
	{ "file-identity", identity },
	{ 0 },
};
