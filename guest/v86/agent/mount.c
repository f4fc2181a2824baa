/* Directories of the host. They come by 9P over the machine's virtio device, all in one filesystem. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"

#define TAG "host9p"
/* Nothing is kept but pages that are mapped: the host's files change without our doing. */
#define OPTIONS "trans=virtio,version=9p2000.L,msize=512000,cache=mmap,access=user"
/* Where the whole is while its parts are put in their places. */
#define EXPORTS "/usr/lib/limpet/host"

#define READ_ONLY 1

static int make_directories(const char *path)
{
	char part[PATH_MAX];
	size_t end;

	for (end = 1; path[end - 1]; end++) {
		if (path[end] && path[end] != '/') continue;
		if (end >= sizeof part) return ENAMETOOLONG;
		memcpy(part, path, end);
		part[end] = '\0';
		if (mkdir(part, 0755) && errno != EEXIST) return errno;
	}
	return 0;
}

static int put_in_place(unsigned number, const char *path, uint32_t flags)
{
	unsigned long how = MS_NOSUID | MS_NODEV | (flags & READ_ONLY ? MS_RDONLY : 0);
	char from[sizeof EXPORTS + 16];
	int error = make_directories(path);

	if (error) return error;
	snprintf(from, sizeof from, EXPORTS "/%u", number);
	if (mount(from, path, NULL, MS_BIND, NULL)) return errno;
	return mount(NULL, path, NULL, MS_REMOUNT | MS_BIND | how, NULL) ? errno : 0;
}

int mount_host(struct frame *frame)
{
	unsigned number;
	int error = 0;

	if (!in_guest) return EPERM;
	/* Its shell knows no mounts. */
	session_is_used();
	if (mkdir(EXPORTS, 0700) && errno != EEXIST) return errno;
	if (mount(TAG, EXPORTS, "9p", MS_NOSUID | MS_NODEV, OPTIONS)) return errno;
	for (number = 0; !error && frame->at < frame->end; number++) {
		uint32_t flags = take_u32(frame);
		const char *path = take_string(frame);

		error = frame->bad || path[0] != '/' ? EINVAL : put_in_place(number, path, flags);
	}
	/* The places keep it alive. */
	if (umount2(EXPORTS, MNT_DETACH) && !error) error = errno;
	rmdir(EXPORTS);
	return error;
}
