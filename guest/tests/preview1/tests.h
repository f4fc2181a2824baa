/* A WASI program of small tests of what WASI preview 1 promises, one per name: preview1-tests NAME. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

struct test {
	const char *name;
	void (*run)(void);
};

/* Ends the test, and says where, unless the condition holds. */
#define check(condition) \
	((condition) ? (void)0 : failed(__FILE__, __LINE__, #condition))

/* The same for a call of WASI that succeeds, or fails with that error. */
#define ok(call) expect(call, __WASI_ERRNO_SUCCESS)
#define expect(call, error) expect_one_of(call, error, error)
#define expect_one_of(call, error, other) checked(__FILE__, __LINE__, #call, call, error, other)

#define RW (__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE)

_Noreturn void failed(const char *file, int line, const char *condition);
void checked(const char *file, int line, const char *call, int result, int error, int other);

/* An empty directory, where each test begins. */
extern __wasi_fd_t dir;

/* Opens, or makes, a file in `dir` without following a link at its end. */
int try_open(const char *path, int oflags, __wasi_rights_t rights, int fdflags, __wasi_fd_t *fd);
__wasi_fd_t open_file(const char *path, int oflags, __wasi_rights_t rights);
void make_file(const char *path);
void make_directory(const char *path);

/* Writes, or reads, and gives the number of bytes. */
size_t put(__wasi_fd_t fd, const char *text);
size_t get(__wasi_fd_t fd, char *into, size_t size);

__wasi_filestat_t stat_of(__wasi_fd_t fd);

extern const struct test start_tests[], file_tests[], directory_tests[], path_tests[], link_tests[],
	wait_tests[];
