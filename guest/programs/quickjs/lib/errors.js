// Errors of system calls: number, name, what strerror(3) says, what Node.js says where that is something else.
const TABLE = [
  [1, "EPERM", "Operation not permitted"],
  [2, "ENOENT", "No such file or directory"],
  [3, "ESRCH", "No such process"],
  [4, "EINTR", "Interrupted system call"],
  [5, "EIO", "Input/output error", "i/o error"],
  [7, "E2BIG", "Argument list too long"],
  [8, "ENOEXEC", "Exec format error"],
  [9, "EBADF", "Bad file descriptor"],
  [10, "ECHILD", "No child processes"],
  [11, "EAGAIN", "Resource temporarily unavailable"],
  [12, "ENOMEM", "Cannot allocate memory", "not enough memory"],
  [13, "EACCES", "Permission denied"],
  [16, "EBUSY", "Device or resource busy", "resource busy or locked"],
  [17, "EEXIST", "File exists", "file already exists"],
  [18, "EXDEV", "Invalid cross-device link", "cross-device link not permitted"],
  [20, "ENOTDIR", "Not a directory"],
  [21, "EISDIR", "Is a directory", "illegal operation on a directory"],
  [22, "EINVAL", "Invalid argument"],
  [24, "EMFILE", "Too many open files"],
  [25, "ENOTTY", "Inappropriate ioctl for device"],
  [26, "ETXTBSY", "Text file busy", "text file is busy"],
  [27, "EFBIG", "File too large"],
  [28, "ENOSPC", "No space left on device"],
  [29, "ESPIPE", "Illegal seek", "invalid seek"],
  [30, "EROFS", "Read-only file system"],
  [31, "EMLINK", "Too many links"],
  [32, "EPIPE", "Broken pipe"],
  [36, "ENAMETOOLONG", "File name too long", "name too long"],
  [38, "ENOSYS", "Function not implemented"],
  [39, "ENOTEMPTY", "Directory not empty"],
  [40, "ELOOP", "Too many levels of symbolic links", "too many symbolic links encountered"],
  [110, "ETIMEDOUT", "Connection timed out"],
];

exports.numbers = Object.fromEntries(TABLE.map(([number, name]) => [name, number]));

function find(number) {
  return TABLE.find(([known]) => known === number) ?? [number, `E${number}`, `Unknown error ${number}`];
}

exports.strerror = (number) => find(number)[2];

/** The error that Node.js throws for a system call that has returned `-number`. */
exports.systemError = function systemError(number, syscall, path, dest) {
  const [, code, text, nodeText] = find(number);
  const names = [path, dest].filter((name) => name !== undefined).map((name) => `'${name}'`);
  const message = `${code}: ${nodeText ?? text.charAt(0).toLowerCase() + text.slice(1)}, ${syscall}`;
  const error = new Error(names.length > 0 ? `${message} ${names.join(" -> ")}` : message);
  Object.assign(error, { errno: -number, code, syscall });
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
};
