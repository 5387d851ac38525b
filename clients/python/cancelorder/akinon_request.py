"""The body of Akinon's cancel, checked before anything leaves (providers: akinon 4).

Everything the page Order Cancellation asks for is asked of the caller here, so that a wrong
argument costs no request: `Refusal`.
"""

import re

from .jsonstrict import is_integer, is_text
from .result import Refusal

# Optional members of the body and the kind of value each must have.
FLAGS = ("is_cargo_refund", "return_details")
TRANSFER = ("ibans", "holder_names")

_PK = re.compile(r"[1-9][0-9]{0,18}")
_MAX_PK = 2**63 - 1
_MAX_ITEMS = 1000


def text_of(value):
    """An id or a status as text, whether it came as text or as an integer; else None."""
    if is_integer(value):
        return str(value)
    return value if is_text(value) else None


def document_of(pk, items, arguments):
    """The whole body; `items` is None for the whole order."""
    wanted = None if items is None else {str(item) for item in items}
    document = {
        "order": pk,
        "is_all": items is None,
        "cancel_items": items or [],
        "reasons": _reasons(arguments.get("reasons"), wanted),
        "forced_refund_amount": None,  # has to be there, and null (page Order Cancellation)
    }
    for name in FLAGS:
        if arguments.get(name) is not None:
            if not isinstance(arguments[name], bool):
                raise Refusal(name + ": must be true or false")
            document[name] = arguments[name]
    number = arguments.get("refund_invoice_number")
    if number is not None:
        if not is_text(number):
            raise Refusal("refund_invoice_number: must be text")
        document["refund_invoice_number"] = number
    _add_transfer(document, arguments, wanted)
    return document


def _add_transfer(document, arguments, wanted):
    given = [name for name in TRANSFER if arguments.get(name) is not None]
    for name in given:
        value = arguments[name]
        if not isinstance(value, dict) or not value:
            raise Refusal(name + ": must be an object {item: text}")
        pairs = value.items()
        if not all(is_text(k) and _PK.fullmatch(k) and is_text(text) for k, text in pairs):
            raise Refusal(name + ": must be an object {item: text}")
        if wanted is not None and not wanted.issuperset(value):
            raise Refusal(name + ": names an item that is not to be cancelled")
        document[name] = dict(value)
    if len(given) == 1 or (given and set(document["ibans"]) != set(document["holder_names"])):
        raise Refusal("ibans, holder_names: must name the same items")


def _reasons(value, wanted):
    if not isinstance(value, dict) or not value:
        raise Refusal("reasons: every item needs one, {item: reason}")
    reasons = {}
    for item, reason in value.items():
        item = text_of(item) or ""
        if is_text(reason) and re.fullmatch(r"[0-9]{1,9}", reason):
            reason = int(reason)
        if not _PK.fullmatch(item) or not is_integer(reason) or reason < 0:
            raise Refusal("reasons: must be an object {item: reason id}")
        # Reasons of items outside the selection stay at home (AKN-REQ-9).
        if wanted is None or item in wanted:
            reasons[item] = reason
    if wanted is not None and wanted != set(reasons):
        raise Refusal("reasons: an item that is to be cancelled has none")
    return reasons


def items_of(value):
    """The chosen items, each once; None where none were chosen, which means all."""
    if value is None:
        return None
    if not isinstance(value, list) or not 1 <= len(value) <= _MAX_ITEMS:
        raise Refusal("items: must be a list of item ids, not empty")
    items = [pk_of(item, "items") for item in value]
    if len(set(items)) != len(items):
        raise Refusal("items: an item occurs twice")
    return items


def pk_of(value, name):
    """A primary key as an integer."""
    text = text_of(value)
    if text is None or not _PK.fullmatch(text) or int(text) > _MAX_PK:
        raise Refusal(name + ": must be a primary key, decimal digits alone")
    return int(text)
