"""Files, streams and signals: whatever happens to them, cancelmock serves on, says so, and can be stopped.

Each test is one situation. At the end there is a table of them: how the program ended, what it said, what was in the file.

Usage: python3 mock_server/tests/outputs.py build/cancelmock [WORD]
"""
import contextlib
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import unittest.mock

from command_line import LIMIT, PROGRAM, TOP

PATH = "/v0/orders/%d"  # of no order: any request leaves a line
SEEN = []
FULL = os.path.exists("/dev/full")


def can(*command):
    return shutil.which(command[0]) is not None and subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


MAY_MOUNT = can("unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt")
MAY_BE_1 = can("unshare", "--pid", "--fork", "--mount-proc", "true")


def wait_for(condition, what):
    """Until it holds; how long that takes says nothing."""
    end = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("never: " + what)
        time.sleep(0.002)


def full_pipe():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)
    os.set_blocking(writer, True)
    return reader, writer


def is_asleep(pid):
    """Its first thread waits in a write to a pipe; True where the system does not tell."""
    with open("/proc/%d/wchan" % pid, encoding="utf-8") as file:
        where = file.read()
    return "pipe" in where or where in ("", "0")


class Mock:
    """A cancelmock whose standard error is a file, until the end of a with block."""

    def __init__(self, *arguments, before=None, stderr=None, prefix=(), listen="127.0.0.1:0"):
        self.err = tempfile.TemporaryFile()
        self.process = subprocess.Popen([*prefix, PROGRAM, "--listen", listen, "--quiet", *arguments], cwd=TOP,
                                        stdout=subprocess.PIPE, stderr=self.err if stderr is None else stderr,
                                        preexec_fn=before)
        line = self.process.stdout.readline()
        self.ready = json.loads(line) if line else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.err.close()

    def connect(self):
        host, port = self.ready["http"].removeprefix("http://").rsplit(":", 1)
        return http.client.HTTPConnection(host, int(port), timeout=LIMIT)

    def ask(self, path, method="GET", body=None):
        connection = self.connect()
        connection.request(method, path, body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def load(self, count):
        """So many requests on one connection; their numbers are those of their paths."""
        connection = self.connect()
        for number in range(count):
            connection.request("GET", PATH % number)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 401, answer.status
        connection.close()

    def journal_file(self):
        return json.loads(self.ask("/_mock/ready")[1])["journal_file"]

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.end()

    def end(self):
        status = self.process.wait(timeout=LIMIT)
        self.err.seek(0)
        return status, self.err.read().decode()


def numbers(path):
    """Those of the requests in a journal file; fails where a line is no JSON."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert text == "" or text.endswith("\n"), "half a line at the end"
    return [number_of(json.loads(line)) for line in text.splitlines()]


def number_of(entry):
    return int(entry["request"]["target"].rsplit("/", 1)[1])


class Situation(unittest.TestCase):
    """A folder of its own, and a row of the table."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="outputs-")
        self.path = os.path.join(self.folder, "journal.jsonl")
        self.addCleanup(shutil.rmtree, self.folder)

    def row(self, situation, status, said, lines="-"):
        said = said.replace(self.folder + "/", "").replace("cancelmock: ", "").strip()
        SEEN.append((situation, "exit %d" % status if status >= 0 else "ended by signal %d" % -status, lines,
                     said.splitlines() or ["-"]))

    def told(self, err, *parts):
        for part in parts:
            self.assertIn(part, err)
        for line in err.splitlines():
            self.assertTrue(line.startswith("cancelmock: "), line)

    def refused(self, situation, status, words, *arguments, before=None, stdout=subprocess.PIPE):
        done = subprocess.run([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", *arguments], stdout=stdout,
                              stderr=subprocess.PIPE, text=True, timeout=LIMIT, cwd=TOP, preexec_fn=before, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        self.told(done.stderr, *words)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        if stdout == subprocess.PIPE:
            self.assertEqual(done.stdout, "")
        self.row(situation, done.returncode, done.stderr)


class JournalPath(Situation):
    """Where the journal file cannot lie, the program does not start, and nothing is made there."""

    def journal(self, situation, path, *words):
        self.refused("journal: " + situation, 2, ["--journal-file %s: " % path, *words], "--journal-file", path)

    def test_a_folder(self):
        self.journal("a folder", self.folder, "Is a directory; give a file")

    def test_a_symbolic_link(self):
        target = os.path.join(self.folder, "elsewhere")
        os.symlink(target, self.path)
        self.journal("a symbolic link", self.path, "it is a symbolic link, which may lead anywhere; name the file itself")
        self.assertFalse(os.path.exists(target))

    def test_no_folder(self):
        self.journal("a folder that is not there", os.path.join(self.folder, "no", "file"), "make its folder first")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_others_own(self):
        os.chmod(self.folder, 0o500)
        self.journal("where this user may not write", self.path, "Permission denied; choose a place where this user may")
        os.chmod(self.folder, 0o700)

    def test_a_socket(self):
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(self.path)
            self.journal("a socket", self.path, "give a file or a FIFO")

    def test_a_hyphen(self):
        self.refused("journal: -", 2, ["--journal-file -: give a file; /dev/stdout is one"], "--journal-file", "-")

    def test_standard_output_takes_the_ready_line_first(self):
        """Also where it is a file that was not opened to append."""
        out = os.path.join(self.folder, "out")
        with open(out, "wb") as stdout:
            process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", "--journal-file", "/dev/stdout"],
                                       stdout=stdout, cwd=TOP)
        wait_for(lambda: os.path.getsize(out) > 0, "a ready line")
        with open(out, encoding="utf-8") as file:
            ready = json.loads(file.readline())
        url = ready["http"].removeprefix("http://")
        for _ in range(2):
            connection = http.client.HTTPConnection(url, timeout=LIMIT)
            connection.request("GET", PATH % 7)
            connection.getresponse().read()
            connection.close()
        process.terminate()
        self.assertEqual(process.wait(timeout=LIMIT), 0)
        with open(out, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        self.assertEqual(lines[0], ready)
        self.assertEqual([number_of(entry) for entry in lines[1:]], [7, 7])
        self.row("journal: /dev/stdout, which is a file", 0, "", "ready line, then 2")


class Journal(Situation):
    def test_it_is_for_its_owner_alone(self):
        with Mock("--journal-file", self.path) as mock:
            mock.load(1)
            self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)
            self.assertEqual(mock.stop(), (0, ""))
        os.chmod(self.path, 0o644)
        with Mock("--journal-file", self.path) as mock:
            mock.load(1)
            self.assertEqual(mock.stop(), (0, ""))
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o644)  # what is there keeps its mode
        self.assertEqual(numbers(self.path), [0, 0])

    def test_ready_has_no_counts_without_one(self):
        with Mock() as mock:
            self.assertIsNone(mock.journal_file())

    def test_each_answered_request_is_in_it(self):
        with Mock("--journal-file", self.path) as mock:
            connection = mock.connect()
            for number in range(50):
                connection.request("GET", PATH % number)
                connection.getresponse().read()
                self.assertEqual(numbers(self.path), list(range(number + 1)))
            self.assertEqual(mock.journal_file(), {"written": 50, "waiting": 0, "dropped": 0, "failed": None})
            connection.close()

    @unittest.skipUnless(FULL, "there is no /dev/full")
    def test_a_disk_that_is_always_full(self):
        with Mock("--journal-file", "/dev/full") as mock:
            mock.load(1)
            wait_for(lambda: os.fstat(mock.err.fileno()).st_size > 0, "a message at once")
            mock.load(49)
            self.assertEqual(mock.journal_file(), {"written": 0, "waiting": 50, "dropped": 0,
                                                   "failed": "No space left on device"})
            status, err = mock.stop()
        self.assertEqual(status, 1)
        self.told(err, "/dev/full: No space left on device: free some space; until then lines wait in memory, at most 8192 KiB",
                  "/dev/full: 50 of 50 lines of the journal are missing: No space left on device")
        self.assertEqual(len(err.splitlines()), 2, err)
        self.row("journal on /dev/full", status, err, "none of 50")

    def test_a_limit_of_file_sizes(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

        with Mock("--journal-file", self.path, before=limit) as mock:
            mock.load(100)
            seen = numbers(self.path)
            status, err = mock.stop()
        self.assertEqual(status, 1)
        self.assertEqual(seen, list(range(len(seen))))
        self.assertTrue(0 < len(seen) < 100)
        self.assertEqual(numbers(self.path), seen)
        self.told(err, "journal.jsonl: File too large: raise the limit (ulimit -f) or move the file away",
                  "%d of 100 lines of the journal are missing: File too large" % (100 - len(seen)))
        self.row("journal under ulimit -f 8", status, err, "the first %d of 100, whole" % len(seen))

    def test_a_limit_that_is_met_in_the_middle_and_lifted(self):
        with Mock("--journal-file", self.path) as mock:
            mock.load(20)
            resource.prlimit(mock.process.pid, resource.RLIMIT_FSIZE, (os.path.getsize(self.path) + 100, -1))
            mock.load(20)
            self.assertEqual(numbers(self.path), list(range(20)))  # not a byte of the next
            self.assertEqual(mock.journal_file()["failed"], "File too large")
            resource.prlimit(mock.process.pid, resource.RLIMIT_FSIZE, (-1, -1))
            wait_for(lambda: mock.journal_file()["waiting"] == 0, "lines written later")
            mock.load(20)
            self.assertEqual(numbers(self.path), list(range(20)) * 3)
            status, err = mock.stop()
        self.assertEqual(status, 0)
        self.told(err, "journal.jsonl: File too large", "journal.jsonl: lines are written again; 0 have been dropped")
        self.row("journal: a limit met and lifted", status, err, "60 of 60, whole, in order")

    @unittest.skipUnless(MAY_MOUNT, "a file system may not be mounted here")
    def test_a_disk_that_fills_up_and_is_freed(self):
        mount = os.path.join(self.folder, "disk")
        os.mkdir(mount)
        enter = ("unshare", "-Urm", "sh", "-c",
                 'mount -t tmpfs -o size=1m none "$0" && head -c 983040 /dev/zero >"$0/other" && exec "$@"', mount)
        with Mock("--journal-file", os.path.join(mount, "journal.jsonl"), prefix=enter) as mock:
            inside = "/proc/%d/root%s" % (mock.process.pid, mount)
            mock.load(200)
            before = numbers(inside + "/journal.jsonl")
            self.assertTrue(0 < len(before) < 200)
            self.assertEqual(before, list(range(len(before))))
            self.assertEqual(mock.journal_file(), {"written": len(before), "waiting": 200 - len(before), "dropped": 0,
                                                   "failed": "No space left on device"})
            os.truncate(inside + "/other", 0)
            wait_for(lambda: mock.journal_file()["waiting"] == 0, "lines written later")
            self.assertEqual(numbers(inside + "/journal.jsonl"), list(range(200)))
            status, err = mock.stop()
        self.assertEqual(status, 0)
        self.told(err, "journal.jsonl: No space left on device: free some space",
                  "journal.jsonl: lines are written again; 0 have been dropped")
        self.row("journal: a disk that fills up and is freed", status, err,
                 "%d of 200 while full, 200 later, whole, in order" % len(before))

    def test_two_servers_on_one_file(self):
        with Mock("--journal-file", self.path) as one, Mock("--journal-file", self.path) as other:
            threads = [threading.Thread(target=mock.load, args=(200,)) for mock in (one, other) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual((one.stop(), other.stop()), ((0, ""), (0, "")))
        self.assertEqual(sorted(numbers(self.path)), sorted(list(range(200)) * 4))
        self.row("journal: two servers on one file", 0, "", "800 of 800, whole")

    def test_half_a_line_of_a_run_that_was_killed(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write('{"seq":1,"at":')
        with Mock("--journal-file", self.path) as mock:
            mock.load(2)
            self.assertEqual(mock.stop(), (0, ""))
        with open(self.path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(lines[0], '{"seq":1,"at":')
        self.assertEqual([number_of(json.loads(line)) for line in lines[1:]], [0, 1])
        self.row("journal: half a line from before", 0, "", "half, then 2 of 2")


class Fifo(Situation):
    """A reader that does not read stops neither the server nor a signal."""

    def setUp(self):
        super().setUp()
        os.mkfifo(self.path)

    def read_all(self, reader, enough):
        got = b""
        def more():
            nonlocal got
            with contextlib.suppress(BlockingIOError):
                got += os.read(reader, 65536)
            return got.count(b"\n") >= enough
        wait_for(more, "%d lines" % enough)
        return [number_of(json.loads(line)) for line in got.splitlines()]

    def test_that_nobody_reads(self):
        reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
        with Mock("--journal-file", self.path) as mock:
            mock.load(1000)
            self.assertEqual(mock.ask("/_mock/health")[0], 200)
            counts = mock.journal_file()
            self.assertEqual(counts["failed"], "its reader does not read")
            self.assertEqual(counts["written"] + counts["waiting"], 1000)
            status, err = mock.stop()
        self.assertEqual(status, 1)
        self.told(err, "%d of 1000 lines of the journal are missing: its reader does not read" % counts["waiting"])
        self.row("journal: a FIFO whose reader does not read", status, err, "%d of 1000" % counts["written"])
        os.close(reader)

    def test_whose_reader_reads_later(self):
        reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
        with Mock("--journal-file", self.path) as mock:
            mock.load(1000)
            self.assertEqual(self.read_all(reader, 1000), list(range(1000)))
            self.assertEqual(mock.stop(), (0, ""))
        self.row("journal: a FIFO whose reader reads later", 0, "", "1000 of 1000, whole, in order")
        os.close(reader)

    def test_that_has_no_reader_yet(self):
        with Mock("--journal-file", self.path) as mock:
            mock.load(3)
            self.assertEqual(mock.journal_file(), {"written": 0, "waiting": 3, "dropped": 0, "failed": "nobody reads it"})
            reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
            mock.load(1)
            self.assertEqual(self.read_all(reader, 4), [0, 1, 2, 0])
            os.close(reader)
            status, err = mock.stop()
        self.assertEqual(status, 0)
        self.told(err, "journal.jsonl: nobody reads it: start its reader; until then lines wait in memory",
                  "lines are written again; 0 have been dropped")
        self.row("journal: a FIFO whose reader comes late", status, err, "4 of 4, in order")

    def test_that_never_has_one(self):
        with Mock("--journal-file", self.path) as mock:
            mock.load(3)
            status, err = mock.stop()
        self.assertEqual(status, 1)
        self.told(err, "3 of 3 lines of the journal are missing: nobody reads it")
        self.row("journal: a FIFO without a reader", status, err, "none of 3")


class StandardStreams(Situation):
    def closing(self, *streams):
        def close():
            for stream in streams:
                os.close(stream)
        return close

    @unittest.skipUnless(FULL, "there is no /dev/full")
    def test_full_standard_output(self):
        ready = os.path.join(self.folder, "ready.json")
        with open("/dev/full", "wb") as full:
            self.refused("standard output is /dev/full", 1,
                         ["standard output: the ready line could not be written: No space left on device"],
                         "--ready-file", ready, stdout=full)
            self.assertFalse(os.path.exists(ready))
            for command in (["--help"], ["--version"], ["routes"], ["check", "fixtures"]):
                done = subprocess.run([PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, cwd=TOP, timeout=LIMIT,
                                      text=True, check=False)
                self.assertEqual(done.returncode, 1, command)
                self.told(done.stderr, "standard output: the output could not be written")

    def test_closed_standard_output(self):
        self.refused("standard output is closed", 1,
                     ["standard output: the ready line could not be written: Bad file descriptor"],
                     "--journal-file", self.path, before=self.closing(1), stdout=None)
        self.assertEqual(numbers(self.path), [])  # its handle is none of the journal's

    def test_closed_standard_error(self):
        with Mock("--journal-file", self.path, before=self.closing(0, 2)) as mock:
            mock.load(3)
            self.assertEqual(mock.ask("/_mock/nothing")[0], 404)
            self.assertEqual(mock.stop(), (0, ""))
        self.assertEqual(numbers(self.path), [0, 1, 2])
        self.row("standard error and input are closed", 0, "", "3 of 3")

    @unittest.skipUnless(FULL, "there is no /dev/full")
    def test_standard_error_that_nobody_reads(self):
        """The pipe is full before the program says its first word."""
        reader, writer = full_pipe()
        with Mock("--journal-file", "/dev/full", stderr=writer) as mock:
            mock.load(10)
            self.assertEqual(mock.ask("/_mock/health")[0], 200)
            status, _ = mock.stop()
        self.assertEqual(status, 1)
        self.row("standard error is a pipe that nobody reads", status, "", "-")
        os.close(reader)
        os.close(writer)


@unittest.skipUnless(FULL, "there is no /dev/full")
class OtherPrograms(Situation):
    """cancelcheck and cancelorder, which lie beside."""

    CHECK, ORDER = (os.path.join(os.path.dirname(PROGRAM), name) for name in ("cancelcheck", "cancelorder"))

    def test_full_and_closed_standard_output(self):
        for command, status in (([self.CHECK, "--help"], 3), ([self.CHECK, "--list"], 3),
                                ([self.CHECK, "server", "--list"], 3), ([self.ORDER, "--help"], 1),
                                ([self.ORDER, "providers"], 1)):
            for situation in ("/dev/full", "closed"):
                with open("/dev/full", "wb") as full:
                    done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=TOP, timeout=LIMIT,
                                          preexec_fn=None if situation == "/dev/full" else lambda: os.close(1), check=False)
                self.assertEqual(done.returncode, status, command)
                self.assertRegex(done.stderr, r"^%s: .*could not be written.*\n$" % os.path.basename(command[0]))
            self.row(" ".join([os.path.basename(command[0]), *command[1:]]) + " to /dev/full, and closed", done.returncode,
                     done.stderr)

    def test_a_journal_file_of_cancelcheck(self):
        """Both ways: the run of a client, and of a server."""
        for words in (["--client", self.ORDER + " adapter", "--run", "zaikio/ZAI-AUTH-*", "-j", "1"],
                      ["server", "--provider", "zaikio"]):
            done = subprocess.run([self.CHECK, *words, "--journal-file", "/dev/full"], capture_output=True, text=True, cwd=TOP,
                                  timeout=LIMIT, check=False)
            self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
            self.assertIn("cancelcheck: /dev/full: No space left on device: free some space;", done.stderr)
            self.assertRegex(done.stderr, r"cancelcheck: /dev/full: (\d+) of \1 lines of the journal are missing")
        self.row("cancelcheck, and cancelcheck server: journal on /dev/full", 3, "")


class Log(Situation):
    """--log: a line for each request on standard error."""

    def lines(self, mock, count):
        def all_there():
            mock.err.seek(0)
            return mock.err.read().count(b"\n") >= count
        wait_for(all_there, "%d lines" % count)
        mock.err.seek(0)
        return mock.err.read().decode().splitlines()

    def test_text(self):
        with Mock("--log", "text") as mock:
            mock.load(1)
            mock.ask("/nowhere")
            mock.ask("/_mock/ready")  # no request of a client
            first, second = self.lines(mock, 2)
            self.assertRegex(first, r"^\d\d:\d\d:\d\d\.\d\d\d 401 GET /v0/orders/0 .*x-fngs-public-key")
            self.assertRegex(second, r"^\d\d:\d\d:\d\d\.\d\d\d 404 GET /nowhere .*no provider lives here")
            self.assertEqual(mock.stop()[0], 0)

    def test_json_by_option_variable_and_file(self):
        config = os.path.join(self.folder, "config.json")
        with open(config, "w", encoding="utf-8") as file:
            file.write('{"log": "json"}')
        for arguments, variables in ((["--log", "json"], {}), ([], {"CANCELMOCK_LOG": "json"}), (["--config", config], {})):
            with unittest.mock.patch.dict(os.environ, variables), Mock(*arguments, "--freeze-time", "2026-11-01T09:00:00Z") as mock:
                mock.load(2)
                lines = [json.loads(line) for line in self.lines(mock, 2)]
                self.assertEqual([(line["method"], line["target"], line["status"]) for line in lines],
                                 [("GET", PATH % 0, 401), ("GET", PATH % 1, 401)])
                self.assertEqual(lines[0]["at"], "2026-11-01T09:00:00.000000Z")
                self.assertEqual(lines[0]["reason"]["field"], "x-fngs-public-key")
                self.assertEqual(mock.stop()[0], 0)

    def test_secrets_are_masked(self):
        secret = "Tr0ub4dor-" + "x" * 20
        with Mock("--log", "text") as one, Mock("--log", "json") as other:
            for mock in (one, other):
                mock.ask("/v1/cancel-order/json", "POST", json.dumps(
                    {"request": {"authentication": {"key": secret, "hash": secret}, "order": {"id": "1"}}}))
                self.assertNotIn(secret, self.lines(mock, 1)[0])
                self.assertIn(" 401 " if mock is one else '"status":401', self.lines(mock, 1)[0])

    def test_other_words(self):
        self.refused("--log xml", 2, ['--log takes text or json, not "xml"'], "--log", "xml")

    def test_lines_that_nobody_reads(self):
        reader, writer = os.pipe()
        with Mock("--log", "json", stderr=writer) as mock:
            mock.load(5000)  # more than a pipe and the queue hold
            self.assertEqual(mock.ask("/_mock/health")[0], 200)
            status, _ = mock.stop()
        self.assertEqual(status, 1)
        self.row("--log json to a pipe that nobody reads", status, "", "-")
        os.close(reader)
        os.close(writer)


class Handles(Situation):
    def test_that_are_used_up(self):
        """More connections than there are file handles: told once, shown by GET ready, and over when they leave."""
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))

        with Mock(before=few) as mock, contextlib.ExitStack() as open_connections:
            host, port = mock.ready["http"].removeprefix("http://").split(":")
            for _ in range(150):
                open_connections.enter_context(socket.create_connection((host, int(port)), timeout=LIMIT))
            wait_for(lambda: os.fstat(mock.err.fileno()).st_size > 0, "a word on handles")
            open_connections.close()
            mock.load(5)
            notices = json.loads(mock.ask("/_mock/ready")[1])["notices"]
            self.assertEqual(len(notices), 1)
            self.assertIn("ulimit -n", notices[0]["sentence"])
            self.assertGreaterEqual(notices[0]["times"], 1)
            status, err = mock.stop()
        self.assertEqual((status, err), (0, "cancelmock: %s\n" % notices[0]["sentence"]))
        self.row("150 connections, 100 handles", status, err)


class ReadyFile(Situation):
    def setUp(self):
        super().setUp()
        self.ready = os.path.join(self.folder, "ready.json")

    def write(self, text):
        with open(self.ready, "w", encoding="utf-8") as file:
            file.write(text)

    def read(self):
        with open(self.ready, encoding="utf-8") as file:
            return file.read()

    def test_is_gone_at_the_end(self):
        with Mock("--ready-file", self.ready) as mock:
            self.assertEqual(json.loads(self.read()), mock.ready)
            self.assertEqual(os.stat(self.ready).st_mode & 0o777, 0o644)
            self.assertEqual(os.listdir(self.folder), ["ready.json"])
            self.assertEqual(mock.stop(), (0, ""))
        self.assertEqual(os.listdir(self.folder), [])

    def test_of_an_earlier_run_is_gone_at_the_start(self):
        self.write('{"ready":true,"pid":1}\n')
        with socket.create_server(("127.0.0.1", 0)) as taken:
            done = subprocess.run([PROGRAM, "--listen", "127.0.0.1:%d" % taken.getsockname()[1], "--ready-file", self.ready],
                                  capture_output=True, text=True, timeout=LIMIT, cwd=TOP, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(os.listdir(self.folder), [])
        self.row("a ready file of an earlier run; the start fails", 1, "cannot listen", "the file is gone")

    def test_after_a_kill_the_next_run_replaces_it(self):
        with Mock("--ready-file", self.ready) as mock:
            mock.stop(signal.SIGKILL)
        self.assertIn('"ready":true', self.read())
        with Mock("--ready-file", self.ready) as mock:
            self.assertEqual(json.loads(self.read()), mock.ready)

    def test_of_another_stays(self):
        with Mock("--ready-file", self.ready) as mock:
            os.unlink(self.ready)
            self.write("of another\n")
            self.assertEqual(mock.stop(), (0, ""))
        self.assertEqual(self.read(), "of another\n")
        self.row("the ready file is another server's at the end", 0, "", "it stays")

    def test_nothing_but_a_plain_file_is_replaced(self):
        target = os.path.join(self.folder, "target")
        for kind, make in (("a FIFO", os.mkfifo), ("a symbolic link", lambda path: os.symlink(target, path)),
                           ("a folder", os.mkdir)):
            make(self.ready)
            self.refused("ready file: " + kind, 1, ["--ready-file %s: it is no plain file" % self.ready], "--ready-file",
                         self.ready)
            (os.rmdir if kind == "a folder" else os.unlink)(self.ready)
        self.assertFalse(os.path.exists(target))

    def test_that_cannot_be_written(self):
        self.refused("ready file: a folder that is not there", 1,
                     ["--ready-file /nowhere/ready.json: it cannot be written: No such file or directory"],
                     "--ready-file", "/nowhere/ready.json")

    @unittest.skipUnless(MAY_MOUNT, "a file system may not be mounted here")
    def test_on_a_full_disk(self):
        mount = os.path.join(self.folder, "disk")
        os.mkdir(mount)
        script = 'mount -t tmpfs -o size=64k none "$0" && { head -c 99999 /dev/zero >"$0/other"; exec "$@" ; }'
        done = subprocess.run(["unshare", "-Urm", "sh", "-c", script, mount, PROGRAM, "--listen", "127.0.0.1:0",
                               "--ready-file", mount + "/ready.json"], capture_output=True, text=True, timeout=LIMIT,
                              cwd=TOP, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("ready.json: it cannot be written: No space left on device\n", done.stderr)
        self.row("ready file on a full disk", 1, done.stderr.splitlines()[-1], "no half file")


class Signals(Situation):
    def test_before_the_first_line_of_the_program(self):
        """Blocked by the parent it waits until the program looks for it: whatever that takes, it is no death."""
        for number in (signal.SIGTERM, signal.SIGINT):
            process = subprocess.Popen(
                [PROGRAM, "--listen", "127.0.0.1:0", "--ready-file", os.path.join(self.folder, "ready.json")], cwd=TOP,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                preexec_fn=lambda number=number: (signal.pthread_sigmask(signal.SIG_BLOCK, {number}), os.kill(os.getpid(), number)))
            out, err = process.communicate(timeout=LIMIT)
            self.assertEqual((process.returncode, out, err), (0, "", ""))
            self.assertEqual(os.listdir(self.folder), [])
        self.row("SIGTERM before the program has begun", 0, "")

    def test_while_it_starts(self):
        """A start that hangs: it wants to say what is wrong with the fixtures to a pipe that nobody reads."""
        reader, writer = full_pipe()
        process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--fixtures", self.folder], stdout=subprocess.PIPE,
                                   stderr=writer, cwd=TOP,
                                   preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM}))
        wait_for(lambda: is_asleep(process.pid), "a start that hangs")
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=LIMIT)
        self.assertEqual((process.returncode, out), (0, b""))
        self.row("SIGTERM while it starts, and hangs", 0, "")
        os.close(reader)
        os.close(writer)

    def test_while_the_configuration_is_read(self):
        """Nobody knows yet what it is to be, so it ends as any program does."""
        config = os.path.join(self.folder, "config.json")
        os.mkfifo(config)
        process = subprocess.Popen([PROGRAM, "--config", config], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TOP)
        with open(config, "w", encoding="utf-8"):
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=LIMIT)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.row("SIGTERM while --config is a FIFO that nobody fills", process.returncode, "")

    def test_of_a_command_that_serves_nobody(self):
        """It waits for an answer that never comes, and is ended as any program is."""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                process = subprocess.Popen([PROGRAM, "health", "http://127.0.0.1:%d" % silent.getsockname()[1]], cwd=TOP,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
                connection, _ = silent.accept()
                process.send_signal(number)
                self.assertEqual(process.wait(timeout=LIMIT), -number)
                connection.close()

    def test_a_second_one_ends_it_at_once(self):
        """A client that does not read its answer holds up the stop; how far that is shows the ready file."""
        for number in (signal.SIGTERM, signal.SIGINT):
            ready = os.path.join(self.folder, "ready.json")
            with Mock("--ready-file", ready) as mock, socket.socket() as client:
                for which in range(12):  # more than the system keeps for a reader
                    mock.ask(PATH % which, "POST", "x" * 900000)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                host, port = mock.ready["http"].removeprefix("http://").split(":")
                client.connect((host, int(port)))
                client.sendall(b"GET /_mock/requests?limit=12 HTTP/1.1\r\nHost: %s:%s\r\n\r\n" % (host.encode(), port.encode()))
                self.assertEqual(client.recv(1), b"H")  # it has begun to leave
                mock.process.send_signal(signal.SIGTERM)
                wait_for(lambda: not os.path.exists(ready), "the stop has begun")
                mock.process.send_signal(number)
                status, err = mock.end()
            self.assertEqual((status, err), (128 + number, ""))
            self.row("a second signal, %s, while it drains" % signal.Signals(number).name, status, err)

    def test_sighup_does_not_end_it(self):
        with Mock() as mock:
            mock.process.send_signal(signal.SIGHUP)
            wait_for(lambda: os.fstat(mock.err.fileno()).st_size > 0, "a word on SIGHUP")
            self.assertEqual(mock.ask("/_mock/health")[0], 200)
            status, err = mock.stop()
        self.assertEqual(status, 0)
        self.told(err, "SIGHUP")
        self.row("SIGHUP", status, err)

    @unittest.skipUnless(MAY_BE_1, "a process may not be number 1 of its own here")
    def test_as_process_1(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with Mock("--ready-file", os.path.join(self.folder, "ready.json"), listen="0.0.0.0:0",
                      prefix=("unshare", "--pid", "--fork", "--mount-proc")) as mock:
                self.assertEqual(mock.ready["pid"], 1)
                mock.ready["http"] = mock.ready["http"].replace("0.0.0.0", "127.0.0.1")
                base = json.loads(mock.ask("/_mock/providers")[1])["providers"]["zaikio"]["base_url"]
                self.assertTrue(base.startswith(mock.ready["http"] + "/"), base)  # the address that was called
                with open("/proc/%d/task/%d/children" % ((mock.process.pid,) * 2), encoding="utf-8") as file:
                    os.kill(int(file.read()), number)
                self.assertEqual(mock.end(), (0, ""))
            self.assertEqual(os.listdir(self.folder), [])
        self.row("SIGTERM and SIGINT as process 1", 0, "")


class Busy:
    """Clients that send one request after the other, each with a number of its own, until the server is gone."""

    def __init__(self, mock, count):
        self.answered, self.lock, self.mock = set(), threading.Lock(), mock
        self.threads = [threading.Thread(target=self.work, args=(i,)) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def work(self, which):
        connection = self.mock.connect()
        with contextlib.suppress(OSError, http.client.HTTPException):
            for number in range(which * 1000000, (which + 1) * 1000000):
                connection.request("GET", PATH % number)
                connection.getresponse().read()
                with self.lock:
                    self.answered.add(number)
        connection.close()

    def wait(self):
        for thread in self.threads:
            thread.join(LIMIT)


class Ends(Situation):
    def test_kill_9_in_the_middle_of_a_load(self):
        with Mock("--journal-file", self.path) as mock:
            busy = Busy(mock, 8)
            wait_for(lambda: len(busy.answered) > 1000, "a load")
            mock.stop(signal.SIGKILL)
            busy.wait()
        with open(self.path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        written = {number_of(json.loads(line)) for line in lines[:-1]}  # behind the last line break: nothing, or half a line
        self.assertEqual(busy.answered - written, set())
        self.assertLessEqual(len(written - busy.answered), 8)  # one on the way for each client
        self.row("kill -9 under load", -9, "", "every one of %d answered, %d lines, none broken" %
                 (len(busy.answered), len(written)))

    def test_sigterm_in_the_middle_of_a_load(self):
        """What was handled has been answered; of what came too late the journal says that its turn never came."""
        handled = set()
        for _ in range(3):
            with Mock("--journal-file", self.path) as mock:
                busy = Busy(mock, 8)
                wait_for(lambda busy=busy: len(busy.answered) > 500, "a load")
                self.assertEqual(mock.stop(), (0, ""))
                busy.wait()
            with open(self.path, encoding="utf-8") as file:
                entries = [json.loads(line) for line in file]
            handled = {number_of(entry) for entry in entries if entry["unread"] is None}
            late = [entry for entry in entries if entry["unread"] is not None]
            self.assertEqual(handled, busy.answered)
            self.assertEqual({(entry["unread"]["kind"], entry["response"]) for entry in late} - {("unserved", None)}, set())
            os.unlink(self.path)
        self.row("SIGTERM under load", 0, "", "each of %d handled was answered" % len(handled))


def show():
    print("\n%-52s %-20s %s" % ("Situation", "End", "Journal file, or what else there is"))
    for situation, end, lines, said in sorted(SEEN):
        print("%-52s %-20s %s" % (situation, end, lines))
        for line in said:
            if line != "-":
                print("    " + re.sub(r"/\S*/outputs-\w+/", "", line))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    show()
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
