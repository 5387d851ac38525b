"""Waits and statuses that are the same for every provider."""

import unittest

from cancelorder.result import outcome_of_status, retry_after_ms
from support import response

DATE = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
WAITS = (
    ("seconds", [("Retry-After", "1")], 1000),
    ("name in another case, blanks", [("RETRY-AFTER", "  30 ")], 30000),
    ("a day", [("Retry-After", "86400")], 86400000),
    ("zero", [("Retry-After", "0")], 0),
    ("IMF date", [DATE, ("Retry-After", "Sun, 06 Nov 1994 08:49:39 GMT")], 2000),
    ("RFC 850 date", [DATE, ("Retry-After", "Sunday, 06-Nov-94 08:49:39 GMT")], 2000),
    ("asctime date", [DATE, ("Retry-After", "Sun Nov  6 08:49:39 1994")], 2000),
    ("a date gone by", [DATE, ("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT")], 0),
    ("Unix seconds", [DATE, ("RateLimit-Reset", "784111787")], 10000),
    ("Retry-After goes first", [DATE, ("RateLimit-Reset", "784111787"), ("Retry-After", "3")], 3000),
    ("negative", [("Retry-After", "-5")], None),
    ("a word", [("Retry-After", "abc")], None),
    ("an exponent", [("Retry-After", "1e9")], None),
    ("a fraction", [("Retry-After", "1.5")], None),
    ("digits of another script", [("Retry-After", "\u0661")], None),
    ("far too many digits", [("Retry-After", "9" * 40)], None),
    ("a date that does not exist", [("Retry-After", "Mon, 99 Foo 1994 99:99:99 GMT")], None),
    ("empty", [("Retry-After", "")], None),
    ("none", [], None),
)
STATUSES = (
    (301, "protocol_error"),
    (304, "protocol_error"),
    (307, "protocol_error"),
    (401, "unauthorized"),
    (403, "forbidden"),
    (404, "not_found"),
    (409, "conflict"),
    (410, "not_found"),
    (418, "rejected"),
    (429, "rate_limited"),
    (451, "rejected"),
    (499, "rejected"),
    (500, "server_error"),
    (599, "server_error"),
    (600, "protocol_error"),
)


class Shared(unittest.TestCase):
    def test_waits(self):
        for label, headers, expected in WAITS:
            with self.subTest(label):
                self.assertEqual(expected, retry_after_ms(response(429, headers=headers)))

    def test_statuses(self):
        for status, expected in STATUSES:
            with self.subTest(status):
                self.assertEqual(expected, outcome_of_status(status, refused="rejected"))
