"""Akinon Omnitron: cancel (or return) an order, whole or by items.

200 means that the request was accepted and a plan was opened, not that anything is cancelled: the
order goes to 50 (cancellation_waiting) and to 100 (canceled) when somebody confirms. The call is
not idempotent; while a plan waits a second one is refused with 406. So one operation sends one
POST, and whatever stays in doubt - a time-out, a 5xx, an unreadable 200, a 406 - is settled by
reading the order (providers: akinon 5 to 7, AKN-IDEMP-1, AKN-IDEMP-3, AKN-ERR-7).
"""

import re

from .jsonstrict import JsonError, is_integer, is_text, parse, parse_object
from .result import Refusal, answered, failed, outcome_of_status, undecided
from .tokens import LoginFailed, log_in_only, outcome_of_refused_login, with_token
from .transport import TransportFailure, check_header_value

NAME = "akinon"

_PK = re.compile(r"[1-9][0-9]{0,18}")
_MAX_PK = 2**63 - 1
_MAX_ITEMS = 1000
_POST_SHARE = 0.6
_LOGIN_SHARE = 0.5
_TOKEN_SECONDS = 3600.0  # the life of a key is not documented; a refused one is renewed anyway

# Codes of the status table; the wire has the code as text or number, or the name.
_NAMES = {
    "50": "cancellation_waiting",
    "100": "canceled",
    "200": "waiting",
    "300": "payment_waiting",
    "350": "confirmation_waiting",
    "400": "approved",
    "450": "preparing",
    "500": "shipped",
    "510": "shipped_and_informed",
    "520": "ready_for_pickup",
    "540": "attempted_delivery",
    "544": "review_started",
    "545": "review_waiting",
}
_WAITING = "cancellation_waiting"
_CANCELED = "canceled"

# Optional members of the body and the kind of value each must have.
_FLAGS = ("is_cargo_refund", "return_details")
_TRANSFER = ("ibans", "holder_names")


def cancel(session, arguments):
    """arguments: order_id (pk), reasons {item: reason}, items (absent: all), optional ones."""
    pk = _pk(arguments.get("order_id"), "order_id")
    items = _items(arguments.get("items"))
    document = _document(pk, items, arguments)
    given, account = _credentials(session.credentials)
    for name in _TRANSFER:  # neither IBANs nor holders' names belong into a report (AKN-SEC-3)
        for text in document.get(name, {}).values():
            session.secret(text)

    def attempt(token):
        return _attempt(session, _headers(token), pk, items, document)

    with session.one_at_a_time(str(pk)):
        return with_token(session, given, account, lambda: _log_in(session, account), attempt)


def get_order(session, arguments):
    """Reads one order: canceled, pending, or unknown with the order where neither is the case."""
    pk = _pk(arguments.get("order_id"), "order_id")
    given, account = _credentials(session.credentials)

    def attempt(token):
        return _look(session, _headers(token), pk, None)

    return with_token(session, given, account, lambda: _log_in(session, account), attempt)


def login(session, _arguments):
    """Proves the credentials that a log-in needs."""
    _, account = _credentials(session.credentials)
    if account is None:
        raise Refusal("username, password: missing or empty")
    return log_in_only(lambda: _log_in(session, account))


def classify_cancel(response, pk, items=None):
    """The Result of the cancel's answer; `items` are the pks that were named, None for all."""
    if 200 <= response.status <= 299:
        return _classify_ok(response, pk, items)
    document = parse_object(response.body, repair=True)
    # 406 is a refusal by a rule of the business, not a matter of content negotiation (AKN-ERR-3).
    refused = "invalid" if response.status in (400, 405, 413, 415, 422) else "rejected"
    outcome = outcome_of_status(response.status, refused=refused)
    doubtful = outcome == "server_error"
    return answered(response, outcome, doubtful=doubtful, **_errors(document))


def _attempt(session, headers, pk, items, document):
    path = ("orders", str(pk), "cancel", "")
    try:
        response = session.send("POST", path, headers, document, cancels=True, share=_POST_SHARE)
        first = classify_cancel(response, pk, items)
    except TransportFailure as failure:
        first = failed(failure)
    if first.http_status in (406, 409):
        return _settle_refusal(first, _look(session, headers, pk, items))
    if first.doubtful:
        return _settle_doubt(first, _look(session, headers, pk, items))
    return first


def _classify_ok(response, pk, items):
    if not response.body.strip():
        return _accepted(response, None, items)
    try:
        document = parse(response.body)
    except JsonError:
        text = "accepted, not verified: the answer cannot be read"
        return answered(response, "unknown", doubtful=True, message=text)
    if not isinstance(document, dict):
        return _accepted(response, None, items)
    if "pk" in document and _text(document["pk"]) != str(pk):
        return answered(response, "protocol_error", message="the answer is about another order")
    if "pk" not in document and "status" not in document:
        errors = _errors(document, general_only=True)
        if errors["message"] is not None:
            return answered(response, "protocol_error", **errors)
    return _accepted(response, document, items)


def _accepted(response, document, items):
    """A 2xx: canceled or partial only where the states say so, else pending."""
    states = _item_states(document)
    state = _state(document)
    if items is None:
        outcome = "canceled" if state == _CANCELED else "pending"
        rows = [_row(item, states[item]) for item in states]
    else:
        rows = [_row(str(item), states.get(str(item))) for item in items]
        all_done = all(row["outcome"] == "canceled" for row in rows)
        # A partial cancel does not make the order a cancelled one (AKN-PART-1).
        outcome = "canceled" if state == _CANCELED else "partial" if all_done else "pending"
    order = _report(document) if document else None
    return answered(response, outcome, order=order, items=rows or None)


def _row(item, state):
    row = {"id": item, "outcome": "canceled" if state == _CANCELED else "pending"}
    if state is not None:
        row["state"] = state
    return row


def _look(session, headers, pk, items):
    """Reads the order: canceled, pending, or unknown; `order` is None where it was not readable."""
    try:
        response = session.send("GET", ("orders", str(pk), ""), headers)
    except TransportFailure as failure:
        return failed(failure)
    if response.status != 200:
        return classify_cancel(response, pk)
    document = parse_object(response.body)
    if document is None or _text(document.get("pk")) != str(pk) or _state(document) is None:
        return answered(response, "protocol_error", message="the order cannot be read")
    states = _item_states(document)
    chosen = [_state(document)] if not items else [states.get(str(item)) for item in items]
    waiting = document.get("cancel_status") == "waiting" and not items
    rows = [_row(str(item), states.get(str(item))) for item in items or ()]
    outcome, text = "unknown", "the order is not cancelled"
    if all(state == _CANCELED for state in chosen) or _state(document) == _CANCELED:
        outcome, text = ("partial" if items and _state(document) != _CANCELED else "canceled"), None
    elif waiting or any(state in (_WAITING, _CANCELED) for state in chosen):
        outcome, text = "pending", None
    return answered(response, outcome, message=text, order=_report(document), items=rows or None)


def _settle_refusal(refusal, seen):
    """A refusal, once the order was read: cancelled before, waiting already, or by a rule."""
    refusal.order = seen.order
    if seen.outcome in ("canceled", "partial"):
        refusal.outcome = "already_canceled"
    elif seen.outcome == "pending":
        refusal.outcome = "conflict"
        refusal.hint = "a cancellation of this order is waiting already"
    return seen if seen.outcome == "aborted" else refusal


def _settle_doubt(first, seen):
    """An attempt in doubt, once the order was read. It is not sent again (AKN-IDEMP-3)."""
    if seen.outcome == "aborted":
        return seen
    if seen.outcome in ("canceled", "partial", "pending"):
        seen.message = "confirmed by reading the order"
        seen.sent = first.sent
        return seen
    return undecided(first, seen.order)


def _state(thing):
    """The name of an order's or item's status, whichever way it is written; None without one."""
    value = _text((thing or {}).get("status"))
    return None if value is None else _NAMES.get(value, value)


def _item_states(document):
    found = {}
    rows = (document or {}).get("orderitem_set")
    for row in rows if isinstance(rows, list) else ():
        pk = _text(row.get("pk")) if isinstance(row, dict) else None
        if pk is not None:
            found[pk] = _state(row)
    return found


def _report(document):
    report = dict(document)
    if "pk" in document:
        report["id"] = _text(document["pk"])
    state = _state(document)
    if state is not None:
        report["state"] = state
    return report


def _text(value):
    if is_integer(value):
        return str(value)
    return value if is_text(value) else None


def _errors(document, *, general_only=False):
    """Field errors, general texts and code, in every shape that the pages show (AKN-ERR-2)."""
    members = {"provider_code": None, "message": None, "field_errors": None}
    general, fields = [], {}
    for name, value in (document or {}).items():
        if name in ("code", "error_code"):
            members["provider_code"] = members["provider_code"] or _text(value)
        elif name in ("non_field_errors", "detail"):
            general.extend(_texts(value))
        elif not general_only:
            _collect(fields, name, value)
    texts = general or [text for row in fields.values() for text in row]
    members["message"] = "; ".join(general) if general else (texts[0] if texts else None)
    members["field_errors"] = fields or None
    return members


def _collect(fields, name, value):
    if isinstance(value, dict):
        for key, inner in value.items():
            _collect(fields, name + "." + key, inner)
    elif _texts(value):
        fields[name] = _texts(value)


def _texts(value):
    if is_text(value):
        return [value]
    return [text for text in value if is_text(text)] if isinstance(value, list) else []


def _document(pk, items, arguments):
    wanted = None if items is None else {str(item) for item in items}
    document = {
        "order": pk,
        "is_all": items is None,
        "cancel_items": items or [],
        "reasons": _reasons(arguments.get("reasons"), wanted),
        "forced_refund_amount": None,  # has to be there, and null (page Order Cancellation)
    }
    for name in _FLAGS:
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
    given = [name for name in _TRANSFER if arguments.get(name) is not None]
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
        item = _text(item) or ""
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


def _items(value):
    if value is None:
        return None
    if not isinstance(value, list) or not 1 <= len(value) <= _MAX_ITEMS:
        raise Refusal("items: must be a list of item ids, not empty")
    items = [_pk(item, "items") for item in value]
    if len(set(items)) != len(items):
        raise Refusal("items: an item occurs twice")
    return items


def _pk(value, name):
    text = _text(value)
    if text is None or not _PK.fullmatch(text) or int(text) > _MAX_PK:
        raise Refusal(name + ": must be a primary key, decimal digits alone")
    return int(text)


def _headers(token):
    return [("Authorization", "Token " + token)]


def _credentials(credentials):
    token = credentials.get("token")
    account = (credentials.get("username"), credentials.get("password"))
    if not all(is_text(part) and part for part in account):
        account = None
    if token is not None or account is None:
        check_header_value("token", token)
        if " " in token:
            raise Refusal("token: must not have blanks")
    return token, account


def _log_in(session, account):
    document = {"username": account[0], "password": account[1]}
    try:
        response = session.send("POST", ("auth", "login", ""), [], document, share=_LOGIN_SHARE)
    except TransportFailure as failure:
        raise LoginFailed(failed(failure)) from None
    answer = parse_object(response.body, repair=response.status != 200)
    if response.status != 200:
        # The log-in answers 400 to wrong names and passwords (providers: akinon 2).
        outcome = outcome_of_refused_login(response.status)
        raise LoginFailed(answered(response, outcome, **_errors(answer)))
    try:
        return check_header_value("key", (answer or {}).get("key")), _TOKEN_SECONDS
    except Refusal:
        raise LoginFailed(answered(response, "protocol_error", message="no key came")) from None


OPERATIONS = {"cancel": cancel, "get_order": get_order, "login": login}
