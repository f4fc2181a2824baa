/*
 * What git-sh-i18n--envsubst, which fills in the messages of git's shell scripts, needs of git's library:
 * with all of it the program would be twenty times as large.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cmd_main(int argc, const char **argv);

int main(int argc, const char **argv) {
  return cmd_main(argc, argv);
}

static void report(const char *kind, const char *format, va_list arguments) {
  fprintf(stderr, "%s: ", kind);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

int error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report("error", format, arguments);
  va_end(arguments);
  return -1;
}

void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report("fatal", format, arguments);
  exit(128);
}

void *xrealloc(void *old, size_t size) {
  void *block = realloc(old, size ? size : 1);
  if (!block) die("Out of memory, realloc failed");
  return block;
}

void *xmemdupz(const void *data, size_t size) {
  char *copy = xrealloc(NULL, size + 1);
  copy[size] = '\0';
  return memcpy(copy, data, size);
}

void trace2_cmd_name_fl(const char *file, int line, const char *name) {}
