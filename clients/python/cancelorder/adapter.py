"""The adapter: operations as lines of JSON on standard input, results as lines on standard output.

Protocol version 1: `hello`, `run`, `abort`, `bye`; members and commands that are not known are
ignored and refused, in this order. The main thread reads, so that an `abort` is answered at once
whatever the operation is doing; each `run` has a thread of its own. The first to answer a run is
the only one: an operation that ends after its abort stays silent.

The end of the input ends the adapter, too. Operations may finish what they are at for a moment, but
none that has sent its cancel sends anything more.
"""

import os
import sys
import threading
import time

from . import jsonstrict

PROTOCOL = 1
MAX_LINE = 1024 * 1024
MAX_PARALLEL = 8
DEFAULT_DEADLINE_MS = 10000
MAX_DEADLINE_MS = 600000
_DRAIN_SECONDS = 1.0
_MAX_REPORT = MAX_LINE - 64 * 1024
_MAX_MESSAGE = 64 * 1024

# By hand, so that `hello` is answered before any provider module is loaded.
_OPERATIONS = {
    "dukkango": ["cancel", "login"],
    "fungies": ["cancel", "get_order"],
    "akinon": ["cancel", "get_order", "login"],
    "iletimerkezi": ["cancel", "get_report"],
    "zaikio": ["cancel", "get_order"],
}


def main(source=None, sink=None):
    """Serves until `bye` or the end of the input; returns the exit code."""
    adapter = Adapter(sink or sys.stdout.buffer)
    lines = source or sys.stdin.buffer
    while True:
        line = lines.readline(MAX_LINE + 1)
        if not line:
            break
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            _skip_line(lines)
            adapter.broken("the line is longer than 1 MiB")
        elif line.strip() and not adapter.take(line):
            break
    adapter.close()
    return 0


class Adapter:
    """What is running, and the one place that writes."""

    def __init__(self, sink):
        self._sink = sink
        self._write_lock = threading.Lock()
        self._lock = threading.Lock()
        self._jobs = {}
        self.closing = False

    def take(self, line):
        """Obeys one line; returns False when it was `bye`."""
        arrived = time.monotonic()
        command = jsonstrict.parse_object(line)
        if command is None:
            self.broken("the line is no JSON object")
            return True
        number = command.get("id")
        if isinstance(number, (dict, list, bool)):
            self.broken("the id must be a number or text")
            return True
        verb = command.get("cmd")
        if verb == "bye":
            return False
        if verb == "hello":
            self._hello(number, command)
        elif verb == "run":
            self._run(number, command, arrived)
        elif verb == "abort":
            self._abort(number)
        else:
            self.write({"id": number, "errored": {"message": "the command is not known"}})
        return True

    def broken(self, text):
        self.write({"id": None, "errored": {"message": text}})

    def write(self, answer):
        try:
            data = _line(answer)
            with self._write_lock:
                self._sink.write(data)
                self._sink.flush()
        except (BrokenPipeError, ValueError, OSError):
            os._exit(0)  # nobody reads any more, so there is nothing left to do

    def answer(self, job, answer):
        """Writes the answer of a job unless it has one already."""
        with self._lock:
            if self._jobs.get(job.number) is not job:
                return
            del self._jobs[job.number]
        self.write(dict({"id": job.number}, **answer))

    def close(self):
        """Lets what runs finish for a moment, then answers the rest as aborted."""
        self.closing = True
        until = time.monotonic() + _DRAIN_SECONDS
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.thread.join(max(0.0, until - time.monotonic()))
        for job in jobs:
            self._stop(job)

    def _hello(self, number, command):
        if command.get("protocol") != PROTOCOL or command.get("protocol") is True:
            text = "protocol %d is spoken here, no other" % PROTOCOL
            self.write({"id": number, "errored": {"message": text}})
            return
        providers = {
            name: {"operations": operations, "features": operations[1:]}
            for name, operations in _OPERATIONS.items()
        }
        client = {"name": "cancelorder-python", "version": "0.1.0", "language": "python"}
        self.write(
            {
                "id": number,
                "protocol": PROTOCOL,
                "client": client,
                "providers": providers,
                "max_parallel": MAX_PARALLEL,
                "policy": {"redirects": "refuse", "max_attempts": 2},
            }
        )
        # The first operation will need it; loading takes longer than anything else here.
        threading.Thread(target=_load_http, daemon=True).start()

    def _run(self, number, command, arrived):
        provider, operation = command.get("provider"), command.get("operation")
        offered = _OPERATIONS.get(_key(provider))
        for feature, known in ((provider, _OPERATIONS), (operation, offered)):
            if not jsonstrict.is_text(feature) or feature not in known:
                skipped = {"feature": _short(feature), "reason": "not offered by this client"}
                self.write({"id": number, "skipped": skipped})
                return
        job = _Job(self, number, command, arrived)
        with self._lock:
            taken, full = number in self._jobs, len(self._jobs) >= MAX_PARALLEL
            if not taken and not full:
                self._jobs[number] = job
        if taken or full:
            text = "this id is running already" if taken else "too much runs already"
            self.write({"id": number, "errored": {"message": text}})
            return
        job.thread.start()

    def _abort(self, number):
        with self._lock:
            job = self._jobs.get(number)
        if job is not None:  # else it has been answered meanwhile, and that answer stands
            self._stop(job)

    def _stop(self, job):
        job.abort()
        attempts = job.attempts()
        self.answer(
            job,
            {"outcome": "aborted", "attempts": attempts, "sent": "maybe" if attempts else "no"},
        )


class _Job:
    """One `run`: its session and the thread that performs it."""

    def __init__(self, adapter, number, command, arrived):
        from .session import Session, module_of

        self.number = number
        self._adapter = adapter
        self._operation = module_of(command["provider"]).OPERATIONS[command["operation"]]
        self._arguments = command.get("arguments")
        options = command.get("options")
        options = options if isinstance(options, dict) else {}
        self._session = Session(
            command.get("base_url"),
            command.get("credentials"),
            deadline_at=arrived + _seconds(command.get("deadline_ms")),
            provider=command["provider"],
            ca_file=_text(options.get("ca_file")),
            state_dir=_text(options.get("state_dir")),
            may_send=self._may_send,
        )
        self.thread = threading.Thread(target=self._work, daemon=True)

    def abort(self):
        self._session.abort.request()

    def attempts(self):
        return self._session.attempts

    def _may_send(self, session):
        return not (self._adapter.closing and session.attempts)

    def _work(self):
        try:
            result = self._session.perform(self._operation, self._arguments).to_dict()
        except Exception as problem:  # a defect of ours must still be an answer; it quotes nothing
            result = {"errored": {"message": "a defect of the client: " + type(problem).__name__}}
        self._adapter.answer(self, result)


def _seconds(deadline_ms):
    """The time for the work: the deadline less what writing the answer may take."""
    if not jsonstrict.is_integer(deadline_ms) or not 1 <= deadline_ms <= MAX_DEADLINE_MS:
        deadline_ms = DEFAULT_DEADLINE_MS
    return (deadline_ms - min(150.0, max(20.0, deadline_ms * 0.1))) / 1000.0


def _line(answer):
    answer = jsonstrict.portable(answer)
    data = jsonstrict.dump(answer)
    if len(data) > _MAX_REPORT:
        for name in ("order", "items", "field_errors"):
            answer.pop(name, None)
        for name, value in answer.items():
            if isinstance(value, str):
                answer[name] = value[:_MAX_MESSAGE]
        data = jsonstrict.dump(answer)
    return data + b"\n"


def _skip_line(lines):
    while True:
        rest = lines.readline(MAX_LINE)
        if not rest or rest.endswith(b"\n"):
            return


def _key(value):
    return value if isinstance(value, str) else ""


def _short(value):
    return value[:200] if jsonstrict.is_text(value) else "none"


def _text(value):
    return value if jsonstrict.is_text(value) and value else None


def _load_http():
    import http.client  # noqa: F401
