#!/bin/sh
# Adapters that misbehave, and what cancelcheck has to make of each. Usage: adapter_faults.sh [PATH-OF-CANCELCHECK]
# Prints TAP-like lines and closes with `N passed, N failed`.
here=$(dirname "$0")
exec python3 "$here/adapter_faults/run.py" "${1:-$here/../../build/cancelcheck}"
