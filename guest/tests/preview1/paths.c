/* How paths are understood, and what opening, renaming and removing does. */
#include "tests.h"

static void interesting(void)
{
	__wasi_fd_t fd;
	make_directory("dir");
	make_directory("dir/nested");
	make_file("dir/nested/file");
	open_file("dir/.//nested/../../dir/nested/../nested///./file", 0, RW);
	expect(try_open("dir/nested/file/", 0, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
	expect(try_open("dir/nested/file///", 0, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
	open_file("dir/nested/", 0, 0);
	open_file("dir/nested///", 0, 0);
	expect(try_open("", 0, 0, 0, &fd), __WASI_ERRNO_NOENT);
	expect(try_open("dir/nested/file/x", 0, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
}

static void opening(void)
{
	__wasi_fd_t fd, file;
	expect(try_open("file", 0, RW, 0, &fd), __WASI_ERRNO_NOENT);
	file = open_file("file", __WASI_OFLAGS_CREAT, RW);
	open_file("file", __WASI_OFLAGS_CREAT, RW);
	expect(try_open("file", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, RW, 0, &fd), __WASI_ERRNO_EXIST);
	expect(try_open("file", __WASI_OFLAGS_DIRECTORY, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_open(file, 0, "x", 0, 0, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_open(99, 0, "x", 0, 0, 0, 0, &fd), __WASI_ERRNO_BADF);
	ok(try_open("file", 0, RW, __WASI_FDFLAGS_NONBLOCK, &fd));
	expect(try_open(".", 0, RW, 0, &fd), __WASI_ERRNO_ISDIR);
	ok(try_open(".", __WASI_OFLAGS_DIRECTORY, RW, 0, &fd));
	for (int i = 0; i < 300; i++) ok(__wasi_fd_close(open_file("file", 0, RW)));
}

static void existence(void)
{
	__wasi_filestat_t s;
	expect(__wasi_path_filestat_get(dir, 0, "f", &s), __WASI_ERRNO_NOENT);
	make_file("f");
	ok(__wasi_path_filestat_get(dir, 0, "f", &s));
	check(s.filetype == __WASI_FILETYPE_REGULAR_FILE && s.size == 0 && s.nlink == 1);
	expect(__wasi_path_filestat_get(dir, 0, "f/", &s), __WASI_ERRNO_NOTDIR);
	ok(__wasi_path_filestat_get(dir, 0, ".", &s));
	check(s.filetype == __WASI_FILETYPE_DIRECTORY && s.ino == stat_of(dir).ino);
}

static int gone(const char *path)
{
	__wasi_filestat_t s;
	return __wasi_path_filestat_get(dir, 0, path, &s) == __WASI_ERRNO_NOENT;
}

static void renaming(void)
{
	make_directory("a");
	ok(__wasi_path_rename(dir, "a", dir, "b"));
	check(gone("a"));
	make_directory("a");
	ok(__wasi_path_rename(dir, "a", dir, "b"));
	make_directory("a");
	make_file("b/file");
	expect(__wasi_path_rename(dir, "a", dir, "b"), __WASI_ERRNO_NOTEMPTY);
	expect(__wasi_path_rename(dir, "a", dir, "b/file"), __WASI_ERRNO_NOTDIR);
	make_file("f");
	ok(__wasi_path_rename(dir, "f", dir, "g"));
	make_file("f");
	ok(__wasi_path_rename(dir, "f", dir, "g"));
	check(gone("f"));
	expect(__wasi_path_rename(dir, "g", dir, "a"), __WASI_ERRNO_ISDIR);
	expect(__wasi_path_rename(dir, "none", dir, "x"), __WASI_ERRNO_NOENT);
	expect(__wasi_path_rename(dir, "b", dir, "b/inside"), __WASI_ERRNO_INVAL);
}

static void renaming_with_slashes(void)
{
	make_file("f");
	expect(__wasi_path_rename(dir, "f", dir, "g/"), __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_rename(dir, "f/", dir, "g"), __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_rename(dir, "f/", dir, "g/"), __WASI_ERRNO_NOTDIR);
	make_directory("d");
	ok(__wasi_path_rename(dir, "d/", dir, "e"));
	ok(__wasi_path_rename(dir, "e", dir, "f1/"));
	ok(__wasi_path_rename(dir, "f1/", dir, "f2/"));
	check(gone("d") && gone("e") && gone("f1") && !gone("f2"));
}

static void unlinking(void)
{
	make_directory("d");
	expect_one_of(__wasi_path_unlink_file(dir, "d"), __WASI_ERRNO_ISDIR, __WASI_ERRNO_PERM);
	expect_one_of(__wasi_path_unlink_file(dir, "d/"), __WASI_ERRNO_ISDIR, __WASI_ERRNO_PERM);
	make_file("f");
	expect(__wasi_path_unlink_file(dir, "f/"), __WASI_ERRNO_NOTDIR);
	ok(__wasi_path_unlink_file(dir, "f"));
	expect(__wasi_path_unlink_file(dir, "f"), __WASI_ERRNO_NOENT);
}

static void not_utf_8(void)
{
	__wasi_filestat_t s;
	make_directory("\xff");
	make_file("\xff/\xc3(");
	ok(__wasi_path_filestat_get(dir, 0, "\xff/\xc3(", &s));
	ok(__wasi_path_filestat_set_times(dir, 0, "\xff/\xc3(", 0, 0, __WASI_FSTFLAGS_MTIM));
	ok(__wasi_path_unlink_file(dir, "\xff/\xc3("));
	ok(__wasi_path_remove_directory(dir, "\xff"));
}

static void working_directory(void)
{
	char path[200];
	FILE *f;
	check((f = fopen("scratch/f", "w")) && fputs("x", f) >= 0 && !fclose(f));
	snprintf(path, sizeof path, "%s/scratch/f", getenv("PWD"));
	check((f = fopen(path, "r")) && getc(f) == 'x' && !fclose(f));
	check((f = fopen("./scratch/f", "r")) && !fclose(f));
	check((f = fopen("/etc/passwd", "r")) && !fclose(f));
	check(!access("scratch/f", R_OK) && access("scratch/g", F_OK) && errno == ENOENT);
	struct stat here, scratch;
	check(!stat(".", &here) && !stat("scratch/..", &scratch) && here.st_ino == scratch.st_ino);
}

const struct test path_tests[] = {
	{ "path-interesting", interesting },
	{ "path-opening", opening },
	{ "path-existence", existence },
	{ "path-renaming", renaming },
	{ "path-renaming-with-slashes", renaming_with_slashes },
	{ "path-unlinking", unlinking },
	{ "path-not-utf-8", not_utf_8 },
	{ "path-working-directory", working_directory },
	{ 0 },
};
