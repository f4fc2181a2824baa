"""Tests of limpet.py against the daemon in dist/: python3 -m unittest discover clients/python"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import unittest
from typing import Any, Dict

import limpet
from limpet import AsyncLimpet, Limpet

CLI = str(pathlib.Path(__file__).resolve().parents[2] / "dist" / "cli.js")
BACKEND: Any = os.environ.get("LIMPET_TEST_BACKEND", "wasi")
DAEMON: Dict[str, Any] = {"command": ["node", CLI], "backend": BACKEND, "max_line_bytes": 100_000}


class SyncTest(unittest.TestCase):
    daemon: Limpet

    @classmethod
    def setUpClass(cls) -> None:
        cls.daemon = Limpet(**DAEMON, env={"GREETING": "hello"})

    @classmethod
    def tearDownClass(cls) -> None:
        cls.daemon.close()

    def test_runs_commands(self) -> None:
        result = self.daemon.shell("echo $GREETING; exit 3")
        self.assertEqual((result["stdout"], result["exit_code"], result["timed_out"]), ("hello\n", 3, False))
        self.assertNotIn("id", result)

    def test_writes_and_reads_text_and_bytes(self) -> None:
        self.assertEqual(self.daemon.write_file("/tmp/a/b", "käse")["bytes"], 5)
        self.assertEqual(self.daemon.read_file("/tmp/a/b")["content"], "käse")
        self.daemon.write_file("/tmp/c", bytes([0, 255]), mode="0600")
        answer = self.daemon.read_file("/tmp/c")
        self.assertEqual(limpet.to_bytes(answer["content"], answer["encoding"]), bytes([0, 255]))
        self.assertEqual(answer["mode"], "0600")

    def test_has_methods_for_the_file_tree(self) -> None:
        files: Dict[str, Any] = {"/tmp/tree/a.txt": "one\ntwo\n", "/tmp/tree/b": {"content": "x", "mode": "0600"}}
        self.daemon.write_files(files)
        self.daemon.edit_file("/tmp/tree/a.txt", [{"old": "two", "new": "three"}])
        self.assertEqual(self.daemon.search("^th", "/tmp/tree")["matches"][0]["line"], 2)
        self.daemon.move("/tmp/tree/b", "/tmp/tree/c", overwrite=True)
        self.daemon.upload("/tmp/copy", self.daemon.download("/tmp/tree"))
        entries = self.daemon.list_dir("/tmp/copy", recursive=True)["entries"]
        self.assertEqual(sorted(entry["path"] for entry in entries), ["/tmp/copy/a.txt", "/tmp/copy/c"])
        self.assertEqual(self.daemon.stat("/tmp/copy/c")["mode"], "0600")

    def test_sessions_are_kept_forked_and_restored(self) -> None:
        with self.daemon.open("kept") as session, tempfile.TemporaryDirectory() as folder:
            session.shell("state=prepared")
            session.snapshot("ready")
            session.shell("state=spoilt")
            for copy in session.fork(count=2):
                self.assertEqual(copy.shell("echo $state")["stdout"], "spoilt\n")
                copy.close()
            session.restore("ready")
            self.assertEqual(session.shell("echo $state")["stdout"], "prepared\n")
            self.daemon.export("ready", f"{folder}/file")
            self.daemon.delete_snapshot("ready")
            self.daemon.import_(f"{folder}/file", snapshot="again")
            names = [each["snapshot"] for each in self.daemon.snapshots()["snapshots"]]
            self.assertEqual(names, ["again"])
            for copy in self.daemon.fork(snapshot="again"):
                self.assertEqual(copy.shell("echo $state")["stdout"], "prepared\n")
                copy.close()

    def test_directories_of_the_host_and_limits_are_options(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "note").write_text("from the host\n")
            mounts: Any = [{"host": folder, "guest": "/mnt", "mode": "overlay"}]
            with Limpet(**DAEMON, mounts=mounts, limits={"open_files": 50}, env={"NOTE": "/mnt/note"}) as daemon:
                self.assertEqual(daemon.shell("cat $NOTE; echo more >> $NOTE")["stdout"], "from the host\n")
                self.assertEqual([each["change"] for each in daemon.diff()["changes"]], ["changed"])
                self.assertEqual(daemon.shell("ulimit -n")["stdout"], "50\n")

    def test_watches_a_directory_until_the_block_is_left(self) -> None:
        self.daemon.mkdir("/tmp/inbox")
        with self.daemon.watch("/tmp/inbox") as watching:
            self.daemon.write_file("/tmp/inbox/note", "hello\n")
            for event in watching:
                self.assertEqual((event["change"], event["path"]), ("added", "/tmp/inbox/note"))
                break
        self.assertEqual(watching.result()["ended"], "cancelled")

    def test_sends_any_request(self) -> None:
        answer = self.daemon.request("shell", command="echo raw", encoding="base64")
        self.assertEqual(answer["stdout"], "cmF3Cg==")

    def test_sessions_close_with_their_block_even_if_closed_before(self) -> None:
        with self.daemon.open("own", user="user", files={"/tmp/x": "file"}) as session:
            self.assertEqual(session.shell("whoami; cat /tmp/x")["stdout"], "user\nfile")
            session.close()
        names = [each["session"] for each in self.daemon.status()["sessions"]]
        self.assertNotIn("own", names)

    def test_reset(self) -> None:
        with self.daemon.session("other") as session:
            session.shell("x=1; touch /tmp/y")
            session.reset(keep_files=True)
            self.assertEqual(session.shell("echo [$x]; ls /tmp/y")["stdout"], "[]\n/tmp/y\n")

    def test_output_comes_while_the_command_runs(self) -> None:
        with self.daemon.stream("echo a; sleep 0.1; echo b >&2; exit 4") as command:
            seen = [(event["stream"], event["data"]) for event in command]
        self.assertEqual(seen, [("stdout", "a\n"), ("stderr", "b\n")])
        self.assertEqual(command.result()["exit_code"], 4)
        self.assertEqual(list(command), [])

    def test_leaving_the_block_cancels_the_command(self) -> None:
        with self.daemon.stream("while :; do echo y; sleep 0.01; done") as command:
            for event in command:
                self.assertTrue(event["data"].startswith("y\n"))
                break
        self.assertTrue(command.result()["cancelled"])

    def test_a_loop_over_a_request_that_fails_raises(self) -> None:
        with self.assertRaises(limpet.FileError):
            for event in self.daemon.stream("pwd", cwd="/missing"):
                self.fail(str(event))

    def test_processes(self) -> None:
        process = self.daemon.start("while read line; do echo got $line; done; exit 5", stdin="pipe")
        process.write("one\n")
        last = 0
        for chunk in process.output():
            self.assertEqual(chunk["data"], "got one\n")
            last = chunk["seq"]
            break
        process.write(b"two\n")
        process.end()
        self.assertEqual("".join(chunk["data"] for chunk in process.output(after_seq=last)), "got two\n")
        end = process.wait()
        self.assertEqual((end["outcome"], end["exit_code"]), ("exit", 5))
        states = {each["process"]: each["state"] for each in self.daemon.processes()["processes"]}
        self.assertEqual(states[process.id], "exited")

    def test_output_tells_what_was_not_kept(self) -> None:
        process = self.daemon.start("seq 1000 1999", max_output_bytes=100)
        process.wait()
        chunks = list(process.output())
        self.assertEqual(chunks[0]["dropped_bytes"], 4900)
        self.assertTrue("".join(chunk["data"] for chunk in chunks).startswith("1980\n"))

    def test_a_process_streams_to_who_must_not_miss_anything(self) -> None:
        process = self.daemon.start("sleep 0.1; seq 100000", max_output_bytes=1000)
        with process.stream() as stream:
            self.assertEqual(sum(len(event["data"]) for event in stream), 588_895)
        self.assertEqual((stream.result()["dropped_bytes"], stream.result()["exit_code"]), (0, 0))

    def test_processes_are_killed_with_their_block(self) -> None:
        with self.daemon.start("setsid sleep 711 & sleep 712") as process:
            self.assertEqual(process.wait(wait_ms=100)["state"], "running")
        self.assertEqual(self.daemon.process(process.id).wait()["signal"], "SIGKILL")
        with self.daemon.session("none").process("none"):
            pass

    def test_errors_say_what_to_do(self) -> None:
        with self.assertRaises(limpet.FileError) as raised:
            self.daemon.read_file("/missing")
        self.assertEqual(raised.exception.code, "ENOENT")
        self.assertIn("/missing", str(raised.exception))
        self.assertIn("list_dir", raised.exception.hint or "")
        self.assertFalse(raised.exception.state_lost)
        with self.assertRaisesRegex(limpet.RequestError, "time_limit_ms"):
            self.daemon.shell("ls", time_limit_ms=-1)

    def test_a_line_that_is_too_long_fails_its_request(self) -> None:
        with self.assertRaises(limpet.RequestError) as raised:
            self.daemon.write_file("/tmp/large", "x" * 200_000)
        self.assertEqual(raised.exception.code, "LINE_TOO_LONG")

    def test_threads_share_a_daemon(self) -> None:
        results: Dict[int, str] = {}

        def work(number: int) -> None:
            with self.daemon.session(f"thread {number}") as session:
                results[number] = session.shell(f"sleep 0.1; echo {number}")["stdout"]

        threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, {number: f"{number}\n" for number in range(4)})

    def test_an_interrupt_cancels_the_request(self) -> None:
        interrupt = [threading.main_thread().ident, signal.SIGINT]
        threading.Timer(0.3, signal.pthread_kill, interrupt).start()
        with self.assertRaises(KeyboardInterrupt):
            self.daemon.shell("sleep 25; touch /tmp/ended")
        self.assertNotEqual(self.daemon.shell("ls /tmp/ended")["exit_code"], 0)


class SyncDaemonTest(unittest.TestCase):
    def test_it_ends_with_its_block_and_refuses_later_calls(self) -> None:
        with Limpet(**DAEMON) as daemon:
            self.assertEqual(daemon.shell("echo hi")["stdout"], "hi\n")
        with self.assertRaisesRegex(limpet.DaemonGoneError, "it ended with status 0"):
            daemon.shell("echo hi")
        daemon.close()

    def test_one_that_does_not_start_says_why(self) -> None:
        with self.assertRaises(limpet.DaemonGoneError) as raised:
            Limpet(command=["/no/limpet"])
        self.assertIn("npm install", raised.exception.hint or "")
        refused: Any = {**DAEMON, "memory_limit": "nothing", "log": subprocess.DEVNULL}
        with self.assertRaisesRegex(limpet.DaemonGoneError, "it ended with status 2"):
            Limpet(**refused)

    def test_one_that_runs_already_is_spoken_to_over_its_pipes(self) -> None:
        with subprocess.Popen(["node", CLI], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            assert child.stdin and child.stdout
            daemon = Limpet.attach(input=child.stdin, output=child.stdout)
            self.assertEqual(daemon.shell("echo attached")["stdout"], "attached\n")
            killer = threading.Timer(0.2, child.kill)
            killer.start()
            with self.assertRaisesRegex(limpet.DaemonGoneError, "its output has ended"):
                daemon.shell("sleep 100")
            daemon.close()

    def test_one_that_is_none_is_told_by_what_it_writes(self) -> None:
        with self.assertRaises(limpet.DaemonGoneError) as raised:
            Limpet(command=["sh", "-c", "echo Welcome; cat > /dev/null", "sh"])
        self.assertEqual(raised.exception.code, "NOT_THE_PROTOCOL")
        self.assertIn("Welcome", str(raised.exception))


class AsyncTest(unittest.IsolatedAsyncioTestCase):
    daemon: AsyncLimpet

    async def asyncSetUp(self) -> None:
        self.exits = contextlib.AsyncExitStack()
        self.daemon = await self.exits.enter_async_context(AsyncLimpet(**DAEMON))

    async def asyncTearDown(self) -> None:
        await self.exits.aclose()

    async def test_runs_commands_side_by_side_without_threads(self) -> None:
        sessions = [self.daemon.session(str(number)) for number in range(3)]
        results = await asyncio.gather(*(each.shell("sleep 0.1; pwd") for each in sessions))
        self.assertEqual([result["stdout"] for result in results], ["/root\n"] * 3)
        self.assertEqual(threading.active_count(), 1)

    async def test_files_and_errors(self) -> None:
        await self.daemon.write_file("/tmp/a", b"\xff" * 30_000)
        answer = await self.daemon.read_file("/tmp/a")
        self.assertEqual(limpet.to_bytes(answer["content"], answer["encoding"]), b"\xff" * 30_000)
        with self.assertRaises(limpet.FileError) as raised:
            await self.daemon.read_file("/missing")
        self.assertEqual(raised.exception.code, "ENOENT")

    async def test_sessions(self) -> None:
        async with await self.daemon.open("own", user="user") as session:
            self.assertEqual((await session.shell("whoami"))["stdout"], "user\n")
        with self.assertRaises(limpet.RequestError) as raised:
            await session.close()
        self.assertEqual(raised.exception.code, "SESSION_NOT_FOUND")

    async def test_output_comes_while_the_command_runs(self) -> None:
        async with self.daemon.stream("echo a; sleep 0.1; echo b >&2; exit 4") as command:
            seen = [(event["stream"], event["data"]) async for event in command]
        self.assertEqual(seen, [("stdout", "a\n"), ("stderr", "b\n")])
        self.assertEqual((await command.result())["exit_code"], 4)

    async def test_leaving_the_block_cancels_the_command(self) -> None:
        async with self.daemon.stream("while :; do echo y; sleep 0.01; done") as command:
            async for event in command:
                self.assertTrue(event["data"].startswith("y\n"))
                break
        self.assertTrue((await command.result())["cancelled"])

    async def test_a_task_that_is_cancelled_cancels_its_request(self) -> None:
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(self.daemon.shell("sleep 25; touch /tmp/ended"), 0.3)
        self.assertNotEqual((await self.daemon.shell("ls /tmp/ended"))["exit_code"], 0)

    async def test_processes(self) -> None:
        async with await self.daemon.start("cat; sleep 100", stdin="pipe") as process:
            await process.write("one\n")
            async for chunk in process.output():
                self.assertEqual(chunk["data"], "one\n")
                break
            async with process.stream() as stream:
                async for event in stream:
                    self.assertEqual(event["data"], "one\n")
                    break
        self.assertEqual((await process.wait())["signal"], "SIGKILL")

    async def test_one_that_does_not_start_says_why(self) -> None:
        for command in (["/no/limpet"], ["node", CLI, "--no-such-option"]):
            with self.assertRaises(limpet.DaemonGoneError):
                async with AsyncLimpet(command=command, log=subprocess.DEVNULL):
                    self.fail("it started")

    async def test_one_that_dies_fails_what_is_under_way(self) -> None:
        child = await asyncio.create_subprocess_exec(
            "node", CLI, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdin and child.stdout
        async with AsyncLimpet.attach(input=child.stdin, output=child.stdout) as daemon:
            self.assertEqual((await daemon.shell("echo attached"))["stdout"], "attached\n")
            asyncio.get_running_loop().call_later(0.2, child.kill)
            with self.assertRaises(limpet.DaemonGoneError):
                await daemon.shell("sleep 100")
        await child.wait()


if __name__ == "__main__":
    unittest.main()
