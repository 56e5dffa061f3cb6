# Runs an S3 server over a folder of its own until standard input ends. Says "ready FOLDER NAME", or "missing: WHY".
# It answers 200 to `GET /NAME`, and no other does: who finds another at the port knows that it is not this one.
# Takes the program and the port to listen on.
set -u
# Whoever interrupts the tests interrupts this too: the folder is removed all the same, when the input ends.
trap '' INT TERM HUP

[ -x "$1" ] || { printf 'missing: there is no %s; tests/install.sh builds it\n' "$1"; exit 0; }
folder=$(mktemp -d /tmp/longshore-objects.XXXXXX) || { echo 'missing: there is no room in /tmp'; exit 0; }
mkdir "$folder/bucket"
name=${folder##*/}
"$1" --access an-id --secret a-secret --keep-alive --quiet --health "/$name" --port "127.0.0.1:$2" posix "$folder" </dev/null >/dev/null 2>&1 &
server=$!
echo "ready $folder $name"
while read -r _; do :; done
kill -KILL "$server"
wait "$server" 2>/dev/null
rm -rf --one-file-system "$folder"
