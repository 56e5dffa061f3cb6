# Waits for standard input to end, and then drops databases from a server that another process runs.
# Takes the folder of its socket, its port, the folder of its programs, and what the names of the
# databases begin with. Says "ready".
set -u
trap '' INT TERM HUP
# A reader of what the tests say does not wait for this.
exec 2>/dev/null

echo ready
exec >/dev/null
while read -r _; do :; done
"$3/psql" -X -q -U longshore -d postgres -h "$1" -p "$2" <<SQL
SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database WHERE starts_with(datname, '$4') \gexec
SQL
