/* Directories: reading them, and what cannot be done with them. */
#include "tests.h"

static void no_file(void)
{
	char c;
	__wasi_ciovec_t out = { (uint8_t *)"x", 1 };
	__wasi_iovec_t in = { (uint8_t *)&c, 1 };
	__wasi_filesize_t at;
	__wasi_fdstat_t s;
	__wasi_size_t n;
	expect_one_of(__wasi_fd_read(dir, &in, 1, &n), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_pread(dir, &in, 1, 0, &n), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_write(dir, &out, 1, &n), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_pwrite(dir, &out, 1, 0, &n), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	for (int whence = 0; whence < 3; whence++)
		expect_one_of(__wasi_fd_seek(dir, 0, whence, &at), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_tell(dir, &at), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_allocate(dir, 0, 1), __WASI_ERRNO_ISDIR, __WASI_ERRNO_BADF);
	expect_one_of(__wasi_fd_filestat_set_size(dir, 0), __WASI_ERRNO_INVAL, __WASI_ERRNO_BADF);
	ok(__wasi_fd_fdstat_get(dir, &s));
	check(s.fs_filetype == __WASI_FILETYPE_DIRECTORY && !(s.fs_rights_base & __WASI_RIGHTS_FD_SEEK));
}

/* The entries from `cookie` on that one call gives: their number, and what the last one was. */
static int entries(uint8_t *buffer, size_t size, __wasi_dircookie_t cookie, __wasi_dirent_t *last, char *name, int *end)
{
	__wasi_size_t used;
	int count = 0;
	ok(__wasi_fd_readdir(dir, buffer, size, cookie, &used));
	*end = used < size;
	for (size_t at = 0; at + sizeof *last <= used; count++) {
		__wasi_dirent_t entry;
		memcpy(&entry, buffer + at, sizeof entry);
		if (at + sizeof entry + entry.d_namlen > used) break;
		*last = entry;
		memcpy(name, buffer + at + sizeof entry, entry.d_namlen);
		name[entry.d_namlen] = 0;
		at += sizeof entry + entry.d_namlen;
	}
	return count;
}

static void reading(void)
{
	uint8_t buffer[256];
	__wasi_dirent_t last;
	__wasi_fd_t fd;
	char name[256];
	int end;
	check(entries(buffer, sizeof buffer, 0, &last, name, &end) == 2 && end);
	check(!strcmp(name, "..") && last.d_type == __WASI_FILETYPE_DIRECTORY);
	check(entries(buffer, sizeof last + 1, 0, &last, name, &end) == 1);
	check(!strcmp(name, ".") && last.d_ino == stat_of(dir).ino);
	fd = open_file("file", __WASI_OFLAGS_CREAT, RW);
	check(entries(buffer, sizeof buffer, 0, &last, name, &end) == 3 && end);
	check(!strcmp(name, "file") && last.d_ino == stat_of(fd).ino && last.d_type == __WASI_FILETYPE_REGULAR_FILE);
	check(entries(buffer, sizeof buffer, 2, &last, name, &end) == 1 && !strcmp(name, "file"));
	check(entries(buffer, sizeof buffer, last.d_next, &last, name, &end) == 0 && end);
	expect_one_of(__wasi_fd_readdir(fd, buffer, sizeof buffer, 0, &(__wasi_size_t){ 0 }), __WASI_ERRNO_NOTDIR, __WASI_ERRNO_BADF);
}

static void reading_many(void)
{
	uint8_t buffer[256];
	__wasi_dirent_t last = { 0 };
	char name[256];
	int total = 0, end = 0;
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "file.%d", i);
		make_file(name);
	}
	while (!end) total += entries(buffer, sizeof buffer, last.d_next, &last, name, &end);
	check(total == 1002);
}

static void through_libc(void)
{
	int count = 0;
	DIR *d;
	make_file("a");
	make_directory("b");
	check(d = opendir("scratch"));
	for (struct dirent *e; (e = readdir(d));) count++;
	check(count == 4);
	rewinddir(d);
	check(readdir(d));
	closedir(d);
}

static void removing(void)
{
	make_directory("d");
	make_file("d/f");
	expect(__wasi_path_remove_directory(dir, "d"), __WASI_ERRNO_NOTEMPTY);
	expect(__wasi_path_remove_directory(dir, "d/f"), __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_remove_directory(dir, "d/f/"), __WASI_ERRNO_NOTDIR);
	ok(__wasi_path_unlink_file(dir, "d/f"));
	ok(__wasi_path_remove_directory(dir, "d/"));
	expect(__wasi_path_remove_directory(dir, "d"), __WASI_ERRNO_NOENT);
	expect(__wasi_path_create_directory(dir, "no/such"), __WASI_ERRNO_NOENT);
	make_directory("e/");
	expect(__wasi_path_create_directory(dir, "e"), __WASI_ERRNO_EXIST);
}

const struct test directory_tests[] = {
	{ "directory-is-no-file", no_file },
	{ "directory-reading", reading },
	{ "directory-reading-many", reading_many },
	{ "directory-through-libc", through_libc },
	{ "directory-removing", removing },
	{ 0 },
};
