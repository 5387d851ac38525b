"""What the vendors' pages say of their requests, sent with curl; and the commands of our own documents, each with the output
that stands below it. (Their samples are cut out of the pages and run by scripts/tests/samples/run.)

Usage: python3 mock_server/tests/documents.py build/cancelmock
What must come back was copied from the pages by hand; a page's line breaks and indentation inside JSON are not part of it.
"""
import glob
import json
import os
import re
import subprocess
import sys
import textwrap
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
LIMIT = 30
# scripts/test judges every answer that it finds there.
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []


class Page(unittest.TestCase):
    def setUp(self):
        self.mock = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", *JOURNAL], stdout=subprocess.PIPE,
                                     text=True)
        self.host = json.loads(self.mock.stdout.readline())["http"]

    def tearDown(self):
        self.mock.terminate()
        self.mock.communicate(timeout=LIMIT)

    def curl(self, *arguments):
        """Status and body of one curl call."""
        done = subprocess.run(["curl", "-s", "-w", "\n%{http_code}", *arguments], capture_output=True, timeout=LIMIT, check=True)
        body, _, status = done.stdout.decode().rpartition("\n")
        return int(status), body

    def control(self, method, path, body=None):
        data = [] if body is None else ["-d", json.dumps(body)]
        return self.curl("-X", method, self.host + "/_mock/" + path, *data)


class Dukkango(Page):
    KEY = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

    def cancel(self, data, token="your-access-token", key=KEY):
        return self.curl("-X", "PUT", self.host + "/api/integrations/orders/cancel/" + key, "-H", "Access-Token: " + token,
                         "-H", "Content-Type: application/json", "-d", data)

    def test_examples_curl(self):
        self.assertEqual(self.cancel('{"reason_id": 3}'), (200, '{"status":true,"data":"OK"}'))

    def test_missing_field(self):
        self.assertEqual(self.cancel("{}"),
                         (422, '{"status":false,"error":"eksik alan","message":"reason_id is required"}'))

    def test_invalid_reason(self):
        self.assertEqual(self.cancel('{"reason_id": 9}'),
                         (422, '{"status":false,"error":"eksik alan","message":"Invalid reason_id"}'))

    def test_authentication_error(self):
        self.assertEqual(self.cancel('{"reason_id": 3}', token="wrong"), (401, '{"status":false,"error":"yetkisiz erişim"}'))

    def test_not_found(self):
        self.assertEqual(self.cancel('{"reason_id": 3}', key="00000000-0000-4000-8000-000000000000"),
                         (404, '{"status":false,"error":"sipariş bulunamadı"}'))

    def test_status_transition(self):
        self.cancel('{"reason_id": 3}')
        order = json.loads(self.control("GET", "orders/dukkango/" + self.KEY)[1])
        self.assertEqual((order["state"], order["document"]["status_id"]), ("CANCELED", 6))


class Fungies(Page):
    def cancel(self, order):
        return self.curl("--request", "PATCH", "--url", self.host + "/v0/orders/" + order + "/cancel",
                         "--header", "Content-Type: application/json", "--header", "x-fngs-public-key: <api-key>",
                         "--header", "x-fngs-secret-key: <api-key>", "--data", "{}")

    def test_curl_as_it_is_printed(self):
        status, body = self.cancel("{orderIdOrNumber}")  # curl takes the braces for a list of one word
        answer = json.loads(body)
        self.assertEqual((status, answer["status"]), (200, "success"))
        self.assertEqual(answer["data"]["order"]["status"], "CANCELLED")

    def test_example_of_a_successful_response(self):
        status, body = self.cancel("3c90c3cc-0d44-4b50-8888-8dd25736052a")
        order = json.loads(body)["data"]["order"]
        self.assertEqual((status, json.loads(body)["status"]), (200, "success"))
        # The page prints "<string>" for the number and PENDING for the state (facts: 9 A2, A3).
        self.assertEqual(order["number"], order["orderNumber"])
        self.assertEqual(order["status"], "CANCELLED")
        sample = {"object": "order", "id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "value": 0, "tax": 0, "fee": 0,
                  "totalItems": 0, "country": None, "currency": None, "currencyDecimals": None,
                  "createdAt": 4503599627370495, "userId": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "user": None}
        self.assertEqual({name: order[name] for name in sample}, sample)
        self.assertEqual(list(order), ["object", "id", "number", "status", "value", "tax", "fee", "totalItems", "country",
                                       "currency", "currencyDecimals", "createdAt", "userId", "user", "orderNumber"])

    def test_example_of_error_response(self):
        expired = json.loads(self.control("POST", "orders/fungies", {"state": "EXPIRED"})[1])["id"]
        status, body = self.cancel(expired)
        answer = json.loads(body)
        self.assertEqual((status, answer["status"], sorted(answer), list(answer["error"])),
                         (400, "error", ["error", "status"], ["message"]))


class Akinon(Page):
    """The page has lost its samples; what remains is the path, the parameters and the statuses."""

    def cancel(self, body):
        return self.curl("-X", "POST", self.host + "/api/i1/orders/1883/cancel/", "-H", "Authorization: Token api_token",
                         "-H", "Content-Type: application/json", "-d", json.dumps(body))

    def test_cancel_order(self):
        status, body = self.cancel({"order": 1883, "is_all": True, "cancel_items": [], "forced_refund_amount": None,
                                    "reasons": {"70193": 12, "70194": 12}})
        order = json.loads(body)
        self.assertEqual((status, order["pk"], order["status"], order["cancel_status"]), (200, 1883, "50", "waiting"))

    def test_cancel_order_partial(self):
        status, body = self.cancel({"order": 1883, "is_all": False, "cancel_items": [70193], "forced_refund_amount": None,
                                    "reasons": {"70193": 12}})
        order = json.loads(body)
        self.assertEqual((status, order["status"]), (200, "400"))
        self.assertEqual([item["status"] for item in order["orderitem_set"]], ["50", "400"])

    def test_example_clear_response(self):
        status, body = self.cancel({"order": 1883, "is_all": True, "cancel_items": [], "forced_refund_amount": None,
                                    "reasons": {"70193": 12, "70194": 12}, "return_details": False})
        self.assertEqual((status, body), (200, "{}"))

    def test_example_bad_response(self):
        self.assertTrue(400 <= self.cancel({"order": 1883})[0] < 500)


class Iletimerkezi(Page):
    SUCCESS = '{"response":{"status":{"code":200,"message":"İşlem başarılı"}}}'
    NOT_FOUND = '{"response":{"status":{"code":455,"message":"Sipariş bulunamadı"}}}'

    def cancel(self, order, key="API_KEY"):
        return self.curl("-X", "POST", self.host + "/v1/cancel-order/json", "-H", "Content-Type: application/json", "-d",
                         '{"request": {"authentication": {"key": "' + key + '", "hash": "API_HASH"}, "order": { "id": '
                         + order + " }}}")

    def test_code_sample(self):
        self.assertEqual(self.cancel('"312891245"'), (200, self.SUCCESS))
        self.assertEqual(self.cancel('"312891245"'), (455, self.NOT_FOUND))  # "Not idempotent"

    def test_an_integer_is_fine_too(self):
        self.assertEqual(self.cancel("312891245"), (200, self.SUCCESS))

    def test_authentication_failed(self):
        self.assertEqual(self.cancel('"312891245"', key="WRONG"),
                         (401, '{"response":{"status":{"code":401,"message":"Üyelik bilgileri hatalı"}}}'))

    def test_order_not_found(self):
        self.assertEqual(self.cancel('"1"'), (455, self.NOT_FOUND))
        for state in ("sending", "completed"):
            order = json.loads(self.control("POST", "orders/iletimerkezi", {"state": state})[1])["id"]
            self.assertEqual(self.cancel('"' + order + '"'), (455, self.NOT_FOUND))

    def test_the_report_afterwards(self):
        self.cancel('"312891245"')
        status, body = self.curl("-X", "POST", self.host + "/v1/get-report/json", "-H", "Content-Type: application/json", "-d",
                                 '{"request":{"authentication":{"key":"API_KEY","hash":"API_HASH"},"order":{"id":"312891245"}}}')
        self.assertEqual((status, json.loads(body)["response"]["order"]["status"]), (200, 115))


class Zaikio(Page):
    ORDER = "ffc75c94-aa79-450a-becc-2e398c079d93"

    def setUp(self):
        super().setUp()
        providers = json.loads(self.control("GET", "providers")[1])["providers"]
        self.token = providers["zaikio"]["credentials"]["token"]

    def patch(self, body):
        return self.curl("-X", "PATCH", self.host + "/orders/" + self.ORDER, "-H", "Authorization: Bearer " + self.token,
                         "-H", "Content-Type: application/json", "-d", body)

    def test_cancel_by_consumer(self):
        status, body = self.patch('{\n  "order": {\n    "state_event": "cancel_by_consumer"\n  }\n}')
        order = json.loads(body)
        self.assertEqual((status, order["id"], order["state"]), (200, self.ORDER, "canceled_by_consumer"))

    def test_request_cancelation(self):
        self.control("POST", "orders/zaikio/%s/events" % self.ORDER, {"event": "transfer"})
        status, body = self.patch('{\n  "order": {\n    "state_event": "request_cancelation"\n  }\n}')
        self.assertEqual((status, json.loads(body)["state"]), (200, "cancelation_requested"))
        self.control("POST", "orders/zaikio/%s/events" % self.ORDER, {"event": "supplier_accepts"})
        order = json.loads(self.control("GET", "orders/zaikio/" + self.ORDER)[1])
        self.assertEqual(order["state"], "canceled_by_supplier")

    # The vendor's own V1 client never sends an event alone: it sends back all that it read, and the event.
    def test_the_whole_order_is_read_and_sent_back(self):
        call = [self.host + "/consumers/api/v1/orders/" + self.ORDER, "-H", "Authorization: Bearer " + self.token]
        for event, state in (("request_cancelation", "cancelation_requested"), ("cancel_by_consumer", "canceled_by_consumer")):
            self.control("POST", "reset")
            if event == "request_cancelation":
                self.control("POST", "orders/zaikio/%s/events" % self.ORDER, {"event": "transfer"})
            order = json.loads(self.curl(*call)[1])
            status, body = self.patch(json.dumps({"order": dict(order, state_event=event)}))
            self.assertEqual((status, json.loads(body)["state"]), (200, state))

    # A magic id for each of the three ways to cancel: it is done, and the answer is lost.
    def test_a_lost_answer(self):
        path = self.host + "/consumers/api/v1/orders/fa170000-0000-4000-8000-000000000"
        bearer = ["-H", "Authorization: Bearer " + self.token, "-H", "Content-Type: application/json"]
        for number, method, event, state in (("599", "PATCH", "cancel_by_consumer", "canceled_by_consumer"),
                                             ("597", "PATCH", "request_cancelation", "cancelation_requested"),
                                             ("596", "DELETE", None, None)):
            body = [] if event is None else ["-d", json.dumps({"order": {"state_event": event}})]
            with self.assertRaises(subprocess.CalledProcessError) as lost:
                self.curl("-X", method, path + number, *bearer, *body)
            self.assertEqual(lost.exception.returncode, 52)  # an empty reply
            status, seen = self.curl(path + number, *bearer)  # read back as a client does
            self.assertEqual((status, json.loads(seen).get("state")), (404, None) if state is None else (200, state))

    def test_a_draft_is_simply_deleted(self):
        draft = json.loads(self.control("POST", "orders/zaikio", {"state": "draft"})[1])["id"]
        call = [self.host + "/consumers/api/v1/orders/" + draft, "-H", "Authorization: Bearer " + self.token]
        self.assertEqual(self.curl("-X", "DELETE", *call), (204, ""))
        self.assertEqual(self.curl(*call), (404, '{"errors":["not_found"]}'))


# What our own documents show: the blocks that are called `console`. "$ " begins a command, the lines below are what it
# prints, "…" stands for any text, and for any lines where it stands alone. A document is one shell session: a server that
# it starts serves until its end, on a port of its own where the document says 8080.
CONSOLE = re.compile(r"^( *)```console\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PORT = "127.0.0.1:8080"


def commands_of(text):
    """The commands of a document in their order, each with its expected lines."""
    commands = []
    for indent, block in CONSOLE.findall(text):
        for line in textwrap.dedent(block).splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], []))
            elif commands and commands[-1][0].endswith("\\"):
                commands[-1] = (commands[-1][0][:-1] + line.strip(), [])
            elif line.strip():
                commands[-1][1].append(line)
    return commands


def pattern_of(lines):
    """The lines as an expression."""
    parts = [r"(?:.*\n)*" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts).replace('"pid":4711', r'"pid":\d+'))


class OurOwn(unittest.TestCase):
    def setUp(self):
        self.mock, self.host = None, PORT
        self.environment = dict(os.environ, CANCELMOCK_JOURNAL_FILE=JOURNAL[1]) if JOURNAL else dict(os.environ)

    def tearDown(self):
        if self.mock is not None:
            self.mock.terminate()
            self.mock.communicate(timeout=LIMIT)

    def serve(self, command):
        """Starts the server of a command that ends with "&"; its ready line."""
        self.assertIsNone(self.mock, "a document starts one server")
        self.mock = subprocess.Popen("exec " + command.rstrip("& ").replace(PORT, "127.0.0.1:0"), shell=True, cwd=TOP,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.environment)
        ready = self.mock.stdout.readline()
        self.host = json.loads(ready)["http"].partition("//")[2]
        return ready

    def run_command(self, command):
        done = subprocess.run(["bash", "-c", command.replace(PORT, self.host)], cwd=TOP, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=4 * LIMIT, check=False, env=self.environment)
        return done.stdout.decode()

    def follow(self, document):
        """Does what it says; every command must print what stands below it."""
        with open(os.path.join(TOP, document), encoding="utf-8") as file:
            commands, before = commands_of(file.read()), None
        for written, expected in commands:
            written = before if written == "!!" else written
            before = written
            command = written.replace("build/cancel", os.path.dirname(PROGRAM) + "/cancel")
            printed = self.serve(command) if command.endswith("&") else self.run_command(command)
            lines = [line.rstrip() for line in printed.replace(self.host, PORT).splitlines() if line.strip()]
            if expected or not command.endswith("&"):
                self.assertRegex("".join(line + "\n" for line in lines), re.compile(r"\A" + pattern_of(expected).pattern + r"\Z"),
                                 "%s: $ %s" % (document, written))

    def test_an_output_that_differs_is_noticed(self):
        for lines, printed, fits in [(["a…c"], "abc\n", True), (["a…c"], "abd\n", False), (["…", "z"], "x\ny\nz\n", True),
                                     (["…", "z"], "x\nz\ny\n", False), ([], "x\n", False), (["a.c"], "abc\n", False)]:
            self.assertEqual(pattern_of(lines).fullmatch(printed) is not None, fits, (lines, printed))
        self.assertEqual(commands_of("  ```console\n  $ a \\\n      b\n  c\n  ```\n"), [("a b", ["c"])])


def add_documents():
    for path in ["README.md", *sorted(glob.glob(os.path.join(TOP, "docs", "*.md")))]:
        document = os.path.relpath(os.path.join(TOP, path), TOP)
        with open(os.path.join(TOP, document), encoding="utf-8") as file:
            if commands_of(file.read()):
                name = "test_" + re.sub(r"\W", "_", document)
                setattr(OurOwn, name, lambda self, document=document: self.follow(document))


add_documents()

if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
