/*
 * Writing files for the host, with the rights and from the directory of the session's shell.
 *
 * The new content of a file is received into another file in the same directory, and the two are exchanged when the host says
 * so, for several files at once: a reader sees the old content or the new, and either all are exchanged or none. What is written
 * at its end, has further names, is no regular file, or cannot be replaced by one with the same owner, is written in place.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "files.h"
#include "order.h"

enum flag { APPEND = 1, CREATE_DIRECTORIES = 2, MODE_GIVEN = 4, MUST_BE_NEW = 8, MUST_BE_SAME = 16 };

#define OPEN_FLAGS (O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC)
#define MOST_LINKS 40

struct replacement {
	struct replacement *next;
	uint32_t id, flags;
	mode_t mode;
	struct version version; /* with MUST_BE_SAME */
	uint64_t left;
	int directory;
	char name[NAME_MAX + 1];
	char temporary[32]; /* empty: to be written in place */
	int content;
	int before; /* in place: the old content, or -1 */
	enum { PREPARED, EXCHANGED, CREATED, OVERWRITTEN } state;
};

static struct replacement *replacements;

static void forget(struct replacement *replacement)
{
	struct replacement **link = &replacements;

	while (*link != replacement) link = &(*link)->next;
	*link = replacement->next;
	if (replacement->temporary[0]) unlinkat(replacement->directory, replacement->temporary, 0);
	if (replacement->directory >= 0) close(replacement->directory);
	if (replacement->content >= 0) close(replacement->content);
	if (replacement->before >= 0) close(replacement->before);
	free(replacement);
}

static struct replacement *find(uint32_t id)
{
	struct replacement *replacement = replacements;

	while (replacement && replacement->id != id) replacement = replacement->next;
	return replacement;
}

/* Separates the last component from the rest: its directory goes into `path`. */
static int split(char path[PATH_MAX], char name[NAME_MAX + 1])
{
	char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;

	if (!*last || !strcmp(last, ".") || !strcmp(last, "..")) return *path ? EISDIR : ENOENT;
	if (strlen(last) > NAME_MAX) return ENAMETOOLONG;
	strcpy(name, last);
	if (!slash) strcpy(path, ".");
	else if (slash == path) path[1] = '\0';
	else *slash = '\0';
	return 0;
}

/* Follows the link `name` in the directory `path`: the path that it leads to goes into `path`. */
static int follow(int directory, const char *name, char path[PATH_MAX])
{
	char target[PATH_MAX], joined[2 * PATH_MAX];
	ssize_t length = readlinkat(directory, name, target, sizeof target - 1);

	if (length < 0) return errno;
	target[length] = '\0';
	snprintf(joined, sizeof joined, "%s/%s", path, target);
	if (strlen(joined) >= PATH_MAX) return ENAMETOOLONG;
	strcpy(path, target[0] == '/' ? target : joined);
	return 0;
}

static int open_directory(const char *path, const char *name, bool create)
{
	char inner[PATH_MAX + NAME_MAX + 2];
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC), error;

	if (fd >= 0 || errno != ENOENT || !create) return fd < 0 ? -errno : fd;
	snprintf(inner, sizeof inner, "%s/%s", path, name);
	error = create_parents(inner);
	if (error) return -error;
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* Finds the file that open(2) with O_CREAT would open; `status` has no links where there is none yet. */
static int find_place(struct replacement *replacement, const char *given, struct stat *status)
{
	char path[PATH_MAX];

	if (strlen(given) >= sizeof path) return ENAMETOOLONG;
	strcpy(path, given);
	for (int links = 0; links <= MOST_LINKS; links++) {
		int error = split(path, replacement->name);

		if (error) return error;
		replacement->directory = open_directory(path, replacement->name, replacement->flags & CREATE_DIRECTORIES);
		if (replacement->directory < 0) return -replacement->directory;
		if (fstatat(replacement->directory, replacement->name, status, AT_SYMLINK_NOFOLLOW)) {
			status->st_nlink = 0;
			return errno == ENOENT ? 0 : errno;
		}
		if (!S_ISLNK(status->st_mode)) return 0;
		error = follow(replacement->directory, replacement->name, path);
		close(replacement->directory);
		replacement->directory = -1;
		if (error) return error;
	}
	return ELOOP;
}

static int make_temporary(struct replacement *replacement, const struct stat *old)
{
	mode_t mode = replacement->flags & MODE_GIVEN ? replacement->mode : old->st_nlink ? old->st_mode & 07777 : 0644;
	int error;

	snprintf(replacement->temporary, sizeof replacement->temporary, ".limpet-%d-%u", (int)getpid(), replacement->id);
	replacement->content =
		openat(replacement->directory, replacement->temporary, O_WRONLY | O_CREAT | O_EXCL | OPEN_FLAGS, 0600);
	if (replacement->content < 0) {
		replacement->temporary[0] = '\0';
		return errno;
	}
	if (old->st_nlink && fchown(replacement->content, old->st_uid, old->st_gid)) {
		error = errno;
		unlinkat(replacement->directory, replacement->temporary, 0);
		close(replacement->content);
		replacement->temporary[0] = '\0';
		return error;
	}
	return fchmod(replacement->content, mode) ? errno : 0;
}

static int prepare(struct replacement *replacement, const char *path)
{
	struct stat old;
	int error = find_place(replacement, path, &old);

	if (error) return error;
	if (old.st_nlink) {
		if (S_ISDIR(old.st_mode)) return EISDIR;
		if (faccessat(replacement->directory, replacement->name, W_OK, AT_EACCESS)) return errno;
	}
	if (!(replacement->flags & APPEND) && (!old.st_nlink || (old.st_nlink == 1 && S_ISREG(old.st_mode)))) {
		error = make_temporary(replacement, &old);
		if (!old.st_nlink || (error != EACCES && error != EPERM)) return error;
	}
	replacement->content = memfd_create("content", MFD_CLOEXEC);
	return replacement->content < 0 ? errno : 0;
}

void write_file(struct frame *frame)
{
	struct replacement *replacement = calloc(1, sizeof *replacement);
	const char *path;
	int error = EINVAL;

	if (!replacement) abort();
	*replacement = (struct replacement){
		.next = replacements, .id = frame->id, .directory = -1, .content = -1, .before = -1,
	};
	replacements = replacement;
	replacement->flags = take_u32(frame);
	replacement->mode = take_u32(frame) & 07777;
	replacement->left = take_u64(frame);
	replacement->version.inode = take_u64(frame);
	replacement->version.size = take_u64(frame);
	replacement->version.ctime = take_u64(frame);
	path = take_string(frame);
	if (!frame->bad && session_is_open()) {
		error = enter_user_view();
		if (!error) error = prepare(replacement, path);
		leave_user_view();
	}
	if (error || replacement->left == 0) send_result(frame->id, error);
	if (error) forget(replacement);
}

/* Bytes of a file that could not be written any more are still under way when the host learns of it. */
void feed_file(struct frame *frame)
{
	struct replacement *replacement = find(frame->id);
	size_t size = frame->end - frame->at;
	int error;

	if (!replacement || replacement->left == 0) return;
	error = size > replacement->left ? EINVAL : write_all(replacement->content, frame->at, size);
	replacement->left -= size;
	if (error || replacement->left == 0) send_result(frame->id, error);
	if (error) forget(replacement);
}

static int copy(int from, int to)
{
	static uint8_t buffer[CHUNK];
	ssize_t count;
	off_t at = 0;
	int error = 0;

	while (!error && (count = pread(from, buffer, sizeof buffer, at)) > 0) {
		error = write_all(to, buffer, count);
		at += count;
	}
	return error ? error : count < 0 ? errno : 0;
}

static int keep_old_content(struct replacement *replacement)
{
	int fd = openat(replacement->directory, replacement->name, O_RDONLY | OPEN_FLAGS), error;

	/* Who may write it but not read it cannot have it back. */
	if (fd < 0) return 0;
	replacement->before = memfd_create("before", MFD_CLOEXEC);
	error = replacement->before < 0 ? errno : copy(fd, replacement->before);
	close(fd);
	return error;
}

static int overwrite(struct replacement *replacement, int content, int how)
{
	mode_t mode = replacement->flags & MODE_GIVEN ? replacement->mode : 0644;
	int fd = openat(replacement->directory, replacement->name, O_WRONLY | how | OPEN_FLAGS, mode), error;
	struct stat status;

	if (fd < 0) return errno;
	error = copy(content, fd);
	if (!error && replacement->flags & MODE_GIVEN && !fstat(fd, &status) && S_ISREG(status.st_mode) && fchmod(fd, mode))
		error = errno;
	close(fd);
	return error;
}

static void undo(struct replacement *replacement)
{
	int directory = replacement->directory;

	switch (replacement->state) {
	case PREPARED: break;
	case EXCHANGED: renameat2(directory, replacement->temporary, directory, replacement->name, RENAME_EXCHANGE); break;
	case CREATED: unlinkat(directory, replacement->name, 0); break;
	case OVERWRITTEN:
		if (replacement->before >= 0) overwrite(replacement, replacement->before, O_TRUNC);
		break;
	}
}

static int write_in_place(struct replacement *replacement, const struct stat *old)
{
	int error = S_ISREG(old->st_mode) ? keep_old_content(replacement) : 0;

	if (error) return error;
	replacement->state = old->st_nlink ? OVERWRITTEN : CREATED;
	error = overwrite(replacement, replacement->content, O_CREAT | (replacement->flags & APPEND ? O_APPEND : O_TRUNC));
	if (error) undo(replacement);
	return error;
}

static int put_in_place(struct replacement *replacement, const struct stat *old)
{
	int directory = replacement->directory;
	const char *from = replacement->temporary, *to = replacement->name;

	if (!renameat2(directory, from, directory, to, old->st_nlink ? RENAME_EXCHANGE : RENAME_NOREPLACE)) {
		replacement->state = old->st_nlink ? EXCHANGED : CREATED;
		return 0;
	}
	/* A filesystem that can do neither. */
	return errno == EINVAL && !renameat(directory, from, directory, to) ? 0 : errno;
}

static bool is_same(const struct stat *status, const struct version *version)
{
	return status->st_nlink && status->st_ino == version->inode && (uint64_t)status->st_size == version->size &&
		nanoseconds(status->st_ctim) == version->ctime;
}

static int carry_out(struct replacement *replacement)
{
	struct stat old;

	if (fstatat(replacement->directory, replacement->name, &old, AT_SYMLINK_NOFOLLOW)) {
		if (errno != ENOENT) return errno;
		memset(&old, 0, sizeof old);
	}
	if (S_ISDIR(old.st_mode)) return EISDIR;
	if (replacement->flags & MUST_BE_NEW && old.st_nlink) return EEXIST;
	if (replacement->flags & MUST_BE_SAME && !is_same(&old, &replacement->version)) return ESTALE;
	return replacement->temporary[0] ? put_in_place(replacement, &old) : write_in_place(replacement, &old);
}

/* Carries out all or none. Returns how many could be, and in `error` why the next could not. */
static uint32_t carry_out_all(struct replacement **all, uint32_t count, int *error)
{
	uint32_t done = 0;

	for (*error = 0; done < count; done++) {
		*error = all[done] ? carry_out(all[done]) : EINVAL;
		if (*error) break;
	}
	for (uint32_t i = done; *error && i > 0; i--) undo(all[i - 1]);
	return done;
}

void end_replacements(struct frame *frame)
{
	struct __attribute__((packed)) {
		int32_t error;
		uint32_t done;
	} result = { 0 };
	bool wanted = take_u32(frame);
	uint32_t count = (frame->end - frame->at) / sizeof(uint32_t);
	struct replacement **all = calloc(count + 1, sizeof *all);
	int error = enter_user_view();

	if (!all) abort();
	for (uint32_t i = 0; i < count; i++) all[i] = find(take_u32(frame));
	if (!error && wanted) result.done = carry_out_all(all, count, &error);
	for (uint32_t i = 0; i < count; i++)
		if (all[i]) forget(all[i]);
	leave_user_view();
	free(all);
	result.error = error;
	send_frame('f', frame->id, &result, sizeof result);
}
