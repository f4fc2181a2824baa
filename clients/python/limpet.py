"""Limpet for Python: speaks the protocol to a daemon, usually one that it starts itself.

Needs Python 3.9 and nothing but the standard library. Methods are called like the requests that they send, and options and results
like the fields in protocol.md.

    from limpet import Limpet

    with Limpet() as limpet:
        limpet.write_file("/tmp/words", "pear\\napple\\n")
        print(limpet.shell("sort /tmp/words")["stdout"])

`AsyncLimpet` is the same for asyncio: `async with AsyncLimpet() as limpet`, and `await` before every request.
"""

from __future__ import annotations

import asyncio
import base64
import json
import queue
import re
import signal as signals
import subprocess
import threading
from concurrent.futures import Future
from typing import (
    IO,
    TYPE_CHECKING,
    Any,
    AsyncIterator,
    Awaitable,
    Callable,
    Dict,
    Generic,
    Iterator,
    List,
    Literal,
    Mapping,
    Optional,
    Protocol,
    Sequence,
    Type,
    TypedDict,
    TypeVar,
    Union,
    cast,
)

if TYPE_CHECKING:
    from typing_extensions import NotRequired, Self, Unpack

__all__ = [
    "AsyncLimpet",
    "AsyncProcess",
    "AsyncSession",
    "AsyncStream",
    "CancelledError",
    "DaemonGoneError",
    "FileError",
    "Limpet",
    "LimpetError",
    "Process",
    "RequestError",
    "Session",
    "SessionLostError",
    "Stream",
    "to_bytes",
]


# --- errors -----------------------------------------------------------------------------------------------------------


class LimpetError(Exception):
    """What every request can raise. `code` is one of protocol.md's codes, an errno name, or one of DaemonGoneError's."""

    def __init__(self, message: str, code: str, hint: Optional[str] = None, state_lost: bool = False) -> None:
        super().__init__(message)
        self.code = code
        #: What to do about it.
        self.hint = hint
        #: The session's files, variables and processes are gone.
        self.state_lost = state_lost


class RequestError(LimpetError):
    """The daemon did not carry the request out: a field is wrong, there is no such session or process, and so on."""


class FileError(LimpetError):
    """The sandbox refused, as Linux would; `code` is the name of the errno, such as "ENOENT"."""


class SessionLostError(LimpetError):
    """The session's machine broke during the request (SESSION_LOST). A fresh one takes its place."""


class CancelledError(LimpetError):
    """The request was cancelled and has no result (CANCELLED)."""


class DaemonGoneError(LimpetError):
    """The daemon is gone (DAEMON_EXITED), or what it writes is not the protocol (NOT_THE_PROTOCOL)."""


def _error(answer: Mapping[str, Any]) -> LimpetError:
    code = str(answer["code"])
    family: Type[LimpetError] = RequestError
    if code == "SESSION_LOST":
        family = SessionLostError
    elif code == "CANCELLED":
        family = CancelledError
    elif re.fullmatch(r"E[A-Z0-9]+", code):
        family = FileError
    return family(str(answer["error"]), code, answer.get("hint"), answer.get("state_lost", False))


# --- text and bytes ---------------------------------------------------------------------------------------------------


def to_bytes(text: str, encoding: str) -> bytes:
    """The bytes of a field such as `content`, `data` or `stdout`, given the field that says how it is written."""
    return base64.b64decode(text) if encoding == "base64" else text.encode()


def _content(field: str, content: Union[str, bytes]) -> Dict[str, str]:
    """Fields for text, or for bytes as they are."""
    if isinstance(content, str):
        return {field: content}
    return {field: base64.b64encode(content).decode(), "encoding": "base64"}


# made by scripts/schema.mjs {

class ShellOptions(TypedDict, total=False):
    #: The command and all it started are ended after this time. Time in the queue does not count.
    #: `--time-limit-ms` changes the default.
    time_limit_ms: int
    #: Directory for this command only; relative to the shell's directory. Default: the shell's.
    cwd: str
    #: Variables for this command only; null unsets one.
    env: Mapping[str, Union[str, None]]
    #: What the command reads on its standard input; end of file follows.
    stdin: str
    #: How `stdin` is written.
    stdin_encoding: Literal["text", "utf8", "base64"]
    #: `text`: output that is valid UTF-8 comes as text, other output as base64. `base64`: always base64.
    encoding: Literal["text", "base64"]
    #: How much of each output stream to keep; of more, the first and the last half are kept. With `stream`:
    #: the events of each output stream end after this many bytes; default without limit.
    max_output_bytes: int
    #: Run in a fresh shell that leaves nothing behind in the session but its files.
    isolated: bool


class StartOptions(TypedDict, total=False):
    #: Its id. Default: one that is free, such as `p1`.
    process: str
    #: Directory to start in; relative to the shell's directory. Default: the shell's.
    cwd: str
    #: Variables for this process; null unsets one.
    env: Mapping[str, Union[str, None]]
    #: `null`: end of file at once. `pipe`: what `write_stdin` brings.
    stdin: Literal["null", "pipe"]
    #: Give it a terminal of its own; all output is then `stdout`, and `write_stdin` is the keyboard.
    tty: bool
    #: Size of the terminal.
    rows: int
    #: Size of the terminal.
    columns: int
    #: It and all it started are ended after this time. Default: never.
    time_limit_ms: int
    #: How much of its latest output is kept, both streams together. `--max-output-bytes` changes the
    #: default.
    max_output_bytes: int


class ReadOutputOptions(TypedDict, total=False):
    #: The last byte that is known already, by its number: the `last_seq` of an earlier answer.
    after_seq: int
    #: How much to return at most.
    max_bytes: int
    #: How long to wait if there is no output yet. The answer comes with the first of it, or when there will
    #: be none.
    wait_ms: int
    #: `text`: what is valid UTF-8 comes as text, other output as base64. `base64`: always base64.
    encoding: Literal["text", "base64"]


class WaitOptions(TypedDict, total=False):
    #: How long to wait at most; the answer then says that it still runs. Default: until it ends.
    wait_ms: int


class ReadFileOptions(TypedDict, total=False):
    #: `text`: as text if it is valid UTF-8, otherwise as base64. `utf8`: as text, or fail. `base64`: always
    #: base64.
    encoding: Literal["text", "utf8", "base64"]
    #: First byte to read.
    offset: int
    #: Bytes to read at most. Default: to the end of the file.
    length: int
    #: First line to read, instead of `offset` and `length`; the first is 1.
    first_line: int
    #: Last line to read. Default, with `first_line`: the last of the file.
    last_line: int
    #: Give the SHA-256 of the whole file, as `if_match` wants it.
    hash: bool


class ReadFilesOptions(TypedDict, total=False):
    #: As for `read_file`.
    encoding: Literal["text", "base64"]


class WriteFileOptions(TypedDict, total=False):
    #: How `content` is written.
    encoding: Literal["text", "utf8", "base64"]
    #: Permission bits. Default: an existing file keeps its own, a new one gets 0644.
    mode: str
    #: Add to the end instead of replacing.
    append: bool
    #: Make missing parent directories.
    create_dirs: bool
    #: Write only if the file's content has this SHA-256 or, with null, if there is no file; otherwise
    #: `CONFLICT`.
    if_match: Union[str, None]


class WriteFilesOptions(TypedDict, total=False):
    #: Make missing parent directories.
    create_dirs: bool


class WriteFilesFiles(TypedDict):
    content: str
    encoding: NotRequired[Literal["text", "utf8", "base64"]]
    mode: NotRequired[str]
    #: Write only if the file's content has this SHA-256 or, with null, if there is no file; otherwise
    #: `CONFLICT`.
    if_match: NotRequired[Union[str, None]]


class EditFileOptions(TypedDict, total=False):
    #: Edit only if the file's content has this SHA-256; otherwise `CONFLICT`.
    if_match: str


class EditFileEditsItem(TypedDict):
    old: str
    new: str
    count: NotRequired[int]


class StatOptions(TypedDict, total=False):
    #: Whether a symbolic link stands for what it points to.
    follow: bool


class ListDirOptions(TypedDict, total=False):
    #: Also list what is in its directories. Symbolic links are not followed.
    recursive: bool
    #: How many levels to list at most. Default: 1, or all with `recursive`.
    depth: int
    #: List only files whose name matches this shell pattern, such as `*.txt`.
    glob: str
    #: How many entries to list at most.
    limit: int


class MkdirOptions(TypedDict, total=False):
    #: Make those above it, too; and it is no error that it exists already.
    parents: bool
    #: Permission bits. Default: 0777 without the bits of the umask.
    mode: str


class RemoveOptions(TypedDict, total=False):
    #: Remove a directory with all that is in it.
    recursive: bool
    #: It is no error that it does not exist.
    missing_ok: bool


class MoveOptions(TypedDict, total=False):
    #: Replace a file, or an empty directory, that is there; otherwise that is `EEXIST`.
    overwrite: bool


class CopyOptions(TypedDict, total=False):
    #: Copy a directory with all that is in it.
    recursive: bool
    #: Replace a file that is there, and add to a directory; otherwise what is there is `EEXIST`.
    overwrite: bool


class SearchOptions(TypedDict, total=False):
    #: Search only files whose name matches this shell pattern, such as `*.txt`.
    glob: str
    #: Lines to give before and after each match.
    context: int
    #: How many matching lines to give at most.
    limit: int


class DownloadOptions(TypedDict, total=False):
    #: Compress the archive.
    gzip: bool


class OpenOptionsLimits(TypedDict):
    file_bytes: NotRequired[int]
    files: NotRequired[int]
    file_size_bytes: NotRequired[int]
    processes: NotRequired[int]
    open_files: NotRequired[int]
    cpu_ms: NotRequired[int]
    output_bytes: NotRequired[int]


class OpenOptionsMountsItem(TypedDict):
    host: str
    guest: str
    mode: NotRequired[Literal["ro", "rw", "overlay"]]


class OpenOptionsFiles(TypedDict):
    content: str
    encoding: NotRequired[Literal["text", "utf8", "base64"]]
    mode: NotRequired[str]


class OpenOptions(TypedDict, total=False):
    #: The machine behind the session.
    backend: Literal["wasi", "v86"]
    #: Memory for the session's processes and files together. `--memory-limit` changes the default. A `v86`
    #: machine has at least 32 MiB and at most 1 GiB; the answer says what it has.
    memory_limit_bytes: int
    #: Further limits, each with the error that the guest sees: `file_bytes` and `files` (ENOSPC),
    #: `file_size_bytes` (EFBIG, SIGXFSZ), `processes` (EAGAIN), `open_files` (EMFILE), `cpu_ms` (SIGXCPU, a
    #: second of processor time later SIGKILL), `output_bytes` (EFBIG, SIGXFSZ). `--limit` changes the
    #: defaults: 256 processes, 1024 open files, no others.
    limits: OpenOptionsLimits
    #: Who the shell runs as: root in /root, or user (uid 1000) in /home/user. `--user` changes the default.
    user: Literal["root", "user"]
    #: Directory that the shell starts in. Default: the user's home.
    cwd: str
    #: Variables of the session, added to those of `--env`.
    env: Mapping[str, str]
    #: Directories of the host to mount, beside those of `--mount`: `host`, an absolute path there; `guest`,
    #: an absolute path in the session, made if need be; `mode`: `"ro"` (default), `"rw"` or `"overlay"`.
    mounts: Sequence[OpenOptionsMountsItem]
    #: Files to write before the first command, by path: the text, or an object with `content`, `encoding`
    #: and `mode` as in write_file.
    files: Mapping[str, Union[str, OpenOptionsFiles]]


class ResetOptions(TypedDict, total=False):
    #: End the processes and begin a new shell, but leave the files as they are.
    keep_files: bool


class DiffOptions(TypedDict, total=False):
    #: The `guest` path of one overlay mount. Default: all of the session's.
    mount: str
    #: How many changes to list at most.
    max_changes: int


class ForkOptions(TypedDict, total=False):
    #: The snapshot to go on from, instead of a session.
    snapshot: str
    #: Names of the new sessions. Not with `count`.
    sessions: Sequence[str]
    #: How many new sessions, with names that are free.
    count: int


class ImportOptions(TypedDict, total=False):
    #: Name of the new snapshot. Default: the one that it had.
    snapshot: str


class WatchOptions(TypedDict, total=False):
    #: All that is below it, too, not only its own entries.
    recursive: bool
    #: How long to watch.
    wait_ms: int
    #: End after this many changes.
    max_changes: int


class ShellAnswer(TypedDict):
    #: Output. Not there with `stream`.
    stdout: NotRequired[str]
    #: How `stdout` is written. Not there with `stream`.
    stdout_encoding: NotRequired[Literal["utf8", "base64"]]
    #: Bytes the command wrote, kept or not.
    stdout_bytes: int
    #: Whether bytes are missing.
    stdout_truncated: bool
    #: Only there when truncated: bytes left out.
    stdout_omitted_bytes: NotRequired[int]
    #: Only there when truncated: offset in the stream of the first byte left out.
    stdout_omitted_at: NotRequired[int]
    #: Error output, as for stdout.
    stderr: NotRequired[str]
    #: As for stdout.
    stderr_encoding: NotRequired[Literal["utf8", "base64"]]
    #: As for stdout.
    stderr_bytes: int
    #: As for stdout.
    stderr_truncated: bool
    #: Only there when truncated: bytes left out.
    stderr_omitted_bytes: NotRequired[int]
    #: Only there when truncated: offset in the stream of the first byte left out.
    stderr_omitted_at: NotRequired[int]
    #: Null if the command did not exit.
    exit_code: Union[int, None]
    #: The signal that ended the command, such as "SIGKILL"; null if it exited.
    signal: Union[str, None]
    #: Whether the time limit ended it.
    timed_out: bool
    #: Whether a `cancel` request ended it.
    cancelled: bool
    #: From the start of the command to its end.
    duration_ms: float
    #: Only there if the command, or something it started, was refused something by a limit of the session:
    #: which one, the first if several.
    limit: NotRequired[Literal["memory_bytes", "file_bytes", "files", "file_size_bytes", "processes", "open_files", "cpu_ms", "output_bytes"]]
    #: With `background`, or when something that the command started goes on after it: its id, for
    #: `read_output`, `wait`, `kill` and so on.
    process: NotRequired[str]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class StartAnswer(TypedDict):
    #: Its id.
    process: str
    #: Its number in the sandbox.
    pid: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class WriteStdinAnswer(TypedDict):
    process: str
    #: Bytes of `data`.
    bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ReadOutputAnswerChunksItem(TypedDict):
    seq: int
    stream: Literal["stdout", "stderr"]
    data: str
    encoding: Literal["utf8", "base64"]


class ReadOutputAnswer(TypedDict):
    process: str
    #: The output in the order in which it came: `stream`, `data`, `encoding`, and `seq`, the number of the
    #: chunk's last byte, counted over both streams. A character is never split.
    chunks: List[ReadOutputAnswerChunksItem]
    #: To be given as `after_seq` for what comes next.
    last_seq: int
    #: Bytes after `after_seq` that came before the first chunk and are no longer kept.
    dropped_bytes: int
    #: Whether more is there already, beyond `max_bytes`.
    more: bool
    #: Whether all has been written: it has ended, and nothing it started has its output open.
    closed: bool
    #: `exited` when the process itself has ended; what it started may go on.
    state: Literal["running", "exited"]
    #: How it ended: by itself, by a signal, at its time limit, by the signal of a limit of the session,
    #: with a `reset`, `close` or the end of the daemon, or with a machine that broke. Null while it runs.
    outcome: Union[Literal["exit", "signal", "time_limit", "limit", "cancelled", "lost"], None]
    #: Null if it has not exited.
    exit_code: Union[int, None]
    #: The signal that ended it, such as "SIGKILL"; null if none did.
    signal: Union[str, None]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class WaitAnswer(TypedDict):
    process: str
    #: `exited` when the process itself has ended; what it started may go on.
    state: Literal["running", "exited"]
    #: How it ended: by itself, by a signal, at its time limit, by the signal of a limit of the session,
    #: with a `reset`, `close` or the end of the daemon, or with a machine that broke. Null while it runs.
    outcome: Union[Literal["exit", "signal", "time_limit", "limit", "cancelled", "lost"], None]
    #: Null if it has not exited.
    exit_code: Union[int, None]
    #: The signal that ended it, such as "SIGKILL"; null if none did.
    signal: Union[str, None]
    #: Processor time of it and of the children that it waited for. Null while it runs, or if unknown.
    cpu_ms: Union[float, None]
    #: Only there if the command, or something it started, was refused something by a limit of the session:
    #: which one, the first if several.
    limit: NotRequired[Literal["memory_bytes", "file_bytes", "files", "file_size_bytes", "processes", "open_files", "cpu_ms", "output_bytes"]]
    #: Number of the last byte of output so far, or with `stream` of the last one sent.
    last_seq: int
    #: With `stream`: bytes that were no longer kept when they were to be sent.
    dropped_bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class KillAnswer(TypedDict):
    process: str
    #: False if it and all it started had ended.
    delivered: bool
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ResizeAnswer(TypedDict):
    process: str
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ProcessesAnswerProcessesItem(TypedDict):
    process: str
    pid: Union[int, None]
    command: str
    tty: bool
    started_ms: float
    cpu_ms: Union[float, None]
    state: Literal["starting", "running", "stopped", "exited"]
    #: How it ended: by itself, by a signal, at its time limit, by the signal of a limit of the session,
    #: with a `reset`, `close` or the end of the daemon, or with a machine that broke. Null while it runs.
    outcome: Union[Literal["exit", "signal", "time_limit", "limit", "cancelled", "lost"], None]
    #: Null if it has not exited.
    exit_code: Union[int, None]
    #: The signal that ended it, such as "SIGKILL"; null if none did.
    signal: Union[str, None]
    last_seq: int


class ProcessesAnswer(TypedDict):
    #: In the order in which they were started: `process`, `pid`, `command`, `tty`, `started_ms` (since
    #: 1970), `cpu_ms` (null if unknown), `state` (`starting`, `running`, `stopped`, `exited`), `outcome`,
    #: `exit_code`, `signal`, `last_seq`. The last 128 that have ended are remembered.
    processes: List[ProcessesAnswerProcessesItem]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ReadFileAnswer(TypedDict):
    #: What was read.
    content: str
    #: How `content` is written.
    encoding: Literal["utf8", "base64"]
    #: Size of the whole file in bytes.
    size: int
    #: Permission bits in octal.
    mode: str
    #: Time of the last change, in milliseconds since 1970.
    mtime_ms: float
    #: Only there with `first_line` or `last_line`: lines of the file.
    total_lines: NotRequired[int]
    #: Only there with `hash`.
    sha256: NotRequired[str]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ReadFilesAnswerFilesItem(TypedDict):
    path: str
    content: str
    encoding: Literal["utf8", "base64"]
    size: int
    mode: str
    mtime_ms: float


class ReadFilesAnswerFilesItem2(TypedDict):
    path: str
    error: str
    code: str


class ReadFilesAnswer(TypedDict):
    #: In the order of `paths`: `path`, and `content`, `encoding`, `size`, `mode` and `mtime_ms`, or `error`
    #: and `code`.
    files: List[Union[ReadFilesAnswerFilesItem, ReadFilesAnswerFilesItem2]]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class WriteFileAnswer(TypedDict):
    #: Bytes written.
    bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class WriteFilesAnswer(TypedDict):
    #: Files written.
    files: int
    #: Bytes written.
    bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class EditFileAnswer(TypedDict):
    #: How many occurrences were replaced.
    replacements: int
    #: Size of the file now, in bytes.
    size: int
    #: SHA-256 of its content now, in hex.
    sha256: str
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class StatAnswer(TypedDict):
    #: What it is.
    kind: Literal["file", "directory", "symlink", "fifo", "socket", "character_device", "block_device"]
    #: In bytes.
    size: int
    #: Permission bits in octal.
    mode: str
    #: Time of the last change, in milliseconds since 1970.
    mtime_ms: float
    #: Its owner.
    uid: int
    #: Its group.
    gid: int
    #: Only there for a symbolic link: where it points to.
    target: NotRequired[str]
    #: Only there when `target` is not valid UTF-8.
    target_encoding: NotRequired[Literal["base64"]]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ListDirAnswerEntriesItem(TypedDict):
    path: str
    path_encoding: NotRequired[Literal["base64"]]
    #: What it is.
    kind: Literal["file", "directory", "symlink", "fifo", "socket", "character_device", "block_device"]
    #: In bytes.
    size: int
    #: Permission bits in octal.
    mode: str
    #: Time of the last change, in milliseconds since 1970.
    mtime_ms: float
    #: Its owner.
    uid: int
    #: Its group.
    gid: int
    #: Only there for a symbolic link: where it points to.
    target: NotRequired[str]
    #: Only there when `target` is not valid UTF-8.
    target_encoding: NotRequired[Literal["base64"]]


class ListDirAnswerUnreadableItem(TypedDict):
    path: str
    path_encoding: NotRequired[Literal["base64"]]
    code: str


class ListDirAnswer(TypedDict):
    #: Directory by directory, the nearest first, and in each by name: `path`, which begins with the `path`
    #: of the request, and the fields of a `stat` answer that does not follow. A path that is not valid
    #: UTF-8 is base64, and `path_encoding` says so.
    entries: List[ListDirAnswerEntriesItem]
    #: Whether there are more than `limit`, or more than could be looked at in 20 seconds.
    truncated: bool
    #: Directories that could not be looked into, each with the errno's name as `code`.
    unreadable: List[ListDirAnswerUnreadableItem]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class MkdirAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class RemoveAnswer(TypedDict):
    #: False if there was nothing.
    removed: bool
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class MoveAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class CopyAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class SearchAnswerMatchesItem(TypedDict):
    path: str
    path_encoding: NotRequired[Literal["base64"]]
    line: int
    column: int
    text: str
    text_truncated: NotRequired[Literal[True]]
    before: NotRequired[List[str]]
    after: NotRequired[List[str]]


class SearchAnswer(TypedDict):
    #: By path and line, one for each matching line: `path`, which begins with the `path` of the request
    #: (base64 if it is not valid UTF-8, and `path_encoding` says so); `line` and `column` of the first
    #: match, in characters, both from 1 on; `text`, the line, or its first 1000 characters with
    #: `"text_truncated": true`; with `context`, the lines `before` and `after` it that match nothing
    #: themselves.
    matches: List[SearchAnswerMatchesItem]
    #: Whether the search ended at `limit`, or at the time limit of the daemon.
    truncated: bool
    #: What could not be searched, and why, in the words of grep(1).
    problems: List[str]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class UploadAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class DownloadAnswer(TypedDict):
    #: A tar archive in base64, whose paths begin at the directory.
    content: str
    #: Size of the archive in bytes.
    size: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class StatusAnswerUsageItem(TypedDict):
    limit: Literal["memory_bytes", "file_bytes", "files", "file_size_bytes", "processes", "open_files", "cpu_ms", "output_bytes"]
    used: Union[int, None]
    maximum: Union[int, None]


class StatusAnswerSessionsItem(TypedDict):
    session: str
    backend: Literal["wasi", "v86"]
    user: Literal["root", "user"]
    busy: bool
    queued: int
    hibernates: bool
    uptime_ms: float


class StatusAnswerLimits(TypedDict):
    time_limit_ms: int
    max_time_limit_ms: int
    max_output_bytes: int
    max_line_bytes: int
    max_read_bytes: int
    max_sessions: int
    max_requests_in_flight: int


class StatusAnswer(TypedDict):
    #: Whether the session's machine responds.
    ready: bool
    #: Age of the daemon.
    uptime_ms: float
    #: Memory of the session's processes and files.
    memory_used_bytes: int
    #: What it may use.
    memory_limit_bytes: int
    backend: Literal["wasi", "v86"]
    #: Version of Limpet.
    version: str
    #: Version of this protocol.
    protocol: int
    #: Processes alive in the session, without its own shell.
    processes: int
    #: The session's limits: `limit` is a name as in `open` or `memory_bytes`; `used` is null where each
    #: process or command has its own, `maximum` is null without limit.
    usage: List[StatusAnswerUsageItem]
    #: System calls that programs asked for and the kernel does not have, with how often.
    unknown_syscalls: Dict[str, int]
    #: All sessions: `session`, `backend`, `user`, `busy`, `queued` requests, `hibernates` (it has no thread
    #: and wakes with its next request), `uptime_ms`.
    sessions: List[StatusAnswerSessionsItem]
    #: `time_limit_ms`, `max_time_limit_ms`, `max_output_bytes`, `max_line_bytes`, `max_read_bytes`,
    #: `max_sessions`, `max_requests_in_flight`.
    limits: StatusAnswerLimits
    #: Request types and backends that this daemon has.
    capabilities: List[str]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class CancelAnswer(TypedDict):
    #: The request that was to be stopped. Its answer has been sent.
    target: Union[str, int]
    #: False if it ended by itself first, or does not run long enough to be stopped.
    cancelled: bool
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class OpenAnswer(TypedDict):
    backend: Literal["wasi", "v86"]
    user: Literal["root", "user"]
    memory_limit_bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class CloseAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ResetAnswer(TypedDict):
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class DiffAnswerChangesItem(TypedDict):
    path: str
    path_encoding: NotRequired[Literal["base64"]]
    change: Literal["added", "changed", "removed"]
    type: Literal["file", "directory", "symlink", "other"]
    size: int


class DiffAnswer(TypedDict):
    #: By mount, directory and name, what was removed before the rest: `path` in the guest (base64 if it is
    #: not valid UTF-8, and `path_encoding` says so); `change`: `"added"`, `"changed"` or `"removed"`;
    #: `type`: `"file"`, `"directory"`, `"symlink"` or `"other"`; `size` in bytes, of what was removed the
    #: size that it had.
    changes: List[DiffAnswerChangesItem]
    #: Whether there are more than `max_changes`.
    truncated: bool
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class SnapshotAnswer(TypedDict):
    snapshot: str
    backend: Literal["wasi", "v86"]
    #: Bytes that it takes, those that it shares with other snapshots and with sessions included.
    size_bytes: int
    #: The snapshot that the session was last equal to, if any.
    parent: Union[str, None]
    #: Processes of the session, without its shell, that are not in the snapshot: all on `wasi`, none on
    #: `v86`. In the session they go on.
    processes_dropped: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class RestoreAnswer(TypedDict):
    snapshot: str
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ForkAnswer(TypedDict):
    #: The new sessions.
    sessions: List[str]
    backend: Literal["wasi", "v86"]
    #: Processes of the source that the new sessions do not have, as in `snapshot`.
    processes_dropped: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class SnapshotsAnswerSnapshotsItem(TypedDict):
    snapshot: str
    backend: Literal["wasi", "v86"]
    user: Literal["root", "user"]
    memory_limit_bytes: int
    size_bytes: int
    created_ms: float
    parent: Union[str, None]


class SnapshotsAnswer(TypedDict):
    #: The oldest first: `snapshot`, `backend`, `user`, `memory_limit_bytes`, `size_bytes`, `created_ms`
    #: (since 1970) and `parent`, the snapshot that the session had last been equal to, or null.
    snapshots: List[SnapshotsAnswerSnapshotsItem]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class DeleteSnapshotAnswer(TypedDict):
    snapshot: str
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ExportAnswer(TypedDict):
    snapshot: str
    path: str
    #: Size of the file.
    size_bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class ImportAnswer(TypedDict):
    snapshot: str
    backend: Literal["wasi", "v86"]
    #: Bytes that it takes, those that it shares with other snapshots and with sessions included.
    size_bytes: int
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class WatchAnswer(TypedDict):
    #: How many changes there were.
    changes: int
    #: Why it has ended: `closed` with the session.
    ended: Literal["wait_ms", "max_changes", "cancelled", "closed"]
    #: Only there when the session's machine had to be replaced, during this request or since the last
    #: answer: files, variables and processes are gone.
    state_lost: NotRequired[Literal[True]]


class OutputEvent(TypedDict):
    stream: Literal["stdout", "stderr"]
    #: The next piece of that stream. A character is never split between two events.
    data: str
    #: How `data` is written.
    encoding: Literal["utf8", "base64"]


class ChangeEvent(TypedDict):
    #: What has happened since the last look.
    change: Literal["added", "changed", "removed"]
    #: The absolute path, in base64 if it is not valid UTF-8.
    path: str
    #: Only there when `path` is in base64.
    path_encoding: NotRequired[Literal["utf8", "base64"]]
    #: What it is, or was: as in `list_dir`.
    kind: str
    #: Its size in bytes; of what was removed, the size that it had.
    size: int


class _Requests:
    """The requests of a session that are no more than their fields."""

    def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        raise NotImplementedError

    def shell(self, command: str, **options: Unpack[ShellOptions]) -> ShellAnswer:
        """Runs a command in the session's shell."""
        return cast(ShellAnswer, self.request("shell", command=command, **options))

    def processes(self) -> ProcessesAnswer:
        """Lists the session's processes that were started by requests."""
        return cast(ProcessesAnswer, self.request("processes"))

    def read_file(self, path: str, **options: Unpack[ReadFileOptions]) -> ReadFileAnswer:
        """Reads a file, or a part of it."""
        return cast(ReadFileAnswer, self.request("read_file", path=path, **options))

    def read_files(self, paths: Sequence[str], **options: Unpack[ReadFilesOptions]) -> ReadFilesAnswer:
        """Reads many files, each as `read_file` does, or says why it cannot."""
        return cast(ReadFilesAnswer, self.request("read_files", paths=paths, **options))

    def write_files(self, files: Mapping[str, Union[str, WriteFilesFiles]], **options: Unpack[WriteFilesOptions]) -> WriteFilesAnswer:
        """Writes many files, all of them or none."""
        return cast(WriteFilesAnswer, self.request("write_files", files=files, **options))

    def edit_file(self, path: str, edits: Sequence[EditFileEditsItem], **options: Unpack[EditFileOptions]) -> EditFileAnswer:
        """Replaces exact text in a file."""
        return cast(EditFileAnswer, self.request("edit_file", path=path, edits=edits, **options))

    def stat(self, path: str, **options: Unpack[StatOptions]) -> StatAnswer:
        """Says what a file is."""
        return cast(StatAnswer, self.request("stat", path=path, **options))

    def list_dir(self, path: str = ".", **options: Unpack[ListDirOptions]) -> ListDirAnswer:
        """Lists a directory."""
        return cast(ListDirAnswer, self.request("list_dir", path=path, **options))

    def mkdir(self, path: str, **options: Unpack[MkdirOptions]) -> MkdirAnswer:
        """Makes a directory."""
        return cast(MkdirAnswer, self.request("mkdir", path=path, **options))

    def remove(self, path: str, **options: Unpack[RemoveOptions]) -> RemoveAnswer:
        """Removes a file or a directory."""
        return cast(RemoveAnswer, self.request("remove", path=path, **options))

    def move(self, from_: str, to: str, **options: Unpack[MoveOptions]) -> MoveAnswer:
        """Gives a file or directory another path."""
        return cast(MoveAnswer, self.request("move", **{"from": from_}, to=to, **options))

    def copy(self, from_: str, to: str, **options: Unpack[CopyOptions]) -> CopyAnswer:
        """Copies a file or directory, with modes, owners, times and links."""
        return cast(CopyAnswer, self.request("copy", **{"from": from_}, to=to, **options))

    def search(self, pattern: str, path: str = ".", **options: Unpack[SearchOptions]) -> SearchAnswer:
        """Searches files for lines that match a regular expression."""
        return cast(SearchAnswer, self.request("search", pattern=pattern, path=path, **options))

    def status(self) -> StatusAnswer:
        """Says how the session and the daemon are. Never waits in the queue, never makes a session."""
        return cast(StatusAnswer, self.request("status"))

    def reset(self, **options: Unpack[ResetOptions]) -> ResetAnswer:
        """Brings the session back to its beginning: no processes, a new shell, the base image's files."""
        return cast(ResetAnswer, self.request("reset", **options))

    def diff(self, **options: Unpack[DiffOptions]) -> DiffAnswer:
        """Lists what has been changed in overlay mounts."""
        return cast(DiffAnswer, self.request("diff", **options))

    def snapshot(self, snapshot: str) -> SnapshotAnswer:
        """Keeps the session as it is, under a name."""
        return cast(SnapshotAnswer, self.request("snapshot", snapshot=snapshot))

    def restore(self, snapshot: str) -> RestoreAnswer:
        """Ends every process of the session and goes on where the snapshot was taken."""
        return cast(RestoreAnswer, self.request("restore", snapshot=snapshot))


class _DaemonRequests(_Requests):
    """Those of the daemon."""

    def snapshots(self) -> SnapshotsAnswer:
        """Lists the snapshots. Never waits in a queue."""
        return cast(SnapshotsAnswer, self.request("snapshots"))

    def delete_snapshot(self, snapshot: str) -> DeleteSnapshotAnswer:
        """Forgets a snapshot. Sessions that were made from it go on. Never waits in a queue."""
        return cast(DeleteSnapshotAnswer, self.request("delete_snapshot", snapshot=snapshot))

    def export(self, snapshot: str, path: str) -> ExportAnswer:
        """Writes a snapshot into one file on the host. Never waits in a queue."""
        return cast(ExportAnswer, self.request("export", snapshot=snapshot, path=path))

    def import_(self, path: str, **options: Unpack[ImportOptions]) -> ImportAnswer:
        """Takes in a snapshot from a file on the host. Never waits in a queue."""
        return cast(ImportAnswer, self.request("import", path=path, **options))


class _AsyncRequests:
    """The requests of a session that are no more than their fields."""

    async def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        raise NotImplementedError

    async def shell(self, command: str, **options: Unpack[ShellOptions]) -> ShellAnswer:
        """Runs a command in the session's shell."""
        return cast(ShellAnswer, await self.request("shell", command=command, **options))

    async def processes(self) -> ProcessesAnswer:
        """Lists the session's processes that were started by requests."""
        return cast(ProcessesAnswer, await self.request("processes"))

    async def read_file(self, path: str, **options: Unpack[ReadFileOptions]) -> ReadFileAnswer:
        """Reads a file, or a part of it."""
        return cast(ReadFileAnswer, await self.request("read_file", path=path, **options))

    async def read_files(self, paths: Sequence[str], **options: Unpack[ReadFilesOptions]) -> ReadFilesAnswer:
        """Reads many files, each as `read_file` does, or says why it cannot."""
        return cast(ReadFilesAnswer, await self.request("read_files", paths=paths, **options))

    async def write_files(self, files: Mapping[str, Union[str, WriteFilesFiles]], **options: Unpack[WriteFilesOptions]) -> WriteFilesAnswer:
        """Writes many files, all of them or none."""
        return cast(WriteFilesAnswer, await self.request("write_files", files=files, **options))

    async def edit_file(self, path: str, edits: Sequence[EditFileEditsItem], **options: Unpack[EditFileOptions]) -> EditFileAnswer:
        """Replaces exact text in a file."""
        return cast(EditFileAnswer, await self.request("edit_file", path=path, edits=edits, **options))

    async def stat(self, path: str, **options: Unpack[StatOptions]) -> StatAnswer:
        """Says what a file is."""
        return cast(StatAnswer, await self.request("stat", path=path, **options))

    async def list_dir(self, path: str = ".", **options: Unpack[ListDirOptions]) -> ListDirAnswer:
        """Lists a directory."""
        return cast(ListDirAnswer, await self.request("list_dir", path=path, **options))

    async def mkdir(self, path: str, **options: Unpack[MkdirOptions]) -> MkdirAnswer:
        """Makes a directory."""
        return cast(MkdirAnswer, await self.request("mkdir", path=path, **options))

    async def remove(self, path: str, **options: Unpack[RemoveOptions]) -> RemoveAnswer:
        """Removes a file or a directory."""
        return cast(RemoveAnswer, await self.request("remove", path=path, **options))

    async def move(self, from_: str, to: str, **options: Unpack[MoveOptions]) -> MoveAnswer:
        """Gives a file or directory another path."""
        return cast(MoveAnswer, await self.request("move", **{"from": from_}, to=to, **options))

    async def copy(self, from_: str, to: str, **options: Unpack[CopyOptions]) -> CopyAnswer:
        """Copies a file or directory, with modes, owners, times and links."""
        return cast(CopyAnswer, await self.request("copy", **{"from": from_}, to=to, **options))

    async def search(self, pattern: str, path: str = ".", **options: Unpack[SearchOptions]) -> SearchAnswer:
        """Searches files for lines that match a regular expression."""
        return cast(SearchAnswer, await self.request("search", pattern=pattern, path=path, **options))

    async def status(self) -> StatusAnswer:
        """Says how the session and the daemon are. Never waits in the queue, never makes a session."""
        return cast(StatusAnswer, await self.request("status"))

    async def reset(self, **options: Unpack[ResetOptions]) -> ResetAnswer:
        """Brings the session back to its beginning: no processes, a new shell, the base image's files."""
        return cast(ResetAnswer, await self.request("reset", **options))

    async def diff(self, **options: Unpack[DiffOptions]) -> DiffAnswer:
        """Lists what has been changed in overlay mounts."""
        return cast(DiffAnswer, await self.request("diff", **options))

    async def snapshot(self, snapshot: str) -> SnapshotAnswer:
        """Keeps the session as it is, under a name."""
        return cast(SnapshotAnswer, await self.request("snapshot", snapshot=snapshot))

    async def restore(self, snapshot: str) -> RestoreAnswer:
        """Ends every process of the session and goes on where the snapshot was taken."""
        return cast(RestoreAnswer, await self.request("restore", snapshot=snapshot))


class _AsyncDaemonRequests(_AsyncRequests):
    """Those of the daemon."""

    async def snapshots(self) -> SnapshotsAnswer:
        """Lists the snapshots. Never waits in a queue."""
        return cast(SnapshotsAnswer, await self.request("snapshots"))

    async def delete_snapshot(self, snapshot: str) -> DeleteSnapshotAnswer:
        """Forgets a snapshot. Sessions that were made from it go on. Never waits in a queue."""
        return cast(DeleteSnapshotAnswer, await self.request("delete_snapshot", snapshot=snapshot))

    async def export(self, snapshot: str, path: str) -> ExportAnswer:
        """Writes a snapshot into one file on the host. Never waits in a queue."""
        return cast(ExportAnswer, await self.request("export", snapshot=snapshot, path=path))

    async def import_(self, path: str, **options: Unpack[ImportOptions]) -> ImportAnswer:
        """Takes in a snapshot from a file on the host. Never waits in a queue."""
        return cast(ImportAnswer, await self.request("import", path=path, **options))

# } made by scripts/schema.mjs


# --- what sync and async share ------------------------------------------------------------------------------------------


class _Answerable(Protocol):
    """What both kinds of futures have."""

    def set_result(self, result: Dict[str, Any], /) -> None: ...

    def set_exception(self, exception: LimpetError, /) -> None: ...

    def done(self) -> bool: ...


_Answer = TypeVar("_Answer")
_Event = TypeVar("_Event")
_OnEvent = Callable[[Any], None]


class _Pending:
    def __init__(self, answer: _Answerable, on_event: Optional[_OnEvent], line_bytes: int) -> None:
        self.answer = answer
        self.on_event = on_event
        self.line_bytes = line_bytes


class _Core:
    """The requests that are not answered yet. Takes bytes in and gives bytes out; knows nothing of pipes, threads and loops."""

    def __init__(self) -> None:
        self._pending: Dict[int, _Pending] = {}
        self._next_id = 1
        self._parts: List[bytes] = []
        self._gone: Optional[DaemonGoneError] = None

    def line(
        self, type: str, fields: Mapping[str, Any], answer: _Answerable, on_event: Optional[_OnEvent] = None
    ) -> tuple[int, bytes]:
        """Enters a request; returns its id and its line."""
        if self._gone:
            raise self._gone
        id = self._next_id
        self._next_id += 1
        line = json.dumps({"id": id, "type": type, **fields}).encode() + b"\n"
        self._pending[id] = _Pending(answer, on_event, len(line))
        return id, line

    def cancel_line(self, target: int) -> bytes:
        """The line that cancels a request. Its own answer tells nothing that the target's does not."""
        id = self._next_id
        self._next_id += 1
        return json.dumps({"id": id, "type": "cancel", "target": target}).encode() + b"\n"

    def feed(self, data: bytes) -> None:
        """Takes in what the daemon wrote."""
        *lines, rest = data.split(b"\n")
        for line in lines:
            self._parts.append(line)
            complete = b"".join(self._parts)
            self._parts.clear()
            if complete.strip():
                self._receive(complete)
        if rest:
            self._parts.append(rest)

    def end(self, message: str, code: str) -> None:
        """No more answers can come."""
        self._gone = self._gone or DaemonGoneError(message, code)
        pending = list(self._pending.values())
        self._pending.clear()
        for each in pending:
            if not each.answer.done():
                each.answer.set_exception(self._gone)

    def _receive(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            id = message["id"]
        except (ValueError, TypeError, KeyError):
            text = line[:200].decode(errors="replace").strip()
            return self.end(f"the daemon wrote what is no message: {text}", "NOT_THE_PROTOCOL")
        if id is None:
            # What the daemon could not make out an id of was a line that is too long.
            id = max(self._pending, key=lambda each: self._pending[each].line_bytes, default=None)
        pending = self._pending.get(id)
        if pending is None:
            return
        if "success" not in message:
            if pending.on_event:
                pending.on_event(message)
            return
        del self._pending[id]
        if pending.answer.done():
            return
        if not message["success"]:
            pending.answer.set_exception(_error(message))
            return
        for field in ("id", "type", "success"):
            del message[field]
        pending.answer.set_result(message)


#: Options that are given as NAME=VALUE, once for each.
_PAIRS = {"env": "--env", "limits": "--limit"}


def _words(command: Sequence[str], options: Mapping[str, Any]) -> List[str]:
    """The command line of the daemon."""
    words = list(command)
    for name, value in options.items():
        if name in _PAIRS:
            for each, its_value in value.items():
                words += [_PAIRS[name], f"{each}={its_value}"]
        elif name == "mounts":
            for mount in value:
                words += ["--mount", f"{mount['host']}:{mount['guest']}:{mount.get('mode', 'ro')}"]
        else:
            words += [f"--{name.replace('_', '-')}", str(value)]
    return words


def _popen(
    command: Sequence[str], log: Union[int, IO[bytes], None], options: DaemonOptions
) -> subprocess.Popen[bytes]:
    words = _words(command, options)
    try:
        return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, bufsize=0)
    except OSError as error:
        hint = 'Install it with "npm install -g limpet", or say where it is: command=["node", ".../dist/cli.js"].'
        message = f"cannot start {command[0]}: {error.strerror}"
        raise DaemonGoneError(message, "DAEMON_EXITED", hint) from error


def _ended(status: int) -> str:
    how = signals.Signals(-status).name if status < 0 else f"status {status}"
    return f"the daemon is gone: it ended with {how}"


def _is_gone(error: LimpetError) -> bool:
    """Whether there is nothing left that could be ended."""
    return isinstance(error, DaemonGoneError) or error.code in ("SESSION_NOT_FOUND", "PROCESS_NOT_FOUND")


def _envelope(session: Optional[str]) -> Dict[str, str]:
    return {} if session is None else {"session": session}


class OutputChunk(ReadOutputAnswerChunksItem):
    #: Bytes right before this chunk that were no longer kept when they were to be read.
    dropped_bytes: int


#: How long a request for output waits; then the next one does.
_WAIT_MS = 600_000


class DaemonOptions(TypedDict, total=False):
    """Options of the daemon, described by `limpet --help`; without one, its default."""

    backend: Literal["wasi", "v86"]
    #: Memory of a session: bytes, or a size such as "512M".
    memory_limit: Union[int, str]
    time_limit_ms: int
    max_sessions: int
    #: Sessions that are awake at the same time; the others hibernate.
    max_workers: int
    max_output_bytes: int
    max_line_bytes: int
    user: Literal["root", "user"]
    #: Variables for every session.
    env: Mapping[str, str]
    #: Further limits of a session, as `limits` of open.
    limits: OpenOptionsLimits
    #: Directories of the host for every session, as `mounts` of open.
    mounts: Sequence[OpenOptionsMountsItem]
    log_level: Literal["trace", "debug", "info", "warn", "error"]


def _chunks(page: ReadOutputAnswer) -> Iterator[OutputChunk]:
    dropped_bytes = page["dropped_bytes"]
    for chunk in page["chunks"]:
        yield {**chunk, "dropped_bytes": dropped_bytes}
        dropped_bytes = 0


# --- sync ---------------------------------------------------------------------------------------------------------------


class _Connection:
    """The two streams of a daemon. A thread reads; any thread may send."""

    def __init__(self, input: IO[bytes], output: IO[bytes], why_ended: Callable[[], str]) -> None:
        self._input = input
        self._output = output
        self._why_ended = why_ended
        self._core = _Core()
        self._core_lock = threading.Lock()
        self._input_lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="limpet", daemon=True)
        self._reader.start()

    def send(
        self, type: str, fields: Mapping[str, Any], on_event: Optional[_OnEvent] = None
    ) -> tuple[int, Future[Dict[str, Any]]]:
        answer: Future[Dict[str, Any]] = Future()
        # Both locks, so that lines are written in the order of their ids.
        with self._input_lock:
            with self._core_lock:
                id, line = self._core.line(type, fields, answer, on_event)
            self._write(line)
        return id, answer

    def cancel(self, id: int) -> None:
        with self._input_lock:
            with self._core_lock:
                line = self._core.cancel_line(id)
            self._write(line)

    def wait(self, id: int, answer: Future[Dict[str, Any]]) -> Dict[str, Any]:
        try:
            return answer.result()
        except LimpetError:
            raise
        except BaseException:
            # KeyboardInterrupt and the like: nobody waits for it any longer.
            self.cancel(id)
            raise

    def close(self) -> None:
        with self._input_lock:
            try:
                self._input.close()
            except OSError:
                pass  # it has ended before; the reader says so
        self._reader.join()

    def _write(self, line: bytes) -> None:
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._input.write(rest) :]
            self._input.flush()
        except (OSError, ValueError):
            pass  # it has ended; the reader says so

    def _read(self) -> None:
        read: Callable[[int], bytes] = getattr(self._output, "read1", self._output.read)
        try:
            while data := read(65536):
                with self._core_lock:
                    self._core.feed(data)
        except (OSError, ValueError):
            pass  # closed under our hands, which is an end as well
        reason = self._why_ended()
        with self._core_lock:
            self._core.end(reason, "DAEMON_EXITED")
        self._output.close()


class Stream(Generic[_Event, _Answer]):
    """What comes of a request while it runs, such as the output of a command, and its result:

        with session.stream("make") as build:
            for event in build:
                print(event["data"], end="")
        print(build.result()["exit_code"])

    Leaving the `with` block early cancels the request, and so the command. What comes waits in memory until it is taken.
    """

    def __init__(self, connection: _Connection, type: str, fields: Mapping[str, Any]) -> None:
        self._connection = connection
        self._events: queue.SimpleQueue[Optional[_Event]] = queue.SimpleQueue()
        self._id, self._answer = connection.send(type, fields, self._events.put)
        self._answer.add_done_callback(lambda _: self._events.put(None))

    def __iter__(self) -> Iterator[_Event]:
        while True:
            event = self._events.get()
            if event is None:
                self._events.put(None)
                self._answer.result()
                return
            yield event

    def result(self) -> _Answer:
        """Waits for the end. The result has no output."""
        return cast(_Answer, self._connection.wait(self._id, self._answer))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if not self._answer.done():
            self._connection.cancel(self._id)
            self._answer.exception()


class Process:
    """A process that runs beside the session's shell. As a context manager it is killed at the end of the block."""

    def __init__(self, session: Session, id: str, pid: Optional[int] = None) -> None:
        self._session = session
        #: What requests call it.
        self.id = id
        #: Its number in the sandbox; None if another client started it.
        self.pid = pid

    def write(self, data: Union[str, bytes]) -> None:
        """Writes to its standard input or terminal; returns when that has been taken over."""
        self._session.request("write_stdin", process=self.id, **_content("data", data))

    def end(self) -> None:
        """Ends its standard input."""
        self._session.request("write_stdin", process=self.id, eof=True)

    def output(self, *, after_seq: int = 0, encoding: Literal["text", "base64"] = "text") -> Iterator[OutputChunk]:
        """What it and its children write, until nothing can come any more.

        Each call is a reader of its own: who has left the loop goes on with `output(after_seq=chunk["seq"])`. The latest
        `max_output_bytes` (see `start`) are kept for readers, for whom the process does not wait; `dropped_bytes` tells of what
        they missed right before a chunk. With `stream` nothing is missed.
        """
        while True:
            page = self.read_output(after_seq=after_seq, encoding=encoding, wait_ms=_WAIT_MS)
            yield from _chunks(page)
            if page["closed"] and not page["more"]:
                return
            after_seq = page["last_seq"]

    def stream(self, *, after_seq: int = 0, encoding: Literal["text", "base64"] = "text") -> Stream[OutputEvent, WaitAnswer]:
        """What it writes until it ends, pushed as it comes, and then how it ended.

        What is not taken waits in this program's memory. Leaving the block ends no more than the stream.
        """
        fields = {"process": self.id, "stream": True, "after_seq": after_seq, "encoding": encoding}
        return self._session._stream("wait", fields)

    def read_output(self, **options: Unpack[ReadOutputOptions]) -> ReadOutputAnswer:
        """One `read_output` request."""
        return cast(ReadOutputAnswer, self._session.request("read_output", process=self.id, **options))

    def wait(self, **options: Unpack[WaitOptions]) -> WaitAnswer:
        """Waits for its end, or `wait_ms` at most."""
        return cast(WaitAnswer, self._session.request("wait", process=self.id, **options))

    def kill(self, signal: str = "SIGTERM") -> KillAnswer:
        """Sends a signal to it and to all that it started."""
        return cast(KillAnswer, self._session.request("kill", process=self.id, signal=signal))

    def resize(self, *, rows: int, columns: int) -> None:
        """Gives its terminal another size."""
        self._session.request("resize", process=self.id, rows=rows, columns=columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        try:
            self.kill("SIGKILL")
            self.wait()
        except LimpetError as error:
            if not _is_gone(error):
                raise


class Session(_Requests):
    """A session: a shell and files that last from one call to the next. As a context manager it is closed at the end."""

    def __init__(self, connection: _Connection, name: Optional[str]) -> None:
        self._connection = connection
        #: None: the default session.
        self.name = name

    def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        """Any request of the protocol."""
        id, answer = self._connection.send(type, {**_envelope(self.name), **fields})
        return self._connection.wait(id, answer)

    def stream(self, command: str, **options: Unpack[ShellOptions]) -> Stream[OutputEvent, ShellAnswer]:
        """Runs a command whose output is handed out while it runs."""
        return self._stream("shell", {"command": command, "stream": True, **options})

    def _stream(self, type: str, fields: Mapping[str, Any]) -> Stream[Any, Any]:
        return Stream(self._connection, type, {**_envelope(self.name), **fields})

    def start(self, command: str, **options: Unpack[StartOptions]) -> Process:
        """Starts a process beside the shell; it goes on until it ends, is killed, or the session is closed."""
        answer = self.request("start", command=command, **options)
        return Process(self, answer["process"], answer["pid"])

    def process(self, id: str) -> Process:
        """A process by its id, wherever it was started."""
        return Process(self, id)

    def write_file(
        self, path: str, content: Union[str, bytes], **options: Unpack[WriteFileOptions]
    ) -> WriteFileAnswer:
        """Writes text, or bytes as they are."""
        fields = {**_content("content", content), **options}
        return cast(WriteFileAnswer, self.request("write_file", path=path, **fields))

    def watch(self, path: str, **options: Unpack[WatchOptions]) -> Stream[ChangeEvent, WatchAnswer]:
        """Tells of changes in a directory, given by its absolute path, until the block is left."""
        return self._stream("watch", {"path": path, **options})

    def upload(self, path: str, content: bytes) -> UploadAnswer:
        """Unpacks a tar archive, which may be compressed, into a directory."""
        return cast(UploadAnswer, self.request("upload", path=path, content=base64.b64encode(content).decode()))

    def download(self, path: str, **options: Unpack[DownloadOptions]) -> bytes:
        """A directory as a tar archive, whose paths begin at the directory."""
        return base64.b64decode(self.request("download", path=path, **options)["content"])

    def fork(self, **options: Unpack[ForkOptions]) -> List[Session]:
        """New sessions that go on where this one stands. Of a Limpet: or, with `snapshot`, where that was taken."""
        return [Session(self._connection, name) for name in self.request("fork", **options)["sessions"]]

    def close(self) -> None:
        """Ends the session after what it still has to do."""
        self.request("close")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        try:
            self.close()
        except LimpetError as error:
            if not _is_gone(error):
                raise


class Limpet(Session, _DaemonRequests):
    """A daemon, started and ready, and its default session. As a context manager it ends with the block.

    command: how the daemon is called. log: where its log goes, as `stderr` of subprocess.Popen.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] = ("limpet",),
        log: Union[int, IO[bytes], None] = None,
        **options: Unpack[DaemonOptions],
    ) -> None:
        daemon = _popen(command, log, options)
        assert daemon.stdin and daemon.stdout
        connection = _Connection(daemon.stdin, daemon.stdout, lambda: _ended(daemon.wait()))
        super().__init__(connection, None)
        try:
            self.status()
        except BaseException:
            self.close()
            raise

    @classmethod
    def attach(cls, *, input: IO[bytes], output: IO[bytes]) -> Self:
        """Speaks to a daemon that runs already, over the stream that it reads and the stream that it writes."""
        limpet = cls.__new__(cls)
        connection = _Connection(input, output, lambda: "the daemon is gone: its output has ended")
        Session.__init__(limpet, connection, None)
        return limpet

    def open(self, name: str, **options: Unpack[OpenOptions]) -> Session:
        """Makes a session with settings of its own."""
        session = self.session(name)
        session.request("open", **options)
        return session

    def session(self, name: str) -> Session:
        """A session by name; it comes into being with its first request."""
        return Session(self._connection, name)

    def close(self) -> None:
        """Lets the daemon finish what it has to do and waits for its end. Background processes end with it."""
        self._connection.close()


# --- asyncio ------------------------------------------------------------------------------------------------------------


class _AsyncConnection:
    """The two streams of a daemon, in one event loop."""

    def __init__(
        self,
        input: asyncio.StreamWriter,
        output: asyncio.StreamReader,
        why_ended: Callable[[], Awaitable[str]],
    ) -> None:
        self._input = input
        self._output = output
        self._why_ended = why_ended
        self._core = _Core()
        self._reader = asyncio.ensure_future(self._read())

    def send(
        self, type: str, fields: Mapping[str, Any], on_event: Optional[_OnEvent] = None
    ) -> tuple[int, asyncio.Future[Dict[str, Any]]]:
        answer: asyncio.Future[Dict[str, Any]] = asyncio.get_running_loop().create_future()
        # Nobody waits for the answer to what was cancelled.
        answer.add_done_callback(lambda done: done.exception())
        id, line = self._core.line(type, fields, answer, on_event)
        self._input.write(line)
        return id, answer

    def cancel(self, id: int) -> None:
        self._input.write(self._core.cancel_line(id))

    async def wait(self, id: int, answer: asyncio.Future[Dict[str, Any]]) -> Dict[str, Any]:
        try:
            await self._drain()
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            self.cancel(id)
            raise

    async def close(self) -> None:
        if self._input.can_write_eof():
            self._input.write_eof()
        else:
            self._input.close()
        await asyncio.shield(self._reader)

    async def _drain(self) -> None:
        try:
            await self._input.drain()
        except OSError:
            pass  # it has ended; the reader says so

    async def _read(self) -> None:
        try:
            while data := await self._output.read(65536):
                self._core.feed(data)
        except OSError:
            pass  # an end as well
        self._core.end(await self._why_ended(), "DAEMON_EXITED")


class AsyncStream(Generic[_Event, _Answer]):
    """As Stream, with `async with` and `async for`, and `await stream.result()`."""

    def __init__(self, connection: _AsyncConnection, type: str, fields: Mapping[str, Any]) -> None:
        self._connection = connection
        self._events: asyncio.Queue[Optional[_Event]] = asyncio.Queue()
        self._id, self._answer = connection.send(type, fields, self._events.put_nowait)
        self._answer.add_done_callback(lambda _: self._events.put_nowait(None))

    async def __aiter__(self) -> AsyncIterator[_Event]:
        while True:
            event = await self._events.get()
            if event is None:
                self._events.put_nowait(None)
                await self.result()
                return
            yield event

    async def result(self) -> _Answer:
        """Waits for the end. The result has no output."""
        return cast(_Answer, await self._connection.wait(self._id, self._answer))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        if not self._answer.done():
            self._connection.cancel(self._id)
            await asyncio.wait([self._answer])


class AsyncProcess:
    """As Process; with `async with` it is killed at the end of the block."""

    def __init__(self, session: AsyncSession, id: str, pid: Optional[int] = None) -> None:
        self._session = session
        #: What requests call it.
        self.id = id
        #: Its number in the sandbox; None if another client started it.
        self.pid = pid

    async def write(self, data: Union[str, bytes]) -> None:
        """Writes to its standard input or terminal; returns when that has been taken over."""
        await self._session.request("write_stdin", process=self.id, **_content("data", data))

    async def end(self) -> None:
        """Ends its standard input."""
        await self._session.request("write_stdin", process=self.id, eof=True)

    async def output(
        self, *, after_seq: int = 0, encoding: Literal["text", "base64"] = "text"
    ) -> AsyncIterator[OutputChunk]:
        """As Process.output: what it and its children write, until nothing can come any more."""
        while True:
            page = await self.read_output(after_seq=after_seq, encoding=encoding, wait_ms=_WAIT_MS)
            for chunk in _chunks(page):
                yield chunk
            if page["closed"] and not page["more"]:
                return
            after_seq = page["last_seq"]

    def stream(
        self, *, after_seq: int = 0, encoding: Literal["text", "base64"] = "text"
    ) -> AsyncStream[OutputEvent, WaitAnswer]:
        """As Process.stream."""
        fields = {"process": self.id, "stream": True, "after_seq": after_seq, "encoding": encoding}
        return self._session._stream("wait", fields)

    async def read_output(self, **options: Unpack[ReadOutputOptions]) -> ReadOutputAnswer:
        """One `read_output` request."""
        return cast(ReadOutputAnswer, await self._session.request("read_output", process=self.id, **options))

    async def wait(self, **options: Unpack[WaitOptions]) -> WaitAnswer:
        """Waits for its end, or `wait_ms` at most."""
        return cast(WaitAnswer, await self._session.request("wait", process=self.id, **options))

    async def kill(self, signal: str = "SIGTERM") -> KillAnswer:
        """Sends a signal to it and to all that it started."""
        return cast(KillAnswer, await self._session.request("kill", process=self.id, signal=signal))

    async def resize(self, *, rows: int, columns: int) -> None:
        """Gives its terminal another size."""
        await self._session.request("resize", process=self.id, rows=rows, columns=columns)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        try:
            await self.kill("SIGKILL")
            await self.wait()
        except LimpetError as error:
            if not _is_gone(error):
                raise


class AsyncSession(_AsyncRequests):
    """As Session; a task that is cancelled while it waits for a request cancels the request."""

    def __init__(self, connection: _AsyncConnection, name: Optional[str]) -> None:
        self._connection = connection
        #: None: the default session.
        self.name = name

    async def request(self, type: str, /, **fields: Any) -> Dict[str, Any]:
        """Any request of the protocol."""
        id, answer = self._connection.send(type, {**_envelope(self.name), **fields})
        return await self._connection.wait(id, answer)

    def stream(self, command: str, **options: Unpack[ShellOptions]) -> AsyncStream[OutputEvent, ShellAnswer]:
        """Runs a command whose output is handed out while it runs."""
        return self._stream("shell", {"command": command, "stream": True, **options})

    def _stream(self, type: str, fields: Mapping[str, Any]) -> AsyncStream[Any, Any]:
        return AsyncStream(self._connection, type, {**_envelope(self.name), **fields})

    async def start(self, command: str, **options: Unpack[StartOptions]) -> AsyncProcess:
        """Starts a process beside the shell; it goes on until it ends, is killed, or the session is closed."""
        answer = await self.request("start", command=command, **options)
        return AsyncProcess(self, answer["process"], answer["pid"])

    def process(self, id: str) -> AsyncProcess:
        """A process by its id, wherever it was started."""
        return AsyncProcess(self, id)

    async def write_file(
        self, path: str, content: Union[str, bytes], **options: Unpack[WriteFileOptions]
    ) -> WriteFileAnswer:
        """Writes text, or bytes as they are."""
        fields = {**_content("content", content), **options}
        return cast(WriteFileAnswer, await self.request("write_file", path=path, **fields))

    def watch(self, path: str, **options: Unpack[WatchOptions]) -> AsyncStream[ChangeEvent, WatchAnswer]:
        """Tells of changes in a directory, given by its absolute path, until the block is left."""
        return self._stream("watch", {"path": path, **options})

    async def upload(self, path: str, content: bytes) -> UploadAnswer:
        """Unpacks a tar archive, which may be compressed, into a directory."""
        return cast(UploadAnswer, await self.request("upload", path=path, content=base64.b64encode(content).decode()))

    async def download(self, path: str, **options: Unpack[DownloadOptions]) -> bytes:
        """A directory as a tar archive, whose paths begin at the directory."""
        return base64.b64decode((await self.request("download", path=path, **options))["content"])

    async def fork(self, **options: Unpack[ForkOptions]) -> List[AsyncSession]:
        """As Session.fork."""
        answer = await self.request("fork", **options)
        return [AsyncSession(self._connection, name) for name in answer["sessions"]]

    async def close(self) -> None:
        """Ends the session after what it still has to do."""
        await self.request("close")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        try:
            await self.close()
        except LimpetError as error:
            if not _is_gone(error):
                raise


class AsyncLimpet(AsyncSession, _AsyncDaemonRequests):
    """As Limpet, for `async with`, which starts the daemon."""

    def __init__(
        self,
        *,
        command: Sequence[str] = ("limpet",),
        log: Union[int, IO[bytes], None] = None,
        **options: Unpack[DaemonOptions],
    ) -> None:
        self.name = None
        self._connect: Callable[[], Awaitable[_AsyncConnection]] = lambda: _spawn(command, log, options)

    @classmethod
    def attach(cls, *, input: asyncio.StreamWriter, output: asyncio.StreamReader) -> Self:
        """Speaks to a daemon that runs already, over the stream that it reads and the stream that it writes."""

        async def why_ended() -> str:
            return "the daemon is gone: its output has ended"

        async def connect() -> _AsyncConnection:
            return _AsyncConnection(input, output, why_ended)

        limpet = cls()
        limpet._connect = connect
        return limpet

    async def open(self, name: str, **options: Unpack[OpenOptions]) -> AsyncSession:
        """Makes a session with settings of its own."""
        session = self.session(name)
        await session.request("open", **options)
        return session

    def session(self, name: str) -> AsyncSession:
        """A session by name; it comes into being with its first request."""
        return AsyncSession(self._connection, name)

    async def close(self) -> None:
        """Lets the daemon finish what it has to do and waits for its end. Background processes end with it."""
        await self._connection.close()

    async def __aenter__(self) -> Self:
        self._connection = await self._connect()
        try:
            await self.status()
        except BaseException:
            await self.close()
            raise
        return self


async def _spawn(
    command: Sequence[str], log: Union[int, IO[bytes], None], options: DaemonOptions
) -> _AsyncConnection:
    # asyncio's own subprocesses need a thread before Python 3.12.
    daemon = _popen(command, log, options)
    assert daemon.stdin and daemon.stdout

    async def why_ended() -> str:
        while (status := daemon.poll()) is None:
            await asyncio.sleep(0.005)
        return _ended(status)

    return _AsyncConnection(*await _streams(daemon.stdin, daemon.stdout), why_ended)


async def _streams(input: IO[bytes], output: IO[bytes]) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), output)
    transport, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), input
    )
    return asyncio.StreamWriter(transport, protocol, None, loop), reader
