#include "tests.h"

static void is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) check(p[i] == 0);
}

/* What this process wrote must not be seen by one that gets its memory later. */
static void new_memory_is_zero(void)
{
	for (int i = 0; i < 5; i++) {
		pid_t child = fork();
		if (!child) {
			char *p = calloc(1, 3000000);
			is_zero(p, 3000000);
			memset(p, 0xff, 3000000);
			_exit(0);
		}
		check(status_of(child) == 0);
	}
}

static void break_moves(void)
{
	char *start = sbrk(0);
	check(start != (void *)-1);
	char *p = malloc(10000000);
	check(p && (char *)sbrk(0) >= start);
	memset(p, 1, 10000000);
	free(p);
}

static void heap_survives(void)
{
	enum { count = 2000 };
	static unsigned char *blocks[count];
	static size_t sizes[count];
	unsigned seed = 1;
	for (int round = 0; round < 20000; round++) {
		seed = seed * 1103515245 + 12345;
		int i = seed / 65536 % count;
		seed = seed * 1103515245 + 12345;
		size_t size = seed / 65536 % (round % 100 ? 2000 : 300000);
		for (size_t k = 0; k < sizes[i]; k += 97) check(blocks[i][k] == i % 256);
		blocks[i] = realloc(blocks[i], size + 1);
		check(blocks[i]);
		sizes[i] = size + 1;
		memset(blocks[i], i % 256, sizes[i]);
	}
}

static void aligned(void)
{
	for (size_t alignment = 16; alignment <= 65536; alignment *= 4) {
		char *p = aligned_alloc(alignment, 3 * alignment);
		check(p && (uintptr_t)p % alignment == 0);
		memset(p, 1, 3 * alignment);
		free(p);
	}
}

static void too_much(void)
{
	char *volatile p = malloc((size_t)-1 - 100000);
	check(!p && errno == ENOMEM);
	p = malloc(100);
	check(p);
}

static void anonymous_mapping(void)
{
	size_t size = 5 * 4096;
	char *p = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	check(p != MAP_FAILED && (uintptr_t)p % 4096 == 0);
	is_zero(p, size);
	memset(p, 1, size);
	p = mremap(p, size, 10 * 4096, MREMAP_MAYMOVE);
	check(p != MAP_FAILED && p[size-1] == 1);
	is_zero(p + size, 5 * 4096);
	check(munmap(p, 4096) == 0);
	check(p[4096] == 1);
	check(munmap(p + 9 * 4096, 4096) == 0 && munmap(p, 10 * 4096) == 0);
	check(mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
}

static void file_mapping(void)
{
	char name[] = "/tmp/kernel-tests.XXXXXX";
	int fd = mkstemp(name);
	check(fd >= 0 && unlink(name) == 0);
	check(pwrite(fd, "hello", 5, 4096) == 5);
	char *p = mmap(0, 6000, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 4096);
	check(p != MAP_FAILED && !memcmp(p, "hello", 6));
	p[0] = 'j';
	char c;
	check(pread(fd, &c, 1, 4096) == 1 && c == 'h');
	check(munmap(p, 6000) == 0);
	check(mmap(0, 100, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED && errno == EBADF);
}

const struct test memory_tests[] = {
	{ "memory-is-zero", new_memory_is_zero },
	{ "break", break_moves },
	{ "heap", heap_survives },
	{ "aligned-memory", aligned },
	{ "too-much-memory", too_much },
	{ "mmap-anonymous", anonymous_mapping },
	{ "mmap-file", file_mapping },
	{ 0 },
};
