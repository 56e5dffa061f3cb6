#!/bin/sh
# Makes the databases of this folder: the same packages in each of rpm's three forms.
# Needs rpm with rpmbuild, sqlite3, and db5.3_load (Debian: db5.3-util).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/made.spec" <<'SPEC'
Name: made
Epoch: 2
Version: 1.4.0
Release: 3.el9
Summary: Packages for a test
License: Apache-2.0
BuildArch: noarch
Vendor: Fedora Project
%description
Packages for a test.
%package -n libmade
Summary: A library
Epoch: 0
%description -n libmade
A library.
%package -n python3-made
Summary: Files of Python
Epoch: 0
Version: 1.5
%description -n python3-made
Files of Python.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/made
mkdir -p %{buildroot}/usr/lib/python3/site-packages/made-1.5.dist-info
touch %{buildroot}/usr/bin/made
touch %{buildroot}/usr/lib/python3/site-packages/made-1.5.dist-info/METADATA
for number in $(seq 400); do touch %{buildroot}/usr/share/made/a-file-of-the-library-$number; done
%files
/usr/bin/made
%files -n libmade
/usr/share/made
%files -n python3-made
/usr/lib/python3/site-packages
SPEC
rpmbuild -bb --quiet --define "_topdir $work/top" "$work/made.spec"
rpms=$(find "$work/top/RPMS" -name '*.rpm')

keep() {
    gzip -9 -n < "$1" > "$here/$2.gz"
}

rpm --root "$work/sqlite" --dbpath /db --define '_db_backend sqlite' --initdb
rpm --root "$work/sqlite" --dbpath /db --define '_db_backend sqlite' \
    --justdb --nodeps --noscripts -i $rpms
keep "$work/sqlite/db/rpmdb.sqlite" rpmdb.sqlite

# Debian's rpm does not write this form. The headers are the same: slots, then blobs, as rpm's
# lib/backend/ndb/rpmpkg.c lays them out.
python3 - "$work/sqlite/db/rpmdb.sqlite" "$work/Packages.db" <<'NDB'
import sqlite3, struct, sys, zlib
rows = sqlite3.connect(sys.argv[1]).execute("SELECT hnum, blob FROM Packages ORDER BY hnum")
slots, blobs, block = b"", b"", 4096 // 16
for number, header in rows:
    total = -(-(16 + len(header) + 12) // 16)
    blob = struct.pack("<4sIII", b"BlbS", number, 1, len(header)) + header
    blob += b"\0" * (total * 16 - len(blob) - 12)
    blob += struct.pack("<I", zlib.adler32(blob)) + struct.pack("<I4s", len(header), b"BlbE")
    slots += struct.pack("<4sIII", b"Slot", number, block, total)
    blobs += blob
    block += total
while len(slots) < 4096 - 32:
    slots += struct.pack("<4sIII", b"Slot", 0, 0, 0)
head = struct.pack("<4sIIII", b"RpmP", 0, 1, 1, 4).ljust(32, b"\0")
open(sys.argv[2], "wb").write(head + slots + blobs)
NDB
keep "$work/Packages.db" Packages.db

# No rpm writes this form any more. The headers are the same: from the first form, by hand.
{
    printf 'VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=4096\nHEADER=END\n'
    printf ' 00000000\n 04000000\n'
    sqlite3 "$work/sqlite/db/rpmdb.sqlite" \
        "SELECT printf(' %02x000000', hnum), ' ' || lower(hex(blob)) FROM Packages ORDER BY hnum" \
        | tr '|' '\n'
    printf 'DATA=END\n'
} | db5.3_load "$work/Packages"
keep "$work/Packages" Packages

rpm --root "$work/sqlite" --dbpath /db --define '_db_backend sqlite' -qa \
    --qf '%{name} %|epoch?{%{epoch}:}|%{version}-%{release} %{arch} %{sourcerpm} %{modularitylabel}\n' \
    | sed 's/ 0:/ /; s/ (none)$//' | sort > "$here/packages.txt"
