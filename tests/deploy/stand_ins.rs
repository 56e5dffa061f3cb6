//! Stand-ins for third-party images that cannot be pulled: the same programs, with everything that
//! the compose file needs of each image.

use std::fs;
use std::path::Path;

use black_box::{Docker, tool};

use crate::bases::{Root, write_script};

pub(crate) const POSTGRES: &str = "postgres:stand-in";
pub(crate) const S3: &str = "s3:stand-in";
pub(crate) const CADDY: &str = "caddy:stand-in";

pub(crate) fn make(docker: &Docker) {
    postgres(docker);
    s3(docker);
    caddy(docker);
}

/// The newest PostgreSQL of this machine. Of the official image's ways this has: POSTGRES_USER,
/// POSTGRES_DB and POSTGRES_PASSWORD, the place of the data, and a database that is set up before
/// it listens.
fn postgres(docker: &Docker) {
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is installed: run tests/install.sh")
        .map(|entry| entry.unwrap().path())
        .collect();
    versions.sort();
    let programs = versions.pop().expect("there is a version");
    let version = programs.file_name().unwrap().to_str().unwrap();
    let image = Root::debian(docker, "postgres");
    image.add(&programs);
    image.add(&Path::new("/usr/share/postgresql").join(version));
    for program in ["postgres", "initdb", "pg_isready"] {
        image.add_linked(&programs.join("bin").join(program));
    }
    let users = image.path("etc/passwd");
    let known = fs::read_to_string(&users).unwrap();
    fs::write(&users, known + "postgres:x:999:999::/var/lib/postgresql:/bin/sh\n").unwrap();
    write_script(&image.path("usr/local/bin/entrypoint"), POSTGRES_ENTRYPOINT);
    let path = format!("ENV PATH={}/bin:/usr/local/bin:/usr/bin:/bin", programs.display());
    let changes = [path.as_str(), "ENTRYPOINT [\"entrypoint\"]"];
    image.import(docker, POSTGRES, &changes);
}

const POSTGRES_ENTRYPOINT: &str = r#"#!/bin/sh
set -eu
data=/var/lib/postgresql/data
mkdir -p "$data" /var/run/postgresql
chown 999:999 "$data" /var/run/postgresql
as() { setpriv --reuid=999 --regid=999 --clear-groups "$@"; }
if [ ! -s "$data/PG_VERSION" ]; then
    printf %s "$POSTGRES_PASSWORD" >/tmp/password
    chown 999:999 /tmp/password
    chmod 700 "$data"
    as initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --locale=C.UTF-8 --pgdata="$data"
    rm /tmp/password
    echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB" | as postgres --single -D "$data" postgres
fi
exec setpriv --reuid=999 --regid=999 --clear-groups postgres -D "$data" -c 'listen_addresses=*'
"#;

/// versitygw, with a shell and as much of wget as a health check needs, as in its own image.
fn s3(docker: &Docker) {
    let image = Root::debian(docker, "s3");
    fs::copy(tool("versitygw"), image.path("usr/local/bin/versitygw")).unwrap();
    write_script(&image.path("usr/local/bin/wget"), WGET);
    image.import(docker, S3, &["ENV PATH=/usr/local/bin:/usr/bin:/bin"]);
}

const WGET: &str = r#"#!/bin/bash
set -eu
[[ "$*" =~ ^-q\ -O\ /dev/null\ http://([^:/]+):([0-9]+)(/.*)$ ]]
exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}"
printf 'GET %s HTTP/1.0\r\nhost: x\r\n\r\n' "${BASH_REMATCH[3]}" >&3
read -r answer <&3
[[ "$answer" == *" 200 "* ]]
"#;

/// Caddy, started as its own image starts it, with as much of wget as a health check needs.
fn caddy(docker: &Docker) {
    let image = Root::debian(docker, "caddy");
    fs::copy(tool("caddy"), image.path("usr/bin/caddy")).unwrap();
    image.add_linked(&tool("caddy"));
    write_script(&image.path("usr/bin/wget"), WGET);
    let changes = [
        "ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data PATH=/usr/bin",
        "CMD [\"caddy\", \"run\", \"--config\", \"/etc/caddy/Caddyfile\", \"--adapter\", \"caddyfile\"]",
    ];
    image.import(docker, CADDY, &changes);
}
