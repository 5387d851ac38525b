#!/usr/bin/env python3
"""An adapter that is right, but for one fault: `adapter.py NAME`.

It is a small dukkango client. Most faults show in one case only, the one whose order is TRIGGER, so that run.py
can see that the results of all other cases survive. Each fault is one function below the line.
"""
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

TRIGGER = "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"  # the order that does not exist, of DUK-ERR-2

STATUSES = {401: "unauthorized", 403: "forbidden", 404: "not_found", 422: "invalid", 429: "rate_limited"}


def cancel(command):
    """One PUT, read as the vendor's page says."""
    url = urllib.parse.urlsplit(command["base_url"])
    arguments = command["arguments"]
    body = json.dumps({"reason_id": arguments["reason_id"]})
    headers = {"Access-Token": command["credentials"]["access_token"], "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=command["deadline_ms"] / 2000)
    try:
        connection.request("PUT", url.path + "/orders/cancel/" + arguments["order_id"], body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except ConnectionRefusedError:
        return {"outcome": "transport_error", "sent": "no", "attempts": 0}
    except (OSError, ValueError, http.client.HTTPException):
        return {"outcome": "unknown", "attempts": 1}
    finally:
        connection.close()
    done = response.status == 200 and answer.get("status") is True
    outcome = "canceled" if done else STATUSES.get(response.status, "server_error")
    return {"outcome": outcome, "http_status": response.status, "attempts": 1,
            "provider_code": answer.get("error"), "message": answer.get("message")}


def right_answer(command):
    if command["operation"] != "cancel" or command["provider"] != "dukkango":
        return {"id": command["id"], "skipped": {"feature": command["operation"], "reason": "unknown"}}
    return {"id": command["id"], **cancel(command)}


def write(text):
    data = text if isinstance(text, bytes) else text.encode()
    while data:
        data = data[os.write(1, data):]


def write_answer(answer):
    write(json.dumps(answer) + "\n")


def hello(command, **changes):
    answer = {"id": command["id"], "protocol": 1, "client": {"name": "faulty", "version": "1", "language": "python"},
              "providers": {"dukkango": {"operations": ["cancel"], "features": []}}, "max_parallel": 1}
    answer.update(changes)
    write_answer({name: value for name, value in answer.items() if value is not None})


def loop(on_run, on_hello=hello):
    for line in sys.stdin.buffer:
        command = json.loads(line)
        if command["cmd"] == "bye":
            break
        if command["cmd"] == "hello":
            on_hello(command)
        elif command["cmd"] == "run":
            on_run(command)


def only_there(fault):
    """Right everywhere but in the case with the trigger."""
    def on_run(command):
        if command["arguments"].get("order_id") == TRIGGER:
            fault(command)
        else:
            write_answer(right_answer(command))
    loop(on_run)


# -- hello ------------------------------------------------------------------------------------------------------------

def right():
    loop(lambda command: write_answer(right_answer(command)))


def exits_with_0():
    sys.exit(0)


def exits_with_1():
    sys.exit(1)


def dies_at_hello():
    loop(None, on_hello=lambda command: os.kill(os.getpid(), signal.SIGSEGV))


def hangs_at_hello():
    loop(None, on_hello=lambda command: time.sleep(600))


def wrong_version():
    loop(None, on_hello=lambda command: hello(command, protocol=2))


def hello_without_providers():
    loop(None, on_hello=lambda command: hello(command, providers=None))


def other_provider():
    loop(None, on_hello=lambda command: hello(command, providers={"fungies": {"operations": ["cancel"]}}))


def errored_hello():
    loop(None, on_hello=lambda command: write_answer({"id": command["id"], "errored": {"message": "no"}}))


# -- what is written --------------------------------------------------------------------------------------------------

def banner():
    write("Welcome to Shop Kit 3.2\n\n  * warnings are on\n")
    loop(lambda command: write("request begins\n" + json.dumps(right_answer(command)) + "\nrequest ends\n"))


def binary_rubbish():
    only_there(lambda command: (write(bytes(range(0, 256)) * 20 + b"\n"), write_answer(right_answer(command))))


def byte_by_byte():
    def on_run(command):
        for byte in (json.dumps(right_answer(command)) + "\n").encode():
            write(bytes([byte]))
    loop(on_run)


def two_in_one_write():
    def on_run(command):
        answer = right_answer(command)
        other = dict(answer, id=answer["id"] + 1000, outcome="canceled")
        write(json.dumps(other) + "\n" + json.dumps(answer) + "\n")
    loop(on_run)


def answers_twice():
    loop(lambda command: write((json.dumps(right_answer(command)) + "\n") * 2))


def crlf_and_bom():
    loop(lambda command: write(b"\xef\xbb\xbf" + json.dumps(right_answer(command)).encode() + b"\r\n"))


def wrong_id():
    only_there(lambda command: write_answer(dict(right_answer(command), id=command["id"] + 1)))


def id_as_text():
    only_there(lambda command: write_answer(dict(right_answer(command), id=str(command["id"]))))


def long_line():
    only_there(lambda command: write_answer(dict(right_answer(command), padding="x" * (2 << 20))))


def nul_bytes():
    only_there(lambda command: write(json.dumps(right_answer(command)).encode().replace(b"outcome", b"out\0come") + b"\n"))


def half_an_answer():
    only_there(lambda command: write(json.dumps(right_answer(command))[:20] + "\n"))


def half_a_surrogate_pair():
    only_there(lambda command: write(json.dumps(dict(right_answer(command), note="?")).replace("?", "\\ud800") + "\n"))


def not_utf8():
    """In a case that fails as well, so that the bytes come into the report."""
    only_there(lambda command: write(json.dumps(dict(right_answer(command), outcome="canceled", note="?")).encode()
                                     .replace(b"?", b"\xff\xed\xa0\x80") + b"\n"))


def no_newline_at_the_end():
    def fault(command):
        write(json.dumps(right_answer(command)))
        sys.exit(0)
    only_there(fault)


def floods_stderr():
    def fault(command):
        for _ in range(80):
            os.write(2, b"e" * 65535 + b"\n")
        write_answer(right_answer(command))
    only_there(fault)


def silent_flood():
    """Never a line end, never an answer."""
    def fault(command):
        while True:
            write(b"{\"x\":\"" + b"y" * 65536)
    only_there(fault)


# -- what is said -----------------------------------------------------------------------------------------------------

def always_ok():
    loop(lambda command: write_answer({"id": command["id"], "outcome": "canceled", "http_status": 200, "attempts": 1}))


def says_skipped():
    only_there(lambda command: write_answer({"id": command["id"], "skipped": {"feature": "cancel", "reason": "tired"}}))


def says_errored():
    only_there(lambda command: write_answer({"id": command["id"], "errored": {"message": "broken"}}))


def says_errored_and_lies():
    """An error in one case, and broken rules in the others."""
    def on_run(command):
        if command["arguments"].get("order_id") == TRIGGER:
            write_answer({"id": command["id"], "errored": {"message": "broken"}})
        else:
            write_answer(dict(right_answer(command), attempts=3))
    loop(on_run)


def says_many_names():
    """As many members as fit into a line."""
    many = {f"n{number}": 1 for number in range(70000)}
    only_there(lambda command: write_answer({**many, **right_answer(command)}))


def says_many_field_errors():
    many = {f"n{number}": ["x"] for number in range(60000)}
    only_there(lambda command: write_answer({**right_answer(command), "field_errors": many}))


def says_many_operations():
    many = {"operations": ["cancel"] + [f"n{number}" for number in range(80000)], "features": []}
    loop(lambda command: write_answer(right_answer(command)),
         on_hello=lambda command: hello(command, providers={"dukkango": many}))


def says_many_providers():
    many = {f"n{number}": {} for number in range(80000)}
    right_one = {"dukkango": {"operations": ["cancel"], "features": []}}
    loop(lambda command: write_answer(right_answer(command)),
         on_hello=lambda command: hello(command, providers={**many, **right_one}))


def says_one_name_often():
    only_there(lambda command: write("{" + '"n":1,' * 150000 + json.dumps(right_answer(command))[1:] + "\n"))


def misspells_the_outcome():
    only_there(lambda command: write_answer(dict(right_answer(command), outcome="not-found")))


def says_the_outcome_twice():
    only_there(lambda command: write(json.dumps(right_answer(command))[:-1] + ", \"outcome\": \"canceled\"}\n"))


def escape_sequences_for_a_name():
    loop(lambda command: write_answer(right_answer(command)),
         on_hello=lambda command: hello(command, client={"name": "\x1b[2Jshop\x7f\u202ekit", "version": "\x9b1", "language": "?"}))


def lies_about_attempts():
    only_there(lambda command: write_answer(dict(right_answer(command), attempts=3)))


def sends_afterwards():
    """Repeats its first call in the middle of a later case."""
    first = []

    def on_run(command):
        write_answer(right_answer(command))
        if first and command["arguments"].get("order_id") == TRIGGER:
            cancel(first[0])
        first.append(command)
    loop(on_run)


def say(command, head, body="{}"):
    """These bytes, on a connection of their own; the status of what is answered."""
    url = urllib.parse.urlsplit(command["base_url"])
    with socket.create_connection((url.hostname, url.port), timeout=1) as connection:
        connection.sendall((head.format(path=url.path + "/orders/cancel/", host=url.netloc, size=len(body)) + body).encode())
        connection.shutdown(socket.SHUT_WR)
        return int(connection.recv(4096).split()[1])


BROKEN_LINE = "PUT {path}1\r\nX-Injected: 1 HTTP/1.1\r\nHost: {host}\r\nContent-Length: {size}\r\n\r\n"


def hides_a_broken_request_line():
    """A line break of the order's id starts a header, and the client says that nothing was sent."""
    def on_trigger(command):
        say(command, BROKEN_LINE)
        write_answer({"id": command["id"], "outcome": "invalid", "local": True, "attempts": 0})
    only_there(on_trigger)


def tells_a_broken_request_line():
    """The same, but the client tells of the 400 that it got."""
    def on_trigger(command):
        status = say(command, BROKEN_LINE)
        write_answer({"id": command["id"], "outcome": "invalid", "http_status": status, "attempts": 1})
    only_there(on_trigger)


def sends_rubbish_first():
    """Each cancel goes out in a request that no server reads, and then rightly."""
    def on_trigger(command):
        say(command, "PUT {path}1 HTTP/1.1\r\nHost : {host}\r\nContent-Length: {size}\r\n\r\n")
        write_answer(right_answer(command))
    only_there(on_trigger)


def sends_a_longer_length():
    """It counts the bytes of the body wrongly, and waits for an answer that cannot come."""
    def on_trigger(command):
        status = say(command, "PUT {path}1 HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1{size}\r\n\r\n")
        write_answer({"id": command["id"], "outcome": "invalid", "http_status": status, "attempts": 1})
    only_there(on_trigger)


# -- how it ends ------------------------------------------------------------------------------------------------------

def dies_in_a_case():
    only_there(lambda command: os.kill(os.getpid(), signal.SIGSEGV))


def exits_in_a_case():
    only_there(lambda command: sys.exit(0))


def dies_once_in_a_case():
    """Right when it is asked again: whoever does ask again, hides a crash."""
    def fault(command):
        mark = os.path.join(command["options"]["state_dir"], "died")
        if os.path.exists(mark):
            write_answer(right_answer(command))
        else:
            os.close(os.open(mark, os.O_CREAT | os.O_WRONLY))
            os._exit(9)
    only_there(fault)


def dies_after_each_answer():
    def on_run(command):
        write_answer(right_answer(command))
        os._exit(1)
    loop(on_run)


def dies_in_every_case():
    loop(lambda command: os._exit(9))


def hangs_in_a_case():
    only_there(lambda command: time.sleep(600))


def ignores_sigterm():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    only_there(lambda command: time.sleep(600))


def never_says_goodbye():
    right()
    time.sleep(600)


def stops_itself():
    only_there(lambda command: os.kill(os.getpid(), signal.SIGSTOP))


def works_in_another_group():
    """The client proper is a grandchild outside of the group; only its closed pipes end it."""
    worker = subprocess.Popen([sys.executable, __file__, "hangs_in_a_case"], start_new_session=True)
    sys.exit(worker.wait())


def grandchild_keeps_the_pipes():
    def fault(command):
        subprocess.Popen(["sleep", "20"])
        os._exit(0)
    only_there(fault)


def closes_stdout():
    def fault(command):
        os.close(1)
        time.sleep(600)
    only_there(fault)


def answers_late():
    """After the deadline and just before it is ended; then the next case must not get it."""
    def fault(command):
        time.sleep(command["deadline_ms"] / 1000 + 600)
        write_answer(right_answer(command))
    only_there(fault)


def answers_the_case_before():
    """Each answer comes one case too late, followed by the right one."""
    before = []
    def on_run(command):
        answer = right_answer(command)
        write("".join(json.dumps(old) + "\n" for old in before) + json.dumps(answer) + "\n")
        before[:] = [dict(answer, outcome="canceled")]
    loop(on_run)


# -- what happens to cancelcheck itself: its worker is our parent, and the worker's parent the program ------------------

def stops_the_worker():
    only_there(lambda command: os.kill(os.getppid(), signal.SIGSTOP))


def kills_the_worker():
    only_there(lambda command: os.kill(os.getppid(), signal.SIGKILL))


def kills_the_worker_at_the_end():
    """As a sanitizer that finds something when the worker ends: every check has passed by then."""
    right()  # until it is told to end
    os.kill(os.getppid(), signal.SIGKILL)


def signal_and_wait(number):
    """As somebody who stops the run would do; the case never ends by itself."""
    def fault(command):
        with open(f"/proc/{os.getppid()}/stat", encoding="utf-8") as text:
            program = int(text.read().rpartition(")")[2].split()[1])
        child = subprocess.Popen([sys.executable, __file__, "waits_outside"], stdin=subprocess.DEVNULL)
        note_pid(child.pid)
        os.kill(program, number)
        time.sleep(600)
    only_there(fault)


def waits_outside():
    """A grandchild of the worker: it goes with its group."""
    time.sleep(600)


def run_gets_sigint():
    signal_and_wait(signal.SIGINT)


def run_gets_sigterm():
    signal_and_wait(signal.SIGTERM)


def run_gets_sighup():
    signal_and_wait(signal.SIGHUP)


def note_pid(pid):
    """For run.py, which looks whether everybody is gone afterwards."""
    folder = os.environ.get("FAULTY_ADAPTER_PIDS")
    if folder:
        os.close(os.open(os.path.join(folder, str(pid)), os.O_CREAT | os.O_WRONLY))


if __name__ == "__main__":
    note_pid(os.getpid())
    globals()[sys.argv[1]]()
