"""Dükkango: a restaurant cancels an order that the platform's customer placed.

One PUT with a reason from 1 to 8; the answer is {"status": true, "data": "OK"} and nothing more, so
success is `status` exactly true under 200. There is no way to read one order, and what a second
cancel answers is not documented: an unknown outcome stays unknown and the PUT is never repeated,
except once after a new log-in when the token was refused (providers: dukkango 2, 5 to 7).
"""

import re
import time

from .jsonstrict import is_integer, is_text, parse_object
from .result import Refusal, answered, failed, outcome_of_status, undecided
from .session import uuid_argument
from .tokens import LoginFailed, log_in_only, outcome_of_refused_login, with_token
from .transport import TransportFailure, check_header_value

NAME = "dukkango"

_TOKEN_SECONDS = 24 * 3600.0
_LOGIN_SHARE = 0.5


def cancel(session, arguments):
    """arguments: order_id (the order's payment_key), reason_id (integer, 1 to 8)."""
    order_id = uuid_argument(arguments, "order_id")
    reason = arguments.get("reason_id")
    # A reason is never made up: without one from the caller nothing is sent (page Cancel Order).
    if not is_integer(reason) or not 1 <= reason <= 8:
        raise Refusal("reason_id: must be an integer from 1 to 8")
    given, account = _credentials(session.credentials)

    def attempt(token):
        headers = [("Access-Token", check_header_value("access_token", token))]
        path = ("orders", "cancel", order_id)
        try:
            response = session.send("PUT", path, headers, {"reason_id": reason}, cancels=True)
        except TransportFailure as failure:
            return undecided(failed(failure))
        return classify_cancel(response)

    with session.one_at_a_time(order_id.lower()):
        return with_token(session, given, account, lambda: _log_in(session, account), attempt)


def login(session, _arguments):
    """Proves the credentials that a log-in needs."""
    _, account = _credentials(session.credentials)
    if account is None:
        raise Refusal("app_secret_key, rest_secret_key: missing or empty")
    return log_in_only(lambda: _log_in(session, account))


def classify_cancel(response):
    """The Result of the cancel's answer."""
    document = parse_object(response.body, repair=response.status != 200)
    if response.status == 200:
        return _classify_ok(response, document)
    if 200 <= response.status <= 299:
        return answered(response, "unknown", message="a success status that is not documented")
    outcome = outcome_of_status(response.status, refused="invalid")
    return answered(response, outcome, **_texts(document))


def _classify_ok(response, document):
    if document is None:
        return answered(response, "protocol_error", message="the answer is no JSON object")
    status = document.get("status")
    if status is True:
        odd = None if document.get("data") == "OK" else "canceled, though data is not OK"
        return answered(response, "canceled", message=odd)
    if status is False:
        return answered(response, "rejected", **_texts(document))
    return answered(response, "protocol_error", message="status is neither true nor false")


def _texts(document):
    # Both may be absent; they are handed on as they are (providers: dukkango 6).
    document = document or {}
    error, message = document.get("error"), document.get("message")
    return {
        "provider_code": error if is_text(error) else None,
        "message": message if is_text(message) else None,
    }


def _credentials(credentials):
    token = credentials.get("access_token")
    account = (credentials.get("app_secret_key"), credentials.get("rest_secret_key"))
    if not all(is_text(key) and key for key in account):
        account = None
    if token is not None or account is None:
        check_header_value("access_token", token)
    return token, account


def _log_in(session, account):
    document = {"app_secret_key": account[0], "rest_secret_key": account[1]}
    try:
        response = session.send("POST", ("auth", "login"), [], document, share=_LOGIN_SHARE)
    except TransportFailure as failure:
        raise LoginFailed(failed(failure)) from None
    answer = parse_object(response.body, repair=response.status != 200)
    data = (answer or {}).get("data")
    if response.status == 200 and isinstance(data, dict) and answer.get("status") is True:
        try:
            token = check_header_value("access_token", data.get("access_token"))
        except Refusal:
            raise LoginFailed(answered(response, "protocol_error", message="no token")) from None
        return token, _life(data.get("expiration_date"), response)
    if response.status == 200:
        outcome = "unauthorized" if answer and answer.get("status") is False else "protocol_error"
    else:
        outcome = outcome_of_refused_login(response.status)
    raise LoginFailed(answered(response, outcome, **_texts(answer)))


def _life(expiration, response):
    """Seconds that a token lives: its date is Turkish time (UTC+3), held against Date."""
    import calendar
    import email.utils

    if not is_text(expiration) or not re.fullmatch(r"[0-9-]{10} [0-9:]{8}", expiration):
        return _TOKEN_SECONDS
    try:
        until = calendar.timegm(time.strptime(expiration, "%Y-%m-%d %H:%M:%S")) - 3 * 3600
        date = email.utils.parsedate_tz(response.header("date") or "")
        now = email.utils.mktime_tz(date) if date else time.time()
        return min(max(0.0, until - now), _TOKEN_SECONDS)
    except (ValueError, OverflowError, TypeError):
        return _TOKEN_SECONDS


OPERATIONS = {"cancel": cancel, "login": login}
