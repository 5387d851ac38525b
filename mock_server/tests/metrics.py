"""`GET /_mock/metrics`, read by a parser that is not ours: python3-prometheus-client.

Usage: python3 mock_server/tests/metrics.py build/cancelmock [WORD]
"""
import json
import os
import sys
import threading
import unittest
import urllib.request

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:  # Debian's package belongs to Debian's Python
    if sys.executable == "/usr/bin/python3":
        sys.exit("metrics.py: python3-prometheus-client is missing: scripts/setup check")
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

from command_line import LIMIT, Server

CANCEL = "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
HEADERS = {"Access-Token": "your-access-token", "Content-Type": "application/json"}


class Metrics(unittest.TestCase):
    def scrape(self, server):
        """(name, labels) → value, and name → type; the whole is one that the parser takes."""
        with urllib.request.urlopen(server.ready["control"] + "/metrics", timeout=LIMIT) as answer:
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            families = list(text_string_to_metric_families(answer.read().decode()))
        values, types = {}, {}
        for family in families:
            self.assertNotIn(family.name, types, "a family stands twice")
            self.assertTrue(family.documentation, family.name)
            types[family.name] = family.type
            for sample in family.samples:
                key = (sample.name, tuple(sorted(sample.labels.items())))
                self.assertNotIn(key, values, "a sample stands twice")
                values[key] = sample.value
        return values, types

    def until(self, server, name, labels, wanted):
        for _ in range(2000):
            values, _ = self.scrape(server)
            if values[name, labels] == wanted:
                return values
        self.fail("%s%s is never %s" % (name, labels, wanted))

    def requests(self, values, **labels):
        return sum(value for (name, own), value in values.items()
                   if name == "cancelmock_requests_total" and labels.items() <= dict(own).items())

    def test_every_family_has_its_type(self):
        with Server() as server:
            values, types = self.scrape(server)
        for name in ("requests", "responses", "deliveries", "unread", "control_calls", "faults_fired", "connections",
                     "received_bytes", "sent_bytes"):
            self.assertEqual(types["cancelmock_" + name], "counter")  # the parser leaves out _total
        for name in ("build_info", "connections_open", "connections_waiting", "sessions", "journal_entries",
                     "journal_bytes", "journal_evicted"):
            self.assertEqual(types["cancelmock_" + name], "gauge")
        self.assertEqual(types["cancelmock_request_duration_seconds"], "histogram")
        self.assertEqual(len(types), 17)
        for name, _ in values:
            self.assertRegex(name, r"^cancelmock_[a-z_]+$")

    def test_what_was_done_is_counted(self):
        with Server() as server:
            for _ in range(3):
                server.ask("PUT", CANCEL, '{"reason_id": 3}', HEADERS)
            server.ask("GET", "/v0/orders/none")
            server.ask("GET", "/nowhere")
            server.ask("POST", "/_mock/sessions", '{"id": "other"}')
            server.ask("GET", "/_mock/nothing")
            values, _ = self.scrape(server)
            self.assertEqual(self.requests(values), 5)
            self.assertEqual(self.requests(values, provider="dukkango", operation="cancel", status="2xx"), 1)
            self.assertEqual(self.requests(values, provider="dukkango", operation="cancel", status="4xx"), 2)
            self.assertEqual(self.requests(values, provider="fungies"), 1)
            self.assertEqual(self.requests(values, provider="none", operation="none", status="4xx"), 1)
            self.assertEqual(values["cancelmock_sessions", ()], 2)
            self.assertEqual(values["cancelmock_journal_entries", ()], 5)
            self.assertGreater(values["cancelmock_journal_bytes", ()], 0)
            self.assertEqual(values["cancelmock_control_calls_total", (("status", "2xx"),)], 1)
            self.assertEqual(values["cancelmock_control_calls_total", (("status", "4xx"),)], 1)
            self.assertEqual(values["cancelmock_deliveries_total", (("delivery", "whole"),)], 5)
            again, _ = self.scrape(server)
            self.assertEqual(again["cancelmock_control_calls_total", (("status", "2xx"),)], 2)
            self.assertEqual(self.requests(again), 5)

    def test_the_histogram_is_one(self):
        with Server("--freeze-time", "2026-11-01T09:00:00Z") as server:
            for _ in range(7):
                server.ask("PUT", CANCEL, '{"reason_id": 3}', HEADERS)
            values, _ = self.scrape(server)
        name = "cancelmock_request_duration_seconds"
        buckets = [(float(dict(labels)["le"]), value) for (own, labels), value in values.items() if own == name + "_bucket"]
        self.assertEqual(buckets, sorted(buckets))
        self.assertEqual([value for _, value in buckets], sorted(value for _, value in buckets))
        self.assertEqual(buckets[-1], (float("inf"), 7))
        self.assertEqual(values[name + "_count", ()], 7)
        self.assertGreater(values[name + "_sum", ()], 0)  # real time, although the session's clock stands

    def test_clients_cannot_make_labels(self):
        with Server() as server:
            server.ask("PUT", CANCEL, '{"reason_id": 3}', HEADERS)
            server.ask("GET", "/nowhere")
            before, _ = self.scrape(server)
            for number in range(20):
                server.ask("POST", "/_mock/sessions", json.dumps({"id": "s%d" % number}))
                server.ask("PUT", "/_s/s%d%s" % (number, CANCEL), '{"reason_id": 3}', HEADERS)
                server.ask("GET", "/nowhere/%d" % number)
            after, _ = self.scrape(server)
            self.assertEqual(set(after), set(before))
            self.assertEqual(self.requests(after), 42)

    def test_no_request_is_lost_or_counted_twice(self):
        with Server() as server:
            def many():
                for _ in range(25):
                    server.ask("PUT", CANCEL, '{"reason_id": 3}', HEADERS)
            threads = [threading.Thread(target=many) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            values, _ = self.scrape(server)
            self.assertEqual(self.requests(values, provider="dukkango", operation="cancel"), 200)
            self.assertEqual(self.requests(values, status="2xx"), 1)
            self.assertEqual(values["cancelmock_deliveries_total", (("delivery", "whole"),)], 200)

    def test_a_silent_answer_waits(self):
        with Server() as server:
            server.ask("POST", "/_mock/faults", '{"fault": "NO_RESPONSE", "match": {"operation": "cancel"}}')
            silent = threading.Thread(target=lambda: self.assertRaises(
                Exception, server.ask, "PUT", CANCEL, '{"reason_id": 3}', HEADERS))
            silent.start()
            values = self.until(server, "cancelmock_connections_waiting", (), 1)
            self.assertEqual(values["cancelmock_deliveries_total", (("delivery", "none"),)], 0)
            self.assertEqual(values["cancelmock_faults_fired_total", (("fault", "NO_RESPONSE"),)], 1)
            server.ask("DELETE", "/_mock/faults")
            silent.join()
            values = self.until(server, "cancelmock_deliveries_total", (("delivery", "none"),), 1)
            self.assertEqual(values["cancelmock_connections_waiting", ()], 0)

    def test_forgotten_requests_are_told(self):
        with Server("--journal-size", "2") as server:
            for _ in range(5):
                server.ask("GET", "/v0/orders/none")
            values, _ = self.scrape(server)
            self.assertEqual((values["cancelmock_journal_entries", ()], values["cancelmock_journal_evicted", ()]), (2, 3))


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed))
    sys.exit(1 if failed or not result.testsRun else 0)
