"""`cancelmock verify` and `cancelmock health` as their users meet them: exit codes, messages, reports.

Usage: python3 mock_server/tests/verify.py build/cancelmock [WORD]
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import xml.etree.ElementTree as xml

from command_line import LIMIT, PROGRAM, TOP, Server, run

CANCEL = "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
HEADERS = {"Access-Token": "your-access-token", "Content-Type": "application/json"}

ONE_CANCEL = {"name": "one cancel", "match": {"operation": "cancel", "status": 200}, "exactly": 1}
NO_TROUBLE = {"match": {"operation": "list_orders", "status": "5xx"}, "never": True}
NO_REFUSAL = {"match": {"operation": "cancel", "status": "4xx"}, "never": True}


def closed_port():
    """A socket that holds a port at which nobody listens."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    return held


class Says:
    """A server that says what it is told to whoever connects, as often as `times`; None: nothing."""

    def __init__(self, answer, times=4):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.answer, self.times, self.held = answer, times, []
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        for _ in range(self.times):
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            if self.answer is None:
                self.held.append(connection)
                continue
            connection.recv(65536)
            connection.sendall(self.answer)
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        for connection in self.held:
            connection.close()


class Asked(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()

    def tearDown(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def plan(self, *expectations, text=None):
        with open(self.path("plan.json"), "w", encoding="utf-8") as file:
            file.write(text if text is not None else json.dumps({"expect": expectations}))
        return self.path("plan.json")

    def cancel(self, server, times):
        for _ in range(times):
            server.ask("PUT", CANCEL, '{"reason_id": 3}', HEADERS)

    def verify(self, server, *arguments, plan=None, **variables):
        url = server if isinstance(server, str) else server.ready["http"]
        return run("verify", plan or self.path("plan.json"), "--server", url, *arguments, **variables)


class Verdicts(Asked):
    def test_passed_is_exit_0(self):
        self.plan(ONE_CANCEL, {"nothing_unmatched": True})
        with Server() as server:
            self.cancel(server, 1)
            self.assertEqual(self.verify(server), (0, "ok         one cancel\n"
                                                      "ok         no request that the mock does not serve\n"
                                                      "2 passed, 0 failed, 0 unknown\n", ""))

    def test_failed_is_exit_1_and_says_what_was_there(self):
        self.plan(ONE_CANCEL, NO_REFUSAL)
        with Server() as server:
            self.cancel(server, 2)
            status, out, err = self.verify(server)
            self.assertEqual((status, err), (1, ""))
            self.assertEqual(out, "ok         one cancel\n"
                                  "FAILED     no request with operation cancel, status 4xx\n"
                                  "           actual: 1 request (2)\n"
                                  "1 passed, 1 failed, 0 unknown\n")

    def test_unknown_is_exit_3(self):
        self.plan(NO_TROUBLE)
        with Server("--journal-size", "1") as server:
            for _ in range(3):
                server.ask("GET", "/v0/orders/list")
            status, out, err = self.verify(server)
            self.assertEqual((status, err), (3, ""))
            self.assertIn("UNKNOWN    no request with operation list_orders, status 5xx\n", out)
            self.assertIn("the journal has forgotten 2 of the first", out)
            self.assertTrue(out.endswith("0 passed, 0 failed, 1 unknown\n"), out)

    def test_failed_outweighs_unknown(self):
        self.plan(NO_TROUBLE, {"match": {"operation": "list_orders"}, "never": True})
        with Server("--journal-size", "1") as server:
            for _ in range(3):
                server.ask("GET", "/v0/orders/list")
            self.assertEqual(self.verify(server)[0], 1)

    def test_the_session_is_the_one_that_is_named(self):
        self.plan(ONE_CANCEL)
        with Server() as server:
            server.ask("POST", "/_mock/sessions", '{"id": "other"}')
            self.cancel(server, 1)
            self.assertEqual(self.verify(server)[0], 0)
            self.assertEqual(self.verify(server, "--session", "other")[0], 1)
            self.assertEqual(self.verify(server, CANCELMOCK_VERIFY_SESSION="other")[0], 1)
            status, out, err = self.verify(server, "--session", "oter")
            self.assertEqual((status, out), (2, ""))
            self.assertIn('"oter"', err)

    def test_the_plan_can_come_from_standard_input(self):
        with Server() as server:
            for text, status in ((json.dumps({"expect": [ONE_CANCEL]}), 1), ("", 2), ('{"expect": [', 2)):
                done = subprocess.run([PROGRAM, "verify", "-", "--server", server.ready["http"]], input=text,
                                      capture_output=True, text=True, timeout=LIMIT, cwd=TOP)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual("standard input:" in done.stderr, status == 2)

    def test_both_addresses_of_the_ready_line_will_do(self):
        self.plan(NO_REFUSAL)
        with Server() as server:
            for url in (server.ready["http"], server.ready["http"] + "/", server.ready["control"]):
                self.assertEqual(self.verify(url)[0], 0, url)


class Mistakes(Asked):
    """None of them is exit 0 or 1: a plan that is wrong has no verdict."""

    def told(self, words, *arguments):
        status, out, err = run("verify", *arguments)
        self.assertEqual((status, out), (2, ""), err)
        self.assertIn(words, err)
        self.assertTrue(err.startswith("cancelmock verify: "), err)

    def test_the_place_in_the_file_is_told(self):
        self.plan(text='{"expect": [\n  {"match": {"operation": "cancle"}, "exactly": 1}]}')
        with Server() as server:
            self.assertEqual(self.verify(server),
                             (2, "", 'cancelmock verify: %s:2:27: no operation is called "cancle"; did you mean '
                                     '"cancel"?\n' % self.path("plan.json")))

    def test_broken_json_and_missing_files(self):
        self.plan(text='{"expect": [}')
        with Server() as server:
            url = server.ready["http"]
            self.told("plan.json:1:13: ", self.path("plan.json"), "--server", url)
            self.told("/nowhere/plan.json: No such file or directory", "/nowhere/plan.json", "--server", url)
            self.told("Is a directory", self.folder, "--server", url)

    def test_usage(self):
        plan = self.plan(ONE_CANCEL)
        self.told("which plan?", "--server", "http://127.0.0.1:1")
        self.told("which server?", plan)
        self.told("one argument too many", plan, plan, "--server", "http://127.0.0.1:1")
        self.told("did you mean --session?", plan, "--sesion", "x")
        self.told("is no address", plan, "--server", "127.0.0.1:8080")
        self.told("https", plan, "--server", "https://127.0.0.1:8080")
        self.told("KIND=FILE", plan, "--server", "http://127.0.0.1:1", "--report", "xml=x")
        self.told("seconds", plan, "--server", "http://127.0.0.1:1", "--timeout", "0")
        status, _, err = run("--seed", "1", "verify", plan)
        self.assertEqual(status, 2)
        self.assertIn("cancelmock verify --help", err)

    def test_a_token_that_cannot_be_read(self):
        plan = self.plan(ONE_CANCEL)
        self.told("the token file /nowhere/token: No such file", plan, "--server", "http://127.0.0.1:1", "--token-file",
                  "/nowhere/token")
        self.told("it holds no token", plan, "--server", "http://127.0.0.1:1", "--token-file", "/dev/null")

    def test_a_token_that_the_server_wants(self):
        plan = self.plan(NO_REFUSAL)
        token = self.path("token")
        for name, text in (("token", "a-token-of-the-test\n"), ("wrong", "another-token-of-it\n")):
            with open(os.open(self.path(name), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        with Server("--control-token-file", token) as server:
            url = server.ready["http"]
            self.assertEqual(run("verify", plan, "--server", url, "--token-file", token)[0], 0)
            for arguments in ([], ["--token-file", self.path("wrong")]):
                status, out, err = run("verify", plan, "--server", url, *arguments)
                self.assertEqual((status, out), (2, ""))
                self.assertIn("token", err)
                self.assertNotIn("a-token-of-the-test", err)
            self.assertEqual(run("health", url)[0], 0)
            self.assertEqual(run("health", url, "--ready")[0], 1)
            self.assertEqual(run("health", url, "--ready", "--token-file", token)[0], 0)

    def test_help(self):
        for command in ("verify", "health"):
            status, out, err = run(command, "--help")
            self.assertEqual((status, err), (0, ""))
            self.assertIn("Exit: 0 ", out)
            for line in out.splitlines():
                self.assertLessEqual(len(line), 80, line)
            self.assertRegex(run(command, "-V")[1], r"^cancelmock \d+\.\d+\.\d+\n$")


class Unreachable(Asked):
    """Nobody knows: exit 3, whatever is wrong with the server."""

    def test_nobody_listens(self):
        self.plan(ONE_CANCEL)
        with closed_port() as held:
            address = "127.0.0.1:%d" % held.getsockname()[1]
            self.assertEqual(self.verify("http://" + address),
                             (3, "", "cancelmock verify: %s cannot be reached: Connection refused\n" % address))

    def test_it_is_something_else(self):
        self.plan(ONE_CANCEL)
        for answer in (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
                       b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                       b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"verdict\":\"passed\"",
                       b"SSH-2.0-OpenSSH_9\r\n\r\n", b""):
            with Says(answer) as other:
                status, out, err = self.verify(other.url)
                self.assertEqual((status, out), (3, ""), answer)
                self.assertTrue(err.startswith("cancelmock verify: "), err)

    def test_it_is_silent(self):
        self.plan(ONE_CANCEL)
        with Says(None) as silent:
            status, out, err = self.verify(silent.url, "--timeout", "0.2")
            self.assertEqual((status, out, err), (3, "", "cancelmock verify: no answer within 200 ms\n"))


class Reports(Asked):
    def outcomes(self, path):
        """The counts of JUnit's root, and the outcome of each case."""
        root = xml.parse(path).getroot()
        self.assertEqual(root.tag, "testsuites")
        cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
        return {name: int(root.get(name)) for name in ("tests", "failures", "errors")}, cases

    def test_junit(self):
        self.plan(ONE_CANCEL, NO_REFUSAL, {"name": "<odd> & \"quoted\"\u0001", "match": {"status": 503}, "never": True})
        with Server("--journal-size", "2") as server:
            self.cancel(server, 2)
            self.assertEqual(self.verify(server, "--report", "junit=" + self.path("v.xml"))[0], 1)
            self.assertEqual(self.outcomes(self.path("v.xml")),
                             ({"tests": 3, "failures": 1, "errors": 0},
                              {"one cancel": [], "no request with operation cancel, status 4xx": ["failure"],
                               "<odd> & \"quoted\"\ufffd": []}))
            self.cancel(server, 1)  # the first one is forgotten
            self.assertEqual(self.verify(server, "--report", "junit=" + self.path("v.xml"))[0], 1)
            counts, cases = self.outcomes(self.path("v.xml"))
            self.assertEqual(counts, {"tests": 3, "failures": 1, "errors": 2})
            self.assertEqual(cases["one cancel"], ["error"])

    def test_junit_of_a_server_that_does_not_answer(self):
        self.plan(ONE_CANCEL)
        with closed_port() as held:
            url = "http://127.0.0.1:%d" % held.getsockname()[1]
            self.assertEqual(self.verify(url, "--report", "junit=" + self.path("v.xml"))[0], 3)
        self.assertEqual(self.outcomes(self.path("v.xml")),
                         ({"tests": 1, "failures": 0, "errors": 1}, {"the server answers": ["error"]}))

    def test_json_is_what_the_server_said(self):
        self.plan(ONE_CANCEL, NO_REFUSAL)
        with Server() as server:
            self.cancel(server, 2)
            status, out, err = self.verify(server, "--report", "json=-", "--report", "junit=" + self.path("v.xml"))
            self.assertEqual(status, 1)
            self.assertTrue(err.endswith("1 passed, 1 failed, 0 unknown\n"), err)
            report = json.loads(out)
            self.assertEqual((report["verdict"], report["evicted"], report["problem"]), ("failed", 0, None))
            self.assertEqual([check["verdict"] for check in report["checks"]], ["passed", "failed"])
            self.assertEqual(report["checks"][1]["matched"], [2])
            self.assertEqual(report["checks"][0]["expect"], ONE_CANCEL)
            self.assertTrue(os.path.getsize(self.path("v.xml")) > 0)

    def test_only_one_report_on_standard_output(self):
        self.plan(ONE_CANCEL)
        status, out, err = self.verify("http://127.0.0.1:1", "--report", "json=-", "--report", "junit=-")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("only one report", err)

    def test_a_report_that_cannot_be_written_is_no_success(self):
        self.plan(NO_REFUSAL)
        with Server() as server:
            status, out, err = self.verify(server, "--report", "junit=/nowhere/v.xml")
            self.assertEqual((status, out), (2, ""))
            self.assertIn("/nowhere/v.xml: No such file or directory", err)
            if os.path.exists("/dev/full"):
                self.assertEqual(self.verify(server, "--report", "junit=/dev/full")[0], 2)
                with open("/dev/full", "w", encoding="utf-8") as full:
                    done = subprocess.run([PROGRAM, "verify", self.path("plan.json"), "--server", server.ready["http"]],
                                          stdout=full, stderr=subprocess.PIPE, text=True, timeout=LIMIT, cwd=TOP)
                self.assertEqual(done.returncode, 2)
                self.assertIn("standard output", done.stderr)


class Health(unittest.TestCase):
    def test_alive_is_exit_0(self):
        with Server() as server:
            for url in (server.ready["http"], server.ready["control"]):
                self.assertEqual(run("health", url), (0, url + " is alive\n", ""))
                self.assertEqual(run("health", url, "--ready"), (0, url + " is ready\n", ""))

    def test_nobody_is_exit_1(self):
        with closed_port() as held:
            address = "127.0.0.1:%d" % held.getsockname()[1]
            self.assertEqual(run("health", "http://" + address),
                             (1, "", "cancelmock health: %s cannot be reached: Connection refused\n" % address))

    def test_whoever_is_no_cancelmock_is_exit_1(self):
        for answer in (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                       b"HTTP/1.1 503 Busy\r\nContent-Length: 18\r\n\r\n{\"status\":\"alive\"}", b"",
                       b"HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"status\":\"tired\"}"):
            with Says(answer) as other:
                status, out, err = run("health", other.url)
                self.assertEqual((status, out), (1, ""), answer)
                self.assertTrue(err.startswith("cancelmock health: "), err)

    def test_not_ready(self):
        with Says(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"ready\":false}") as other:
            status, out, err = run("health", other.url, "--ready")
            self.assertEqual((status, out), (1, ""))
            self.assertIn("not ready", err)

    def test_silence_is_exit_1(self):
        with Says(None) as silent:
            self.assertEqual(run("health", silent.url, "--timeout", "0.2"),
                             (1, "", "cancelmock health: no answer within 200 ms\n"))

    def test_usage(self):
        for arguments, words in (([], "whose?"), (["http://x", "y"], "one argument too many"),
                                 (["127.0.0.1:1"], "is no address"), (["http://x", "--timeout", "x"], "--timeout"),
                                 (["http://127.0.0.1:1", "--token-file", "/nowhere/token"], "/nowhere/token")):
            status, out, err = run("health", *arguments)
            self.assertEqual((status, out), (2, ""), arguments)
            self.assertIn(words, err)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
