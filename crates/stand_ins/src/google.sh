# Runs a translator of Google's XML API, and the S3 server behind it, until standard input ends.
# Takes the translator and the server's program. Says what the translator says, or "missing: WHY".
trap '' INT TERM HUP
[ -x "$2" ] || { printf 'missing: there is no versitygw at %s; tests/install.sh builds it\n' "$2"; exit 0; }
command -v node >/dev/null || { echo 'missing: there is no node'; exit 0; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/longshore-objects.XXXXXX") || { echo 'missing: no temporary folder can be made'; exit 0; }
trap 'rm -rf --one-file-system "$folder"' EXIT
mkdir "$folder/bucket"
node "$1" "$2" "$folder"
