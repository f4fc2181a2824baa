/* openat2(2), of whose headers musl has none. The kernel answers ENOSYS, and rsync walks the path itself. */
#include <stdint.h>

struct open_how {
  uint64_t flags, mode, resolve;
};

#define RESOLVE_NO_MAGICLINKS 2
#define RESOLVE_BENEATH 8
