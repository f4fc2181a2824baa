/* Hard and symbolic links. */
#include "tests.h"

#define FOLLOW __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW

static void hard(void)
{
	__wasi_fd_t a = open_file("a", __WASI_OFLAGS_CREAT, RW), b, sub;
	ok(__wasi_path_link(dir, 0, "a", dir, "b"));
	b = open_file("b", 0, RW);
	check(stat_of(a).ino == stat_of(b).ino && stat_of(a).nlink == 2);
	expect(__wasi_path_link(dir, 0, "a", dir, "b"), __WASI_ERRNO_EXIST);
	expect(__wasi_path_link(dir, 0, "a", dir, "a"), __WASI_ERRNO_EXIST);
	make_directory("d");
	expect(__wasi_path_link(dir, 0, "a", dir, "d"), __WASI_ERRNO_EXIST);
	expect_one_of(__wasi_path_link(dir, 0, "d", dir, "e"), __WASI_ERRNO_PERM, __WASI_ERRNO_ACCES);
	expect(__wasi_path_link(dir, 0, "a", dir, "c/"), __WASI_ERRNO_NOENT);
	sub = open_file("d", __WASI_OFLAGS_DIRECTORY, 0);
	ok(__wasi_path_link(dir, 0, "a", sub, "c"));
	check(stat_of(a).nlink == 3);
}

static void hard_to_symbolic(void)
{
	ok(__wasi_path_symlink("target", dir, "s"));
	ok(__wasi_path_link(dir, 0, "s", dir, "h"));
	ok(__wasi_path_unlink_file(dir, "s"));
	ok(__wasi_path_unlink_file(dir, "h"));
	ok(__wasi_path_symlink("s", dir, "s"));
	ok(__wasi_path_link(dir, 0, "s", dir, "h"));
	make_file("f");
	expect(__wasi_path_link(dir, 0, "f", dir, "s"), __WASI_ERRNO_EXIST);
	ok(__wasi_path_symlink("none", dir, "dangling"));
	expect_one_of(__wasi_path_link(dir, FOLLOW, "dangling", dir, "x"), __WASI_ERRNO_NOENT, __WASI_ERRNO_INVAL);
}

static void reading(void)
{
	uint8_t text[10];
	__wasi_size_t n;
	ok(__wasi_path_symlink("target", dir, "s"));
	memset(text, 'x', sizeof text);
	ok(__wasi_path_readlink(dir, "s", text, sizeof text, &n));
	check(n == 6 && !memcmp(text, "targetxxxx", 10));
	memset(text, 'x', sizeof text);
	ok(__wasi_path_readlink(dir, "s", text, 3, &n));
	check(n == 3 && !memcmp(text, "tarxxx", 6));
	make_file("f");
	expect(__wasi_path_readlink(dir, "f", text, sizeof text, &n), __WASI_ERRNO_INVAL);
}

static void facts(void)
{
	__wasi_filestat_t s;
	make_file("f");
	ok(__wasi_path_symlink("f", dir, "s"));
	ok(__wasi_path_filestat_get(dir, 0, "s", &s));
	check(s.filetype == __WASI_FILETYPE_SYMBOLIC_LINK && s.size == 1);
	ok(__wasi_path_filestat_get(dir, FOLLOW, "s", &s));
	check(s.filetype == __WASI_FILETYPE_REGULAR_FILE && s.size == 0);
	ok(__wasi_path_filestat_set_times(dir, 0, "s", 0, 5, __WASI_FSTFLAGS_MTIM));
	ok(__wasi_path_filestat_get(dir, FOLLOW, "s", &s));
	check(s.mtim != 5);
	ok(__wasi_path_filestat_get(dir, 0, "s", &s));
	check(s.mtim == 5);
}

static void opening(void)
{
	__wasi_fd_t fd;
	make_directory("target");
	ok(__wasi_path_symlink("target", dir, "s"));
	expect_one_of(try_open("s", __WASI_OFLAGS_DIRECTORY, 0, 0, &fd), __WASI_ERRNO_LOOP, __WASI_ERRNO_NOTDIR);
	expect(try_open("s", 0, 0, 0, &fd), __WASI_ERRNO_LOOP);
	ok(__wasi_path_open(dir, FOLLOW, "s", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd));
	ok(__wasi_path_remove_directory(dir, "target"));
	expect_one_of(try_open("s", __WASI_OFLAGS_DIRECTORY, 0, 0, &fd), __WASI_ERRNO_LOOP, __WASI_ERRNO_NOTDIR);
	expect(__wasi_path_open(dir, FOLLOW, "s", 0, 0, 0, 0, &fd), __WASI_ERRNO_NOENT);
	make_file("target");
	expect(__wasi_path_open(dir, FOLLOW, "s", __WASI_OFLAGS_DIRECTORY, 0, 0, 0, &fd), __WASI_ERRNO_NOTDIR);
	ok(__wasi_path_open(dir, FOLLOW, "s", 0, RW, 0, 0, &fd));
	put(fd, "through");
	check(stat_of(open_file("target", 0, RW)).size == 7);
	ok(__wasi_path_symlink("loop", dir, "loop"));
	expect(__wasi_path_open(dir, FOLLOW, "loop", 0, 0, 0, 0, &fd), __WASI_ERRNO_LOOP);
	expect(try_open("loop", 0, 0, 0, &fd), __WASI_ERRNO_LOOP);
}

static void with_slashes(void)
{
	expect(__wasi_path_symlink("source", dir, "new/"), __WASI_ERRNO_NOENT);
	make_directory("d");
	expect(__wasi_path_symlink("source", dir, "d/"), __WASI_ERRNO_EXIST);
	expect(__wasi_path_symlink("source", dir, "d"), __WASI_ERRNO_EXIST);
	make_file("f");
	expect_one_of(__wasi_path_symlink("source", dir, "f/"), __WASI_ERRNO_NOTDIR, __WASI_ERRNO_EXIST);
	expect(__wasi_path_symlink("source", dir, "f"), __WASI_ERRNO_EXIST);
	ok(__wasi_path_symlink("a/", dir, "ends-with-slash"));
}

const struct test link_tests[] = {
	{ "link-hard", hard },
	{ "link-hard-to-symbolic", hard_to_symbolic },
	{ "link-reading", reading },
	{ "link-facts", facts },
	{ "link-opening", opening },
	{ "link-with-slashes", with_slashes },
	{ 0 },
};
