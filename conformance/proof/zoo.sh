#!/bin/sh
# Adapters that misbehave, and what cancelcheck has to make of each. Usage: zoo.sh [PATH-OF-CANCELCHECK]
# Prints TAP-like lines and closes with `N passed, N failed`.
here=$(dirname "$0")
exec python3 "$here/zoo/keeper.py" "${1:-$here/../../build/cancelcheck}"
