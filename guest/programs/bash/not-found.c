#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One name on each line; src/wasi/fs/base/elsewhere.ts makes it. */
#define COMMANDS "/usr/share/limpet/v86-commands"

/* Says, after "command not found", where the command would be found. */
void mention_other_backend (const char *command)
{
  FILE *commands = fopen (COMMANDS, "r");
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  if (commands == NULL)
    return;
  while ((length = getline (&line, &size, commands)) > 0)
    {
      line[length - 1] = '\0';
      if (strcmp (line, command) != 0)
        continue;
      fprintf (stderr, "%s is there with the other backend: open a session with \"backend\":\"v86\", or start limpet --backend v86\n",
               command);
      break;
    }
  free (line);
  fclose (commands);
}
