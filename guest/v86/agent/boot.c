/*
 * The kernel's first process, in its initramfs: puts the root filesystem together, moves into it, and opens the channel.
 *
 * The disk is read-only. What is written goes to a tmpfs over it; /tmp and /dev/shm lie on the same tmpfs, so that there is
 * one limit.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"

/*
 * The port of the virtio console, which is the fourth of the machine's virtio devices. The emulator does not call the port a
 * console, or it would be /dev/hvc0: a terminal, whose driver moves 16 bytes at a time.
 */
#define CHANNEL "/dev/vport3p0"

/* Whoever reads the console sees why; the kernel must not lose its first process. */
static void __attribute__((noreturn)) give_up(const char *what)
{
	fprintf(stderr, "agent: %s: %s\n", what, strerror(errno));
	for (;;) pause();
}

static void attach(const char *source, const char *target, const char *type, unsigned long flags, const char *options)
{
	mkdir(target, 0755);
	if (mount(source, target, type, flags, options)) give_up(target);
}

/* The shell comes with the agent, in the initramfs, so that the disk need not change when it does. */
static void copy_shell(const char *to)
{
	static char buffer[CHUNK];
	int source = open("/shell", O_RDONLY | O_CLOEXEC), target;
	ssize_t count;

	if (source < 0) give_up("/shell");
	target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	if (target < 0) give_up(to);
	while ((count = read(source, buffer, sizeof buffer)) > 0)
		if (write(target, buffer, count) != count) give_up(to);
	close(source);
	close(target);
	unlink("/shell");
	unlink("/init");
}

static void make_public(const char *path)
{
	mkdir(path, 0755);
	chmod(path, 01777);
}

static void make_root(void)
{
	attach("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, "size=1m");
	attach("tmpfs", "/rw", "tmpfs", 0, "mode=755");
	attach("/dev/sda", "/ro", "erofs", MS_RDONLY, NULL);
	mkdir("/rw/upper", 0755);
	mkdir("/rw/work", 0755);
	make_public("/rw/tmp");
	make_public("/rw/shm");
	attach("overlay", "/new", "overlay", 0, "lowerdir=/ro,upperdir=/rw/upper,workdir=/rw/work");
	mkdir("/new/usr/lib/limpet", 0755);
	copy_shell("/new/usr/lib/limpet/shell");
	attach("/rw/tmp", "/new/tmp", NULL, MS_BIND, NULL);
	attach("/rw/shm", "/dev/shm", NULL, MS_BIND, NULL);
	attach("/dev", "/new/dev", NULL, MS_MOVE, NULL);
}

static void enter_root(void)
{
	if (chdir("/new") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/")) give_up("/new");
}

static void make_devices(void)
{
	attach("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	attach("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	attach("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "gid=5,mode=620,ptmxmode=666");
	if (symlink("/proc/self/fd", "/dev/fd") || symlink("fd/0", "/dev/stdin") || symlink("fd/1", "/dev/stdout") ||
	    symlink("fd/2", "/dev/stderr"))
		give_up("/dev");
}

static void bring_up_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request)) give_up("lo");
	close(fd);
}

/* The emulator tells the kernel of the port after the disk is there or before. */
static int open_device(void)
{
	int fd, tries = 500;

	while ((fd = open(CHANNEL, O_RDWR | O_CLOEXEC)) < 0 && errno == ENOENT && tries-- > 0) usleep(10000);
	if (fd < 0) give_up(CHANNEL);
	return fd;
}

int boot(void)
{
	make_root();
	enter_root();
	make_devices();
	bring_up_loopback();
	sethostname("limpet", strlen("limpet"));
	note_base();
	return open_device();
}
