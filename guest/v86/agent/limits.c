/* What a session may use of the machine. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "agent.h"

/* The files' share of the memory leaves enough for programs to go on when it is used up. */
#define FILES_PERCENT 80
/* An empty file needs memory, too. */
#define BYTES_PER_FILE 8192

/*
 * A fork bomb meets a limit before it has used up the memory: an ordinary user at MOST_PROCESSES, root at MOST_THREADS, which
 * counts the kernel's own threads as well, about 30.
 */
#define MOST_PROCESSES 512
#define MOST_THREADS 560
/* The session's shell, its copy, and threads that the kernel may make for itself. */
#define OTHER_THREADS 6

#define UNLIMITED UINT64_MAX

/* As they stand in the frame that opens a session. */
struct limits {
	uint64_t processes;
	uint64_t open_files; /* of one process */
	uint64_t file_size;  /* in bytes */
	uint64_t files;
	uint64_t bytes; /* in files */
	uint64_t cpu;   /* of a command and all it starts, in us */
};

static struct limits limits = { UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED };

/* What there is before any session. */
static struct {
	uint64_t threads, files, bytes;
} base;

static void look_at_files(uint64_t *files, uint64_t *bytes)
{
	struct statvfs status;

	if (statvfs("/tmp", &status)) memset(&status, 0, sizeof status);
	*files = status.f_files - status.f_ffree;
	*bytes = (uint64_t)(status.f_blocks - status.f_bfree) * status.f_frsize;
}

void note_base(void)
{
	struct sysinfo system;

	base.threads = sysinfo(&system) ? 0 : system.procs;
	look_at_files(&base.files, &base.bytes);
}

void files_in_use(uint64_t *files, uint64_t *bytes)
{
	look_at_files(files, bytes);
	*files -= base.files < *files ? base.files : *files;
	*bytes -= base.bytes < *bytes ? base.bytes : *bytes;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t or_unlimited(uint64_t limit, uint64_t base)
{
	return limit == UNLIMITED ? UNLIMITED : limit + base;
}

static int limit_files(void)
{
	struct sysinfo system;
	char options[80];
	uint64_t memory, files, bytes;

	if (sysinfo(&system)) return errno;
	memory = (uint64_t)system.totalram * system.mem_unit;
	bytes = least(memory / 100 * FILES_PERCENT, or_unlimited(limits.bytes, base.bytes));
	files = least(memory / BYTES_PER_FILE, or_unlimited(limits.files, base.files));
	snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu", (unsigned long long)bytes, (unsigned long long)files);
	return mount(NULL, "/tmp", NULL, MS_REMOUNT, options) ? errno : 0;
}

static int limit_threads(void)
{
	uint64_t most = least(MOST_THREADS, or_unlimited(limits.processes, base.threads + OTHER_THREADS));
	int fd = open("/proc/sys/kernel/threads-max", O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0) return errno;
	if (dprintf(fd, "%llu", (unsigned long long)most) < 0) error = errno;
	close(fd);
	return error;
}

int apply_limits(void)
{
	int error;

	if (!in_guest) return 0;
	error = limit_files();
	return error ? error : limit_threads();
}

void take_limits(struct frame *frame)
{
	limits.processes = take_u64(frame);
	limits.open_files = take_u64(frame);
	limits.file_size = take_u64(frame);
	limits.files = take_u64(frame);
	limits.bytes = take_u64(frame);
	limits.cpu = take_u64(frame);
}

uint64_t cpu_limit(void)
{
	return limits.cpu;
}

static int set(int resource, uint64_t soft, uint64_t hard)
{
	if (soft == UNLIMITED) return 0;
	return setrlimit(resource, &(struct rlimit){ .rlim_cur = soft, .rlim_max = hard }) ? errno : 0;
}

int limit_process(void)
{
	uint64_t processes = in_guest ? least(limits.processes, MOST_PROCESSES) : limits.processes;
	int error = set(RLIMIT_NPROC, processes, processes);

	if (!error) error = set(RLIMIT_NOFILE, limits.open_files, limits.open_files + SHELL_DESCRIPTORS);
	if (!error) error = set(RLIMIT_FSIZE, limits.file_size, limits.file_size);
	return error;
}
