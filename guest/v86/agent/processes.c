/* Starting processes, and finding those of a command again by their mark (session.h). */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "agent.h"

/* A child that is born while the list is read may be missed: it is met in the next round. */
#define ROUNDS 3
/* As many threads, the kernel's included, are more than a machine has that is not in trouble. */
#define CROWD 100

static rlim_t owner(void)
{
	return MARK_OWNER + getpid();
}

static void spare(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0) return;
	(void)!write(fd, SPARED, strlen(SPARED));
	close(fd);
}

static int become(const struct program *program, rlim_t owner)
{
	struct rlimit mark = { program->mark, owner };
	sigset_t none;
	int error;

	setsid();
	for (int i = 0; i < 3; i++)
		if (dup2(program->files[i], i) < 0) return errno;
	if (program->inherited >= 0) fcntl(program->inherited, F_SETFD, 0);
	if (setrlimit(MARK, &mark)) return errno;
	if (program->mark == MARK_IDLE) spare();
	error = limit_process();
	if (error) return error;
	if (geteuid() == 0 && (setgroups(0, NULL) || setgid(program->gid) || setuid(program->uid))) return errno;
	if (chdir(program->directory)) return errno;
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execve(program->path, program->argv, program->environment);
	return errno;
}

pid_t spawn(const struct program *program)
{
	rlim_t ours = owner();
	int trouble[2], error = 0;
	pid_t pid;

	if (pipe2(trouble, O_CLOEXEC)) return -errno;
	pid = fork();
	if (pid == 0) {
		error = become(program, ours);
		_exit(write(trouble[1], &error, sizeof error) < 0);
	}
	if (pid < 0) error = errno;
	close(trouble[1]);
	if (pid > 0 && read(trouble[0], &error, sizeof error) < 0) error = errno;
	close(trouble[0]);
	return error ? -error : pid;
}

/* The third and all further fields of /proc/PID/stat, or "X" for a process that is gone. */
static const char *fields_of(pid_t pid)
{
	static char text[512];
	char path[32], *end;
	int fd;
	ssize_t count;

	snprintf(path, sizeof path, "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return "X";
	count = read(fd, text, sizeof text - 1);
	close(fd);
	text[count > 0 ? count : 0] = '\0';
	/* The name before them may contain anything. */
	end = strrchr(text, ')');
	return end && end[1] ? end + 2 : "X";
}

static char state_of(pid_t pid)
{
	return *fields_of(pid);
}

bool is_stopped(pid_t pid)
{
	return state_of(pid) == 'T';
}

uint64_t processor_time(pid_t pid)
{
	unsigned long long user, system, of_children[2];

	if (sscanf(fields_of(pid), "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu", &user, &system, of_children,
		    of_children + 1) < 4)
		return 0;
	return (user + system + of_children[0] + of_children[1]) * (1000000 / sysconf(_SC_CLK_TCK));
}

static bool is_alive(pid_t pid)
{
	char state = state_of(pid);

	return state != 'Z' && state != 'X';
}

/* Calls `visit` for each process of this agent until that returns false. */
static void each_process(bool (*visit)(pid_t pid, uint32_t id, void *context), void *context)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	if (!directory) return;
	while ((entry = readdir(directory))) {
		pid_t pid = atoi(entry->d_name);
		struct rlimit mark;

		if (pid > 0 && !prlimit(pid, MARK, NULL, &mark) && mark.rlim_max == owner() && !visit(pid, mark.rlim_cur, context))
			break;
	}
	closedir(directory);
}

struct delivery {
	uint32_t id;
	int signal;
	pid_t also;
	bool any;
};

/* With SCHED_FIFO, a process (0: the agent) runs before all that have SCHED_OTHER. */
static void schedule(pid_t pid, int policy)
{
	sched_setscheduler(pid, policy | SCHED_RESET_ON_FORK, &(struct sched_param){ .sched_priority = policy == SCHED_FIFO });
}

/* What is killed has to run once more to its end, before all the others that want to. */
static void deliver_to(pid_t pid, int signal)
{
	if (kill(pid, signal) == 0 && signal == SIGKILL) schedule(pid, SCHED_FIFO);
}

static bool deliver(pid_t pid, uint32_t id, void *context)
{
	const struct delivery *delivery = context;

	if ((delivery->any || id == delivery->id) && pid != delivery->also) deliver_to(pid, delivery->signal);
	return true;
}

void keep_up(void)
{
	static int current = SCHED_OTHER;
	struct sysinfo system;
	int wanted = sysinfo(&system) == 0 && system.procs > CROWD ? SCHED_FIFO : SCHED_OTHER;

	if (wanted != current) schedule(0, wanted);
	current = wanted;
}

static void send_signal(struct delivery *delivery)
{
	int rounds = delivery->signal == SIGKILL ? ROUNDS : 1;

	for (int i = 0; i < rounds; i++) each_process(deliver, delivery);
}

void kill_command(uint32_t id, int signal, pid_t also)
{
	struct delivery delivery = { .id = id, .signal = signal, .also = also };

	if (also) deliver_to(also, signal);
	send_signal(&delivery);
}

void kill_all(void)
{
	struct delivery delivery = { .signal = SIGKILL, .any = true };

	send_signal(&delivery);
}

struct search {
	uint32_t id;
	bool busy;
};

/* Running or ready to run, or waiting for a disk. */
static bool look_if_busy(pid_t pid, uint32_t id, void *context)
{
	struct search *search = context;
	char state = id == search->id ? state_of(pid) : 'S';

	search->busy = state == 'R' || state == 'D';
	return !search->busy;
}

bool command_is_busy(uint32_t id)
{
	struct search search = { .id = id };

	each_process(look_if_busy, &search);
	return search.busy;
}

struct census {
	pid_t except;
	unsigned count;
};

static bool count_one(pid_t pid, uint32_t id, void *context)
{
	struct census *census = context;

	if (id != MARK_IDLE && pid != census->except && is_alive(pid)) census->count++;
	return true;
}

struct sum {
	uint32_t id;
	uint64_t time;
};

static bool add_time(pid_t pid, uint32_t id, void *context)
{
	struct sum *sum = context;

	if (id == sum->id) sum->time += processor_time(pid);
	return true;
}

uint64_t processor_time_of_command(uint32_t id)
{
	struct sum sum = { .id = id };

	each_process(add_time, &sum);
	return sum.time;
}

unsigned count_processes(pid_t except)
{
	struct census census = { .except = except };

	each_process(count_one, &census);
	return census.count;
}

struct sighting {
	pid_t except, found;
};

static bool look_if_idle(pid_t pid, uint32_t id, void *context)
{
	struct sighting *sighting = context;

	if (id == MARK_IDLE && pid != sighting->except && is_alive(pid)) sighting->found = pid;
	return sighting->found == 0;
}

pid_t find_idle(pid_t except)
{
	struct sighting sighting = { .except = except };

	each_process(look_if_idle, &sighting);
	return sighting.found;
}
