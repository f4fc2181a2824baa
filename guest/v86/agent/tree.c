/* Listing and changing the file tree for the host, with the rights and from the directory of the session's shell. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"

enum operation { STAT = 1, LIST, MAKE_DIRECTORY, REMOVE, RENAME };
/* Of STAT, MAKE_DIRECTORY, REMOVE and RENAME. */
enum flag { FOLLOW = 1, PARENTS = 1, RECURSIVE = 1, OVERWRITE = 1, MODE_GIVEN = 2 };

/* A directory that is still to be listed. */
struct place {
	struct place *next;
	uint32_t depth;
	char path[]; /* from the first directory on; empty for that itself */
};

struct listing {
	struct listing *next;
	uint32_t id, depth;
	int directory;
	struct place *places, **last;
};

static struct listing *listings;

/* Entries that are to be sent in one frame. */
static struct {
	uint32_t id;
	size_t size;
	uint8_t bytes[CHUNK];
} batch;

static void send_batch(void)
{
	if (batch.size > 0) send_frame('l', batch.id, batch.bytes, batch.size);
	batch.size = 0;
}

struct __attribute__((packed)) entry {
	int32_t error; /* why a directory could not be listed; nothing else counts then but the path */
	uint32_t mode, uid, gid;
	uint64_t size;
	int64_t mtime;
};

static void send_entry(uint32_t id, const struct entry *entry, const char *path, const char *target)
{
	size_t path_size = strlen(path) + 1, target_size = strlen(target) + 1;
	size_t size = sizeof *entry + path_size + target_size;

	if (batch.id != id || batch.size + size > sizeof batch.bytes) send_batch();
	batch.id = id;
	memcpy(batch.bytes + batch.size, entry, sizeof *entry);
	memcpy(batch.bytes + batch.size + sizeof *entry, path, path_size);
	memcpy(batch.bytes + batch.size + sizeof *entry + path_size, target, target_size);
	batch.size += size;
}

static int send_file(uint32_t id, int directory, const char *name, int flags, const char *path, bool *is_directory)
{
	char target[PATH_MAX] = "";
	struct stat status;
	struct entry entry;
	ssize_t length;

	if (fstatat(directory, name, &status, flags)) return errno;
	*is_directory = S_ISDIR(status.st_mode);
	if (S_ISLNK(status.st_mode)) {
		length = readlinkat(directory, name, target, sizeof target - 1);
		target[length > 0 ? length : 0] = '\0';
	}
	entry = (struct entry){
		.mode = status.st_mode, .uid = status.st_uid, .gid = status.st_gid, .size = status.st_size,
		.mtime = nanoseconds(status.st_mtim),
	};
	send_entry(id, &entry, path, target);
	return 0;
}

static void add_place(struct listing *listing, const char *path, uint32_t depth)
{
	struct place *place = malloc(sizeof *place + strlen(path) + 1);

	if (!place) abort();
	*place = (struct place){ .depth = depth };
	strcpy(place->path, path);
	*listing->last = place;
	listing->last = &place->next;
}

static void take_place(struct listing *listing)
{
	struct place *place = listing->places;

	listing->places = place->next;
	if (!place->next) listing->last = &listing->places;
	free(place);
}

static void forget(struct listing *listing)
{
	struct listing **link = &listings;

	while (*link != listing) link = &(*link)->next;
	*link = listing->next;
	while (listing->places) take_place(listing);
	close(listing->directory);
	free(listing);
}

static int begin_listing(uint32_t id, uint32_t depth, const char *path)
{
	struct listing *listing;
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (directory < 0) return errno;
	listing = calloc(1, sizeof *listing);
	if (!listing) abort();
	*listing = (struct listing){ .next = listings, .id = id, .depth = depth, .directory = directory };
	listing->last = &listing->places;
	add_place(listing, "", 1);
	listings = listing;
	return 0;
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

static int by_bytes(const struct dirent **one, const struct dirent **other)
{
	return strcmp((*one)->d_name, (*other)->d_name);
}

static void send_unreadable(struct listing *listing, int error)
{
	send_entry(listing->id, &(struct entry){ .error = error }, listing->places->path, "");
}

static int list_entry(struct listing *listing, int directory, const struct dirent *entry)
{
	const struct place *place = listing->places;
	char path[PATH_MAX + NAME_MAX + 2];
	bool is_directory;
	int error;

	snprintf(path, sizeof path, "%s%s%s", place->path, *place->path ? "/" : "", entry->d_name);
	error = send_file(listing->id, directory, entry->d_name, AT_SYMLINK_NOFOLLOW, path, &is_directory);
	if (error) return error == ENOENT ? 0 : error;
	if (is_directory && place->depth < listing->depth) add_place(listing, path, place->depth + 1);
	return 0;
}

/* Sends what is in the next directory; an errno if that is the first and cannot be listed. */
static int list_next(struct listing *listing)
{
	const char *path = listing->places->path;
	int directory = openat(listing->directory, *path ? path : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct dirent **entries;
	int count, error = 0;

	count = directory < 0 ? -1 : scandirat(directory, ".", &entries, is_entry, by_bytes);
	if (count < 0) error = errno;
	for (int i = 0; i < count; i++) {
		if (!error) error = list_entry(listing, directory, entries[i]);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
	if (directory >= 0) close(directory);
	if (!*path) return error;
	if (error) send_unreadable(listing, error);
	return 0;
}

void attend_listings(void)
{
	struct listing *listing, *next;

	for (listing = listings; listing; listing = next) {
		int error = enter_user_view();

		next = listing->next;
		if (!error && listing->places) {
			error = list_next(listing);
			take_place(listing);
		}
		leave_user_view();
		wake_within(0);
		if (!error && listing->places) continue;
		send_batch();
		send_result(listing->id, error);
		forget(listing);
	}
}

void end_listing(uint32_t id)
{
	struct listing *listing = listings;

	while (listing && listing->id != id) listing = listing->next;
	if (listing) forget(listing);
}

int create_parents(const char *path)
{
	char parent[PATH_MAX];

	if (strlen(path) >= sizeof parent) return ENAMETOOLONG;
	strcpy(parent, path);
	for (char *slash = strchr(parent + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(parent, 0755) && errno != EEXIST) return errno;
		*slash = '/';
	}
	return 0;
}

static int make_directory(const char *path, uint32_t flags, mode_t mode)
{
	struct stat status;
	int error = flags & PARENTS && *path ? create_parents(path) : 0;

	if (error) return error;
	if (!mkdir(path, 0777)) return flags & MODE_GIVEN && chmod(path, mode) ? errno : 0;
	if (errno != EEXIST || !(flags & PARENTS)) return errno;
	return !stat(path, &status) && S_ISDIR(status.st_mode) ? 0 : EEXIST;
}

static int move(const char *from, const char *to, uint32_t flags)
{
	struct stat status;

	if (!renameat2(AT_FDCWD, from, AT_FDCWD, to, flags & OVERWRITE ? 0 : RENAME_NOREPLACE)) return 0;
	if (errno != EINVAL || flags & OVERWRITE) return errno;
	/* A filesystem that cannot look and rename at once, or a directory that would come to lie in itself. */
	if (!lstat(to, &status)) return EEXIST;
	return rename(from, to) ? errno : 0;
}

/* The path of what is being removed, to say what could not be. */
struct trail {
	char path[2 * PATH_MAX];
	size_t length;
};

static int empty(int parent, const char *name, struct trail *trail);

static int remove_inner(int directory, const struct dirent *entry, struct trail *trail)
{
	size_t length = trail->length;
	int error;

	trail->length += snprintf(trail->path + length, sizeof trail->path - length, "/%s", entry->d_name);
	if (trail->length >= sizeof trail->path) return ENAMETOOLONG;
	if (unlinkat(directory, entry->d_name, 0)) {
		if (errno != EISDIR) return errno;
		error = empty(directory, entry->d_name, trail);
		if (error) return error;
		if (unlinkat(directory, entry->d_name, AT_REMOVEDIR)) return errno;
	}
	trail->length = length;
	trail->path[length] = '\0';
	return 0;
}

static int empty(int parent, const char *name, struct trail *trail)
{
	int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *stream = directory < 0 ? NULL : fdopendir(directory);
	const struct dirent *entry;
	int error = 0;

	if (!stream) return errno;
	while (!error && (entry = readdir(stream)))
		if (is_entry(entry)) error = remove_inner(directory, entry, trail);
	closedir(stream);
	return error;
}

/* Whether rmdir(2) would not take the directory even if it were empty; that is known before anything in it goes. */
static int is_fixed(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!strcmp(slash ? slash + 1 : path, "..")) return ENOTEMPTY;
	if (!rmdir(path)) return 0;
	return errno == ENOTEMPTY || errno == EEXIST ? 0 : errno;
}

static int remove_file(const char *path, uint32_t flags, struct trail *trail)
{
	struct stat status;
	int error;

	if (lstat(path, &status)) return errno;
	if (!S_ISDIR(status.st_mode)) return unlink(path) ? errno : 0;
	if (!(flags & RECURSIVE)) return rmdir(path) ? errno : 0;
	error = is_fixed(path);
	if (error || lstat(path, &status)) return error;
	trail->length = snprintf(trail->path, sizeof trail->path, "%s", path);
	while (trail->length > 1 && trail->path[trail->length - 1] == '/') trail->path[--trail->length] = '\0';
	error = empty(AT_FDCWD, path, trail);
	if (error) return error;
	trail->path[0] = '\0';
	return rmdir(path) ? errno : 0;
}

void change_tree(struct frame *frame)
{
	uint32_t operation = take_u32(frame), argument = take_u32(frame), mode = take_u32(frame) & 07777;
	const char *path = take_string(frame), *other = operation == RENAME ? take_string(frame) : "";
	struct __attribute__((packed)) {
		int32_t error;
		char path[sizeof((struct trail){ 0 }.path)];
	} result;
	struct trail trail = { "", 0 };
	bool is_directory;
	int error = frame->bad ? EINVAL : session_is_open() ? enter_user_view() : ENOTCONN;

	if (!error) switch (operation) {
	case STAT:
		error = send_file(frame->id, AT_FDCWD, path, argument & FOLLOW ? 0 : AT_SYMLINK_NOFOLLOW, "", &is_directory);
		break;
	case LIST: error = begin_listing(frame->id, argument, path); break;
	case MAKE_DIRECTORY: error = make_directory(path, argument, mode); break;
	case REMOVE: error = remove_file(path, argument, &trail); break;
	case RENAME: error = move(path, other, argument); break;
	default: error = ENOSYS;
	}
	leave_user_view();
	if (operation == LIST && !error) return;
	send_batch();
	result.error = error;
	strcpy(result.path, error ? trail.path : "");
	send_frame('f', frame->id, &result, sizeof result.error + strlen(result.path) + 1);
}
