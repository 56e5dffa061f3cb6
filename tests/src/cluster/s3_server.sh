# Runs an S3 server over a folder of its own until standard input ends. Says "ready FOLDER", or "missing: WHY".
# Takes the program and the port to listen on.
set -u
# Whoever interrupts the tests interrupts this too: the folder is removed all the same, when the input ends.
trap '' INT TERM HUP

[ -x "$1" ] || { printf 'missing: there is no %s; tests/install.sh builds it\n' "$1"; exit 0; }
folder=$(mktemp -d /tmp/longshore-objects.XXXXXX) || { echo 'missing: there is no room in /tmp'; exit 0; }
mkdir "$folder/bucket"
"$1" --access an-id --secret a-secret --keep-alive --quiet --port "127.0.0.1:$2" posix "$folder" </dev/null >/dev/null 2>&1 &
server=$!
echo "ready $folder"
while read -r _; do :; done
kill -KILL "$server"
wait "$server" 2>/dev/null
rm -rf --one-file-system "$folder"
