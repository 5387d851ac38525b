import json
import unittest

from cancelorder import jsonstrict
from cancelorder.jsonstrict import JsonError, NumberText, is_integer, is_text, parse

REFUSED = (
    ("NaN", b'{"a":NaN}'),
    ("Infinity", b"[Infinity]"),
    ("-Infinity", b"[-Infinity]"),
    ("bytes after the value", b'{"status":true}x'),
    ("a second value", b'{"status":true}{"status":true}'),
    ("equal names", b'{"status":false,"status":true}'),
    ("equal names further in", b'{"a":[{"b":1,"b":1}]}'),
    ("byte order mark", b'\xef\xbb\xbf{"a":1}'),
    ("not UTF-8", b'{"a":"\xff"}'),
    ("cut", b'{"a":'),
    ("empty", b""),
    ("white space", b" \n\t"),
    ("a control character in a string", b'"\x01"'),
    ("single quotes", b"{'a':1}"),
    ("a leading zero", b"[01]"),
    ("a hundred thousand levels", b"[" * 100000),
    ("a hundred thousand levels, closed", b"[" * 100000 + b"]" * 100000),
    ("65 levels", b"[" * 65 + b"]" * 65),
)


class Parse(unittest.TestCase):
    def test_refused(self):
        for label, text in REFUSED:
            with self.subTest(label):
                with self.assertRaises(JsonError):
                    parse(text)
                self.assertIsNone(jsonstrict.parse_object(text))

    def test_depth_counts_levels_not_brackets(self):
        self.assertEqual([[]] * 100, parse(b"[" + b",".join([b"[]"] * 100) + b"]"))
        self.assertEqual(["[" * 100], parse(b'["' + b"[" * 100 + b'"]'))
        parse(b"[" * 64 + b"]" * 64)

    def test_numbers_keep_their_digits(self):
        value = parse(b'[9007199254740993,-9007199254740993,286.10,1e400,1.0,-0]')
        self.assertEqual([9007199254740993, -9007199254740993], value[:2])
        self.assertEqual(["286.10", "1e400", "1.0"], value[2:5])
        self.assertTrue(all(isinstance(number, NumberText) for number in value[2:5]))
        self.assertEqual(10**400 - 1, parse(b"9" * 400))
        self.assertEqual("9" * 5000, parse(b"9" * 5000))

    def test_kinds(self):
        for label, text, integer, string in (
            ("integer", b"[3]", True, False),
            ("fraction", b"[3.0]", False, False),
            ("exponent", b"[3e0]", False, False),
            ("string", b'["3"]', False, True),
            ("true", b"[true]", False, False),
        ):
            with self.subTest(label):
                value = parse(text)[0]
                self.assertEqual((integer, string), (is_integer(value), is_text(value)))

    def test_repair_replaces_broken_text(self):
        self.assertEqual({"m": "a\ufffdb"}, parse(b'{"m":"a\xffb"}', repair=True))

    def test_escapes_are_letters(self):
        self.assertEqual("sipariş bulunamadı", parse(b'"sipari\\u015f bulunamad\\u0131"'))


class Write(unittest.TestCase):
    def test_portable(self):
        value = {"a": 2**53 - 1, "b": 2**53, "c": "\ud800x", "d": [True, None], "e": NumberText("1.50")}
        expected = {"a": 2**53 - 1, "b": "9007199254740992", "c": "\ufffdx", "d": [True, None], "e": "1.50"}
        self.assertEqual(expected, json.loads(jsonstrict.dump(jsonstrict.portable(value))))

    def test_dump_is_compact_utf8(self):
        self.assertEqual('{"a":"ş ı"}'.encode(), jsonstrict.dump({"a": "ş ı"}))

    def test_dump_refuses_what_is_no_text(self):
        for value in ("\udc00", {"\ud800": 1}, [float("nan")], [object()]):
            with self.subTest(repr(value)[:20]):
                self.assertRaises(JsonError, jsonstrict.dump, value)
