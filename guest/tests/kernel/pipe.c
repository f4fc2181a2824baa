#include "tests.h"

static void end_of_file(void)
{
	int ends[2];
	char out[16];
	check(pipe(ends) == 0);
	pid_t child = fork();
	if (!child) {
		write(ends[1], "hello", 5);
		_exit(0);
	}
	close(ends[1]);
	check(status_of(child) == 0);
	check(read(ends[0], out, 3) == 3 && !memcmp(out, "hel", 3));
	check(read(ends[0], out, sizeof out) == 2 && !memcmp(out, "lo", 2));
	check(read(ends[0], out, sizeof out) == 0);
}

static void no_reader(void)
{
	int ends[2];
	check(pipe(ends) == 0);
	close(ends[0]);
	pid_t child = fork();
	if (!child) {
		write(ends[1], "x", 1);
		_exit(0);
	}
	check(WTERMSIG(status_of(child)) == SIGPIPE);
	signal(SIGPIPE, SIG_IGN);
	check(write(ends[1], "x", 1) == -1 && errno == EPIPE);
}

/* More than fits: the writer waits for the reader, and nothing is lost. */
static void larger_than_the_pipe(void)
{
	enum { size = 1000000 };
	int ends[2];
	char *data = malloc(size);
	check(pipe(ends) == 0);
	pid_t child = fork();
	if (!child) {
		for (int i = 0; i < size; i++) data[i] = i * 7;
		_exit(write(ends[1], data, size) == size ? 0 : 1);
	}
	close(ends[1]);
	ssize_t n, length = 0;
	while ((n = read(ends[0], data + length, size - length)) > 0) length += n;
	check(length == size);
	for (int i = 0; i < size; i++) check(data[i] == (char)(i * 7));
	check(status_of(child) == 0);
}

static void without_blocking(void)
{
	int ends[2];
	char block[4096] = { 0 };
	check(pipe2(ends, O_NONBLOCK) == 0);
	check(read(ends[0], block, 1) == -1 && errno == EAGAIN);
	int written = 0;
	while (write(ends[1], block, sizeof block) > 0) written += sizeof block;
	check(errno == EAGAIN && written == 65536);
}

static void polled(void)
{
	int ends[2];
	check(pipe(ends) == 0);
	struct pollfd wanted[2] = { { ends[0], POLLIN }, { ends[1], POLLOUT } };
	check(poll(wanted, 1, 0) == 0);
	check(poll(wanted, 2, -1) == 1 && wanted[1].revents == POLLOUT);
	pid_t child = fork();
	if (!child) {
		pause_ms(10);
		write(ends[1], "x", 1);
		_exit(0);
	}
	check(poll(wanted, 1, 5000) == 1 && wanted[0].revents == POLLIN);
	close(ends[1]);
	status_of(child);
	char c;
	check(read(ends[0], &c, 1) == 1);
	check(poll(wanted, 1, -1) == 1 && wanted[0].revents == POLLHUP);
	check(poll(&(struct pollfd){ 99, POLLIN }, 1, 0) == 1);
}

static void poll_takes_its_time(void)
{
	struct timespec before, after;
	clock_gettime(CLOCK_MONOTONIC, &before);
	check(poll(0, 0, 30) == 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	long ms = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	check(ms >= 29 && ms < 1000);
}

static void selected(void)
{
	int ends[2];
	fd_set readable;
	check(pipe(ends) == 0);
	FD_ZERO(&readable);
	FD_SET(ends[0], &readable);
	check(select(ends[0]+1, &readable, 0, 0, &(struct timeval){ 0, 1000 }) == 0);
	check(!FD_ISSET(ends[0], &readable));
	write(ends[1], "x", 1);
	FD_SET(ends[0], &readable);
	check(select(ends[0]+1, &readable, 0, 0, 0) == 1 && FD_ISSET(ends[0], &readable));
}

static void fifo(void)
{
	char name[] = "/tmp/kernel-tests.XXXXXX", c;
	check(mkdtemp(name));
	check(chdir(name) == 0 && mkfifo("fifo", 0600) == 0);
	pid_t child = fork();
	if (!child) {
		int fd = open("fifo", O_WRONLY);
		_exit(fd >= 0 && write(fd, "x", 1) == 1 ? 0 : 1);
	}
	int fd = open("fifo", O_RDONLY);
	check(fd >= 0 && read(fd, &c, 1) == 1 && read(fd, &c, 1) == 0);
	check(status_of(child) == 0);
	check(unlink("fifo") == 0 && rmdir(name) == 0);
}

static void socket_pair(void)
{
	int ends[2];
	char out[8];
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	pid_t child = fork();
	if (!child) {
		close(ends[0]);
		ssize_t n = read(ends[1], out, sizeof out);
		_exit(n == 4 && write(ends[1], out, n) == n ? 0 : 1);
	}
	close(ends[1]);
	check(write(ends[0], "ping", 4) == 4);
	check(read(ends[0], out, sizeof out) == 4 && !memcmp(out, "ping", 4));
	check(read(ends[0], out, sizeof out) == 0);
	check(status_of(child) == 0);
}

static void shared_offset(void)
{
	char name[] = "/tmp/kernel-tests.XXXXXX", out[3];
	int fd = mkstemp(name);
	check(fd >= 0 && unlink(name) == 0);
	check(write(fd, "abcdef", 6) == 6 && lseek(fd, 0, SEEK_SET) == 0);
	pid_t child = fork();
	if (!child) _exit(read(fd, out, 3) == 3 ? 0 : 1);
	check(status_of(child) == 0);
	check(read(fd, out, 3) == 3 && !memcmp(out, "def", 3));
	int copy = dup(fd);
	check(lseek(copy, 1, SEEK_SET) == 1 && read(fd, out, 1) == 1 && out[0] == 'b');
}

static void record_locks(void)
{
	char name[] = "/tmp/kernel-tests.XXXXXX";
	int fd = mkstemp(name);
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10 };
	check(fd >= 0 && fcntl(fd, F_SETLK, &lock) == 0);
	pid_t child = fork();
	if (!child) {
		struct flock other = lock;
		if (fcntl(fd, F_SETLK, &other) != -1) _exit(1);
		if (fcntl(fd, F_GETLK, &other) || other.l_pid != getppid()) _exit(2);
		other = lock;
		_exit(fcntl(fd, F_SETLKW, &other) ? 3 : 0);
	}
	pause_ms(20);
	lock.l_type = F_UNLCK;
	check(fcntl(fd, F_SETLK, &lock) == 0);
	check(status_of(child) == 0 && unlink(name) == 0);
}

const struct test pipe_tests[] = {
	{ "pipe-end-of-file", end_of_file },
	{ "pipe-no-reader", no_reader },
	{ "pipe-larger-than-the-pipe", larger_than_the_pipe },
	{ "pipe-without-blocking", without_blocking },
	{ "poll", polled },
	{ "poll-timeout", poll_takes_its_time },
	{ "select", selected },
	{ "fifo", fifo },
	{ "socketpair", socket_pair },
	{ "shared-offset", shared_offset },
	{ "record-locks", record_locks },
	{ 0 },
};
