/* A plain WASI program: upper-cases its input. It knows nothing of the kernel it runs on.
 *
 *   upper [FILE...]        the files, or standard input
 *   upper --args [ARG...]  its arguments, one per line
 *   upper --env NAME       the value of a variable; exits with 1 if it is not set
 *   upper --copy FROM TO   writes FROM in upper case to a new file
 *   upper --exit CODE      exits with that code
 *   upper --spin           computes for ever
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int copy(FILE *in, FILE *out)
{
	char block[4096];
	size_t n;
	while ((n = fread(block, 1, sizeof block, in)) > 0) {
		for (size_t i = 0; i < n; i++) block[i] = toupper((unsigned char)block[i]);
		fwrite(block, 1, n, out);
	}
	return fflush(out) || ferror(in) || ferror(out);
}

static FILE *open_file(const char *name, const char *mode)
{
	FILE *f = fopen(name, mode);
	if (f) return f;
	perror(name);
	exit(2);
}

int main(int argc, char **argv)
{
	const char *option = argc > 1 && !strncmp(argv[1], "--", 2) ? argv[1] : "";

	if (!strcmp(option, "--args")) {
		for (int i = 2; i < argc; i++) puts(argv[i]);
		return 0;
	}
	if (!strcmp(option, "--env") && argc == 3) {
		const char *value = getenv(argv[2]);
		if (value) puts(value);
		return !value;
	}
	if (!strcmp(option, "--copy") && argc == 4)
		return copy(open_file(argv[2], "r"), open_file(argv[3], "w"));
	if (!strcmp(option, "--exit") && argc == 3)
		return atoi(argv[2]);
	if (!strcmp(option, "--spin"))
		for (volatile unsigned i = 0;; i++);
	if (argc == 1)
		return copy(stdin, stdout);
	int failed = 0;
	for (int i = 1; i < argc; i++) failed |= copy(open_file(argv[i], "r"), stdout);
	return failed;
}
