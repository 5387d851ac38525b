#!/usr/bin/env python3
"""A client of the control API that knows nothing but its OpenAPI document, and a test that it runs.

Every call is made by operationId: path, method, parameters and body come from GET /_mock/openapi/control, and what is
sent and what comes back is held against the schemas there. Usage: control_client.py CANCELMOCK
"""
import json
import os
import subprocess
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request

LIMIT = 30  # seconds
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures")


class NotSo(Exception):
    """What was sent or answered is not what the document says."""


class Schemas:
    """The part of JSON Schema that the document uses; a keyword that it does not know is a mistake."""

    SILENT = {"description", "format", "example", "items", "prefixItems", "additionalProperties", "properties", "required"}

    def __init__(self, document):
        self.document = document

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    @staticmethod
    def is_type(value, name):
        if name == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if name == "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
        return isinstance(value, kinds[name])

    def check(self, value, schema, where=""):
        schema = self.resolve(schema)
        if isinstance(schema, bool):
            if not schema:
                raise NotSo("%s is not expected" % where)
            return
        for keyword, rule in schema.items():
            if keyword not in self.SILENT:
                getattr(self, "check_" + keyword)(value, rule, where)
        if isinstance(value, dict):
            self.check_members(value, schema, where)
        if isinstance(value, list):
            self.check_items(value, schema, where)

    def check_members(self, value, schema, where):
        for name in schema.get("required", []):
            if name not in value:
                raise NotSo("%s/%s is missing" % (where, name))
        for name, member in value.items():
            rule = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            self.check(member, rule, "%s/%s" % (where, name))

    def check_items(self, value, schema, where):
        first = schema.get("prefixItems", [])
        for index, item in enumerate(value):
            rule = first[index] if index < len(first) else schema.get("items", True)
            self.check(item, rule, "%s/%d" % (where, index))

    def check_type(self, value, rule, where):
        if not any(self.is_type(value, name) for name in ([rule] if isinstance(rule, str) else rule)):
            raise NotSo("%s is %r and no %s" % (where, value, rule))

    def check_enum(self, value, rule, where):
        if value not in rule:
            raise NotSo("%s is %r and none of %s" % (where, value, rule))

    def check_const(self, value, rule, where):
        self.check_enum(value, [rule], where)

    def check_oneOf(self, value, rule, where):
        fitting = 0
        for one in rule:
            try:
                self.check(value, one, where)
                fitting += 1
            except NotSo:
                pass
        if fitting != 1:
            raise NotSo("%s fits %d of its forms" % (where, fitting))

    def check_pattern(self, value, rule, where):
        import re
        if isinstance(value, str) and re.search(rule, value) is None:
            raise NotSo("%s is %r and does not fit %s" % (where, value, rule))

    def check_minimum(self, value, rule, where):
        if self.is_type(value, "number") and value < rule:
            raise NotSo("%s is below %s" % (where, rule))

    def check_maximum(self, value, rule, where):
        if self.is_type(value, "number") and value > rule:
            raise NotSo("%s is above %s" % (where, rule))

    def check_minItems(self, value, rule, where):
        if isinstance(value, list) and len(value) < rule:
            raise NotSo("%s is too short" % where)

    def check_maxItems(self, value, rule, where):
        if isinstance(value, list) and len(value) > rule:
            raise NotSo("%s is too long" % where)

    def check_minProperties(self, value, rule, where):
        if isinstance(value, dict) and len(value) < rule:
            raise NotSo("%s has too few members" % where)

    def check_maxProperties(self, value, rule, where):
        if isinstance(value, dict) and len(value) > rule:
            raise NotSo("%s has too many members" % where)


class Answer:
    def __init__(self, status, body):
        self.status, self.body = status, body

    def __getitem__(self, name):
        return self.body[name]


class Client:
    """client.call("makeOrder", {...}, provider="dukkango", session="ci-1")"""

    def __init__(self, address):
        """`address` is where the document is."""
        with urllib.request.urlopen(address, timeout=LIMIT) as answer:
            self.document = json.load(answer)
        self.schemas = Schemas(self.document)
        self.operations = {}
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                self.operations[operation["operationId"]] = (method.upper(), path, operation)

    def call(self, operation_id, body=None, **parameters):
        method, path, operation = self.operations[operation_id]
        request = urllib.request.Request(self.address_of(path, operation, parameters), method=method)
        wanted = operation.get("requestBody")
        if body is None and wanted is not None and wanted["required"]:
            raise NotSo("%s wants a body" % operation_id)
        if body is not None:
            if wanted is None:
                raise NotSo("%s takes no body" % operation_id)
            self.schemas.check(body, wanted["content"]["application/json"]["schema"])
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        return self.judge(operation_id, operation, *self.send(request))

    def open(self, operation_id, **parameters):
        """An answer that goes on, for the caller to read and close."""
        method, path, operation = self.operations[operation_id]
        return urllib.request.urlopen(urllib.request.Request(self.address_of(path, operation, parameters), method=method),
                                      timeout=LIMIT)

    def address_of(self, path, operation, parameters):
        given, query = dict(parameters), {}
        for parameter in map(self.schemas.resolve, operation["parameters"]):
            name = parameter["name"]
            if name not in given:
                if parameter.get("required"):
                    raise NotSo("the parameter %s is missing" % name)
                continue
            value = given.pop(name)
            self.schemas.check(value, parameter["schema"], name)
            if parameter["in"] == "path":
                path = path.replace("{%s}" % name, urllib.parse.quote(str(value), safe=""))
            else:
                query[name] = value
        if given:
            raise NotSo("unknown parameters: %s" % ", ".join(given))
        return self.document["servers"][0]["url"] + path + ("?" + urllib.parse.urlencode(query) if query else "")

    @staticmethod
    def send(request):
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status, answer.headers.get("Content-Type"), answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Content-Type"), answer.read()

    def judge(self, operation_id, operation, status, content_type, body):
        if str(status) not in operation["responses"]:
            raise NotSo("%s answers %d, which is not described" % (operation_id, status))
        content = self.schemas.resolve(operation["responses"][str(status)]).get("content")
        if content is None:
            if body:
                raise NotSo("%s answers a body, and none is described" % operation_id)
            return Answer(status, None)
        if content_type not in content:
            raise NotSo("%s answers %s" % (operation_id, content_type))
        value = json.loads(body) if "json" in content_type else body.decode()
        self.schemas.check(value, content[content_type]["schema"])
        return Answer(status, value)


class RunsATest(unittest.TestCase):
    """What a test of a client does, step by step, through the document alone."""

    @classmethod
    def setUpClass(cls):
        cls.mock = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet"], stdout=subprocess.PIPE, text=True)
        cls.client = Client(json.loads(cls.mock.stdout.readline())["control"] + "/openapi/control")

    @classmethod
    def tearDownClass(cls):
        cls.mock.terminate()
        cls.mock.wait(timeout=LIMIT)
        cls.mock.stdout.close()

    def cancel(self, session, order):
        """What the client under test would do; the status, or None where no answer came."""
        request = urllib.request.Request(session["base_urls"]["dukkango"] + "/orders/cancel/" + order["id"], method="PUT",
                                         data=b'{"reason_id":3}')
        request.add_header("Access-Token", session["credentials"]["dukkango"]["access_token"])
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code
        except OSError:
            return None

    def test_session_order_fault_cancel_verify(self):
        call = self.client.call
        session = call("makeSession", {"clock": {"mode": "frozen", "now": "2026-11-01T09:00:00Z"}})
        self.assertEqual(session.status, 201)
        own = {"session": session["id"]}
        order = call("makeOrder", {}, provider="dukkango", **own)
        fault = call("addFault", {"fault": "EMPTY_RESPONSE", "phase": "after_commit", "times": 1,
                                  "match": {"operation": "cancel", "order": order["id"]}}, **own)
        plan = {"expect": [{"match": {"operation": "cancel", "order": order["id"]}, "exactly": 2},
                           {"nothing_unmatched": True}, {"every_fault_fired": True}]}
        self.assertEqual(call("verify", plan, **own)["verdict"], "failed")  # nothing has come yet

        self.assertIsNone(self.cancel(session, order))  # cancelled, and the client never hears
        self.assertEqual(call("getOrder", provider="dukkango", order=order["id"], **own)["state"], "CANCELED")
        self.assertEqual(self.cancel(session, order), 404)  # so it tries again

        self.assertEqual(call("verify", plan, **own)["verdict"], "passed")
        entries = call("listRequests", operation="cancel", order=order["id"], **own)["requests"]
        self.assertEqual([entry["faults"] != [] for entry in entries], [True, False])
        self.assertEqual(call("getRequest", seq=entries[0]["seq"], **own).body, entries[0])
        ended = call("removeFault", fault=fault["id"], **own)["faults"]
        self.assertEqual([(one["id"], one["fired"]) for one in ended], [(fault["id"], 1)])
        self.assertEqual(call("removeSession", session=session["id"]).status, 200)
        self.assertEqual(call("getClock", **own).status, 400)

    def test_a_port_of_the_session(self):
        call = self.client.call
        session = call("makeSession")
        own = {"session": session["id"]}
        port = call("openListener", {"kind": "serve"}, **own)
        self.assertEqual([one["id"] for one in call("listListeners", **own)["listeners"]], [port["id"]])
        order = call("makeOrder", provider="dukkango", **own)
        self.assertEqual(self.cancel({**session.body, "base_urls": port["base_urls"]}, order), 200)
        self.assertEqual(call("getOrder", provider="dukkango", order=order["id"], **own)["state"], "CANCELED")
        self.assertEqual(call("closeListener", listener=port["id"], **own).status, 204)
        self.assertEqual(call("closeListener", listener=port["id"], **own).status, 404)

    def test_the_journal_as_it_grows(self):
        call = self.client.call
        session = call("makeSession")
        own = {"session": session["id"]}
        self.cancel(session, call("makeOrder", provider="dukkango", **own))
        with self.client.open("followRequests", since=0, **own) as stream:
            self.assertEqual(stream.headers.get("Content-Type"), "text/event-stream")
            lines = []
            while not lines or not lines[-1].startswith("data:"):
                lines.append(stream.readline().decode().rstrip("\n"))
        self.assertEqual(json.loads(lines[-1].removeprefix("data:"))["operation"], "cancel")

    def test_fixtures_are_read_again(self):
        self.assertEqual(self.client.call("reload").status, 409)  # those of the program cannot change
        mock = subprocess.Popen([PROGRAM, "--listen", "127.0.0.1:0", "--quiet", "--fixtures", FIXTURES],
                                stdout=subprocess.PIPE, text=True)
        try:
            client = Client(json.loads(mock.stdout.readline())["control"] + "/openapi/control")
            self.assertFalse(client.call("reload")["changed"])
        finally:
            mock.terminate()
            mock.wait(timeout=LIMIT)
            mock.stdout.close()

    def test_an_order_from_its_making_to_its_end(self):
        call = self.client.call
        own = {"session": call("makeSession")["id"]}
        order = call("makeOrder", {"aliases": ["mine"]}, provider="dukkango", **own)
        self.assertEqual(call("raiseEvent", {"event": "accept"}, provider="dukkango", order="mine", **own)["state"], "CONFIRMED")
        changed = call("changeOrder", {"state": "COMPLETE"}, provider="dukkango", order=order["id"], **own)
        self.assertEqual((changed["state"], changed["aliases"]), ("COMPLETE", ["mine"]))
        self.assertEqual(call("deleteOrder", provider="dukkango", order="mine", **own).status, 204)
        self.assertEqual(call("getOrder", provider="dukkango", order=order["id"], **own).status, 404)

    def test_a_session_is_cleared_part_by_part(self):
        call = self.client.call
        own = {"session": call("makeSession")["id"]}
        call("addFault", {"fault": "EMPTY_RESPONSE"}, **own)
        self.assertEqual([one["fired"] for one in call("clearFaults", **own)["faults"]], [0])
        self.assertEqual(call("clearRequests", **own).status, 204)
        self.assertEqual(call("expireTokens", provider="dukkango", **own).status, 204)
        self.assertEqual(call("setClock", {"mode": "frozen", "now": "2026-11-01T09:00:00Z"}, **own)["rate"], 0)
        self.assertEqual(call("advanceClock", {"days": 14}, **own)["now"], "2026-11-15T09:00:00.000000Z")
        self.assertEqual(call("setKnobs", {"foreign_order": 404}, provider="dukkango", **own)["foreign_order"], "404")
        self.assertEqual(call("resetSession", **own).status, 204)
        self.assertEqual(call("getKnobs", provider="dukkango", **own)["foreign_order"], "403")

    def test_documents(self):
        for name in self.client.call("listProviders")["providers"]:
            self.assertTrue(self.client.call("getOpenapi", provider=name)["openapi"].startswith("3.1"))

    def test_what_is_refused_is_described_too(self):
        call = self.client.call
        self.assertEqual(call("listRequests", operation="cancel_order").status, 400)
        self.assertEqual(call("getOrder", provider="dukkango", order="nothing").status, 404)
        self.assertEqual(call("makeSession", {"id": "default"}).status, 409)
        self.assertIn("did you mean", call("setKnobs", {"foreign_orde": 404}, provider="dukkango")["error"])

    def test_every_look_is_described(self):
        for name, (method, path, _) in self.client.operations.items():
            if method == "GET" and "{" not in path and path != "/events":
                with self.subTest(name):
                    self.assertEqual(self.client.call(name).status, 200)

    def test_the_client_refuses_what_the_document_does_not_know(self):
        for wrong in (lambda: self.client.call("getClock", sesion="x"), lambda: self.client.call("advanceClock", {"day": 1}),
                      lambda: self.client.call("advanceClock", {"days": "1"}), lambda: self.client.call("setClock"),
                      lambda: self.client.call("getOrder", provider="dukkango"), lambda: self.client.call("resetSession", {})):
            with self.assertRaises(NotSo):
                wrong()


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    result = unittest.main(exit=False, verbosity=0).result
    bad = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - bad, bad))
    sys.exit(1 if bad else 0)
