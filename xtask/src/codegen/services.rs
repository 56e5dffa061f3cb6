use std::path::PathBuf;

use super::header::header;
use super::rustfmt::formatted;
use super::{operations, structures, tables};
use crate::files;
use crate::model::Model;
use crate::services::{SERVICES, Service};

/// Writes every generated file.
pub(crate) fn write_all() -> Result<(), String> {
    for service in SERVICES {
        files::write(&path(service), &generate(service)?)?;
        println!("{}", path(service).display());
    }
    Ok(())
}

/// Compares every generated file with its model.
pub(crate) fn check_all() -> Result<(), String> {
    let mut stale = Vec::new();
    for service in SERVICES {
        if files::read(&path(service))? != generate(service)? {
            stale.push(path(service).display().to_string());
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("not what models/ gives; run `cargo xtask codegen`:\n  {}", stale.join("\n  ")))
}

fn path(service: &Service) -> PathBuf {
    files::root().join("crates/wire/src/aws").join(service.module).join("generated.rs")
}

fn generate(service: &Service) -> Result<String, String> {
    let mut model = Model::read(service.model, service.operations, service.left_out)?;
    model.free(service.free_words)?;
    let mut body = String::new();
    operations::write(&mut body, service, &model);
    structures::write(&mut body, service, &model);
    tables::write(&mut body, &model);
    formatted(&(header(service, &body) + &body))
}
