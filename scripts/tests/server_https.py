#!/usr/bin/env python3
"""`cancelcheck server` over https: a right server is never called wrong, and one that is not trusted is told from one that fails.

Usage: scripts/tests/server_https.py BUILD      the folder with cancelmock and cancelcheck
Closes with `N passed, N failed`.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
LIMIT = 300  # seconds, for what must come
BASES = {"dukkango": "/api/integrations", "fungies": "/v0", "akinon": "/api/i1", "iletimerkezi": "/v1",
         "zaikio": "/consumers/api/v1"}
TOTALS = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


class Server(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="cancelcheck-https-")
        cls.ca = os.path.join(cls.folder, "ca")
        cls.process = subprocess.Popen(
            [os.path.join(BUILD, "cancelmock"), "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0", "--ca-dir", cls.ca,
             "--quiet", "--freeze-time", "2026-11-01T09:00:00Z"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.ready = json.loads(cls.process.stdout.readline())

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait(timeout=LIMIT)
        cls.process.stdout.close()
        shutil.rmtree(cls.folder)

    def check(self, *options, bases=None, address=None):
        words = []
        for provider in bases or BASES:
            words += ["--base-url", "%s=%s%s" % (provider, address or self.ready["https"], BASES[provider])]
        return subprocess.run([os.path.join(BUILD, "cancelcheck"), "server", "--quiet", *words, *options], capture_output=True,
                              text=True, timeout=LIMIT, check=False)

    def trusting(self, *options, **how):
        return self.check("--ca-file", os.path.join(self.ca, "ca.pem"), *options, **how)

    def test_every_documented_exchange(self):
        """All that the built-in mock is asked over plain http, and nothing less, is right over https."""
        plain = subprocess.run([os.path.join(BUILD, "cancelcheck"), "server", "--quiet"], capture_output=True, text=True,
                               timeout=LIMIT, check=False)
        secure = self.trusting("--control", self.ready["control"])
        self.assertEqual((plain.returncode, secure.returncode), (0, 0), secure.stdout[-3000:])
        self.assertEqual(TOTALS.search(secure.stdout).groups(), TOTALS.search(plain.stdout).groups())

    def unprepared(self, *faults):
        """With nothing but addresses, at a server of its own whose clock is that of today."""
        ca = os.path.join(self.folder, "ca")
        with subprocess.Popen([os.path.join(BUILD, "cancelmock"), "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0",
                               "--ca-dir", ca, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            ready = json.loads(process.stdout.readline())
            for fault in faults:
                urllib.request.urlopen(ready["http"] + "/_mock/faults", json.dumps(fault).encode()).close()
            done = self.trusting(address=ready["https"])
            process.terminate()
        return done

    def test_a_right_server_and_its_address_alone(self):
        """Orders are there once, and nobody moves its clock: what needs more is not asked, and nothing is called wrong."""
        done = self.unprepared()
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])
        passed, failed = map(int, TOTALS.search(done.stdout).groups())
        self.assertEqual(failed, 0)
        self.assertGreater(passed, 1000)
        for provider in BASES:
            counts = re.search(r"^  %s +(\d+) +0 +(\d+)$" % provider, done.stdout, re.M)
            self.assertGreater(int(counts[1]), 100, provider)
        for reason in ("a fresh order", "the day of the documents", "a server that does not limit the rate"):
            self.assertRegex(done.stdout, r"not asked: \d+, needs %s" % reason)

    def test_a_wrong_server_and_its_address_alone(self):
        done = self.unprepared({"fault": "ERROR_STATUS", "status": 503, "phase": "after_commit",
                                "match": {"provider": "fungies", "operation": "cancel"}, "when": {"after": 3}})
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"(?m)^FAIL fungies/")

    # ── Fresh orders ───────────────────────────────────────────────────────────────────────────────────────────────

    RUN = ("--run", "dukkango/cancel/*")
    DOCUMENTED = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

    def counts(self, done):
        self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr)
        return int(TOTALS.search(done.stdout)[1]), int((re.search(r"not asked: (\d+), needs a fresh order", done.stdout) or [0, 0])[1])

    def cancels(self, *options):
        """The cancels of one vendor, at the plain port, from the fixtures on."""
        urllib.request.urlopen(urllib.request.Request(self.ready["http"] + "/_mock/reset", b"{}")).close()
        return self.check(*self.RUN, *options, bases=["dukkango"], address=self.ready["http"])

    def fresh_orders(self, count):
        made = []
        for _ in range(count):
            with urllib.request.urlopen(self.ready["http"] + "/_mock/orders/dukkango", b"{}") as answer:
                made.append(json.load(answer)["id"])
        return made

    def test_orders_from_a_file(self):
        before, lacking = self.counts(self.cancels())
        self.assertGreater(lacking, 5)
        urllib.request.urlopen(urllib.request.Request(self.ready["http"] + "/_mock/reset", b"{}")).close()
        path = os.path.join(self.folder, "orders.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"dukkango": {self.DOCUMENTED: self.fresh_orders(4)}}, file)
        after, still = self.counts(self.check(*self.RUN, "--orders", path, bases=["dukkango"], address=self.ready["http"]))
        self.assertEqual((after - before, lacking - still), (3, 3))  # the fourth stands for the documented one itself

    def test_orders_from_a_command(self):
        maker = os.path.join(self.folder, "maker.py")
        with open(maker, "w", encoding="utf-8") as file:
            file.write("import json, os, urllib.request\n"
                       "assert os.environ['CANCELCHECK_EXCHANGE'].startswith('dukkango/cancel/') and os.environ['CANCELCHECK_ORDER']\n"
                       "url = '%s/_mock/orders/' + os.environ['CANCELCHECK_PROVIDER']\n"
                       "print(json.dumps({'order': json.load(urllib.request.urlopen(url, b'{}'))['id']}))\n" % self.ready["http"])
        before, lacking = self.counts(self.cancels())
        after, still = self.counts(self.cancels("--prepare", "%s %s" % (sys.executable, maker)))
        self.assertEqual((after - before, still), (lacking, 0))

    def test_a_command_that_fails(self):
        for command, why in (("false", "--prepare exited with status 1"), ("echo no", 'said no {"order":"ID"}'),
                             ("/no/such/command", "No such file or directory")):
            done = self.cancels("--prepare", command)
            self.assertIn(why, done.stdout)

    def test_files_of_orders_that_are_wrong(self):
        path = os.path.join(self.folder, "wrong.json")
        for text, message in (("[]", ":1:1: an object of providers is expected, and this is an array"),
                              ('{"dukango": {}}', ':1:13: there is no provider "dukango"; did you mean "dukkango"?'),
                              ('{"dukkango": {"x": "y"}}', ":1:20: an order has an array of ids, and this is a string"),
                              ('{"dukkango": {"x": [7]}}', ":1:21: an id is a string, and this is a number")):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            done = self.check("--orders", path, bases=["dukkango"], address=self.ready["http"])
            self.assertEqual((done.returncode, done.stderr), (2, "cancelcheck server: %s%s\n" % (path, message)))

    def test_an_authority_that_is_not_known(self):
        done = self.check(bases=["fungies"])
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stdout + done.stderr, r"cannot be reached: .*; --ca-file FILE names the authority to trust")

    def test_another_name(self):
        address = self.ready["https"].replace("127.0.0.1", "127.0.0.2")
        done = self.trusting(bases=["fungies"], address=address)
        self.assertEqual(done.returncode, 3)  # nobody listens there, or the name is another's: both are no verdict

    def test_a_file_that_is_no_authority(self):
        done = self.check("--ca-file", "/dev/null", bases=["fungies"])
        self.assertEqual(done.returncode, 3)
        self.assertIn("--ca-file", done.stdout + done.stderr)

    def test_a_header_of_its_own(self):
        report = os.path.join(self.folder, "report.json")
        urllib.request.urlopen(urllib.request.Request(self.ready["http"] + "/_mock/requests", method="DELETE")).close()
        # A key that the vendor does not know, in place of the documented one: each exchange that needs one fails.
        done = self.trusting("--header", "x-fngs-public-key: pub_of-nobody", "--run", "fungies/reads/*", "--report",
                             "json=" + report, bases=["fungies"])
        self.assertEqual(done.returncode, 1)
        with urllib.request.urlopen(self.ready["http"] + "/_mock/requests?provider=fungies") as answer:
            sent = [dict((name.lower(), value) for name, value in entry["request"]["headers"])
                    for entry in json.load(answer)["requests"]]
        self.assertGreater(len(sent), 0)
        self.assertEqual({headers["x-fngs-public-key"] for headers in sent}, {"(masked, 13 bytes)"})
        with open(report, encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn("pub_of-nobody", text + done.stdout)
        self.assertIn("--header 'x-fngs-public-key: …'", done.stdout)

    def test_a_header_that_is_none(self):
        for value in ("no colon", "a b: c", ": x"):
            done = self.check("--header", value, bases=["fungies"])
            self.assertEqual(done.returncode, 2)
            self.assertIn("takes 'NAME: VALUE'", done.stderr)


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(unittest.defaultTestLoader.loadTestsFromTestCase(Server))
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed, failed))
    sys.exit(1 if failed or not result.testsRun else 0)
