# Runs an S3 server over a folder of its own until standard input ends. Says "ready FOLDER NAME", or
# "missing: WHY". It answers 200 to `GET /NAME`, and no other does: a client that finds another at
# the port knows that it is not this one. Takes the program and the port to listen on. Reads:
# "kill", "start"; and answers "stopped" or "ready".
set -u
# An interrupt of the tests reaches this too: the folder is removed all the same, when the input
# ends.
trap '' INT TERM HUP

[ -x "$1" ] || { printf 'missing: there is no versitygw at %s; tests/install.sh builds it\n' "$1"; exit 0; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/longshore-objects.XXXXXX") || { echo 'missing: no temporary folder can be made'; exit 0; }
trap 'rm -rf --one-file-system "$folder"' EXIT
mkdir "$folder/bucket"
name=${folder##*/}
program=$1
port=$2

start() {
    "$program" --access an-id --secret a-secret --keep-alive --quiet --health "/$name" --port "127.0.0.1:$port" \
        posix "$folder" </dev/null >/dev/null 2>&1 &
    server=$!
}

stop() {
    kill -KILL "$server" 2>/dev/null
    wait "$server" 2>/dev/null
}

start
echo "ready $folder $name"
while read -r word; do
    case $word in
    kill) stop; echo stopped ;;
    start) start; echo ready ;;
    esac
done
stop
