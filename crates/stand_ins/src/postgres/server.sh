# Runs a PostgreSQL of its own until standard input ends. Says "ready FOLDER PROGRAMS", or "missing:
# WHY". Takes a folder with server.crt and server.key, and a port of this machine to listen on; or
# nothing, for a socket only. Reads: "stop" (politely), "crash" (with nothing finished), "start";
# and answers "ready" or "stopped".
set -u
# An interrupt of the tests reaches this too: the folder is removed all the same, when the input
# ends.
trap '' INT TERM HUP

missing() {
    printf 'missing: %s\n' "$*"
    exit 0
}

programs=
for candidate in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin "$(pg_config --bindir 2>/dev/null)"; do
    if [ -x "$candidate/initdb" ]; then programs=$candidate; fi
done
[ -n "$programs" ] || missing 'there is no PostgreSQL server here (Debian: postgresql)'

folder=$(mktemp -d "${TMPDIR:-/tmp}/longshore-rows.XXXXXX") || missing 'no temporary folder can be made'
trap 'cd / && rm -rf --one-file-system "$folder"' EXIT
as=
if [ "$(id -u)" = 0 ]; then
    # The server refuses to run as root.
    id postgres >/dev/null 2>&1 || missing 'there is no user postgres, and this runs as root'
    as='setpriv --reuid=postgres --regid=postgres --clear-groups'
fi
listen=
if [ $# -eq 2 ]; then
    cp "$1/server.crt" "$1/server.key" "$folder"
    chmod 600 "$folder/server.key"
    listen="-c listen_addresses=127.0.0.1 -c port=$2 -c ssl=on
        -c ssl_cert_file=$folder/server.crt -c ssl_key_file=$folder/server.key"
fi
[ -z "$as" ] || chown -R postgres "$folder"
cd "$folder" || missing "there is no $folder"

initialise() {
    $as "$programs/initdb" -D "$folder/rows" -U longshore -A trust -E UTF8 --locale=C --no-sync "$@" >>log 2>&1
}
# A locale in which names do not sort by their bytes, as most databases have.
initialise --locale-provider=icu --icu-locale=en-US || { rm -rf rows && initialise; } || missing "$(tail -n 3 log)"

start() {
    # Nothing here outlives the tests, so nothing needs to reach a disk: the program itself asks for
    # what must be durable. Connections are for two binaries of tests at a time, each with a test
    # for every processor and a few nodes in each test.
    $as "$programs/postgres" -D "$folder/rows" -k "$folder" -c listen_addresses= -c max_connections=1000 \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off $listen >>log 2>&1 </dev/null &
    server=$!
    for _ in $(seq 300); do
        if "$programs/pg_isready" -q -h "$folder" -p "${port:-5432}"; then return 0; fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    return 1
}

stop() {
    kill "-$1" "$server" 2>/dev/null
    wait "$server"
}

port=${2:-5432}
if start; then
    echo "ready $folder $programs"
    while read -r word; do
        case $word in
        stop) stop INT && echo stopped ;;
        crash) stop QUIT; echo stopped ;;
        start) start && echo ready ;;
        esac
    done
else
    printf 'missing: %s\n' "$(tail -n 1 log)"
fi
stop QUIT
