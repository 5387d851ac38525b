"""Strict JSON for what comes from outside.

Python's own parser takes NaN, lets the last of two equal names win and rounds decimals. A client
that decides about money must do none of it, so this module refuses or keeps what that one bends:

- NaN and Infinity, bytes after the value, a byte order mark, equal names in one object: refused;
- more than MAX_DEPTH levels: refused before the parser sees them;
- integers: Python's, exact at any size; other numbers: `NumberText`, the digits as they were sent.
"""

import json
import re

MAX_DEPTH = 64
_MAX_INTEGER_DIGITS = 400
_MAX_EXACT = 2**53 - 1
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")


class JsonError(ValueError):
    """The text is not JSON as this module wants it; the message quotes nothing of the text."""


class NumberText(str):
    """A number with a fraction or an exponent, as text; never equal in kind to a JSON string."""

    __slots__ = ()


def is_text(value):
    """True for a JSON string, False for a number kept as text."""
    return isinstance(value, str) and not isinstance(value, NumberText)


def is_integer(value):
    """True for a JSON integer; Python calls true and false integers as well, JSON does not."""
    return isinstance(value, int) and not isinstance(value, bool)


def parse(body, *, repair=False):
    """The value of the bytes `body`; with `repair`, broken UTF-8 becomes U+FFFD inside strings."""
    try:
        text = body.decode("utf-8", "replace" if repair else "strict")
        _check_depth(text)
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=NumberText,
            parse_constant=_refuse_constant,
        )
    except JsonError:
        raise
    except UnicodeDecodeError:
        raise JsonError("not UTF-8") from None
    except (ValueError, RecursionError):
        raise JsonError("not JSON") from None


def parse_object(body, *, repair=False):
    """The object of `body`, or None where the bytes are anything else."""
    try:
        value = parse(body, repair=repair)
    except JsonError:
        return None
    return value if isinstance(value, dict) else None


def dump(value):
    """Compact UTF-8 bytes. Raises JsonError for text that is no Unicode (lone surrogates)."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
            "utf-8"
        )
    except (ValueError, TypeError, RecursionError):
        raise JsonError("cannot be written as JSON") from None


def portable(value, clean=None):
    """A copy of `value` that any JSON reader takes without loss.

    Integers that a double cannot hold become text, lone surrogates U+FFFD. `clean` (a function of
    a string) is applied to every string, names included.
    """
    if isinstance(value, dict):
        return {portable(str(k), clean): portable(v, clean) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [portable(item, clean) for item in value]
    if is_integer(value):
        return value if abs(value) <= _MAX_EXACT else str(value)
    if isinstance(value, str):
        text = _SURROGATES.sub("\ufffd", str(value))
        return clean(text) if clean else text
    return value


def _check_depth(text):
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKENS.finditer(text):
        first = token.group()[0]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise JsonError("nested too deeply")
        elif first in "]}":
            depth -= 1


def _object(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise JsonError("a name occurs twice in one object")
    return result


def _integer(digits):
    # Python refuses to convert thousands of digits, and no field of any provider has hundreds.
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else NumberText(digits)


def _refuse_constant(name):
    raise JsonError(name + " is not JSON")
