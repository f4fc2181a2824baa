#include "tests.h"
#include <ctype.h>
#include <langinfo.h>
#include <locale.h>

/* Functions that libc has in vector or fast forms, against the plainest form. */

static char *plain_find(const char *s, int c, size_t n)
{
	for (size_t i = 0; i < n; i++) if (s[i] == (char)c) return (char *)s + i;
	return 0;
}

static void searching(void)
{
	static char block[4096];
	for (int start = 0; start < 40; start++) for (int length = 0; length < 70; length++) {
		char *s = block + 64 + start;
		memset(block, 'x', sizeof block);
		memset(s, 'a', length);
		s[length] = 0;
		check(strlen(s) == (size_t)length);
		check(strnlen(s, 20) == (size_t)(length < 20 ? length : 20));
		check(strchr(s, 'b') == 0 && strchr(s, 0) == s + length);
		check(memchr(s, 'x', length) == 0 && memrchr(s, 'x', length) == 0);
		for (int at = 0; at < length; at += 7) {
			s[at] = 'b';
			check(strchr(s, 'b') == s + at && strchrnul(s, 'b') == s + at);
			check(memchr(s, 'b', length) == s + at && memrchr(s, 'b', length) == s + at);
			check(memchr(s, 'b', at) == 0 && memrchr(s + at + 1, 'b', length - at - 1) == 0);
			check(memchr(s, 'b', SIZE_MAX) == plain_find(s, 'b', length));
			s[at] = 'a';
		}
	}
}

/* The last bytes of memory: reading in blocks must not go beyond. */
static void at_the_end_of_memory(void)
{
#ifdef __wasm__
	size_t size = 1 << 20;
	char *p = malloc(size);
	char *end = (char *)(__builtin_wasm_memory_size(0) * 65536);
	check(p && end > p);
	for (int length = 0; length < 40; length++) {
		char *s = end - length - 1;
		char saved[64];
		memcpy(saved, s, length + 1);
		memset(s, 'a', length);
		s[length] = 0;
		check(strlen(s) == (size_t)length && memchr(s, 'b', length + 1) == 0);
		check(strchrnul(s, 'b') == s + length && memcmp(s, s, length + 1) == 0);
		memcpy(s, saved, length + 1);
	}
#endif
}

static void copying(void)
{
	static unsigned char from[512], to[512], expected[512];
	for (int i = 0; i < 512; i++) from[i] = i * 7 + i / 256;
	for (int length = 0; length < 200; length++) for (int shift = 0; shift < 19; shift += 3) {
		memset(to, 0xee, sizeof to);
		check(memcpy(to + 50 + shift, from + 3, length) == to + 50 + shift);
		for (int i = 0; i < 512; i++) {
			int inside = i >= 50 + shift && i < 50 + shift + length;
			check(to[i] == (inside ? from[i - 50 - shift + 3] : 0xee));
		}
		for (int distance = -70; distance <= 70; distance += 5) {
			memcpy(to, from, sizeof to);
			memcpy(expected, from, sizeof expected);
			for (int i = 0; i < length; i++) expected[100 + distance + i] = from[100 + i];
			memmove(to + 100 + distance, to + 100, length);
			for (int i = 0; i < 512; i++) check(to[i] == expected[i]);
		}
		memset(to, 1, sizeof to);
		memset(to + 20 + shift, 0x1fe, length);
		for (int i = 0; i < 512; i++)
			check(to[i] == (i >= 20 + shift && i < 20 + shift + length ? 0xfe : 1));
	}
	char text[64];
	check(stpcpy(text, "hello") == text + 5 && !strcmp(text, "hello"));
	check(!strcmp(strcat(strcpy(text, "a"), "bc"), "abc"));
}

static void comparing(void)
{
	unsigned char a[100], b[100];
	for (int length = 0; length < 100; length++) for (int at = 0; at < length; at++) {
		memset(a, 'm', sizeof a);
		memset(b, 'm', sizeof b);
		check(memcmp(a, b, length) == 0);
		b[at] = 0xff;
		if (at + 1 < length) b[at + 1] = 0;
		check(memcmp(a, b, length) < 0 && memcmp(b, a, length) > 0 && memcmp(a, b, at) == 0);
	}
}

struct element {
	int key, position;
	char padding[40];
};

static int by_key(const void *a, const void *b)
{
	return ((const struct element *)a)->key - ((const struct element *)b)->key;
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int counting(const void *a, const void *b, void *count)
{
	++*(int *)count;
	return by_number(a, b);
}

static void sorting(void)
{
	enum { count = 1000 };
	static struct element elements[count];
	static int numbers[count];
	unsigned seed = 1;
	int comparisons = 0;
	for (int i = 0; i < count; i++) {
		seed = seed * 1103515245 + 12345;
		elements[i] = (struct element){ seed / 65536 % 50, i };
		numbers[i] = seed / 65536 % 5000;
	}
	qsort(elements, count, sizeof *elements, by_key);
	for (int i = 1; i < count; i++) {
		check(elements[i-1].key <= elements[i].key);
		check(elements[i-1].key < elements[i].key || elements[i-1].position < elements[i].position);
	}
	qsort_r(numbers, count, sizeof *numbers, counting, &comparisons);
	for (int i = 1; i < count; i++) check(numbers[i-1] <= numbers[i]);
	check(comparisons > count && comparisons < 12 * count);
	qsort(numbers, 0, sizeof *numbers, by_number);
}

static void numbers(void)
{
	static const struct { const char *text; double value; int length; } cases[] = {
		{ "0", 0, 1 }, { "  12.5x", 12.5, 6 }, { "-.5", -.5, 3 }, { "+7.", 7, 3 }, { "1e3", 1e3, 3 },
		{ "0x1p4", 16, 5 }, { "0.1", 0.1, 3 }, { "123456789012345", 123456789012345., 15 },
		{ "1234567890123456789", 1234567890123456789., 19 }, { "0.30000000000000004", 0.30000000000000004, 19 },
		{ "", 0, 0 }, { "-", 0, 0 }, { ".", 0, 0 }, { "1e", 1, 1 }, { "5e-324", 5e-324, 6 },
		{ "179769313486231570000e288", 1.7976931348623157e308, 25 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *end;
		check(strtod(cases[i].text, &end) == cases[i].value);
		check(end - cases[i].text == cases[i].length);
	}
	char *end;
	check(1 / strtod("-0", &end) < 0);
	errno = 0;
	check(strtod("1e999", &end) > 1e308 && errno == ERANGE);
}

static void locales(void)
{
	check(MB_CUR_MAX == 1);
	check(setlocale(LC_ALL, "C.UTF-8") && MB_CUR_MAX >= 4);
	check(!strcmp(nl_langinfo(CODESET), "UTF-8"));
	check(setlocale(LC_ALL, "POSIX") && MB_CUR_MAX == 1);
	check(!setlocale(LC_ALL, "xx_YY"));
}

static void messages(void)
{
	check(!strcmp(strerror(ENOTTY), "Inappropriate ioctl for device"));
	check(!strcmp(strerror(0), "Success") && !strcmp(strerror(4711), "Unknown error 4711"));
	check(!strcmp(strsignal(SIGFPE), "Floating point exception"));
	check(!strcmp(strsignal(SIGRTMIN), "Real-time signal 0"));
}

static void characters(void)
{
	for (int c = -1; c < 256; c++) {
		check(!isalnum(c) == !(isalpha(c) || isdigit(c)));
		check(tolower(c) == (c >= 'A' && c <= 'Z' ? c + 32 : c));
		check(toupper(c) == (c >= 'a' && c <= 'z' ? c - 32 : c));
	}
}

const struct test library_tests[] = {
	{ "search-in-memory", searching },
	{ "end-of-memory", at_the_end_of_memory },
	{ "copy", copying },
	{ "compare", comparing },
	{ "sort", sorting },
	{ "numbers", numbers },
	{ "locales", locales },
	{ "messages", messages },
	{ "characters", characters },
	{ 0 },
};
