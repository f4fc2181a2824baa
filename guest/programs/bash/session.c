/*
 * The session's shell: a bash that gets its commands from the kernel, one after the other, instead of from a script.
 *
 * Linked in with -Wl,--wrap=reader_loop. Any bash asks the kernel once whether it is a session's shell; an ordinary one gets
 * ENOSYS and goes on as always. A command is evaluated as `bash -c` would, in this process, so that directory, variables,
 * functions, options and jobs persist. `$?` of one command is there for the next. When the shell is made to exit, it exits;
 * the kernel then puts back the state from before the command.
 *
 * A command arrives as a block of strings, each ended by NUL:
 *   directory to run in, or empty; NAME=VALUE to set or NAME to unset, any number; an empty string; the text.
 */
#include "config.h"

#include "bashtypes.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "bashansi.h"
#include "shell.h"
#include "flags.h"
#include "jobs.h"
#include "trap.h"
#include "execute_cmd.h"
#include "bashjmp.h"
#include "builtins/common.h"

/* The two ways into the kernel: guest/libc has the one that may suspend. */
__attribute__ ((__import_module__ ("k"), __import_name__ ("sys")))
extern long __kernel_call (long, long, long, long, long, long, long);
extern long __suspending_call (long, long, long, long, long, long, long);

#define SESSION_NEXT 5000
#define SESSION_FETCH 5001
#define SESSION_DONE 5002

extern int EOF_Reached;
extern int indirection_level;
extern int executing;
extern int loop_level;

extern time_t shell_start_time;
extern struct timeval shellstart;
extern void seedrand (void);
extern void seedrand32 (void);

extern int __real_reader_loop (void);

/* SESSION_FETCH returns this when the shell was not started here but restored from an image of a started one. */
#define SESSION_RESTORED 1

/* A variable as it was before the command's own environment replaced it. */
struct saved_variable
{
  char *name;
  char *value; /* NULL: it was not set */
  int exported;
  struct saved_variable *next;
};

static void
set_variable (const char *name, const char *value, int exported)
{
  SHELL_VAR *variable = bind_variable (name, (char *)value, 0);

  if (variable && exported)
    VSETATTR (variable, att_exported);
  else if (variable)
    VUNSETATTR (variable, att_exported);
  array_needs_making = 1;
  stupidly_hack_special_variables ((char *)name);
}

static void
unset_variable (const char *name)
{
  unbind_variable (name);
  array_needs_making = 1;
  stupidly_hack_special_variables ((char *)name);
}

/* Applies one NAME=VALUE or NAME, and remembers what it hides. Arrays and readonly variables are left alone. */
static struct saved_variable *
apply_assignment (const char *assignment, struct saved_variable *rest)
{
  const char *equals = strchr (assignment, '=');
  char *name = equals ? substring (assignment, 0, equals - assignment) : savestring (assignment);
  SHELL_VAR *variable = find_variable (name);
  struct saved_variable *saved;

  if (variable && (readonly_p (variable) || array_p (variable) || assoc_p (variable)))
    {
      free (name);
      return rest;
    }
  saved = xmalloc (sizeof *saved);
  saved->name = name;
  saved->value = variable && var_isset (variable) ? savestring (value_cell (variable)) : NULL;
  saved->exported = variable && exported_p (variable);
  saved->next = rest;

  if (equals)
    set_variable (name, equals + 1, 1);
  else
    unset_variable (name);
  return saved;
}

static void
restore_variables (struct saved_variable *saved)
{
  while (saved)
    {
      struct saved_variable *next = saved->next;

      if (saved->value)
        set_variable (saved->name, saved->value, saved->exported);
      else
        unset_variable (saved->name);
      free (saved->name);
      free (saved->value);
      free (saved);
      saved = next;
    }
}

/* `cd` does all that a change of directory means to a shell. The exit status of the last command is not touched. */
static void
change_directory (const char *directory)
{
  int status = last_command_exit_value;
  char *quoted = sh_single_quote (directory);
  char *text = xmalloc (strlen (quoted) + sizeof "builtin cd --  2>/dev/null");

  sprintf (text, "builtin cd -- %s 2>/dev/null", quoted);
  free (quoted);
  parse_and_execute (text, "cd", SEVAL_NOHIST);
  set_exit_status (status);
}

static void
run_command (char *block)
{
  const char *directory = block;
  const char *old_directory = NULL;
  char *saved_pwd = NULL, *saved_oldpwd = NULL;
  struct saved_variable *saved = NULL;
  char *at = block + strlen (block) + 1;

  if (*directory)
    {
      old_directory = get_string_value ("PWD");
      saved_pwd = old_directory ? savestring (old_directory) : NULL;
      old_directory = get_string_value ("OLDPWD");
      saved_oldpwd = old_directory ? savestring (old_directory) : NULL;
      change_directory (directory);
    }
  for (; *at; at += strlen (at) + 1)
    saved = apply_assignment (at, saved);

  executing = 1;
  parse_and_execute (savestring (at + 1), "-c", SEVAL_NOHIST | SEVAL_RESETLINE);
  executing = 0;

  restore_variables (saved);
  if (saved_pwd)
    {
      change_directory (saved_pwd);
      if (saved_oldpwd)
        set_variable ("OLDPWD", saved_oldpwd, 1);
    }
  free (saved_pwd);
  free (saved_oldpwd);
}

/* What every shell must find out for itself when it starts. */
static void
begin_anew (void)
{
  gettimeofday (&shellstart, NULL);
  shell_start_time = shellstart.tv_sec;
  seedrand ();
  seedrand32 ();
}

/* Returns 1 when the jump means that the shell ends. */
static int
leaves_shell (int jump)
{
  switch (jump)
    {
    case NOT_JUMPED:
      return 0;
    case DISCARD:
      if (last_command_exit_value == 0)
        set_exit_status (EXECUTION_FAILURE);
      restore_sigmask ();
      return subshell_environment != 0;
    case ERREXIT:
      if (exit_immediately_on_error)
        reset_local_contexts ();
      return 1;
    default:
      return 1;
    }
}

/* Sleeps until there is a command. A signal's handler may run meanwhile. */
static long
next_command (void)
{
  long size;

  do
    size = __suspending_call (SESSION_NEXT, 0, 0, 0, 0, 0, 0);
  while (size == -EINTR);
  return size;
}

static void
serve (long size)
{
  int our_indirection_level = indirection_level;
  int jump = setjmp_nosigs (top_level);

  if (jump != NOT_JUMPED)
    {
      indirection_level = our_indirection_level;
      if (leaves_shell (jump))
        return;
      size = 0;
    }
  for (;;)
    {
      if (size > 0)
        {
          char *block = xmalloc (size);

          if (__kernel_call (SESSION_FETCH, (long)block, size, 0, 0, 0, 0) == SESSION_RESTORED)
            begin_anew ();
          run_command (block);
          free (block);
        }
      if (temporary_env)
        dispose_used_env_vars ();
      run_pending_traps ();
      fflush (stdout);
      reap_dead_jobs ();
      __kernel_call (SESSION_DONE, last_command_exit_value, 0, 0, 0, 0, 0);
      size = next_command ();
    }
}

int
__wrap_reader_loop (void)
{
  long size = next_command ();

  if (size == -ENOSYS)
    return __real_reader_loop ();
  serve (size);
  EOF_Reached = EOF;
  return last_command_exit_value;
}
