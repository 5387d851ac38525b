"""Akinon Omnitron: cancel (or return) an order, whole or by items.

200 means that the request was accepted and a plan was opened, not that anything is cancelled: the
order goes to 50 (cancellation_waiting) and to 100 (canceled) when somebody confirms. The call is
not idempotent; while a plan waits a second one is refused with 406. So one operation sends one
POST, and whatever stays in doubt - a time-out, a 5xx, an unreadable 200, a 406 - is settled by
reading the order (providers: akinon 5 to 7, AKN-IDEMP-1, AKN-IDEMP-3, AKN-ERR-7).

The same call cancels what has not left yet and returns what has, and neither request nor answer
says which. So the order is read before as well: its states tell the kind, a selection of both kinds
is refused here, and a cancel that was accepted before is not sent again unless the order shows that
its plan is gone (AKN-REP-3, AKN-PART-3, AKN-IDEMP-2). A read that fails holds no cancel up, save
for 401, which the cancel would meet too.
"""

import time

from .akinon_request import TRANSFER, document_of, items_of, pk_of, text_of
from .jsonstrict import JsonError, is_text, parse, parse_object
from .result import Refusal, Result, answered, failed, looked, outcome_of_status, undecided
from .store import ACCEPTED, Store
from .tokens import LoginFailed, log_in_only, outcome_of_refused_login, with_token
from .transport import TransportFailure, check_header_value

NAME = "akinon"

_LOOK_SHARE = 0.3
_LOOK_SECONDS = 0.25  # with less than this for everything there is no read before the cancel
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

# What the call starts in a state: a cancellation until the goods have left, a return from then on
# (providers: akinon 7; the name of 550, delivered, is not published).
CANCEL = "cancel"
RETURN = "return"
_KINDS = dict.fromkeys(
    ("waiting", "payment_waiting", "confirmation_waiting", "approved", "preparing"), CANCEL
)
_KINDS.update(
    dict.fromkeys(
        ("shipped", "shipped_and_informed", "ready_for_pickup", "attempted_delivery", "550"), RETURN
    )
)

def cancel(session, arguments):
    """arguments: order_id (pk), reasons {item: reason}, items (absent: all), optional ones."""
    pk = pk_of(arguments.get("order_id"), "order_id")
    items = items_of(arguments.get("items"))
    document = document_of(pk, items, arguments)
    given, account = _credentials(session.credentials)
    for name in TRANSFER:  # neither IBANs nor holders' names belong into a report (AKN-SEC-3)
        for text in document.get(name, {}).values():
            session.secret(text)

    store = _memory(session, given, account, pk, items)

    def attempt(token):
        return _attempt(session, _headers(token), pk, items, document, store)

    with session.one_at_a_time(str(pk)):
        return with_token(session, given, account, lambda: _log_in(session, account), attempt)


def get_order(session, arguments):
    """Reads one order."""
    pk = pk_of(arguments.get("order_id"), "order_id")
    given, account = _credentials(session.credentials)

    def attempt(token):
        return looked(_look(session, _headers(token), pk, None))

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


def _memory(session, given, account, pk, items):
    """What was accepted before, of this order and this set of items."""
    who = session.base_url.rstrip("/") + "\0" + (account[0] if account else given)
    part = "all" if items is None else ",".join(str(item) for item in sorted(items))
    return Store(session.state_dir, NAME, who, str(pk), part)


def _attempt(session, headers, pk, items, document, store):
    seen = None
    if session.deadline_at - time.monotonic() >= _LOOK_SECONDS:
        seen = _look(session, headers, pk, items, share=_LOOK_SHARE)
        if seen.outcome in ("unauthorized", "aborted"):
            return seen
    order = seen.order if seen is not None else None
    if store.state() == ACCEPTED:
        if not _is_void(order, items):
            return _from_memory(seen, store)
        store.remember(None)
    kinds = _kinds(order, items)
    if len(kinds) > 1:
        return _mixed(seen)
    result = _send(session, headers, pk, items, document)
    result.kind = next(iter(kinds), None)
    if result.kind == RETURN and result.outcome == "pending":
        result.hint = "the goods had left: this is a return, which waits for its confirmation"
    accepted = result.outcome in ("pending", "partial", "canceled")
    if accepted and not store.remember(ACCEPTED, result.kind):
        result.hint = "the acceptance could not be stored; do not send this cancel again"
    return result


def _send(session, headers, pk, items, document):
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
    empty = not response.body.strip()
    if response.status != 200 and not (response.status == 204 and empty):
        text = "accepted, not verified: this status is none that the vendor gives"
        return answered(response, "unknown", doubtful=True, message=text)
    if empty:
        return _accepted(response, None, items)
    try:
        document = parse(response.body)
    except JsonError:
        text = "accepted, not verified: the answer cannot be read"
        return answered(response, "unknown", doubtful=True, message=text)
    if not isinstance(document, dict):
        return _accepted(response, None, items)
    if "pk" in document and text_of(document["pk"]) != str(pk):
        return answered(response, "protocol_error", message="the answer is about another order")
    if "pk" not in document and any(document.get(name) for name in ("error", "errors")):
        text = "accepted, not verified: the answer speaks of an error"
        return answered(response, "unknown", doubtful=True, message=text)
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


def _look(session, headers, pk, items, share=1.0):
    """Reads the order: canceled, pending, or unknown; `order` is None where it was not readable."""
    try:
        response = session.send("GET", ("orders", str(pk), ""), headers, share=share)
    except TransportFailure as failure:
        return failed(failure)
    if not 200 <= response.status <= 299:
        return classify_cancel(response, pk)
    document = parse_object(response.body) if response.status == 200 else None
    if document is None or text_of(document.get("pk")) != str(pk) or _state(document) is None:
        return answered(response, "protocol_error", message="the order cannot be read")
    chosen = _chosen(document, items)
    waiting = document.get("cancel_status") == "waiting" and not items
    rows = [_row(str(item), state) for item, state in zip(items or (), chosen)]
    outcome, text = "unknown", "the order is not cancelled"
    if all(state == _CANCELED for state in chosen) or _state(document) == _CANCELED:
        outcome, text = ("partial" if items and _state(document) != _CANCELED else "canceled"), None
    elif waiting or any(state in (_WAITING, _CANCELED) for state in chosen):
        outcome, text = "pending", None
    return answered(response, outcome, message=text, order=_report(document), items=rows or None)


def _is_void(order, items):
    """Whether the order shows that the plan which was accepted is gone, or never was for these."""
    if order is None:
        return False
    plan, chosen = order.get("cancel_status"), _chosen(order, items)
    if not plan or all(state == _CANCELED for state in chosen):
        return False
    # Untouched items beside a plan: the plan is another's, and theirs was rejected before it.
    return plan == "rejected" or all(state in _KINDS for state in chosen)


def _from_memory(seen, store):
    """The answer to a repeat of what was accepted before; no cancel is sent."""
    if seen is None or seen.order is None:
        seen = Result("pending", hint="the order could not be read")
    if seen.outcome == "unknown":
        seen.hint = "the order shows nothing of it so far"
    done = seen.outcome in ("canceled", "partial")
    seen.outcome = "already_canceled" if done else "pending"
    seen.message = "accepted before by this client; no cancel was sent"
    seen.kind, seen.local = store.kind(), True
    return seen


def _kinds(order, items):
    """What the call would start: CANCEL, RETURN or, wrongly, both; empty where it is not known."""
    if order is None:
        return set()
    states = _item_states(order).values() if items is None else _chosen(order, items)
    found = {_KINDS[state] for state in states if state in _KINDS}
    return found or {_KINDS[state] for state in (_state(order),) if state in _KINDS}


def _mixed(seen):
    """One call is one kind: a cancellation or a return (page Order Cancellation)."""
    seen.outcome, seen.local = "rejected", True
    seen.message = (
        "some items were shipped and some were not: one call cancels or returns, "
        "so name the items of one kind; nothing was cancelled"
    )
    for row in seen.items or ():
        row["outcome"] = "rejected"
    return seen


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
    value = text_of((thing or {}).get("status"))
    return None if value is None else _NAMES.get(value, value)


def _chosen(document, items):
    """The states of the items that were named, or the order's own for the whole order."""
    if items is None:
        return [_state(document)]
    states = _item_states(document)
    return [states.get(str(item)) for item in items]


def _item_states(document):
    found = {}
    rows = (document or {}).get("orderitem_set")
    for row in rows if isinstance(rows, list) else ():
        pk = text_of(row.get("pk")) if isinstance(row, dict) else None
        if pk is not None:
            found[pk] = _state(row)
    return found


def _report(document):
    report = dict(document)
    if "pk" in document:
        report["id"] = text_of(document["pk"])
    state = _state(document)
    if state is not None:
        report["state"] = state
    return report


def _errors(document, *, general_only=False):
    """Field errors, general texts and code, in every shape that the pages show (AKN-ERR-2)."""
    members = {"provider_code": None, "message": None, "field_errors": None}
    general, fields = [], {}
    for name, value in (document or {}).items():
        if name in ("code", "error_code"):
            members["provider_code"] = members["provider_code"] or text_of(value)
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
