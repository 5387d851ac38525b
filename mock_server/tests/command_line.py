"""The command line of cancelmock as its users meet it: ready line, exit codes, messages that name the place.

Usage: python3 mock_server/tests/command_line.py build/cancelmock [WORD]
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 30
# scripts/test judges every answer that it finds there.
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []


def run(*arguments, **variables):
    """A command that ends by itself: exit status, standard output, standard error."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=LIMIT, cwd=TOP,
                          env={**os.environ, **variables})
    return done.returncode, done.stdout, done.stderr


class Server:
    """A cancelmock on a free port, until the end of a with block."""

    def __init__(self, *arguments, **variables):
        self.process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", *JOURNAL, *arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, cwd=TOP, env={**os.environ, **variables})
        self.ready = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=LIMIT)

    def ask(self, method, path, body=None, headers=None):
        data = None if body is None else body.encode()
        request = urllib.request.Request(self.ready["http"] + path, data=data, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


class ReadyLine(unittest.TestCase):
    def test_is_json_and_first_and_true(self):
        with Server() as server:
            self.assertEqual(sorted(server.ready), ["control", "http", "https", "pid", "ready"])
            self.assertIs(server.ready["ready"], True)
            self.assertIsNone(server.ready["https"])
            self.assertEqual(server.ready["pid"], server.process.pid)
            self.assertEqual(server.ready["control"], server.ready["http"] + "/_mock")
            self.assertEqual(server.ask("GET", "/_mock/health")[0], 200)

    def test_stands_in_the_ready_file_too(self):
        folder = tempfile.mkdtemp()
        try:
            path = os.path.join(folder, "ready.json")
            with Server("--ready-file", path) as server:
                with open(path, encoding="utf-8") as file:
                    self.assertEqual(json.load(file), server.ready)
                self.assertEqual(os.listdir(folder), ["ready.json"])
        finally:
            shutil.rmtree(folder)

    def test_both_signals_end_it_with_0_and_nothing_more_on_standard_output(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with Server("--quiet") as server:
                server.process.send_signal(number)
                out, err = server.process.communicate(timeout=LIMIT)
                self.assertEqual((server.process.returncode, out, err), (0, "", ""))

    def test_a_ready_file_that_cannot_be_written_is_exit_1(self):
        status, out, err = run("--listen", "127.0.0.1:0", "--ready-file", "/nowhere/ready.json")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("/nowhere/ready.json", err)


class BadInput(unittest.TestCase):
    def refused(self, expected_status, words, *arguments):
        status, out, err = run(*arguments)
        self.assertEqual((status, out), (expected_status, ""), err)
        for word in words:
            self.assertIn(word, err)

    def test_unknown_option(self):
        self.refused(2, ["--lisen", "did you mean --listen?"], "--lisen", "127.0.0.1:0")

    def test_all_mistakes_in_one_run(self):
        status, out, err = run("--lisen", "x", "--seed", "x", "--explain=1")
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, "cancelmock: unknown option --lisen; did you mean --listen?\n"
                              "cancelmock: --explain takes no value\n"
                              'cancelmock: --seed takes a whole number, 0 or more, not "x"\n')

    def test_unknown_command(self):
        self.refused(2, ['"sevre" is no command'], "sevre")

    def test_an_option_without_its_value(self):
        self.refused(2, ["--seed needs a value"], "--seed")

    def test_a_value_out_of_range(self):
        self.refused(2, ["--seed"], "--seed", "-1")
        self.refused(2, ["--journal-size"], "--journal-size", "0")

    def test_a_switch_with_a_value(self):
        self.refused(2, ["--explain takes no value"], "--explain=1")

    def test_one_argument_too_many(self):
        self.refused(2, ["one argument too many"], "serve", "again")

    def test_check_without_a_folder(self):
        self.refused(2, ["check needs a folder"], "check")

    def test_an_address_that_is_none(self):
        self.refused(2, ["HOST:PORT"], "--listen", "8080")

    def test_an_unknown_provider(self):
        self.refused(2, ['"acme"', "zaikio"], "--provider", "acme")

    def test_an_unknown_knob(self):
        self.refused(2, ["--knob dukkango.colour=red"], "--knob", "dukkango.colour=red")

    def test_a_public_url_that_is_none(self):
        self.refused(2, ["--public-url mock.example", "https://mock.example:8443"], "--public-url", "mock.example")

    def test_a_time_that_is_none(self):
        self.refused(2, ["--freeze-time tomorrow"], "--freeze-time", "tomorrow")

    def test_a_port_in_use_is_exit_1(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = "127.0.0.1:%d" % taken.getsockname()[1]
            self.refused(1, [address, "in use"], "--listen", address)


class Fixtures(unittest.TestCase):
    """A copy of the shipped fixtures with one mistake; `check` and `serve` tell the same."""

    def setUp(self):
        self.folder = os.path.join(tempfile.mkdtemp(), "fixtures")
        shutil.copytree(os.path.join(TOP, "fixtures"), self.folder)

    def tearDown(self):
        shutil.rmtree(os.path.dirname(self.folder))

    def replace(self, file, old, new):
        path = os.path.join(self.folder, file)
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.assertIn(old, text)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace(old, new, 1))

    def told(self, place, words):
        for arguments in (["check", self.folder], ["--listen", "127.0.0.1:0", "--fixtures", self.folder]):
            status, out, err = run(*arguments)
            self.assertEqual((status, out), (2, ""), err)
            self.assertRegex(err, place)
            self.assertIn(words, err)

    def test_the_shipped_ones_are_good(self):
        status, out, err = run("check", self.folder)
        self.assertEqual((status, out, err), (0, self.folder + ": good\n", ""))
        with Server("--fixtures", self.folder) as server:
            self.assertEqual(server.ask("GET", "/_mock/ready")[0], 200)

    def test_a_wrong_type(self):
        self.replace("dukkango/orders.json", '"state": "RECEIVED"', '"state": 7')
        self.told(r"dukkango/orders\.json:4:\d+: ", '"state" must be a string')

    def test_an_unknown_member(self):
        self.replace("fungies/orders.json", '"state"', '"stat"')
        self.told(r"fungies/orders\.json:\d+:\d+: ", 'did you mean "state"?')

    def test_a_duplicate_id(self):
        self.replace("dukkango/orders.json", "7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02", "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e")
        self.told(r"dukkango/orders\.json:5:\d+: ", "duplicate id")

    def test_broken_json(self):
        self.replace("zaikio/provider.json", "{", "{,")
        self.told(r"zaikio/provider\.json:1:2: ", "member name in quotes")

    def test_all_mistakes_of_all_files_in_one_run(self):
        self.replace("dukkango/orders.json", '"state": "RECEIVED"', '"state": "RECIEVED"')
        self.replace("zaikio/orders.json", '"state"', '"stat"')
        self.told(r"(?s)dukkango/orders\.json:.*zaikio/orders\.json:", 'did you mean "RECEIVED"?')

    def test_a_folder_that_is_not_there(self):
        status, out, err = run("check", "/nowhere")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("/nowhere: No such file or directory", err)
        self.assertEqual(run("check", "README.md"), (2, "", "cancelmock: README.md: Not a directory\n"))


class Configuration(unittest.TestCase):
    """--config FILE: the same options as members; arguments win; mistakes have a place."""

    CANCEL = "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
    HEADERS = {"Access-Token": "your-access-token", "Content-Type": "application/json"}

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "mock.json")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as stream:
            stream.write(text)

    def told(self, text, *lines):
        self.write(text)
        status, out, err = run("--listen", "127.0.0.1:0", "--config", self.path)
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, "".join("cancelmock: %s:%s\n" % (self.path, line) for line in lines))

    def test_every_option_has_a_member(self):
        self.write(json.dumps({
            "listen": "127.0.0.1:0", "fixtures": "mine", "reload_every": 0.5, "providers": ["dukkango", "zaikio"],
            "knobs": {"dukkango": {"cancel_when_terminal": "409"}}, "freeze_time": "2026-11-01T09:00:00Z", "seed": 7,
            "journal_size": 2, "journal_file": "journal.jsonl", "ready_file": "ready.json", "explain": True,
            "quiet": True, "public_url": "https://mock.example"}))
        for name in ("dukkango", "zaikio"):
            shutil.copytree(os.path.join(TOP, "fixtures", name), os.path.join(self.folder, "mine", name))
        process = subprocess.Popen([PROGRAM, "--config", self.path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, cwd=TOP)
        server = Server.__new__(Server)
        server.process, server.ready = process, json.loads(process.stdout.readline())
        with server:
            with open(os.path.join(self.folder, "ready.json"), encoding="utf-8") as file:
                self.assertEqual(json.load(file), server.ready)
            self.assertEqual(list(json.loads(server.ask("GET", "/_mock/ready")[1])["providers"]), ["dukkango", "zaikio"])
            self.assertEqual(json.loads(server.ask("GET", "/_mock/clock")[1])["now"], "2026-11-01T09:00:00.000000Z")
            self.assertIn('"base_url":"https://mock.example/api', server.ask("GET", "/_mock/providers")[1])
            self.assertEqual(server.ask("PUT", self.CANCEL, '{"reason_id": 3}', self.HEADERS)[0], 200)
            request = urllib.request.Request(server.ready["http"] + self.CANCEL, data=b'{"reason_id": 3}', method="PUT",
                                             headers=self.HEADERS)
            with self.assertRaises(urllib.error.HTTPError) as refusal:
                urllib.request.urlopen(request, timeout=LIMIT)
            self.assertEqual(refusal.exception.code, 409)
            self.assertIn("not cancellable", refusal.exception.headers["X-Mock-Reason"])
            refusal.exception.close()
            server.ask("PUT", self.CANCEL, '{"reason_id": 3}', self.HEADERS)
            self.assertEqual(len(json.loads(server.ask("GET", "/_mock/requests")[1])["requests"]), 2)
            made = server.ask("POST", "/_mock/orders/zaikio", "{}")
            with open(os.path.join(self.folder, "journal.jsonl"), encoding="utf-8") as file:
                self.assertEqual(len(file.readlines()), 3)
            server.process.terminate()
            out, err = server.process.communicate(timeout=LIMIT)
            self.assertEqual((out, err), ("", ""))
        with Server("--freeze-time", "2026-11-01T09:00:00Z", "--seed", "7", "--provider", "dukkango", "--provider",
                    "zaikio") as twin:
            self.assertEqual(twin.ask("POST", "/_mock/orders/zaikio", "{}"), made)

    def test_arguments_win(self):
        self.write('{"listen": "127.0.0.1:1", "providers": ["zaikio", "akinon"], "seed": 1, "journal_size": 1,'
                   ' "freeze_time": "2020-01-01T00:00:00Z",'
                   ' "knobs": {"dukkango": {"foreign_order": "404", "cancel_when_terminal": "409"},'
                   ' "zaikio": {"transition_status": "409"}}}')
        with Server("--config", self.path, "--provider", "dukkango", "--knob", "dukkango.cancel_when_terminal=422",
                    "--freeze-time", "2026-11-01T09:00:00Z") as server:
            self.assertEqual(json.loads(server.ask("GET", "/_mock/ready")[1])["providers"], ["dukkango"])
            self.assertEqual(json.loads(server.ask("GET", "/_mock/clock")[1])["now"], "2026-11-01T09:00:00.000000Z")
            knobs = json.loads(server.ask("GET", "/_mock/knobs/dukkango")[1])
            self.assertEqual((knobs["cancel_when_terminal"], knobs["foreign_order"]), ("422", "404"))

    @unittest.skipUnless(os.path.exists("/dev/full"), "a file that is always full")
    def test_a_journal_that_cannot_be_written_is_told(self):
        server = Server("--quiet", "--journal-file", "/dev/full")
        server.ask("GET", "/nowhere")
        server.process.terminate()
        _, err = server.process.communicate(timeout=LIMIT)
        self.assertEqual((server.process.returncode, err),
                         (1, "cancelmock: /dev/full: No space left on device: free some space; until then lines wait in "
                             "memory, at most 8192 KiB\n"
                             "cancelmock: /dev/full: 1 of 1 lines of the journal are missing: No space left on device\n"))

    def test_paths_are_relative_to_the_file(self):
        self.write('{"fixtures": "nowhere"}')
        status, out, err = run("--listen", "127.0.0.1:0", "--config", self.path)
        self.assertEqual((status, out, err),
                         (2, "", "cancelmock: %s/nowhere: No such file or directory\n" % self.folder))

    def test_unknown_members(self):
        self.told('{\n  "lisen": "x",\n  "colours": 1}', '2:12: unknown member "lisen"; did you mean "listen"?',
                  '3:14: unknown member "colours"')

    def test_wrong_values(self):
        self.told('{"seed": -1,\n "journal_size": 0,\n "quiet": 1}',
                  '1:10: "seed" must lie between 0 and 9223372036854775807, and this is -1',
                  '2:18: "journal_size" must lie between 1 and 10000000, and this is 0',
                  '3:11: "quiet" must be true or false, and this is a number')
        self.told('{"freeze_time":\n"tomorrow"}', '2:1: give an instant such as 2026-11-01T09:00:00Z')
        self.told('{"providers": ["zaikio",\n"fungis"]}', '2:1: no provider is called "fungis"; did you mean "fungies"?')

    def test_a_knob_that_providers_leaves_out_is_a_mistake(self):
        self.told('{"providers": ["zaikio"],\n "knobs": {"dukkango": {"foreign_order": "404"}}}',
                  '2:42: knob dukkango.foreign_order does nothing, as "providers" leaves dukkango out')

    def test_a_knob_that_an_argument_leaves_out_is_told(self):
        self.write('{"knobs": {"dukkango": {"foreign_order": "404"}, "zaikio": {"transfer_pace": "never"}}}')
        status, out, err = run("routes", "--config", self.path, "--provider", "zaikio")
        self.assertEqual((status, err), (0, "cancelmock: %s:1:42: knob dukkango.foreign_order does nothing, as --provider "
                                            "leaves dukkango out\n" % self.path))
        self.assertIn("/consumers/api/v1/orders/{order_id}", out)

    def test_wrong_knobs(self):
        self.told('{"knobs": {"dukango": {"foreign_order": "404"}, "zaikio": [],\n'
                  '"dukkango": {"foriegn_order": "404", "foreign_order": "405",\n"non_uuid_path": null}, "fungies": "x"}}',
                  '1:41: no provider is called "dukango"; did you mean "dukkango"?',
                  '1:59: "zaikio" must be a string, a number, true or false, and this is an array',
                  '2:31: dukkango has no knob "foriegn_order"; did you mean "foreign_order"?',
                  '2:55: knob dukkango.foreign_order cannot be "405"; it takes 403, 404',
                  '3:18: "non_uuid_path" must be a string, a number, true or false, and this is null',
                  '3:36: give PROVIDER.NAME=VALUE; `cancelmock routes` lists the knobs and their values')
        self.told('{"knobs": ["dukkango.foreign_order=405"]}',
                  '1:12: knob dukkango.foreign_order cannot be "405"; it takes 403, 404')

    def test_files_that_are_none(self):
        self.told('{"seed": 1,}', '1:12: a member name in quotes is expected here')
        self.told('', '1:1: the file is empty')
        self.told('[]', '1:1: an object is expected, and this is an array')
        status, out, err = run("--config", "/nowhere/mock.json")
        self.assertEqual((status, out, err), (2, "", "cancelmock: /nowhere/mock.json: No such file or directory\n"))
        status, out, err = run("--config", self.folder)
        self.assertEqual((status, out, err), (2, "", "cancelmock: %s: Is a directory\n" % self.folder))

    def test_check_does_not_look_at_it(self):
        folder = os.path.join(TOP, "fixtures")
        self.assertEqual(run("check", folder, "--config", "/nowhere/mock.json"), (0, folder + ": good\n", ""))

    def test_a_knob_is_the_same_from_the_argument_the_file_and_the_control_api(self):
        def life(server):
            answers = [server.ask("PUT", self.CANCEL, '{"reason_id": 3}', self.HEADERS) for _ in range(2)]
            return answers + [server.ask("GET", "/_mock/knobs/dukkango")]

        self.write('{"knobs": {"dukkango": {"cancel_when_terminal": "409"}}}')
        with Server("--knob", "dukkango.cancel_when_terminal=409") as server:
            by_argument = life(server)
        with Server("--config", self.path) as server:
            by_file = life(server)
            server.ask("PATCH", "/_mock/knobs/dukkango", '{"cancel_when_terminal": "403"}')
            server.ask("POST", "/_mock/reset")
            self.assertEqual(life(server), by_file)  # a reset goes back to the file
        with Server() as server:
            server.ask("PATCH", "/_mock/knobs/dukkango", '{"cancel_when_terminal": "409"}')
            by_control = life(server)
        self.assertEqual([status for status, _ in by_argument], [200, 409, 200])
        self.assertEqual(by_file, by_argument)
        self.assertEqual(by_control, by_argument)


class Environment(unittest.TestCase):
    """CANCELMOCK_…: every option again, below the arguments and above the file."""

    def test_every_option_has_a_variable(self):
        folder = tempfile.mkdtemp()
        try:
            for name in ("dukkango", "zaikio"):
                shutil.copytree(os.path.join(TOP, "fixtures", name), os.path.join(folder, "mine", name))
            variables = {"LISTEN": "127.0.0.1:1", "FIXTURES": folder + "/mine", "RELOAD_EVERY": "0", "PROVIDER": "dukkango zaikio",
                         "KNOB": "dukkango.cancel_when_terminal=409 dukkango.foreign_order=404", "QUIET": "1",
                         "FREEZE_TIME": "2026-11-01T09:00:00Z", "SEED": "7", "JOURNAL_SIZE": "2", "EXPLAIN": "yes",
                         "JOURNAL_FILE": folder + "/journal.jsonl", "READY_FILE": folder + "/ready.json",
                         "PUBLIC_URL": "https://mock.example:8443/mock/"}
            with Server(**{"CANCELMOCK_" + name: value for name, value in variables.items()}) as server:
                with open(folder + "/ready.json", encoding="utf-8") as file:
                    self.assertEqual(json.load(file), server.ready)
                providers = json.loads(server.ask("GET", "/_mock/ready")[1])["providers"]
                self.assertEqual(list(providers), ["dukkango", "zaikio"])
                self.assertIn('"base_url":"https://mock.example:8443/mock/api', server.ask("GET", "/_mock/providers")[1])
                knobs = json.loads(server.ask("GET", "/_mock/knobs/dukkango")[1])
                self.assertEqual((knobs["cancel_when_terminal"], knobs["foreign_order"]), ("409", "404"))
                self.assertEqual(json.loads(server.ask("GET", "/_mock/clock")[1])["now"], "2026-11-01T09:00:00.000000Z")
                with self.assertRaises(urllib.error.HTTPError) as refusal:
                    urllib.request.urlopen(server.ready["http"] + "/api/integrations/orders", timeout=LIMIT)
                self.assertIsNotNone(refusal.exception.headers["X-Mock-Reason"])
                refusal.exception.close()
                for _ in range(4):
                    server.ask("GET", "/api/integrations/orders")
                self.assertEqual(len(json.loads(server.ask("GET", "/_mock/requests")[1])["requests"]), 2)
                self.assertTrue(JOURNAL or os.path.getsize(folder + "/journal.jsonl") > 0)
                made = server.ask("POST", "/_mock/orders/zaikio", "{}")
                server.process.terminate()
                self.assertEqual(server.process.communicate(timeout=LIMIT), ("", ""))
            with Server("--freeze-time", "2026-11-01T09:00:00Z", "--seed", "7", "--provider", "dukkango", "--provider",
                        "zaikio") as twin:
                self.assertEqual(twin.ask("POST", "/_mock/orders/zaikio", "{}"), made)
        finally:
            shutil.rmtree(folder)

    def test_stands_between_the_arguments_and_the_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump({"providers": ["akinon"], "freeze_time": "2020-01-01T00:00:00Z", "seed": 1,
                       "knobs": {"dukkango": {"foreign_order": "404", "cancel_when_terminal": "403"}}}, file)
            file.flush()
            with Server("--knob", "dukkango.cancel_when_terminal=422", "--quiet", CANCELMOCK_CONFIG=file.name,
                        CANCELMOCK_PROVIDER="dukkango zaikio", CANCELMOCK_FREEZE_TIME="2026-11-01T09:00:00Z",
                        CANCELMOCK_KNOB="dukkango.cancel_when_terminal=409", CANCELMOCK_JOURNAL_SIZE="") as server:
                providers = json.loads(server.ask("GET", "/_mock/ready")[1])["providers"]
                self.assertEqual(list(providers), ["dukkango", "zaikio"])
                self.assertEqual(json.loads(server.ask("GET", "/_mock/clock")[1])["now"], "2026-11-01T09:00:00.000000Z")
                knobs = json.loads(server.ask("GET", "/_mock/knobs/dukkango")[1])
                self.assertEqual((knobs["cancel_when_terminal"], knobs["foreign_order"]), ("422", "404"))
                server.process.terminate()
                self.assertEqual(server.process.communicate(timeout=LIMIT), ("", ""))

    def test_mistakes_name_the_variable(self):
        status, out, err = run(CANCELMOCK_SEED="x", CANCELMOCK_PROVIDER="fungis", CANCELMOCK_FREEZE_TIME="tomorrow")
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, 'cancelmock: CANCELMOCK_PROVIDER fungis: no provider is called "fungis"; did you mean '
                              '"fungies"?\n'
                              "cancelmock: CANCELMOCK_FREEZE_TIME tomorrow: give an instant such as 2026-11-01T09:00:00Z\n"
                              'cancelmock: CANCELMOCK_SEED takes a whole number, 0 or more, not "x"\n')

    def test_a_name_that_is_nearly_one_is_told(self):
        status, out, err = run("routes", CANCELMOCK_LISTN="127.0.0.1:1", CANCELMOCK_ZEBRA="1")
        self.assertEqual((status, err), (0, "cancelmock: CANCELMOCK_LISTN is not read; did you mean CANCELMOCK_LISTEN?\n"))
        self.assertIn("PUT", out)

    def test_check_looks_at_the_folder_and_at_nothing_else(self):
        status, out, err = run("check", "fixtures", CANCELMOCK_PROVIDER="nobody", CANCELMOCK_SEED="x",
                               CANCELMOCK_KNOB="a.b=c")
        self.assertEqual((status, err), (0, ""), out)

    def test_a_knob_that_the_environment_leaves_out(self):
        status, _, err = run("routes", CANCELMOCK_KNOB="dukkango.foreign_order=404", CANCELMOCK_PROVIDER="zaikio")
        self.assertEqual((status, err), (2, "cancelmock: CANCELMOCK_KNOB: knob dukkango.foreign_order does nothing, as "
                                            "CANCELMOCK_PROVIDER leaves dukkango out\n"))
        status, _, err = run("routes", "--provider", "zaikio", CANCELMOCK_KNOB="dukkango.foreign_order=404")
        self.assertEqual((status, err), (0, "cancelmock: CANCELMOCK_KNOB: knob dukkango.foreign_order does nothing, as "
                                            "--provider leaves dukkango out\n"))


class Options(unittest.TestCase):
    CANCEL = "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

    def test_help_and_version(self):
        status, out, err = run("--help")
        self.assertEqual((status, err), (0, ""))
        for word in ("--listen", "--fixtures", "--config", "check", "Exit:"):
            self.assertIn(word, out)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80, line)
        for other in (["-h"], ["routes", "-h"], ["--lisen", "--help"], ["--seed", "x", "-h"]):
            self.assertEqual(run(*other), (0, out, ""))
        self.assertEqual(run("-h", CANCELMOCK_SEED="x", CANCELMOCK_CONFIG="/nowhere"), (0, out, ""))
        for other in (["--version"], ["-V"], ["check", "-V"]):
            status, out, err = run(*other)
            self.assertEqual((status, err), (0, ""))
            self.assertRegex(out, r"^cancelmock \d+\.\d+\.\d+\n$")

    def test_help_names_the_other_sources(self):
        out = " ".join(run("-h")[1].split())
        self.assertIn("Each option but --summary, --no-room can also be given in the file of --config, a JSON object", out)
        self.assertIn("in the environment (CANCELMOCK_FREEZE_TIME)", out)

    def test_letters(self):
        with Server("-q", "-pdukkango", "-k", "dukkango.foreign_order=404") as server:
            self.assertEqual(list(json.loads(server.ask("GET", "/_mock/ready")[1])["providers"]), ["dukkango"])
            self.assertEqual(json.loads(server.ask("GET", "/_mock/knobs/dukkango")[1])["foreign_order"], "404")
            server.process.terminate()
            self.assertEqual(server.process.communicate(timeout=LIMIT), ("", ""))

    def test_routes_lists_routes_and_knobs(self):
        status, out, err = run("routes")
        self.assertEqual((status, err), (0, ""))
        for word in ("PUT", "/api/integrations/orders/cancel/{order_id}", "/v1/cancel-order/json", "cancel_when_terminal",
                     "  also  /orders/{order_id}\n", "with v2=on; now it is not served"):
            self.assertIn(word, out)
        self.assertNotIn("v2=on; now", run("routes", "--knob", "zaikio.v2=on")[1])

    def test_frozen_and_seeded_runs_are_the_same(self):
        orders = []
        for _ in range(2):
            with Server("--freeze-time", "2026-11-01T09:00:00Z", "--seed", "7") as server:
                orders.append(server.ask("GET", "/_mock/orders") + server.ask("POST", "/_mock/orders/zaikio", "{}"))
        self.assertEqual(orders[0], orders[1])
        with Server("--freeze-time", "2026-11-01T09:00:00Z", "--seed", "8") as server:
            self.assertNotEqual(orders[0][2:], server.ask("POST", "/_mock/orders/zaikio", "{}"))

    def test_the_exchange_of_the_readme(self):
        with open(os.path.join(TOP, "README.md"), encoding="utf-8") as file:
            readme = file.read()
        target = "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
        self.assertIn("curl -X PUT http://127.0.0.1:8080" + target, readme)
        with Server() as server:
            for _ in range(2):
                answer = server.ask("PUT", target, '{"reason_id": 3}',
                                    {"Access-Token": "your-access-token", "Content-Type": "application/json"})[1]
                self.assertIn("\n%s\n" % answer, readme)
            entry = json.loads(server.ask("GET", "/_mock/requests?since=2")[1])["requests"][0]
            self.assertIn("\n%s\n" % entry["reason"], readme)

    def test_knobs_and_explanations(self):
        with Server("--knob", "dukkango.cancel_when_terminal=409", "--explain") as server:
            headers = {"Access-Token": "your-access-token", "Content-Type": "application/json"}
            self.assertEqual(server.ask("PUT", self.CANCEL, '{"reason_id": 3}', headers)[0], 200)
            self.assertEqual(server.ask("PUT", self.CANCEL, '{"reason_id": 3}', headers)[0], 409)

    def test_the_journal_forgets_beyond_its_size(self):
        with Server("--journal-size", "2") as server:
            for _ in range(5):
                server.ask("GET", "/v0/orders/1")
            journal = json.loads(server.ask("GET", "/_mock/requests")[1])
            self.assertEqual((len(journal["requests"]), journal["evicted"], journal["next"]), (2, 3, 6))

    def test_ipv6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            self.skipTest("no IPv6 here")
        process = subprocess.Popen([PROGRAM, "--listen", "[::1]:0", "--quiet"], stdout=subprocess.PIPE, text=True, cwd=TOP)
        ready = json.loads(process.stdout.readline())
        with urllib.request.urlopen(ready["http"] + "/_mock/health", timeout=LIMIT) as answer:
            self.assertEqual(answer.status, 200)
        process.terminate()
        process.communicate(timeout=LIMIT)


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
