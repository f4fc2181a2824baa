/**
 * Linux error numbers as values (errno(3), asm-generic/errno.h).
 *
 * An `Errno` is thrown where an operation fails, and converted once at the edge: to a negative number for a
 * guest, to a `code` for a protocol answer. The values are made once and carry no stack trace, because
 * ENOENT is the normal outcome of a PATH search and has to be cheap.
 */
export class Errno extends Error {
  /** For example `ENOENT`. */
  readonly code: string;
  /** For example 2. */
  readonly number: number;

  private constructor(code: string, number: number, message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.name = "Errno";
    this.code = code;
    this.number = number;
  }

  static readonly EPERM = new Errno("EPERM", 1, "Operation not permitted");
  static readonly ENOENT = new Errno("ENOENT", 2, "No such file or directory");
  static readonly ESRCH = new Errno("ESRCH", 3, "No such process");
  static readonly EINTR = new Errno("EINTR", 4, "Interrupted system call");
  static readonly EIO = new Errno("EIO", 5, "Input/output error");
  static readonly ENXIO = new Errno("ENXIO", 6, "No such device or address");
  static readonly E2BIG = new Errno("E2BIG", 7, "Argument list too long");
  static readonly ENOEXEC = new Errno("ENOEXEC", 8, "Exec format error");
  static readonly EBADF = new Errno("EBADF", 9, "Bad file descriptor");
  static readonly ECHILD = new Errno("ECHILD", 10, "No child processes");
  static readonly EAGAIN = new Errno("EAGAIN", 11, "Resource temporarily unavailable");
  static readonly ENOMEM = new Errno("ENOMEM", 12, "Cannot allocate memory");
  static readonly EACCES = new Errno("EACCES", 13, "Permission denied");
  static readonly EFAULT = new Errno("EFAULT", 14, "Bad address");
  static readonly EBUSY = new Errno("EBUSY", 16, "Device or resource busy");
  static readonly EEXIST = new Errno("EEXIST", 17, "File exists");
  static readonly EXDEV = new Errno("EXDEV", 18, "Invalid cross-device link");
  static readonly ENODEV = new Errno("ENODEV", 19, "No such device");
  static readonly ENOTDIR = new Errno("ENOTDIR", 20, "Not a directory");
  static readonly EISDIR = new Errno("EISDIR", 21, "Is a directory");
  static readonly EINVAL = new Errno("EINVAL", 22, "Invalid argument");
  static readonly ENFILE = new Errno("ENFILE", 23, "Too many open files in system");
  static readonly EMFILE = new Errno("EMFILE", 24, "Too many open files");
  static readonly ENOTTY = new Errno("ENOTTY", 25, "Inappropriate ioctl for device");
  static readonly ETXTBSY = new Errno("ETXTBSY", 26, "Text file busy");
  static readonly EFBIG = new Errno("EFBIG", 27, "File too large");
  static readonly ENOSPC = new Errno("ENOSPC", 28, "No space left on device");
  static readonly ESPIPE = new Errno("ESPIPE", 29, "Illegal seek");
  static readonly EROFS = new Errno("EROFS", 30, "Read-only file system");
  static readonly EMLINK = new Errno("EMLINK", 31, "Too many links");
  static readonly EPIPE = new Errno("EPIPE", 32, "Broken pipe");
  static readonly EDOM = new Errno("EDOM", 33, "Numerical argument out of domain");
  static readonly ERANGE = new Errno("ERANGE", 34, "Numerical result out of range");
  static readonly EDEADLK = new Errno("EDEADLK", 35, "Resource deadlock avoided");
  static readonly ENAMETOOLONG = new Errno("ENAMETOOLONG", 36, "File name too long");
  static readonly ENOLCK = new Errno("ENOLCK", 37, "No locks available");
  static readonly ENOSYS = new Errno("ENOSYS", 38, "Function not implemented");
  static readonly ENOTEMPTY = new Errno("ENOTEMPTY", 39, "Directory not empty");
  static readonly ELOOP = new Errno("ELOOP", 40, "Too many levels of symbolic links");
  static readonly ENODATA = new Errno("ENODATA", 61, "No data available");
  static readonly EILSEQ = new Errno("EILSEQ", 84, "Invalid or incomplete multibyte or wide character");
  static readonly EOVERFLOW = new Errno("EOVERFLOW", 75, "Value too large for defined data type");
  static readonly ENOTSOCK = new Errno("ENOTSOCK", 88, "Socket operation on non-socket");
  static readonly EDESTADDRREQ = new Errno("EDESTADDRREQ", 89, "Destination address required");
  static readonly EMSGSIZE = new Errno("EMSGSIZE", 90, "Message too long");
  static readonly EPROTOTYPE = new Errno("EPROTOTYPE", 91, "Protocol wrong type for socket");
  static readonly ENOPROTOOPT = new Errno("ENOPROTOOPT", 92, "Protocol not available");
  static readonly EPROTONOSUPPORT = new Errno("EPROTONOSUPPORT", 93, "Protocol not supported");
  static readonly ESOCKTNOSUPPORT = new Errno("ESOCKTNOSUPPORT", 94, "Socket type not supported");
  static readonly EOPNOTSUPP = new Errno("EOPNOTSUPP", 95, "Operation not supported");
  static readonly EAFNOSUPPORT = new Errno("EAFNOSUPPORT", 97, "Address family not supported by protocol");
  static readonly EADDRINUSE = new Errno("EADDRINUSE", 98, "Address already in use");
  static readonly EADDRNOTAVAIL = new Errno("EADDRNOTAVAIL", 99, "Cannot assign requested address");
  static readonly ECONNRESET = new Errno("ECONNRESET", 104, "Connection reset by peer");
  static readonly EISCONN = new Errno("EISCONN", 106, "Transport endpoint is already connected");
  static readonly ENOTCONN = new Errno("ENOTCONN", 107, "Transport endpoint is not connected");
  static readonly ETIMEDOUT = new Errno("ETIMEDOUT", 110, "Connection timed out");
  static readonly ECONNREFUSED = new Errno("ECONNREFUSED", 111, "Connection refused");
  static readonly ESTALE = new Errno("ESTALE", 116, "Stale file handle");
  static readonly EDQUOT = new Errno("EDQUOT", 122, "Disk quota exceeded");
}
