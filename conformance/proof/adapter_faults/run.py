#!/usr/bin/env python3
"""Runs cancelcheck over every faulty adapter and compares exit code and statuses with what is written down here.

    run.py PATH-OF-CANCELCHECK

Waiting is shortened by --time-scale, and each run has a limit of its own: an adapter that makes cancelcheck hang is the
worst fault of all. After each run no temporary file may be left, and no process.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT_S = 60
ENDING_S = 10  # in which processes that were killed must be gone
# scripts/test judges every answer that it finds there.
JOURNAL = ["--journal-file", os.environ["TEST_JOURNAL"]] if "TEST_JOURNAL" in os.environ else []

FAULTY = "dukkango/DUK-ERR-2"  # the case in which most of them misbehave
OTHERS = ["dukkango/DUK-REQ-1", "dukkango/DUK-RES-1", "dukkango/HC-01/operation", "dukkango/HC-02", "dukkango/HC-03"]

PASS_ALL = {name: "PASS" for name in OTHERS}
NOTHING = {name: "NOTRUN" for name in OTHERS + [FAULTY]}
NO_SESSION = {name: "NOTRUN" for name in ["session/HC-04", "session/HC-05", "session/HC-06", "session/HC-07"]}
NOT_AFTER = {name: "NOTRUN" for name in OTHERS if "/HC-" in name}  # those that come after the faulty one

# name: exit code, status of the faulty case, statuses of others that differ from PASS
FAULTS = {
    "right": (0, "PASS", {}),
    # hello
    "exits_with_0": (3, "NOTRUN", NOTHING),
    "exits_with_1": (3, "NOTRUN", NOTHING),
    "dies_at_hello": (3, "NOTRUN", NOTHING),
    "hangs_at_hello": (3, "NOTRUN", NOTHING),
    "wrong_version": (3, "NOTRUN", NOTHING),
    "hello_without_providers": (3, "NOTRUN", NOTHING),
    "errored_hello": (3, "NOTRUN", NOTHING),
    "other_provider": (3, "SKIP", {name: "SKIP" for name in OTHERS}),
    # what is written
    "banner": (0, "PASS", {}),
    "binary_rubbish": (0, "PASS", {}),
    "byte_by_byte": (0, "PASS", {}),
    "two_in_one_write": (0, "PASS", {}),
    "answers_twice": (0, "PASS", {}),
    "answers_the_case_before": (0, "PASS", {}),
    "crlf_and_bom": (0, "PASS", {}),
    "wrong_id": (1, "TIMEOUT", {}),
    "id_as_text": (1, "TIMEOUT", {}),
    "long_line": (3, "ERROR", {}),
    "nul_bytes": (3, "ERROR", {}),
    "half_an_answer": (3, "ERROR", {}),
    "half_a_surrogate_pair": (3, "ERROR", {}),
    "not_utf8": (1, "FAIL", {}),
    "no_newline_at_the_end": (0, "PASS", {}),
    "floods_stderr": (0, "PASS", {}),
    "silent_flood": (3, "ERROR", {}),
    # what is said
    "always_ok": (1, "FAIL", {"dukkango/DUK-REQ-1": "FAIL", "dukkango/DUK-RES-1": "FAIL", "dukkango/HC-01/operation": "FAIL",
                              "dukkango/HC-02": "FAIL", "dukkango/HC-03": "FAIL", "session/HC-05": "FAIL"}),
    "says_skipped": (1, "FAIL", {}),
    "says_errored": (3, "ERROR", {}),
    "says_errored_and_lies": (1, "ERROR", {"dukkango/DUK-RES-1": "FAIL", "session/HC-05": "FAIL"}),
    "says_many_names": (0, "PASS", {}),
    "says_one_name_often": (0, "PASS", {}),
    "says_many_field_errors": (0, "PASS", {}),
    "says_many_operations": (0, "PASS", {}),
    "says_many_providers": (3, "NOTRUN", NOTHING),
    "misspells_the_outcome": (3, "ERROR", {}),
    "says_the_outcome_twice": (3, "ERROR", {}),
    "escape_sequences_for_a_name": (0, "PASS", {}),
    "lies_about_attempts": (1, "PASS", {"session/HC-05": "FAIL"}),
    "sends_afterwards": (1, "PASS", {"session/HC-04": "FAIL"}),
    "hides_a_broken_request_line": (1, "FAIL", {"session/HC-05": "FAIL", "session/HC-07": "FAIL"}),
    "tells_a_broken_request_line": (1, "FAIL", {"session/HC-05": "PASS", "session/HC-07": "FAIL"}),
    "sends_rubbish_first": (1, "FAIL", {"session/HC-05": "FAIL", "session/HC-07": "FAIL"}),
    "sends_a_longer_length": (1, "FAIL", {"session/HC-07": "FAIL"}),
    # how it ends
    "dies_in_a_case": (1, "CRASH", {}),
    "exits_in_a_case": (1, "CRASH", {}),
    "dies_once_in_a_case": (1, "CRASH", {}),
    "dies_after_each_answer": (0, "PASS", {}),
    "dies_in_every_case": (3, "CRASH", {"dukkango/DUK-REQ-1": "CRASH", "dukkango/DUK-RES-1": "CRASH", **NOT_AFTER,
                                        **NO_SESSION}),
    "hangs_in_a_case": (1, "TIMEOUT", {}),
    "ignores_sigterm": (1, "TIMEOUT", {}),
    "never_says_goodbye": (0, "PASS", {}),
    "stops_itself": (1, "TIMEOUT", {}),
    "works_in_another_group": (1, "TIMEOUT", {}),
    "grandchild_keeps_the_pipes": (1, "CRASH", {}),
    "closes_stdout": (1, "CRASH", {}),
    "answers_late": (1, "TIMEOUT", {}),
    # what happens to cancelcheck itself
    "stops_the_worker": (3, "ERROR", {}),
    "kills_the_worker": (3, "ERROR", {}),
    "kills_the_worker_at_the_end": (3, "PASS", {}),
    "run_gets_sigint": (3, "NOTRUN", NOT_AFTER),
    "run_gets_sigterm": (3, "NOTRUN", NOT_AFTER),
    "run_gets_sighup": (3, "NOTRUN", NOT_AFTER),
}

# Their children are in a session of their own, where cancelcheck does not reach (adapter/process.h).
OUT_OF_REACH = {"works_in_another_group"}


# name: what must be printed
WORDS = {
    "half_a_surrogate_pair": "half a surrogate pair in a \\u escape",
    "says_the_outcome_twice": "it stands there twice",
    "escape_sequences_for_a_name": "client:     \\x1b[2Jshop\\x7f\\u202ekit \\u009b1 (?)",
    "lies_about_attempts": f"--run '{FAULTY}'",
    "sends_afterwards": f"--run '{FAULTY}'",
    "hides_a_broken_request_line": "RFC 9112 section 2.3: the version is HTTP/1.1 or HTTP/1.0",
    "sends_rubbish_first": "RFC 9112 section 5.1: no blank stands before the colon",
    "sends_a_longer_length": "incomplete: RFC 9112 section 8: the request broke off",
    "kills_the_worker_at_the_end": "a worker of the harness died or hung (signal 9)",
    "run_gets_sigint": "interrupted by SIGINT",
    "run_gets_sigterm": "interrupted by SIGTERM",
    "run_gets_sighup": "interrupted by SIGHUP",
}


def usual_signals():
    """A shell that starts this in the background lets it ignore some."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def lives(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as text:
            return text.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def left_behind(temporary, pids):
    """Temporary files, and processes that still live when they should have ended."""
    deadline = time.monotonic() + ENDING_S
    living = os.listdir(pids)
    while living and time.monotonic() < deadline:
        living = [pid for pid in living if lives(pid)]
        time.sleep(0.01 if living else 0)
    return [f"process {pid}" for pid in living] + [f"file {name}" for name in os.listdir(temporary)]


def run(cancelcheck, client, options=()):
    """Exit code, statuses by address, what was printed, and what was left behind."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        temporary, pids = os.path.join(folder, "tmp"), os.path.join(folder, "pids")
        os.mkdir(temporary)
        os.mkdir(pids)
        command = [cancelcheck, "--client", client, "-j", "1", "--time-scale", "0.2", "--report", "json=" + report, *JOURNAL,
                   *options, "--run", FAULTY, *OTHERS]
        ended = subprocess.run(command, capture_output=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False,
                               preexec_fn=usual_signals, env={**os.environ, "TMPDIR": temporary, "FAULTY_ADAPTER_PIDS": pids})
        statuses = {}
        if os.path.exists(report):
            with open(report, encoding="utf-8") as text:
                statuses = {check["id"]: check["status"] for check in json.load(text)["checks"]}
        left = left_behind(temporary, pids) if client.rpartition(" ")[2] not in OUT_OF_REACH else []
    return ended.returncode, statuses, (ended.stdout + ended.stderr).decode(errors="replace"), left


def differences(got, expected_exit, expected):
    exit_code, statuses, _, left = got
    if exit_code != expected_exit:
        yield f"exit code: expected {expected_exit}, got {exit_code}"
    for name, status in expected.items():
        if statuses.get(name) != status:
            yield f"{name}: expected {status}, got {statuses.get(name)}"
    for what in left:
        yield f"left behind: {what}"


def examine(cancelcheck, client, expected_exit, expected, message, options):
    """The list of what is wrong; empty when all is as written down."""
    try:
        got = run(cancelcheck, client, options)
    except subprocess.TimeoutExpired:
        return [f"cancelcheck did not end within {LIMIT_S} s"]
    wrong = list(differences(got, expected_exit, expected))
    if message and message not in got[2]:
        wrong.append(f"no word of '{message}'")
    if wrong:
        wrong += ["it printed:"] + got[2].splitlines()[-40:]
    return wrong


def cases():
    """Name, client command, exit code, statuses, a text that must be printed, and further options."""
    plain = os.path.join(HERE, "README.md")
    adapter = f"'{sys.executable}' '{os.path.join(HERE, 'adapter.py')}'"
    yield "no such file", "/no/such/adapter", 3, NOTHING, "cannot start '/no/such/adapter'", ()
    yield "not executable", f"'{plain}'", 3, NOTHING, "Permission denied", ()
    yield "limit of the run", f"{adapter} hangs_at_hello", 3, {**NOTHING, **NO_SESSION}, "limit of 0.2 s", ("--limit", "0.2")
    for name, (exit_code, status, changes) in FAULTS.items():
        yield name, f"{adapter} {name}", exit_code, {**PASS_ALL, FAULTY: status, **changes}, WORDS.get(name), ()


def main():
    cancelcheck = os.path.abspath(sys.argv[1])
    passed = failed = 0
    for number, (name, client, exit_code, expected, message, options) in enumerate(cases(), 1):
        wrong = examine(cancelcheck, client, exit_code, expected, message, options)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}", flush=True)
        for line in wrong:
            print(f"  # {line}", flush=True)
        passed += not wrong
        failed += bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
