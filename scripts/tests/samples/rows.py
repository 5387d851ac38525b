"""What each block of the five pages is, and what must come of it. Every expectation is written by hand from the pages.

A row names its block. `exchanges` are the requests that the mock must have had then, in their order, with its answers; `state` is
where the order must be afterwards. A dict in Has() may have more members than are named.
"""


class Has(dict):
    """An object that has these members, and perhaps others."""


class Exchange:
    """A request as the mock had it: "METHOD target", its body as JSON (None: empty), the status, the answer as JSON or text."""

    def __init__(self, request, sent, status, answer):
        self.request, self.sent, self.status, self.answer = request, sent, status, answer


class Row:
    """A block, run once.

    how        "shell", "python", "node", "php", "go", "java": a program; "http": a request line, with or without a body;
               "body": the body of a request; "answer": the body of an answer; "headers": lines of a head;
               "drawing": no code
    exchanges  what the mock must have had
    order      (id, state) at the end; None: no order is named
    printed    lines that standard output must be (a program), in their order; None: anything
    call       what follows a sample that only defines something
    knobs      of the provider
    events     of the order, before
    request    what the block's text needs to become a request: see run
    differs    of an answer: members whose printed value is a placeholder or a fault of the page, with the right value
    """

    def __init__(self, page, block, how, exchanges=(), order=None, printed=None, call="", knobs=None, events=(), request=None,
                 differs=None):
        self.page, self.block, self.how, self.exchanges, self.order = page, block, how, list(exchanges), order
        self.printed, self.call, self.knobs, self.events = printed, call, knobs or {}, events
        self.request, self.differs = request or {}, differs or {}


# ── Akinon: the samples are lost ────────────────────────────────────────────────────────────────────────────────────

AKN = {"Authorization": "Token api_token", "Content-Type": "application/json"}
AKN_CANCEL = "POST /api/i1/orders/1883/cancel/"
AKN_ALL = {"order": 1883, "is_all": True, "cancel_items": [], "forced_refund_amount": None, "reasons": {"70193": 12, "70194": 12}}
AKN_PART = {"order": 1883, "is_all": False, "cancel_items": [70193], "forced_refund_amount": None, "reasons": {"70193": 12}}
AKN_FUND = {"order": 1889, "is_all": True, "cancel_items": [], "forced_refund_amount": None, "reasons": {"70211": 12, "70212": 12}}


def fund_transfer(member, value):
    """A cancel of an order that was paid by fund transfer, with one more member."""
    sent = {**AKN_FUND, member: value}
    return dict(
        exchanges=[Exchange("POST /api/i1/orders/1889/cancel/", sent, 200, Has(pk=1889, status="50", cancel_status="waiting"))],
        order=("1889", "cancellation_waiting"),
        request={"to": "POST /api/i1/orders/1889/cancel/", "headers": AKN, "around": (AKN_FUND, member),
                 "placeholders": {"order_item_id": "70211"}})


AKINON = [
    Row("akinon", "Cancel Order", "http",
        [Exchange(AKN_CANCEL, AKN_ALL, 200, Has(pk=1883, status="50", cancel_status="waiting"))], ("1883", "cancellation_waiting"),
        request={"headers": [AKN], "body": AKN_ALL, "placeholders": {"{order_id}": "1883"}}),
    Row("akinon", "Cancel Order - Partial", "http",
        [Exchange(AKN_CANCEL, AKN_PART, 200, Has(pk=1883, status="400", orderitem_set=[
            Has(pk=70193, status="50"), Has(pk=70194, status="400")]))], ("1883", "approved"),
        request={"headers": [AKN], "body": AKN_PART, "placeholders": {"{order_id}": "1883"}}),
    Row("akinon", "ibans", "body", **fund_transfer("ibans", {"70211": "iban"})),
    Row("akinon", "holder_names", "body", **fund_transfer("holder_names", {"70211": "holder_name"})),
]

# ── Dükkango ────────────────────────────────────────────────────────────────────────────────────────────────────────

DUK_KEY = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
DUK_CANCEL = "PUT /api/integrations/orders/cancel/" + DUK_KEY
DUK_OK = {"status": True, "data": "OK"}
DUK_CANCELED = (DUK_KEY, "CANCELED")
DUK_RECEIVED = (DUK_KEY, "RECEIVED")
# given/dukkango.mjs asks for the orders first.
DUK_LIST = Exchange("GET /api/integrations/orders/get-current", None, 200, Has(status=True))


def duk_answer(block, body, status, answer, order=DUK_RECEIVED, key=DUK_KEY, token="your-access-token"):
    """An answer that the page shows, and the request that leads to it."""
    to = "PUT /api/integrations/orders/cancel/" + key
    return Row("dukkango", block, "answer", [Exchange(to, body, status, answer)], order,
               request={"to": to, "headers": {"Access-Token": token, "Content-Type": "application/json"}, "body": body})


def duk_function(block, call, reason, printed, more=(), **others):
    """One of the page's functions, called once."""
    return Row("dukkango", block, "node", [DUK_LIST, Exchange(DUK_CANCEL, {"reason_id": reason}, 200, DUK_OK), *more],
               DUK_CANCELED, printed=printed, call=call, **others)


# The page's class leaves five methods to its reader.
WORKFLOW = """
class Mine extends OrderCancellation {
  confirmCancellation(order, reasonId) { return asked('confirmCancellation', true)(order.id, reasonId); }
  cancelOrder(paymentKey, reasonId) { return cancelOrder(paymentKey, reasonId); }
  notifyCustomer(order) { told('notifyCustomer')(order.id); }
  notifyKitchen(order) { told('notifyKitchen')(order.id); }
  processRefund(order) { told('processRefund')(order.id); }
}
console.log(await new Mine().cancel(order, 4, 'telefonda'));
"""

DUKKANGO = [
    Row("dukkango", "Examples, bash cURL", "shell", [Exchange(DUK_CANCEL, {"reason_id": 3}, 200, DUK_OK)], DUK_CANCELED,
        printed=['{"status":true,"data":"OK"}']),
    Row("dukkango", "Examples, javascript JavaScript", "node", [Exchange(DUK_CANCEL, {"reason_id": 3}, 200, DUK_OK)], DUK_CANCELED,
        printed=['{ status: true, data: \'OK\' }'], call="console.log(data);"),
    Row("dukkango", "Examples, python Python", "python", [Exchange(DUK_CANCEL, {"reason_id": 3}, 200, DUK_OK)], DUK_CANCELED,
        printed=["{'status': True, 'data': 'OK'}"], call="print(data)"),
    Row("dukkango", "Examples, php PHP", "php", [Exchange(DUK_CANCEL, {"reason_id": 3}, 200, DUK_OK)], DUK_CANCELED,
        printed=['{"status":true,"data":"OK"}'], call="<?php echo $response; ?>"),

    duk_answer("Success Response (200), json", {"reason_id": 3}, 200, DUK_OK, DUK_CANCELED),
    duk_answer("Error Responses, json Missing Field (422)", {}, 422,
               {"status": False, "error": "eksik alan", "message": "reason_id is required"}),
    duk_answer("Error Responses, json Invalid Reason (422)", {"reason_id": 9}, 422,
               {"status": False, "error": "eksik alan", "message": "Invalid reason_id"}),
    duk_answer("Error Responses, json Authentication Error (401)", {"reason_id": 3}, 401,
               {"status": False, "error": "yetkisiz erişim"}, token="nobody"),
    duk_answer("Error Responses, json Not Found (404)", {"reason_id": 3}, 404,
               {"status": False, "error": "sipariş bulunamadı"}, key="00000000-0000-4000-8000-000000000000"),

    duk_function("1. Product Out of Stock (reason_id: 1), javascript",
                 "await cancelOutOfStock(order, {id: 101, toString: () => 'Adana Kebap'});", 1,
                 ['notifyCustomer("05321234567","Sorry, Adana Kebap is out of stock. Order canceled.")'],
                 [Exchange("PUT /api/integrations/foods/status-passive/101", None, 200, DUK_OK)]),
    duk_function("2. Address Not Found (reason_id: 2), javascript", "await cancelInvalidAddress(order);", 2,
                 ['requestAddressCorrection("05321234567")']),
    duk_function("3. Too Busy (reason_id: 3), javascript", "await cancelDueToBusyness(order);", 3, [],
                 [Exchange("PUT /api/integrations/restaurants/status/close/6b0f2f0e-59a4-4f0b-9f57-0d8a5f3f9c11", None, 200, DUK_OK)]),
    duk_function("4. Customer Canceled (reason_id: 4), javascript", "await handleCustomerCancellation(order);", 4,
                 ['confirmWithStaff("Customer wants to cancel order 1031. Proceed?")']),
    duk_function("5. Technical Issue (reason_id: 5), javascript", "await cancelTechnical(order, 'yazarkasa');", 5,
                 ['logTechnicalIssue({"orderId":1031,"issue":"yazarkasa","timestamp":now})', 'notifyTechSupport("yazarkasa")']),
    duk_function("6. Address Too Far (reason_id: 6), javascript", "await cancelTooFar(order);", 6,
                 ['notifyCustomer("05321234567","Sorry, your address is outside our delivery area.")']),
    duk_function("7. Payment Problem (reason_id: 7), javascript", "await cancelPaymentIssue(order);", 7,
                 ['requestPaymentUpdate("05321234567")']),
    duk_function("8. Other (reason_id: 8), javascript", "await cancelOther(order, 'elektrik kesildi');", 8,
                 ['logCancellationReason(1031,"elektrik kesildi")']),
    Row("dukkango", "Status Transition", "drawing"),
    # payment_type is of this sample alone (9 A8): the vendor's orders have payment_method, and no refund follows.
    duk_function("Complete Workflow, javascript", WORKFLOW, 4,
                 ['confirmCancellation(1031,4)', 'database.updateOrderStatus(1031,"CANCELED")',
                  'database.logCancellation({"orderId":1031,"reasonId":4,"notes":"telefonda","canceledBy":7,"timestamp":now})',
                  'notifyCustomer(1031)', 'notifyKitchen(1031)',
                  'analytics.track("order_canceled",{"orderId":1031,"reasonId":4,"orderValue":1417.5})', 'true']),
    duk_function("Complete Workflow, javascript", WORKFLOW, 4,
                 ['confirmCancellation(1031,4)', 'database.updateOrderStatus(1031,"CANCELED")',
                  'database.logCancellation({"orderId":1031,"reasonId":4,"notes":"telefonda","canceledBy":7,"timestamp":now})',
                  'notifyCustomer(1031)', 'notifyKitchen(1031)', 'processRefund(1031)',
                  'analytics.track("order_canceled",{"orderId":1031,"reasonId":4,"orderValue":1417.5})', 'true'],
                 knobs={"also_emit_payment_type": "on"}),
    # Good and bad stand in one block, so the second cancel finds no order.
    duk_function("Always Use Correct Reason, javascript", "", 1, [],
                 [Exchange(DUK_CANCEL, {"reason_id": 8}, 404, {"status": False, "error": "sipariş bulunamadı"})]),
    duk_function("Confirm Before Canceling, javascript", "await safeCancelOrder(order, 4);", 4,
                 ['confirmDialog("Cancel Order?","Order: 1031\\nReason: Müşteri iptal etti\\n\\nThis cannot be undone.")']),
    duk_function("Notify Customer, javascript", "await cancelWithNotification(order, 7);", 7,
                 ['sendSMS("05321234567","Ödeme alınamadı.")']),
]

# ── Fungies ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FNG_ID = "c1f7a6d2-3e48-4b90-8a51-0d2e4f6a8b10"
FNG_ORDER = ("orderIdOrNumber", "CANCELLED")
FNG_CANCELLED = Has(status="success", data={"order": Has(object="order", id=FNG_ID, number="orderIdOrNumber", status="CANCELLED",
                                                         orderNumber="orderIdOrNumber")})
FNG_NO_KEY = {"status": "error", "error": {"message": "Invalid public key"}}
FNG_SAMPLE = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
FNG = {"Content-Type": "application/json", "x-fngs-public-key": "<api-key>", "x-fngs-secret-key": "<api-key>"}


def fng_program(block, how, segment, printed=None):
    """A program that cancels the order of the page's placeholder; each language's tools send it in another spelling."""
    return Row("fungies", block, how, [Exchange("PATCH /v0/orders/%s/cancel" % segment, {}, 200, FNG_CANCELLED)], FNG_ORDER,
               printed=printed)


def fng_answer(block, order, status, answer, end, differs):
    to = "PATCH /v0/orders/%s/cancel" % order
    return Row("fungies", block, "answer", [Exchange(to, {}, status, answer)], (order, end),
               request={"to": to, "headers": FNG, "body": {}}, differs=differs)


FUNGIES = [
    # The two lines are a fault of the page (9 A6): its own samples send the keys under their names.
    *[Row("fungies", block, "headers", [Exchange("PATCH /v0/orders/orderIdOrNumber/cancel", {}, 401, FNG_NO_KEY)],
          ("orderIdOrNumber", "PENDING"), request={"to": "PATCH /v0/orders/orderIdOrNumber/cancel", "body": {}})
      for block in ("PATCH/orders/{orderIdOrNumber}/cancel", "PATCH/orders/{orderIdOrNumber}/cancel (2)")],
    fng_program("cURL", "shell", "orderIdOrNumber"),
    fng_program("Python", "python", "%7BorderIdOrNumber%7D"),
    fng_program("JavaScript", "node", "%7BorderIdOrNumber%7D"),
    fng_program("PHP", "php", "{orderIdOrNumber}"),
    fng_program("Go", "go", "%7BorderIdOrNumber%7D"),
    fng_program("Java", "java", "%7BorderIdOrNumber%7D"),
    # "<string>" stands for any text (9 A2); PENDING is what the order was before (9 A3).
    fng_answer("Example of a Successful Response (200)", FNG_SAMPLE, 200, Has(status="success"), "CANCELLED",
               {"/status": "success", "/data/order/number": "Ab3dEf6hIj9k", "/data/order/orderNumber": "Ab3dEf6hIj9k",
                "/data/order/status": "CANCELLED"}),
    # An order that has expired is refused with a text of its own; "Sample error message" stands for any.
    fng_answer("Example of Error Response (400)", "Ex3Mz2Cw7FyH", 400, Has(status="error"), "EXPIRED", {"/error/message": None}),
]

# ── iletiMerkezi ────────────────────────────────────────────────────────────────────────────────────────────────────

ILM_TO = "POST /v1/cancel-order/json"
ILM_SENT = {"request": {"authentication": {"key": "API_KEY", "hash": "API_HASH"}, "order": {"id": "312891245"}}}
ILM_OK = {"response": {"status": {"code": 200, "message": "İşlem başarılı"}}}
ILM_ORDER = ("312891245", "cancelled")
ILM_HEADERS = {"Content-Type": "application/json"}

ILETIMERKEZI = [
    Row("iletimerkezi", "Schema", "drawing"),
    Row("iletimerkezi", "Full example, json", "body", [Exchange(ILM_TO, ILM_SENT, 200, ILM_OK)], ILM_ORDER,
        request={"to": ILM_TO, "headers": ILM_HEADERS}),
    Row("iletimerkezi", "Success (200), json", "answer", [Exchange(ILM_TO, ILM_SENT, 200, ILM_OK)], ILM_ORDER,
        request={"to": ILM_TO, "headers": ILM_HEADERS, "body": ILM_SENT}),
    Row("iletimerkezi", "cURL, bash", "shell", [Exchange(ILM_TO, ILM_SENT, 200, ILM_OK)], ILM_ORDER,
        printed=['{"response":{"status":{"code":200,"message":"İşlem başarılı"}}}']),
]

# ── Zaikio ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ZAI_ORDER = "ffc75c94-aa79-450a-becc-2e398c079d93"
ZAI_TO = "PATCH /orders/" + ZAI_ORDER
ZAI_NO_TOKEN = {"errors": ["no_jwt_passed"]}
# The page prints no header. As it is printed, then with those that every call needs; {token} is of the fixtures.
ZAI_HEADERS = [{}, {"Authorization": "Bearer {token}", "Content-Type": "application/json"}]


def zai_request(block, event, state, events=()):
    sent = {"order": {"state_event": event}}
    return Row("zaikio", block, "http", [Exchange(ZAI_TO, sent, 401, ZAI_NO_TOKEN),
                                         Exchange(ZAI_TO, sent, 200, Has(id=ZAI_ORDER, state=state))], (ZAI_ORDER, state),
               request={"headers": ZAI_HEADERS}, events=events)


ZAIKIO = [
    zai_request("Example", "cancel_by_consumer", "canceled_by_consumer"),
    zai_request("Example Request", "request_cancelation", "cancelation_requested", events=["transfer"]),
]

ROWS = AKINON + DUKKANGO + FUNGIES + ILETIMERKEZI + ZAIKIO
