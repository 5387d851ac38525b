"""`cancelmock exec`: a command in a sealed room.

What a shell does with a command is what the room must do: exit statuses, signals, terminal, streams, orphans. What the room
adds: the vendors' names lead to the mock, nothing else can be reached, and what was tried is told. Nothing here leaves the
machine: all of it happens in network namespaces of the test's own, and without a room on loopback.

Usage: python3 mock_server/tests/exec.py build/cancelmock [WORD]
"""
import contextlib
import json
import os
import pty
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else os.path.abspath("build/cancelmock")
LIMIT = 60  # seconds, for what must come
NOBODY = 65534


def may(*command):
    return shutil.which(command[0]) is not None and subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


MAY_BE_ROOT = os.getuid() == 0
MAY_BE_1 = may("unshare", "--pid", "--fork", "--mount-proc", "true")


def read_until(terminal, word):
    """What came on the terminal, until that word is among it."""
    data, end = b"", time.monotonic() + LIMIT
    while word not in data:
        if time.monotonic() > end:
            raise AssertionError("%r never comes: %r" % (word, data))
        if select.select([terminal], [], [], 0.1)[0]:
            with contextlib.suppress(OSError):
                data += os.read(terminal, 4096)
    return data


def wait_for(condition):
    end = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it never comes")
        time.sleep(0.01)


def has_terminal(process):
    """It runs, and is what its terminal talks to (proc(5): state, pgrp, tpgid)."""
    with open("/proc/%s/stat" % process, encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return fields[0] != "T" and fields[2] == fields[5]


class Room(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="cancelmock-exec-")
        os.chmod(self.folder, 0o777)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.summary_file = os.path.join(self.folder, "summary.json")
        self.before = {name: open(name, "rb").read() for name in ("/etc/hosts", "/etc/resolv.conf") if os.path.exists(name)}

    def tearDown(self):
        """Outside nothing has changed, and nothing is left."""
        for name, text in self.before.items():
            with open(name, "rb") as file:
                self.assertEqual(file.read(), text)
        left = [name for name in os.listdir(self.folder) if name.startswith("cancelmock-room-")]
        self.assertEqual(left, [])

    def words(self, *command, options=(), user=None, prefix=()):
        as_user = [] if user is None else ["setpriv", "--reuid", str(user), "--regid", str(user), "--clear-groups"]
        return [*prefix, *as_user, PROGRAM, "exec", "--ca-dir", os.path.join(self.folder, "ca"), "--summary", self.summary_file,
                *options, "--", *command]

    def environment(self, **more):
        return {**{name: value for name, value in os.environ.items() if not name.startswith("CANCELMOCK_")},
                "TMPDIR": self.folder, "HOME": self.folder, **more}

    def run_in_room(self, *command, given=None, variables=None, **how):
        return subprocess.run(self.words(*command, **how), input=given, stdin=subprocess.DEVNULL if given is None else None,
                              capture_output=True, text=True, timeout=LIMIT, check=False, cwd=self.folder,
                              env=self.environment(**(variables or {})))

    def shell(self, script, **how):
        return self.run_in_room("sh", "-c", script, **how)

    def summary(self):
        with open(self.summary_file, encoding="utf-8") as file:
            return json.load(file)

    # ── As a shell would ───────────────────────────────────────────────────────────────────────────────────────────

    def test_exit_statuses(self):
        for script, status in (("exit 0", 0), ("exit 42", 42), ("exit 255", 255), ("kill -9 $$", 137), ("kill -TERM $$", 143)):
            with self.subTest(script=script):
                self.assertEqual(self.shell(script).returncode, status)
                self.assertEqual(self.summary()["exit"], status)

    def test_what_cannot_be_run(self):
        missing, locked = self.run_in_room("no-such-command"), self.run_in_room("/etc/hosts")
        self.assertEqual((missing.returncode, locked.returncode), (127, 126))
        self.assertIn("cancelmock exec: no-such-command: No such file or directory\n", missing.stderr)
        self.assertIn("cancelmock exec: /etc/hosts: Permission denied\n", locked.stderr)

    def test_streams_folder_and_environment(self):
        done = self.shell("cat; pwd; echo \"$WORD\"; echo problem >&2", given="one\ntwo\n", variables={"WORD": "a b"})
        self.assertEqual(done.stdout, "one\ntwo\n%s\na b\n" % self.folder)
        self.assertTrue(done.stderr.startswith("problem\n"))

    def test_a_large_output(self):
        done = self.shell("head -c 5000000 /dev/zero | tr '\\0' x")
        self.assertEqual(len(done.stdout), 5000000)

    def test_a_reader_that_leaves(self):
        """SIGPIPE ends the command as it would outside, though this program ignores it."""
        done = subprocess.run("%s | head -n 1" % " ".join("'%s'" % word for word in self.words("yes")), shell=True, text=True,
                              capture_output=True, timeout=LIMIT, check=False, env=self.environment())
        self.assertEqual(done.stdout, "y\n")
        self.assertEqual(self.summary()["exit"], 128 + signal.SIGPIPE)

    def test_files_are_the_commands_own(self):
        path = os.path.join(self.folder, "made")
        self.assertEqual(self.shell("umask 027; echo x > made; id -u").stdout, "%d\n" % os.getuid())
        self.assertEqual((os.stat(path).st_uid, stat.S_IMODE(os.stat(path).st_mode)), (os.getuid(), 0o640))

    def start(self, before, script):
        """The script, when what stands before it is done."""
        process = subprocess.Popen(self.words("sh", "-c", before + "; echo ready; " + script), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   text=True, cwd=self.folder, env=self.environment())
        self.assertEqual(process.stdout.readline(), "ready\n")
        self.addCleanup(process.stdout.close)
        return process

    def test_signals_are_passed_on(self):
        waits = "while :; do sleep 0.05; done"
        for before, number, status, said in ((":", signal.SIGTERM, 143, ""),
                                             ("trap 'echo told; exit 5' TERM", signal.SIGTERM, 5, "told\n"),
                                             ("trap 'echo told; exit 6' HUP", signal.SIGHUP, 6, "told\n"),
                                             ("trap 'echo told; exit 7' USR1", signal.SIGUSR1, 7, "told\n"),
                                             ("trap 'echo told; exit 8' INT", signal.SIGINT, 8, "told\n")):
            with self.subTest(before=before):
                process = self.start(before, waits)
                process.send_signal(number)
                self.assertEqual((process.stdout.read(), process.wait(timeout=LIMIT)), (said, status))

    def test_a_command_that_ignores_sigterm(self):
        """It lives on, as outside, until it ends by itself."""
        os.mkfifo(os.path.join(self.folder, "fifo"))
        process = self.start("trap '' TERM", "read -r word < fifo; echo survived")
        process.send_signal(signal.SIGTERM)
        self.assertIsNone(process.poll())
        with open(os.path.join(self.folder, "fifo"), "w", encoding="utf-8") as fifo:
            fifo.write("go\n")
        self.assertEqual((process.stdout.read(), process.wait(timeout=LIMIT)), ("survived\n", 0))

    def on_terminal(self, command):
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment(PS1="prompt> "))
        self.addCleanup(os.close, terminal)
        return pid, terminal

    def test_a_terminal(self):
        pid, terminal = self.on_terminal(self.words("sh", "-c", "printf 'name? '; read -r name; echo hello $name; test -t 0"))
        read_until(terminal, b"name? ")
        os.write(terminal, b"bob\n")
        read_until(terminal, b"hello bob")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0)

    def test_ctrl_c_reaches_the_command_once(self):
        script = "trap 'echo INT; count=$((count+1))' INT; echo ready; while [ \"$count\" != 1 ]; do sleep 0.05; done; sleep 0.3; exit $count"
        pid, terminal = self.on_terminal(self.words("sh", "-c", script))
        read_until(terminal, b"ready")
        os.write(terminal, b"\x03")
        read_until(terminal, b"INT")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 1)

    def test_ctrl_z_and_back(self):
        pid, terminal = self.on_terminal(["bash", "--norc", "--noprofile", "-i"])
        read_until(terminal, b"prompt> ")
        os.write(terminal, (" ".join("'%s'" % word for word in self.words("sh", "-c", "echo up; exec sleep 60")) + "\n").encode())
        read_until(terminal, b"\rup")
        os.write(terminal, b"\x1a")
        read_until(terminal, b"Stopped")
        os.write(terminal, b"fg\n")
        with open("/proc/%d/task/%d/children" % (pid, pid), encoding="utf-8") as file:
            job = file.read().split()[0]
        wait_for(lambda: has_terminal(job))
        os.write(terminal, b"\x03")
        os.write(terminal, b"echo status $?.\n")
        read_until(terminal, b"status 130.")
        os.write(terminal, b"exit\n")
        os.waitpid(pid, 0)

    def test_orphans_are_reaped_while_it_runs(self):
        script = "for i in 1 2 3; do (sh -c 'sleep 0.05 & exit 0'); done; sleep 0.4; ps -o stat= --ppid $PPID | grep -c Z; true"
        self.assertEqual(self.shell(script).stdout, "0\n")

    def test_what_is_left_running_is_told_and_ended(self):
        done = self.shell("setsid sh -c 'echo $$ > daemon; exec sleep 300' > /dev/null 2>&1 & while [ ! -s daemon ]; do sleep 0.01; done; sleep 0.1")
        self.assertEqual(done.returncode, 0)
        self.assertIn("still running, and ended with the room: sleep\n", done.stderr)
        [left] = self.summary()["left_running"]
        self.assertEqual(left["name"], "sleep")
        with open(os.path.join(self.folder, "daemon"), encoding="utf-8") as file:
            self.assertFalse(os.path.exists("/proc/%s" % file.read().strip()))

    def test_a_daemon_that_ignores_sigterm_is_ended_too(self):
        done = self.shell("setsid sh -c 'trap \"\" TERM; echo up > daemon; while :; do sleep 0.1; done' & while [ ! -s daemon ]; do sleep 0.01; done")
        self.assertEqual((done.returncode, len(self.summary()["left_running"]) > 0), (0, True))

    @unittest.skipUnless(MAY_BE_1, "no namespace of processes here")
    def test_as_process_1(self):
        done = self.run_in_room("sh", "-c", "curl -sS http://api.fungies.io/v0/orders/x; exit 3",
                                prefix=["unshare", "--pid", "--fork", "--mount-proc"])
        self.assertEqual((done.returncode, json.loads(done.stdout)["status"]), (3, "error"))

    # ── What leads to the mock ─────────────────────────────────────────────────────────────────────────────────────

    def test_the_mock_inside(self):
        done = self.shell("curl -sS https://api.fungies.io/v0/orders/x http://api.fungies.io/v0/orders/x; curl -sS -X PUT "
                          "https://www.xn--dkkango-n2a.com/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e")
        self.assertEqual(done.returncode, 0, done.stderr)
        summary = self.summary()
        kinds = sorted((one["provider"], one["operation"], one["status"], one["times"]) for one in summary["requests"])
        self.assertEqual(kinds, [("dukkango", "cancel", 401, 1), ("fungies", "get_order", 401, 2)])
        self.assertEqual((summary["count"], summary["unlisted"]), (3, 0))
        self.assertTrue(all(one["reason"]["rule"] for one in summary["requests"]))
        self.assertIn("cancelmock exec: 3 requests\n", done.stderr)

    def test_the_control_api_inside(self):
        done = self.shell("curl -sS -X POST $CANCELMOCK_CONTROL/orders/fungies | grep -c '\"state\":\"PAID\"\\|\"state\":\"PENDING\"'; "
                          "curl -sS $CANCELMOCK_URL/_mock/health")
        lines = done.stdout.splitlines()
        self.assertEqual((lines[0], json.loads(lines[1])["status"]), ("1", "alive"))
        self.assertEqual(self.summary()["count"], 0)

    def test_options_of_the_server(self):
        done = self.run_in_room("curl", "-sS", "https://shop.example.test/orders", options=["--provider", "akinon", "--host",
                                                                                          "akinon=*.example.test"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.summary()["requests"][0]["provider"], "akinon")
        other = self.run_in_room("curl", "-sS", "https://api.fungies.io/", options=["--provider", "akinon"])
        self.assertEqual((other.returncode, self.summary()["elsewhere"]["names"][0]["name"]), (6, "api.fungies.io"))

    def test_options_that_it_decides_itself(self):
        for option, value in (("--listen", "127.0.0.1:0"), ("--tls-listen", "127.0.0.1:0"), ("--log", "text"),
                              ("--ready-file", "x"), ("--public-url", "https://a.example")):
            done = self.run_in_room("true", options=[option, value])
            self.assertEqual(done.returncode, 2)
            self.assertIn("exec takes no %s" % option, done.stderr)
        self.assertEqual(self.run_in_room().returncode, 2)
        # What the environment says of them is meant for `serve`.
        self.assertEqual(self.run_in_room("true", variables={"CANCELMOCK_LISTEN": "127.0.0.1:9", "CANCELMOCK_LOG": "text"}).returncode, 0)

    def test_proxies_of_the_environment_are_gone(self):
        names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "NO_PROXY"]
        done = self.shell("env | grep -i _proxy || echo none", variables=dict.fromkeys(names, "http://127.0.0.1:9"))
        self.assertEqual(done.stdout, "none\n")

    @unittest.skipUnless(MAY_BE_ROOT, "only root can be somebody else")
    def test_an_ordinary_user(self):
        done = self.shell("id -u; curl -sS https://api.fungies.io/v0/orders/x", user=NOBODY)
        self.assertEqual(done.stdout.splitlines()[0], str(NOBODY), done.stderr)
        self.assertIn('"Invalid public key"', done.stdout)
        self.assertEqual(self.summary()["requests"][0]["provider"], "fungies")

    # ── What leads elsewhere ───────────────────────────────────────────────────────────────────────────────────────

    ASKS = """
import socket
for kind, family, place in ((socket.SOCK_STREAM, socket.AF_INET, ("192.0.2.7", 443)), (socket.SOCK_STREAM, socket.AF_INET, ("10.1.2.3", 5432)),
                            (socket.SOCK_STREAM, socket.AF_INET6, ("2001:db8::7", 80)), (socket.SOCK_DGRAM, socket.AF_INET, ("192.0.2.8", 123))):
    with socket.socket(family, kind) as dialling:
        dialling.settimeout(20)
        try:
            dialling.connect(place)
            dialling.send(b"x") if kind == socket.SOCK_DGRAM else None
            print("sent" if kind == socket.SOCK_DGRAM else "reached")
        except ConnectionRefusedError:
            print("refused")
for name in ("www.example.com", "Database.Internal.Example"):
    try:
        socket.getaddrinfo(name, 80)
        print("found")
    except socket.gaierror:
        print("no such name")
"""

    def elsewhere(self, **how):
        done = self.run_in_room("python3" if how.get("user") is None else "/usr/bin/python3", "-c", self.ASKS, **how)
        self.assertEqual(done.stdout.splitlines(), ["refused", "refused", "refused", "sent", "no such name", "no such name"], done.stderr)
        elsewhere = self.summary()["elsewhere"]
        self.assertEqual([one["address"] for one in elsewhere["addresses"]],
                         ["tcp 192.0.2.7:443", "tcp 10.1.2.3:5432", "tcp [2001:db8::7]:80", "udp 192.0.2.8:123"])
        self.assertEqual([one["name"] for one in elsewhere["names"]], ["www.example.com", "database.internal.example"])
        self.assertIn("dialled elsewhere, and refused: tcp 192.0.2.7:443, tcp 10.1.2.3:5432, tcp [2001:db8::7]:80", done.stderr)
        self.assertIn("names asked for that lead elsewhere: www.example.com", done.stderr)

    def test_names_and_addresses_elsewhere(self):
        self.elsewhere()

    @unittest.skipUnless(MAY_BE_ROOT, "only root can be somebody else")
    def test_the_same_for_an_ordinary_user(self):
        self.elsewhere(user=NOBODY)

    def test_loopback_is_the_rooms_own_business(self):
        self.shell("curl -sS http://127.0.0.1:9/ http://localhost:9/")
        self.assertEqual(self.summary()["elsewhere"], {"names": [], "addresses": [], "unlisted": 0})

    # ── Without a room ─────────────────────────────────────────────────────────────────────────────────────────────

    def test_without_a_room(self):
        done = self.shell("curl -sS https://api.fungies.io/v0/orders/x; curl -sS https://example.com/", options=["--no-room"])
        self.assertIn('"Invalid public key"', done.stdout)
        self.assertEqual(done.returncode, 56, done.stderr)  # curl's word for a refused CONNECT
        summary = self.summary()
        self.assertIsNone(summary["elsewhere"])
        self.assertEqual([(one["provider"], one["status"]) for one in summary["requests"]], [("fungies", 401), (None, 403)])

    @unittest.skipUnless(MAY_BE_ROOT, "only root can forbid namespaces")
    def test_where_namespaces_are_forbidden(self):
        """A namespace of users in which there may be no further one."""
        forbid = ["unshare", "-Ur", "sh", "-c", "echo 0 > /proc/sys/user/max_net_namespaces; exec setpriv --bounding-set -all \"$@\"", "sh"]
        done = self.run_in_room("true", prefix=forbid)
        if "max_net_namespaces" not in done.stderr and done.returncode == 0:
            self.skipTest("they cannot be forbidden here")
        self.assertEqual(done.returncode, 125, done.stderr)
        self.assertIn("the system gives no namespaces", done.stderr)
        self.assertIn("sysctl -w user.max_net_namespaces=1000", done.stderr)
        self.assertIn("cancelmock exec --no-room -- …", done.stderr)

    def test_a_summary_that_cannot_be_written(self):
        self.summary_file = "/nowhere/summary.json"
        done = self.run_in_room("true")
        self.assertEqual(done.returncode, 125)
        self.assertIn("--summary /nowhere/summary.json: No such file or directory", done.stderr)


if __name__ == "__main__":
    # A shell starts what runs in the background with these ignored, and so they would stay in every command here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, lambda *_: sys.exit(131))
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    suite = unittest.TestSuite(test for test in unittest.defaultTestLoader.loadTestsFromTestCase(Room)
                               if not words or any(word in test.id() for word in words))
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(suite)
    failed = len(result.failures) + len(result.errors)
    for test, why in result.skipped:
        print("not run: %s: %s" % (test.id(), why))
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
