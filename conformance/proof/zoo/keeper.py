#!/usr/bin/env python3
"""Runs cancelcheck over every animal of the zoo and compares exit code and statuses with what is written down here.

    keeper.py PATH-OF-CANCELCHECK

Waiting is shortened by --time-scale, and each run has a limit of its own: an adapter that makes cancelcheck hang is the
worst fault of all.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT_S = 60

FAULTY = "dukkango/DUK-ERR-2"  # the case in which most animals misbehave
OTHERS = ["dukkango/DUK-REQ-1", "dukkango/DUK-RES-1", "dukkango/HC-01/operation", "dukkango/HC-02", "dukkango/HC-03"]

PASS_ALL = {name: "PASS" for name in OTHERS}
NOTHING = {name: "NOTRUN" for name in OTHERS + [FAULTY]}

# name: exit code, status of the faulty case, statuses of others that differ from PASS
ANIMALS = {
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
    "no_newline_at_the_end": (0, "PASS", {}),
    "floods_stderr": (0, "PASS", {}),
    "silent_flood": (3, "ERROR", {}),
    # what is said
    "always_ok": (1, "FAIL", {"dukkango/DUK-REQ-1": "FAIL", "dukkango/DUK-RES-1": "FAIL", "dukkango/HC-01/operation": "FAIL",
                              "dukkango/HC-02": "FAIL", "dukkango/HC-03": "FAIL", "session/HC-05": "FAIL"}),
    "says_skipped": (1, "FAIL", {}),
    "says_errored": (3, "ERROR", {}),
    "misspells_the_outcome": (3, "ERROR", {}),
    "lies_about_attempts": (1, "PASS", {"session/HC-05": "FAIL"}),
    "sends_afterwards": (1, "PASS", {"session/HC-04": "FAIL"}),
    # how it ends
    "dies_in_a_case": (1, "CRASH", {}),
    "exits_in_a_case": (1, "CRASH", {}),
    "dies_after_each_answer": (0, "PASS", {}),
    "dies_in_every_case": (1, "CRASH", {"dukkango/DUK-REQ-1": "CRASH", "dukkango/DUK-RES-1": "CRASH",
                                        "dukkango/HC-01/operation": "NOTRUN", "dukkango/HC-02": "NOTRUN",
                                        "dukkango/HC-03": "NOTRUN"}),
    "hangs_in_a_case": (1, "TIMEOUT", {}),
    "ignores_sigterm": (1, "TIMEOUT", {}),
    "never_says_goodbye": (0, "PASS", {}),
    "stops_itself": (1, "TIMEOUT", {}),
    "works_in_another_group": (1, "TIMEOUT", {}),
    "grandchild_keeps_the_pipes": (1, "CRASH", {}),
    "closes_stdout": (1, "CRASH", {}),
    "answers_late": (1, "TIMEOUT", {}),
}


def run(cancelcheck, client, jobs="1"):
    """Exit code, statuses by address, and what was printed."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        command = [cancelcheck, "--client", client, "-j", jobs, "--time-scale", "0.2", "--report", "json=" + report, "--run",
                   FAULTY, *OTHERS]
        ended = subprocess.run(command, capture_output=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False)
        statuses = {}
        if os.path.exists(report):
            with open(report, encoding="utf-8") as text:
                statuses = {check["id"]: check["status"] for check in json.load(text)["checks"]}
    return ended.returncode, statuses, (ended.stdout + ended.stderr).decode(errors="replace")


def differences(got, expected_exit, expected):
    exit_code, statuses, _ = got
    if exit_code != expected_exit:
        yield f"exit code: expected {expected_exit}, got {exit_code}"
    for name, status in expected.items():
        if statuses.get(name) != status:
            yield f"{name}: expected {status}, got {statuses.get(name)}"


def examine(cancelcheck, client, expected_exit, expected, message=None):
    """The list of what is wrong; empty when all is as written down."""
    try:
        got = run(cancelcheck, client)
    except subprocess.TimeoutExpired:
        return [f"cancelcheck did not end within {LIMIT_S} s"]
    wrong = list(differences(got, expected_exit, expected))
    if message and message not in got[2]:
        wrong.append(f"no word of '{message}'")
    if wrong:
        wrong += ["it printed:"] + got[2].splitlines()[-40:]
    return wrong


def cases():
    """Name, client command, exit code, statuses, and a text that must be printed."""
    plain = os.path.join(HERE, "README.md")
    yield "no such file", "/no/such/adapter", 3, NOTHING, "cannot start '/no/such/adapter'"
    yield "not executable", f"'{plain}'", 3, NOTHING, "Permission denied"
    for name, (exit_code, status, changes) in ANIMALS.items():
        client = f"'{sys.executable}' '{os.path.join(HERE, 'animal.py')}' {name}"
        yield name, client, exit_code, {**PASS_ALL, FAULTY: status, **changes}, None


def main():
    cancelcheck = os.path.abspath(sys.argv[1])
    passed = failed = 0
    for number, (name, client, exit_code, expected, message) in enumerate(cases(), 1):
        wrong = examine(cancelcheck, client, exit_code, expected, message)
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}", flush=True)
        for line in wrong:
            print(f"  # {line}", flush=True)
        passed += not wrong
        failed += bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
