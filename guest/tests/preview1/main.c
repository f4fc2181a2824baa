#include "tests.h"

__wasi_fd_t dir;

_Noreturn void failed(const char *file, int line, const char *condition)
{
	const char *name = strrchr(file, '/');
	printf("%s:%d: %s\n", name ? name+1 : file, line, condition);
	exit(1);
}

void checked(const char *file, int line, const char *call, int result, int error, int other)
{
	char text[400];
	if (result == error || result == other) return;
	snprintf(text, sizeof text, "%s is %d, not %d", call, result, error);
	failed(file, line, text);
}

int try_open(const char *path, int oflags, __wasi_rights_t rights, int fdflags, __wasi_fd_t *fd)
{
	return __wasi_path_open(dir, 0, path, oflags, rights, 0, fdflags, fd);
}

__wasi_fd_t open_file(const char *path, int oflags, __wasi_rights_t rights)
{
	__wasi_fd_t fd;
	ok(try_open(path, oflags, rights, 0, &fd));
	check(fd > 2);
	return fd;
}

void make_file(const char *path)
{
	ok(__wasi_fd_close(open_file(path, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, RW)));
}

void make_directory(const char *path)
{
	ok(__wasi_path_create_directory(dir, path));
}

size_t put(__wasi_fd_t fd, const char *text)
{
	__wasi_ciovec_t vector = { (const uint8_t *)text, strlen(text) };
	__wasi_size_t n;
	ok(__wasi_fd_write(fd, &vector, 1, &n));
	return n;
}

size_t get(__wasi_fd_t fd, char *into, size_t size)
{
	__wasi_iovec_t vector = { (uint8_t *)into, size };
	__wasi_size_t n;
	ok(__wasi_fd_read(fd, &vector, 1, &n));
	return n;
}

__wasi_filestat_t stat_of(__wasi_fd_t fd)
{
	__wasi_filestat_t s;
	ok(__wasi_fd_filestat_get(fd, &s));
	return s;
}

int main(int argc, char **argv)
{
	const struct test *all[] = { start_tests, file_tests, directory_tests, path_tests, link_tests, wait_tests };

	if (argc > 1) {
		ok(__wasi_path_create_directory(4, "scratch"));
		ok(__wasi_path_open(4, 0, "scratch", __WASI_OFLAGS_DIRECTORY, RW, RW, 0, &dir));
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (const struct test *t = all[i]; t->name; t++) {
			if (argc == 1) puts(t->name);
			else if (!strcmp(argv[1], t->name)) {
				t->run();
				return 0;
			}
		}
	}
	if (argc == 1) return 0;
	printf("no test %s\n", argv[1]);
	return 2;
}
