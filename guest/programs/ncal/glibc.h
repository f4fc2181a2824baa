/* What ncal expects of glibc: what a locale says about weeks, which in C and C.UTF-8 begin on Sunday and count from four days
   of a year on, and months by name as %OB, which is %b in musl. */
#define __GLIBC__ 2
#include <langinfo.h>
#include <time.h>

enum { _NL_TIME_WEEK_1STDAY = 1, _NL_TIME_FIRST_WEEKDAY, _NL_TIME_WEEK_1STWEEK };

static inline char *week_langinfo(nl_item item)
{
  switch (item) {
  case _NL_TIME_WEEK_1STDAY: return (char *)19971130; /* a Sunday */
  case _NL_TIME_FIRST_WEEKDAY: return "\1";
  case _NL_TIME_WEEK_1STWEEK: return "\4";
  default: return nl_langinfo(item);
  }
}

#define nl_langinfo week_langinfo
#define strptime(text, format, time) strptime(text, "%b", time)
