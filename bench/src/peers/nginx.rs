//! nginx, serving the same bytes at the same paths from plain files: the machine's own speed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::launch::{Launch, Ready, free_address};
use super::password;
use super::recipe::{Door, Recipe};
use crate::content::MANIFEST_MEDIA_TYPE;

const PROGRAM: &str = "/usr/sbin/nginx";

pub(super) fn recipe(folder: &Path) -> Result<Recipe> {
    let address = free_address()?;
    let root = folder.join("root");
    fs::create_dir_all(&root)?;
    fs::write(folder.join("htpasswd"), password::plain_line())?;
    let settings_path = folder.join("nginx.conf");
    fs::write(&settings_path, settings(folder, &address.to_string()))?;
    let launch = Launch {
        program: PathBuf::from(PROGRAM),
        arguments: vec![
            "-e".to_owned(),
            "stderr".to_owned(),
            "-c".to_owned(),
            settings_path.display().to_string(),
        ],
        environment: Vec::new(),
        ready: Ready::Accepts(address),
        folder: folder.to_owned(),
    };
    Ok(Recipe {
        launch,
        before: Vec::new(),
        backing: None,
        door: Door::Files(root),
        authorization: Some(password::authorization()),
    })
}

/// The workers run as the user of this program, because the files belong to it.
fn settings(folder: &Path, address: &str) -> String {
    let folder = folder.display();
    let user = if rustix::process::geteuid().is_root() { "user root root;" } else { "" };
    format!(
        r#"{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {address};
        root {folder}/root;
        auth_basic "bench";
        auth_basic_user_file {folder}/htpasswd;
        location ~ /manifests/ {{ default_type {MANIFEST_MEDIA_TYPE}; }}
    }}
}}
"#
    )
}
