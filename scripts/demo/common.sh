# What the demonstrations share: a server of their own, steps that say what they do, and expectations that stop them.
# Sourced by scripts/demo/<provider>; the first argument of each is the cancelmock to use (build/cancelmock).
#
#   start                             a server on a free port, its clock standing at 2026-11-01T09:00:00Z, in $url
#   step 'the customer cancels'       a heading
#   call PUT /path [curl options…]    one request; its status goes to $status, its body to $body
#   expect 200 '"status":true'        the last answer had that status, and these words in its body (any number of them)
#   control POST clock/advance '{"days":14}'     one call of the control API; it must succeed
set -eu

cancelmock=${1:-build/cancelmock}
room=$(mktemp -d)
server=

stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    [ -z "$server" ] || wait "$server" 2>/dev/null || :
    rm -rf "$room"
}
trap stop EXIT
trap 'exit 1' INT TERM

# The ready line comes through a pipe, so there is nothing to wait for and nothing to poll.
start() {
    mkfifo "$room/ready"
    "$cancelmock" --listen 127.0.0.1:0 --freeze-time 2026-11-01T09:00:00Z --seed 1 --quiet \
        ${TEST_JOURNAL:+--journal-file "$TEST_JOURNAL"} "$@" >"$room/ready" &
    server=$!
    read -r ready <"$room/ready"
    url=$(printf '%s' "$ready" | sed -n 's/.*"http":"\([^"]*\)".*/\1/p')
}

step() { printf '\n# %s\n' "$1"; }

call() {
    method=$1 path=$2
    shift 2
    status=$(curl -sS -o "$room/body" -D "$room/head" -w '%{http_code}' -X "$method" "$url$path" "$@")
    body=$(cat "$room/body")
    printf '%s %s\n  %s %s\n' "$method" "$path" "$status" "$body"
}

fail() {
    printf 'demo: %s\n' "$1" >&2
    exit 1
}

expect() {
    [ "$status" = "$1" ] || fail "expected status $1, got $status: $body"
    shift
    for words; do
        case $body in
        *"$words"*) ;;
        *) fail "expected $words in: $body" ;;
        esac
    done
}

control() {
    call "$1" "/_mock/$2" ${3:+-d "$3"}
    case $status in
    2*) ;;
    *) fail "the control API refused $1 $2: $body" ;;
    esac
}

# member access_token: the string member of that name in the last body.
member() { printf '%s' "$body" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
