"""The first thing that most clients do with a list is to show its dates. So every date of every list of the default
world is one that the usual libraries read: Python's datetime, and JavaScript's Date and Intl where node is installed.

Usage: python3 mock_server/tests/list_dates.py build/cancelmock
A date is a member whose name says so (createdAt, date_placed, sendAt …) and that is neither null nor "".
"""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/cancelmock"
LIMIT = 30
# scripts/test judges every answer that it finds there.
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []

DATE_NAME = re.compile(r"(^|_)(date|at)($|_)|(At|Date|_on)$|^created$|^currentInterval")


def reports(values):
    """iletiMerkezi asks for a list by POST, with the keys in the body, and of ten days at most."""
    pair = {"key": values["key"], "hash": values["hash"]}
    today = datetime.date.today()
    days = {"start": str(today - datetime.timedelta(days=7)), "end": str(today + datetime.timedelta(days=1)), "page": 1}
    return json.dumps({"request": {"authentication": pair, "filter": days}})


def token(values):
    return {"Authorization": "Token " + values["token"]}


def bearer(values):
    return {"Authorization": "Bearer " + values["token"]}


# Each list that has dates: where, what header the credential goes into, what is posted.
LISTS = {
    "dukkango": [("/api/integrations/orders/get-current", lambda values: {"Access-Token": values["access_token"]}, None)],
    "fungies": [(path, lambda values: {"x-fngs-public-key": values["public_key"]}, None)
                for path in ("/v0/orders/list?take=100", "/v0/payments/list?take=100")],
    "akinon": [(path, token, None) for path in (
        "/api/i1/orders/?limit=100", "/api/i1/order_item/detailed_integration/?limit=100",
        "/api/i1/channel/1/cancellation_requests/?limit=100", "/api/i1/channel/1/cancellation_plans/?limit=100")],
    "iletimerkezi": [("/v1/get-reports/json", lambda values: {"Content-Type": "application/json"}, reports)],
    "zaikio": [(path, bearer, None) for path in (
        "/consumers/api/v1/orders", "/consumers/api/v1/contracts", "/consumers/api/v1/suppliers")],
}


def dates_of(node, path=""):
    """(path, value) of every date below."""
    if isinstance(node, dict):
        for name, value in node.items():
            if DATE_NAME.search(name) and not isinstance(value, (dict, list, bool)) and value not in (None, ""):
                yield path + "/" + name, value
            yield from dates_of(value, path + "/" + name)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from dates_of(value, "%s/%d" % (path, place))


def python_reads(value):
    try:
        if isinstance(value, int):  # milliseconds
            datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc)
        else:
            datetime.datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return False
    return True


SCRIPT = """
const values = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const show = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC'});
console.log(JSON.stringify(values.map(value => {
  try { return new Date(value).toISOString() !== '' && show.format(new Date(value)) !== ''; } catch { return false; }
})));
"""


def javascript_reads(values):
    """One bool for each value."""
    done = subprocess.run(["node", "-e", SCRIPT], input=json.dumps(values), capture_output=True, text=True, timeout=LIMIT,
                          check=True)
    return json.loads(done.stdout)


class Lists(unittest.TestCase):
    def setUp(self):
        self.mock = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", *JOURNAL], stdout=subprocess.PIPE,
                                     text=True)
        self.host = json.loads(self.mock.stdout.readline())["http"]

    def tearDown(self):
        self.mock.terminate()
        self.mock.communicate(timeout=LIMIT)

    def ask(self, path, headers, body=None):
        """The JSON of the answer; None where the list is another account's."""
        request = urllib.request.Request(self.host + path, headers=headers, data=body.encode() if body else None)
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code != 404:
                raise
            return None

    def credentials(self, provider):
        """The first valid entry of each account."""
        with open(os.path.join(TOP, "fixtures", provider, "provider.json"), encoding="utf-8") as file:
            entries = json.load(file)["credentials"]
        first = {}
        for entry in entries:
            if entry.get("state", "valid") == "valid":
                first.setdefault(entry["account"], entry["values"])
        return first.values()

    def dates(self, provider):
        """(list and path, value) of every date of every list of the default world."""
        found = []
        for path, headers, body in LISTS[provider]:
            for values in self.credentials(provider):
                answer = self.ask(path, headers(values), body(values) if body else None)
                found += [(path + " " + place, value) for place, value in dates_of(answer)]
        self.assertGreater(len(found), 1, "there is nothing to read")
        return found

    def check(self, provider):
        found = self.dates(provider)
        self.assertEqual([date for date in found if not python_reads(date[1])], [], "Python reads these")
        if shutil.which("node"):
            fine = javascript_reads([value for _, value in found])
            self.assertEqual([date for date, good in zip(found, fine) if not good], [], "JavaScript reads these")

    def test_an_unreadable_date_is_noticed(self):
        values = next(iter(self.credentials("fungies")))
        archived = self.ask("/v0/orders/list?archived=true", {"x-fngs-public-key": values["public_key"]})
        found = [value for _, value in dates_of(archived)]
        self.assertEqual([value for value in found if not python_reads(value)], [9007199254740991, 4503599627370495])
        if shutil.which("node"):
            self.assertEqual([value for value, good in zip(found, javascript_reads(found)) if not good], [9007199254740991])
        self.assertFalse(python_reads("01/11/2026"))


for name in LISTS:
    setattr(Lists, "test_" + name, lambda self, name=name: self.check(name))

if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
