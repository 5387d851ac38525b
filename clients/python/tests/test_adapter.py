"""The adapter as a child process: the protocol, aborts, ends."""

import json
import os
import subprocess
import sys
import threading
import unittest

from cancelorder import PROVIDERS, module_of
from support import SILENCE, Server, http

HERE = os.path.dirname(os.path.abspath(__file__))
ADAPTER = os.path.join(os.path.dirname(HERE), "adapter")
KEY = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
OK = http(200, {"status": True, "data": "OK"})
LIMIT_SECONDS = 20


class Adapter:
    """A running adapter; the whole of it is ended after LIMIT_SECONDS, so that no test can hang."""

    def __init__(self):
        self.child = subprocess.Popen(
            [sys.executable, ADAPTER], cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._timer = threading.Timer(LIMIT_SECONDS, self.child.kill)
        self._timer.start()

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self._timer.cancel()
        self.child.kill()
        self.child.communicate()

    def say(self, command):
        line = command if isinstance(command, bytes) else json.dumps(command).encode() + b"\n"
        self.child.stdin.write(line)
        self.child.stdin.flush()

    def hear(self):
        return json.loads(self.child.stdout.readline())

    def end(self):
        """Closes the input; returns (exit code, rest of the output, standard error)."""
        output, errors = self.child.communicate(timeout=LIMIT_SECONDS)
        return self.child.returncode, output, errors


def run(number, server, **changes):
    command = {
        "cmd": "run", "id": number, "provider": "dukkango", "operation": "cancel", "base_url": server.url,
        "credentials": {"access_token": "a1b2c3d4e5f60718"}, "arguments": {"order_id": KEY, "reason_id": 3},
        "deadline_ms": 15000, "options": {"ca_file": None, "state_dir": None},
    }  # fmt: skip
    command.update(changes)
    return command


class Protocol(unittest.TestCase):
    def test_hello(self):
        with Adapter() as adapter:
            adapter.say({"cmd": "hello", "id": 0, "protocol": 1, "suite": "0.1", "providers": [], "new": {}})
            answer = adapter.hear()
            self.assertEqual((0, 1, "python"), (answer["id"], answer["protocol"], answer["client"]["language"]))
            self.assertEqual(set(PROVIDERS), set(answer["providers"]))
            for name, offer in answer["providers"].items():
                self.assertEqual("cancel", offer["operations"][0])
                self.assertEqual(set(module_of(name).OPERATIONS), set(offer["operations"]))
            self.assertEqual((0, b"", b""), adapter.end())

    def test_another_protocol_is_refused(self):
        with Adapter() as adapter:
            for protocol in (2, "1", None, True):
                adapter.say({"cmd": "hello", "id": 4, "protocol": protocol})
                answer = adapter.hear()
                self.assertEqual((4, True, False), (answer["id"], "errored" in answer, "protocol" in answer))

    def test_cancel(self):
        with Adapter() as adapter, Server(OK) as server:
            adapter.say(run(17, server, surprise=[1], options={"new": True}))
            expected = {"id": 17, "outcome": "canceled", "http_status": 200, "attempts": 1, "sent": "yes"}
            self.assertEqual(expected, adapter.hear())

    def test_text_is_kept(self):
        text = 'Iİıi ĞğŞş "q" \\ \t \u2028 😀'
        with Adapter() as adapter, Server(http(404, {"status": False, "error": "kod", "message": text})) as server:
            adapter.say(run(1, server))
            self.assertEqual(text, adapter.hear()["message"])

    def test_a_lone_surrogate_does_no_harm(self):
        with Adapter() as adapter, Server(http(404, '{"status":false,"message":"a\\ud800b\\u0000c"}')) as server:
            adapter.say(run(1, server))
            self.assertEqual("a\ufffdb\x00c", adapter.hear()["message"])

    def test_a_huge_report_stays_below_a_line(self):
        # The text is reported twice, as field error and as message.
        zaikio = {"provider": "zaikio", "credentials": {"token": "t"}, "arguments": {"order_id": KEY, "method": "delete"}}
        with Adapter() as adapter, Server(http(422, {"errors": {"base": ["m" * 1000000]}})) as server:
            adapter.say(run(1, server, **zaikio))
            line = adapter.child.stdout.readline()
            self.assertLess(len(line), 1024 * 1024)
            self.assertEqual("rejected", json.loads(line)["outcome"])

    def test_skipped(self):
        with Adapter() as adapter, Server(OK) as server:
            for changes, feature in (
                ({"provider": "nobody"}, "nobody"),
                ({"operation": "fly"}, "fly"),
                ({"operation": "get_order"}, "get_order"),
                ({"provider": None}, "none"),
                ({"operation": ["cancel"]}, "none"),
            ):
                with self.subTest(str(changes)):
                    adapter.say(run(3, server, **changes))
                    answer = adapter.hear()
                    self.assertEqual((3, feature), (answer["id"], answer["skipped"]["feature"]))
            self.assertEqual([], server.requests)

    def test_broken_lines(self):
        with Adapter() as adapter, Server(OK) as server:
            for line in (b"rubbish\n", b"[]\n", b"\xff\xfe\n", b'{"id":1\n', b'{"id":1,"id":2}\n', b"[" * 100000 + b"\n", b"x" * 3000000 + b"\n"):
                with self.subTest(line[:12]):
                    adapter.say(line)
                    answer = adapter.hear()
                    self.assertEqual((None, ["message"]), (answer["id"], list(answer["errored"])))
            adapter.say(b"\n \r\n")  # empty lines are nothing
            adapter.say({"cmd": "dance", "id": 9})
            self.assertIn("errored", adapter.hear())
            adapter.say(json.dumps(run(1, server)).encode() + b"\r\n")
            self.assertEqual("canceled", adapter.hear()["outcome"])

    def test_bad_runs_are_invalid(self):
        with Adapter() as adapter, Server(OK) as server:
            for changes in ({"base_url": None}, {"credentials": None}, {"arguments": []}, {"arguments": None}):
                with self.subTest(str(changes)):
                    adapter.say(run(2, server, **changes))
                    answer = adapter.hear()
                    self.assertEqual(("invalid", True, 0), (answer["outcome"], answer["local"], answer["attempts"]))
            adapter.say(run(2, server, options=None, deadline_ms="soon"))
            self.assertEqual("canceled", adapter.hear()["outcome"])

    def test_a_deadline_is_kept(self):
        with Adapter() as adapter, Server(SILENCE) as server:
            adapter.say(run(5, server, deadline_ms=300))
            answer = adapter.hear()
            self.assertEqual((5, "timeout", 1, "maybe"), tuple(answer[n] for n in ("id", "outcome", "attempts", "sent")))

    def test_side_by_side(self):
        with Adapter() as adapter, Server(lambda r: http(404, {"message": r.json["reason_id"] * "x"})) as server:
            for number in range(1, 9):
                key = KEY[:-1] + str(number)
                adapter.say(run(number, server, arguments={"order_id": key, "reason_id": number}))
            answers = [adapter.hear() for _ in range(8)]
        self.assertEqual({n: "x" * n for n in range(1, 9)}, {a["id"]: a["message"] for a in answers})


class Ends(unittest.TestCase):
    def start_silent(self, adapter, server):
        adapter.say(run(7, server))
        while not server.requests and adapter.child.poll() is None:
            threading.Event().wait(0.005)

    def test_abort(self):
        with Adapter() as adapter, Server(SILENCE) as server:
            self.start_silent(adapter, server)
            adapter.say({"cmd": "abort", "id": 99})  # not running: nothing to say
            adapter.say({"cmd": "abort", "id": 7})
            self.assertEqual({"id": 7, "outcome": "aborted", "attempts": 1, "sent": "maybe"}, adapter.hear())
            adapter.say({"cmd": "abort", "id": 7})
            self.assertEqual((0, b"", b""), adapter.end())
            self.assertEqual(1, len(server.requests))

    def test_after_an_abort_the_next_run_works(self):
        with Adapter() as adapter, Server(SILENCE, OK) as server:
            self.start_silent(adapter, server)
            adapter.say({"cmd": "abort", "id": 7})
            adapter.hear()
            adapter.say(run(8, server))
            answer = adapter.hear()
            self.assertEqual((8, "canceled"), (answer["id"], answer["outcome"]))

    def test_an_id_that_is_running_is_refused(self):
        with Adapter() as adapter, Server(SILENCE) as server:
            self.start_silent(adapter, server)
            adapter.say(run(7, server))
            self.assertIn("errored", adapter.hear())

    def test_bye(self):
        with Adapter() as adapter:
            adapter.say({"cmd": "bye", "id": 3})
            self.assertEqual(0, adapter.child.wait(LIMIT_SECONDS))

    def test_end_of_input_while_running(self):
        fungies = {
            "provider": "fungies", "credentials": {"public_key": "pub_1", "secret_key": "sec_1"},
            "arguments": {"order_id": "A1"}, "deadline_ms": 1200,
        }  # fmt: skip
        with Adapter() as adapter, Server(SILENCE) as server:
            adapter.say(run(7, server, **fungies))
            while not server.requests and adapter.child.poll() is None:
                threading.Event().wait(0.005)
            code, output, errors = adapter.end()
            # The cancel was sent, so nothing follows it, not even the reading of the order.
            self.assertEqual((0, "aborted", b""), (code, json.loads(output)["outcome"], errors))
            self.assertEqual(1, len(server.requests))

    def test_commands_all_at_once(self):
        with Adapter() as adapter, Server(OK) as server:
            adapter.say(run(1, server))
            code, output, _ = adapter.end()
            self.assertEqual((0, "canceled"), (code, json.loads(output)["outcome"]))

    def test_secrets_stay_inside(self):
        with Adapter() as adapter, Server(http(401, {"message": "a1b2c3d4e5f60718"})) as server:
            adapter.say(run(1, server))
            _, output, errors = adapter.end()
        self.assertNotIn(b"a1b2c3d4e5f60718", output + errors)
