//! One file, one command.

mod account;
mod advisories;
mod advisory_documents;
mod advisory_origins;
mod audit;
mod audit_verify;
mod backup;
mod cache;
mod command;
mod deleted_images;
mod docker_credential;
mod env;
mod events;
mod folder;
mod fsck;
mod given_moment;
mod health;
mod image_name;
mod input;
mod job_kinds;
mod jobs;
mod jobs_table;
mod keyring;
mod kubelet_credential_provider;
mod login;
mod migrate;
mod moment;
mod pull_gate;
mod rekey;
mod restore;
mod restore_image;
mod sbom;
mod serve;
mod tag_moves;
mod tags;
mod usage;
mod variable;
mod why;
mod why_answer;
mod why_image;
mod why_refused;
mod why_vulnerable;

use std::error::Error;
use std::process::ExitCode;

pub(crate) use command::Command;
use folder::Folder;
use variable::variable;

/// How a command ends: with an exit code, or with a sentence on standard error.
type Outcome = Result<ExitCode, Box<dyn Error>>;
