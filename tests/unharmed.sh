#!/usr/bin/env bash
# Runs a command, and then checks that the machine is as it was before: interfaces, firewall rules,
# mounts, users, daemons.
#
# What the tests start as root (docker, podman, PostgreSQL) runs apart, so that a developer's own
# docker still has its network afterwards. Other changes of the machine in that time
# are reported here too: the message names what differs.
set -euo pipefail

# The programs of daemons that the tests start, or could stop.
readonly daemons='dockerd|docker-proxy|containerd|containerd-shim.*|runc|conmon|podman|netavark|postgres|versitygw|caddy|longshore'

# Interfaces with their kind and state, their addresses and routes; without lease times, and without
# addresses that change by themselves.
interfaces() {
    { ip -oneline link; ip -oneline address; ip route; ip -6 route; } |
        sed -E '/ temporary /d; s/ (valid_lft|preferred_lft|expires) [^ ]+//g; s/ (tentative|dadfailed|deprecated)\b//g; s/^[0-9]+: //; s/\\ */ /g'
}

# Filter rules and forwarding, without counters and comments. Each kind of iptables knows only its
# own tables.
rules() {
    local program
    for program in nft iptables-save ip6tables-save iptables-legacy-save ip6tables-legacy-save; do
        command -v "$program" >/dev/null || continue
        if [ "$program" = nft ]; then nft --stateless list ruleset; else "$program"; fi
    done 2>/dev/null | sed -E '/^#/d; s/\[[0-9]+:[0-9]+\]//'
    # A machine without IPv6 lacks the second file.
    grep -Hs . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding || true
}

# Where each is mounted, from what, and with which options.
mounts() { cut -d' ' -f4- /proc/self/mountinfo | sed -E 's/ (shared|master|propagate_from):[0-9]+//g'; }

users() { cat /etc/passwd /etc/group; }

# Whether a process has no parent that waits for it: other users' tests may run too, and what they
# start has one.
is_daemon() {
    local parent
    parent=$(sed -E 's/.*\) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f2) || return 1
    [ "$parent" = 1 ] || [[ $(cat "/proc/$parent/comm" 2>/dev/null) =~ ^(systemd|init|tini)$ ]]
}

# Daemons with the time of their start, so that a restarted one differs; and listening sockets.
services() {
    local folder process name
    for folder in /proc/[0-9]*; do
        process=${folder#/proc/}
        name=$(cat "$folder/comm" 2>/dev/null) || continue
        [[ $name =~ ^($daemons)$ ]] && is_daemon "$process" || continue
        printf '%s is process %s, begun at %s\n' "$name" "$process" "$(sed -E 's/.*\) //' "$folder/stat" | cut -d' ' -f20)"
    done
    ss --no-header --listening --tcp --udp --processes | sed -nE 's/.*users:\(\("([^"]+)",(pid=[0-9]+).*/\1,\2/p' |
        while IFS=, read -r name process; do
            if is_daemon "${process#pid=}"; then printf '%s listens\n' "$name"; fi
        done
    if [ -d /run/systemd/system ]; then
        systemctl list-unit-files --no-legend --no-pager --state=enabled | cut -d' ' -f1 | sed 's/$/ is enabled/'
    fi
}

readonly parts=(interfaces rules mounts users services)

record() {
    local part
    for part in "${parts[@]}"; do
        "$part" | sort -u >"$1/$part" || { echo "tests/unharmed.sh: the machine's $part cannot be read" >&2; exit 1; }
    done
}

# Says what differs; fails if anything does.
compare() {
    local part lines harmed=0
    for part in "${parts[@]}"; do
        lines=$(comm -3 --output-delimiter=$'\t' "$folder/before/$part" "$folder/after/$part")
        [ -n "$lines" ] || continue
        harmed=1
        printf 'tests/unharmed.sh: the machine is not as it was before the tests, its %s differ:\n' "$part"
        sed -E 's/^\t/    now:    /; t; s/^/    before: /' <<<"$lines"
    done >&2
    return "$harmed"
}

[ $# -gt 0 ] || { echo 'tests/unharmed.sh COMMAND [ARGUMENT...]' >&2; exit 2; }
command -v ip >/dev/null || { echo 'tests/unharmed.sh: there is no ip; tests/install.sh installs it' >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/before" "$folder/after"
record "$folder/before"
status=0
"$@" || status=$?
# What was told to end a moment ago may take a moment.
for _ in 1 2 3 4 5; do
    record "$folder/after"
    if compare 2>/dev/null; then
        [ "$status" != 0 ] || echo 'tests/unharmed.sh: the machine is as it was before the tests'
        exit "$status"
    fi
    sleep 1
done
compare || true
exit "$((status == 0 ? 1 : status))"
