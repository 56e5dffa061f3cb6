#!/usr/bin/env bash
# Runs a command with its temporary files in memory, if there is enough of it. Tests would wait for
# a disk to confirm what no one will read again: the model of operations took 281 s on a disk, and
# 100 s in memory. What the program asks a disk for is shown by tests that count it or let it fail.
set -euo pipefail

# What the whole run keeps at most, and what the programs need beside it; in KiB.
readonly kept=$((6 << 20)) beside=$((6 << 20))

[ $# -gt 0 ] || { echo 'tests/in_memory.sh COMMAND [ARGUMENT...]' >&2; exit 2; }

room() { df --output=avail /dev/shm | tail -1; }
available() { sed -nE 's/^MemAvailable: +([0-9]+) kB/\1/p' /proc/meminfo; }

[ -z "${TMPDIR:-}" ] && [ "$(stat -f -c %T /dev/shm 2>/dev/null)" = tmpfs ] && [ -w /dev/shm ] &&
    [ "$(room)" -gt "$kept" ] && [ "$(available)" -gt "$((kept + beside))" ] || exec "$@"

# Short, because podman takes only short paths.
TMPDIR=$(mktemp -d /dev/shm/ls.XXX)
export TMPDIR
# What the tests start runs as other users too.
chmod 1777 "$TMPDIR"
trap 'rm -rf --one-file-system "$TMPDIR"' EXIT
"$@"
