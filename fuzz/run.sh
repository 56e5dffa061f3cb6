#!/bin/sh
# Runs each fuzz target, or those named, for so many seconds; stops at the first crash.
# usage: fuzz/run.sh [SECONDS [TARGET…]]
set -eu
cd "$(dirname "$0")"

seconds=${1:-60}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\(.*\)"$/\1/p' Cargo.toml | grep -v '^fuzz$')

# A fuzzer needs flags that only nightly has. This lets the pinned compiler take them.
export RUSTC_BOOTSTRAP=1

for target in "$@"; do
    mkdir -p "corpus/$target" "seeds/$target"
    echo "== $target, $seconds seconds"
    cargo fuzz run --features link --sanitizer none --fuzz-dir . "$target" "corpus/$target" "seeds/$target" -- \
        -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1
done
echo "== no crash"
