"""Fixtures that change while the program serves them: a file is broken under traffic, and mended; SIGHUP; an editor's ways.

Usage: python3 mock_server/tests/reload.py build/cancelmock [WORD]
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 60
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []
TOKEN = {"Access-Token": "your-access-token"}
LIST = "/api/integrations/restaurants/get"
FIRST, SECOND = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02"


class Place:
    """A folder with the first provider's fixtures, and a cancelmock that serves them, until the end of a with block."""

    def __init__(self, every):
        self.folder = tempfile.mkdtemp()
        shutil.copytree(os.path.join(TOP, "fixtures/dukkango"), os.path.join(self.folder, "dukkango"))
        self.orders = os.path.join(self.folder, "dukkango/orders.json")
        self.write_orders(FIRST)
        self.process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--provider", "dukkango", "--fixtures", self.folder,
                                         "--reload-every", every, *JOURNAL], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True)
        self.root = json.loads(self.process.stdout.readline())["http"]
        self.told = []
        self.listener = threading.Thread(target=lambda: self.told.extend(self.process.stderr))
        self.listener.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=LIMIT)
        self.listener.join(timeout=LIMIT)
        self.process.stdout.close()
        self.process.stderr.close()
        shutil.rmtree(self.folder)

    def write(self, text):
        """As an editor does: beside, and then in its place."""
        with open(self.orders + "~", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(self.orders + "~", self.orders)

    def orders_text(self, order):
        return json.dumps({"orders": [{"id": order, "account": "cinaralti", "state": "RECEIVED"}]})

    def write_orders(self, order):
        self.write(self.orders_text(order))

    def ask(self, method, path, headers=None):
        request = urllib.request.Request(self.root + path, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()

    def fixtures(self):
        status, text = self.ask("GET", "/_mock/ready")
        answer = json.loads(text)
        assert status == 200 and answer["ready"] is True, (status, text)
        return answer["fixtures"]

    def has(self, order):
        return self.ask("GET", f"/_mock/orders/dukkango/{order}")[0] == 200

    def await_state(self, state, generation):
        end = time.monotonic() + LIMIT
        while (self.fixtures()["state"], self.fixtures()["generation"]) != (state, generation):
            assert time.monotonic() < end, (self.fixtures(), self.told)
            time.sleep(0.01)

    def await_told(self, part, count):
        end = time.monotonic() + LIMIT
        while sum(part in line for line in self.told) < count:
            assert time.monotonic() < end, self.told
            time.sleep(0.01)


class Traffic:
    """Requests without a pause, from several threads; what was answered, by status."""

    def __init__(self, place):
        self.place, self.answers, self.goes_on = place, [], True
        self.threads = [threading.Thread(target=self.run) for _ in range(3)]

    def run(self):
        while self.goes_on:
            try:
                self.answers.append(self.place.ask("GET", LIST, TOKEN)[0])
            except OSError as error:
                self.answers.append(str(error))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.goes_on = False
        for thread in self.threads:
            thread.join()

    def await_more(self, count):
        until, end = len(self.answers) + count, time.monotonic() + LIMIT
        while len(self.answers) < until:
            assert time.monotonic() < end
            time.sleep(0.01)


class ByItself(unittest.TestCase):
    def test_a_file_is_broken_under_traffic_and_mended(self):
        with Place("0.02") as place, Traffic(place) as traffic:
            traffic.await_more(20)
            place.write('{"orders": [{"id": "3e9c')
            place.await_state("stale", 1)
            problem = place.fixtures()["problems"][0]
            self.assertIn("dukkango/orders.json:1:20: ", problem)
            self.assertTrue(place.has(FIRST))
            traffic.await_more(20)
            place.write_orders(SECOND)
            place.await_state("current", 2)
            self.assertTrue(place.has(SECOND))
            self.assertFalse(place.has(FIRST))
            traffic.await_more(20)
            place.await_told("served from now on", 1)
        self.assertEqual(set(traffic.answers), {200})
        self.assertEqual([line for line in place.told if "orders.json:1:20" in line], [f"cancelmock: {problem}\n"])

    def test_an_editor_that_takes_the_file_away_first(self):
        with Place("0.02") as place, Traffic(place) as traffic:
            traffic.await_more(20)
            for order, generation in ((SECOND, 2), (FIRST, 3), (SECOND, 4)):
                os.remove(place.orders)
                with open(place.orders, "w", encoding="utf-8") as file:
                    file.write(place.orders_text(order))
                place.await_state("current", generation)
                self.assertTrue(place.has(order))
        self.assertEqual(set(traffic.answers), {200})

    def test_what_says_the_same_is_no_change(self):
        with Place("0.02") as place:
            text = place.orders_text(FIRST)
            for _ in range(5):
                place.write(text)
                os.utime(place.orders, (0, 0))
            with open(os.path.join(place.folder, "dukkango/notes.txt"), "w", encoding="utf-8") as file:
                file.write("no fixture")
            place.write_orders(SECOND)
            place.await_state("current", 2)
            place.await_told("served from now on", 1)


class OnDemand(unittest.TestCase):
    def test_a_signal(self):
        with Place("0") as place, Traffic(place) as traffic:
            place.write_orders(SECOND)
            place.process.send_signal(signal.SIGHUP)
            place.await_state("current", 2)
            place.write("[]")
            place.process.send_signal(signal.SIGHUP)
            place.await_state("stale", 2)
            self.assertTrue(place.has(SECOND))
            place.await_told("dukkango/orders.json:1:1: ", 1)
            place.write_orders(FIRST)
            place.process.send_signal(signal.SIGHUP)
            place.await_state("current", 3)
            self.assertTrue(place.has(FIRST))
            traffic.await_more(20)
        self.assertEqual(set(traffic.answers), {200})
        self.assertEqual(place.process.returncode, 0)

    def test_nobody_looks_unless_asked(self):
        with Place("0") as place:
            place.write("[]")
            self.assertEqual(place.fixtures()["state"], "current")
            status, text = place.ask("POST", "/_mock/reload")
            self.assertEqual(status, 422)
            self.assertIn("orders.json:1:1: ", json.loads(text)["error"])
            self.assertEqual(place.fixtures()["state"], "stale")
            place.write_orders(FIRST)
            self.assertEqual(place.ask("POST", "/_mock/reload")[0], 200)
            self.assertEqual((place.fixtures()["state"], place.fixtures()["generation"]), ("current", 1))

    def test_built_in_fixtures_cannot_change(self):
        process = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        json.loads(process.stdout.readline())
        process.send_signal(signal.SIGHUP)
        lines = []
        while not any("--fixtures DIR" in line for line in lines):
            lines.append(process.stderr.readline())
            self.assertNotEqual(lines[-1], "", lines)
        process.terminate()
        process.communicate(timeout=LIMIT)
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    words = sys.argv[1:]
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    chosen = unittest.TestSuite(test for group in tests for test in group if all(word in test.id() for word in words))
    outcome = unittest.TextTestRunner(verbosity=1).run(chosen)
    failed = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - failed} passed, {failed} failed")
    sys.exit(0 if failed == 0 and outcome.testsRun > 0 else 1)
