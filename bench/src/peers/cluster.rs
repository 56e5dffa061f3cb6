//! Longshore as nodes over PostgreSQL and S3. More than one are behind nginx, which hands
//! connections on in turn.
//!
//! All nodes, the database and the store are on this machine and share its cores: more nodes show
//! here what they cost each other, not what they add.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::backing::{BUCKET, Database, S3_KEY_ID, S3_SECRET, Store};
use super::launch::{Launch, Ready, free_address};
use super::longshore::{ACCESS_KEY_ID, Encryption, SECRET_ACCESS_KEY, root_key};
use super::recipe::{Backing, Door, Recipe};

const NGINX: &str = "/usr/sbin/nginx";

pub(super) fn recipe(
    binary: &Path,
    s3: &Path,
    folder: &Path,
    nodes: usize,
    encryption: Encryption,
) -> Result<Recipe> {
    ensure!(binary.exists(), "no binary at {}", binary.display());
    let backing =
        Backing { database: Some(Database::start(folder)?), store: Store::start(s3, folder)? };
    let addresses: Vec<SocketAddr> = (0..nodes).map(|_| free_address()).collect::<Result<_>>()?;
    let mut launches = Vec::new();
    for (number, address) in addresses.iter().enumerate() {
        let folder = folder.join(format!("node-{number}"));
        launches.push(node(binary, &folder, *address, &backing, encryption)?);
    }
    if nodes > 1 {
        launches.push(balancer(&folder.join("balancer"), &addresses)?);
    }
    let launch = launches.pop().expect("there is a node");
    Ok(Recipe {
        launch,
        before: launches,
        backing: Some(backing),
        door: Door::Longshore(root_key()),
        authorization: None,
    })
}

fn node(
    binary: &Path,
    folder: &Path,
    address: SocketAddr,
    backing: &Backing,
    encryption: Encryption,
) -> Result<Launch> {
    fs::create_dir_all(folder)?;
    let database = backing.database.as_ref().expect("nodes have one");
    let encryption = match encryption {
        Encryption::Longshore => "longshore",
        Encryption::Storage => "storage",
    };
    let environment = vec![
        ("LONGSHORE_ENCRYPTION", encryption.to_owned()),
        ("LONGSHORE_ROOT_ACCESS_KEY_ID", ACCESS_KEY_ID.to_owned()),
        ("LONGSHORE_ROOT_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY.to_owned()),
        ("LONGSHORE_DATABASE", database.url()),
        ("LONGSHORE_OBJECTS", format!("s3://{BUCKET}")),
        ("LONGSHORE_S3_ENDPOINT", format!("http://{}", backing.store.address)),
        ("LONGSHORE_S3_REGION", "us-east-1".to_owned()),
        ("LONGSHORE_S3_ACCESS_KEY_ID", S3_KEY_ID.to_owned()),
        ("LONGSHORE_S3_SECRET_ACCESS_KEY", S3_SECRET.to_owned()),
        ("LONGSHORE_S3_ALLOW_HTTP", "true".to_owned()),
        ("LONGSHORE_KEYRING_SECRET", "0123456789abcdef".repeat(4)),
    ];
    Ok(Launch {
        program: binary.canonicalize()?,
        arguments: ["serve", "--listen", &address.to_string()].map(str::to_owned).into(),
        environment,
        ready: Ready::Prints,
        folder: folder.to_owned(),
    })
}

/// Bodies go through as streams, and connections to nodes are kept.
fn balancer(folder: &Path, nodes: &[SocketAddr]) -> Result<Launch> {
    fs::create_dir_all(folder)?;
    let address = free_address()?;
    let mut servers = String::new();
    for node in nodes {
        write!(servers, "server {node}; ").expect("memory takes writes");
    }
    let path = folder.display();
    let settings = format!(
        "daemon off; worker_processes 1; pid {path}/nginx.pid; error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off; tcp_nodelay on; keepalive_requests 1000000000; client_max_body_size 0;
    client_body_temp_path {path}/body; proxy_temp_path {path}/proxy; fastcgi_temp_path {path}/fastcgi;
    uwsgi_temp_path {path}/uwsgi; scgi_temp_path {path}/scgi;
    upstream nodes {{ {servers} keepalive 64; keepalive_requests 1000000000; }}
    server {{
        listen {address};
        location / {{
            proxy_pass http://nodes; proxy_http_version 1.1;
            proxy_set_header Connection ''; proxy_set_header Host $http_host;
            proxy_request_buffering off; proxy_buffering off;
        }}
    }}
}}
"
    );
    let settings_path = folder.join("nginx.conf");
    fs::write(&settings_path, settings)?;
    let arguments = ["-e", "stderr", "-c", &settings_path.display().to_string()];
    Ok(Launch {
        program: PathBuf::from(NGINX),
        arguments: arguments.map(str::to_owned).into(),
        environment: Vec::new(),
        ready: Ready::Accepts(address),
        folder: folder.to_owned(),
    })
}
