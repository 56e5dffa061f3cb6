//! One operation, one stem, found everywhere: `rg -l create_repository` lists the whole story.

use std::fs;
use std::path::PathBuf;

use black_box::root;

use crate::report::report;
use crate::source::{Source, files, sources};

/// Operations that share a verb, which does the same for each of them. The doors' file has the
/// verb's stem too, with a row for each operation, where there is more than one.
const SHARED_VERBS: &[(&str, &[&str])] = &[
    // Both doors append.
    ("append_to_upload", &["UploadLayerPart"]),
    // A user, a group or a role holds policies alike.
    ("attach_policy", &["AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy"]),
    ("detach_policy", &["DetachGroupPolicy", "DetachRolePolicy", "DetachUserPolicy"]),
    (
        "list_attached_policies",
        &["ListAttachedGroupPolicies", "ListAttachedRolePolicies", "ListAttachedUserPolicies"],
    ),
    ("put_inline_policy", &["PutGroupPolicy", "PutRolePolicy", "PutUserPolicy"]),
    ("get_inline_policy", &["GetGroupPolicy", "GetRolePolicy", "GetUserPolicy"]),
    ("list_inline_policies", &["ListGroupPolicies", "ListRolePolicies", "ListUserPolicies"]),
    ("delete_inline_policy", &["DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy"]),
    // A user or a role has a boundary, or none.
    (
        "put_permissions_boundary",
        &[
            "DeleteRolePermissionsBoundary",
            "DeleteUserPermissionsBoundary",
            "PutRolePermissionsBoundary",
            "PutUserPermissionsBoundary",
        ],
    ),
    // Everything that has tags has them alike.
    (
        "tag_entity",
        &["TagInstanceProfile", "TagOpenIDConnectProvider", "TagPolicy", "TagRole", "TagUser"],
    ),
    (
        "untag_entity",
        &[
            "UntagInstanceProfile",
            "UntagOpenIDConnectProvider",
            "UntagPolicy",
            "UntagRole",
            "UntagUser",
        ],
    ),
    (
        "list_entity_tags",
        &[
            "ListInstanceProfileTags",
            "ListOpenIDConnectProviderTags",
            "ListPolicyTags",
            "ListRoleTags",
            "ListUserTags",
        ],
    ),
    // They differ in whose policies are simulated.
    ("simulate_policy", &["SimulateCustomPolicy", "SimulatePrincipalPolicy"]),
    ("get_context_keys", &["GetContextKeysForPrincipalPolicy"]),
    // It changes one setting of those that UpdateRole changes.
    ("update_role", &["UpdateRoleDescription"]),
    // There is nothing to change in a provider that exists.
    ("get_open_id_connect_provider", &["UpdateOpenIDConnectProvider"]),
    ("find_denial", &["ExplainDecision"]),
];

/// Operations without a verb, because the caller or the configuration alone answers them.
const WITHOUT_VERB: &[&str] = &["DescribeRegistry", "GetAuthorizationToken", "GetCallerIdentity"];

/// The handlers of operations on things that no account has. They have no verb either.
const ABSENT: &str = "crates/server/src/doors/aws/iam/absent/";

/// The rooms of handlers, and those of verbs.
const DOORS: &str = "crates/server/src/doors/";
const VERBS: [&str; 3] = ["crates/iam/src/", "crates/kms/src/", "crates/operations/src/"];

/// What is looked for: the files of a tree, and what they say.
struct Tree<'a> {
    sources: &'a [Source],
    files: &'a [String],
}

impl Tree<'_> {
    /// The file that handles an operation: it has its stem, or a row with its name and input.
    fn handler(&self, name: &str) -> Option<&str> {
        let file = format!("/{}.rs", snake(name));
        let rows = [format!("{name}({name}Request"), format!("{name}(Nothing)")];
        let handles = |source: &&Source| {
            let has_row = rows.iter().any(|row| source.code.contains(row.as_str()));
            source.path.starts_with(DOORS) && (source.path.ends_with(&file) || has_row)
        };
        self.sources.iter().find(handles).map(|source| source.path.as_str())
    }

    /// Whether there is a verb of this stem: a file, or a function.
    fn has_verb(&self, stem: &str) -> bool {
        let (file, function) = (format!("/{stem}.rs"), format!("fn {stem}("));
        self.sources.iter().any(|source| {
            let is_verbs = VERBS.iter().any(|room| source.path.starts_with(room));
            is_verbs && (source.path.ends_with(&file) || source.code.contains(&function))
        })
    }

    /// Whether there is a folder of golden conversations of this stem.
    fn has_golden_folder(&self, stem: &str) -> bool {
        let folder = format!("/{stem}/");
        self.files.iter().any(|path| path.starts_with("tests/golden/") && path.contains(&folder))
    }

    /// What an operation lacks.
    fn lacks(&self, name: &str) -> Vec<String> {
        let stem = snake(name);
        let mut lacks = Vec::new();
        let handler = self.handler(name);
        if handler.is_none() {
            lacks.push(format!("{name} has no handler: neither {stem}.rs nor a row of a table"));
        }
        if !self.has_golden_folder(&stem) {
            lacks.push(format!("{name} has no golden conversation"));
        }
        let is_absent = handler.is_some_and(|path| path.starts_with(ABSENT));
        if is_absent || WITHOUT_VERB.contains(&name) {
            return lacks;
        }
        let shared = SHARED_VERBS.iter().find(|(_, operations)| operations.contains(&name));
        let verb = shared.map_or(stem.as_str(), |(verb, _)| verb);
        if !self.has_verb(verb) {
            lacks.push(format!("{name} has no verb: neither {verb}.rs nor `fn {verb}`"));
        }
        lacks
    }

    /// An exception that is not needed.
    fn needless_exceptions(&self) -> Vec<String> {
        let shared = SHARED_VERBS.iter().flat_map(|(_, operations)| operations.iter());
        let needless =
            shared.chain(WITHOUT_VERB).filter(|operation| self.has_verb(&snake(operation)));
        needless.map(|operation| format!("{operation} has a verb of its own stem")).collect()
    }
}

#[test]
fn every_operation_that_is_there_has_a_handler_a_verb_and_a_golden_conversation() {
    let coverage = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let tree = Tree { sources: sources(), files: files() };
    let there = operations_that_are_there(&coverage);
    assert!(there.len() >= 100, "docs/coverage.md lists only {} operations", there.len());
    let mut wrong: Vec<String> = there.iter().flat_map(|(name, _)| tree.lacks(name)).collect();
    wrong.extend(tree.needless_exceptions());
    report("operations without a part", &wrong);
}

#[test]
fn an_operation_that_lacks_a_part_is_seen() {
    let source = |path: &str, code: &str| Source {
        path: path.to_owned(),
        text: code.to_owned(),
        code: code.to_owned(),
    };
    let sources = [
        source("crates/server/src/doors/aws/ecr/image/put_image.rs", ""),
        source("crates/operations/src/image/put_image.rs", ""),
        source("crates/server/src/doors/aws/iam/role/roles.rs", "CreateRole(CreateRoleRequest)"),
        source("crates/iam/src/role/roles.rs", "pub async fn get_role(&self) {}"),
    ];
    let files = ["tests/golden/aws/put_image/new.http", "tests/golden/aws/iam/get_role/all.http"];
    let tree = Tree { sources: &sources, files: &files.map(str::to_owned) };
    let missing = |name| -> Vec<String> {
        let lacks = tree.lacks(name).into_iter();
        lacks.map(|lack| lack.split([':', '\n']).next().unwrap().to_owned()).collect()
    };
    assert_eq!(missing("PutImage"), [""; 0]);
    assert_eq!(missing("GetRole"), ["GetRole has no handler"]);
    let create_role = ["CreateRole has no golden conversation", "CreateRole has no verb"];
    assert_eq!(missing("CreateRole"), create_role);
    assert_eq!(tree.needless_exceptions(), [""; 0]);
}

#[test]
fn every_job_is_in_a_file_of_its_name() {
    let mut wrong = Vec::new();
    let mut jobs = 0;
    for source in sources() {
        let Some(rest) = source.path.strip_prefix("crates/operations/src/jobs/") else { continue };
        let stem = rest.trim_end_matches(".rs");
        for line in source.code.lines() {
            let Some(name) = line.trim().strip_prefix("const NAME: &'static str = \"") else {
                continue;
            };
            jobs += 1;
            if name.trim_end_matches("\";") != stem {
                wrong.push(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(jobs >= 6, "only {jobs} jobs were found");
    report("jobs in a file of another name", &wrong);
}

/// Operations of our own service that actions of ECR allow; and botocore signs no
/// `GetScopedCredentials`.
const OURS: [&str; 9] = [
    "DescribeRekey",
    "ExplainPull",
    "ExplainVulnerability",
    "GetImageSbom",
    "GetScopedCredentials",
    "ListDeletedImages",
    "ListTagHistory",
    "RestoreImage",
    "RollBackTag",
];

/// What botocore reads wrongly, users' programs read wrongly. botocore does not know our own
/// service.
#[test]
fn every_operation_is_called_by_boto3() {
    let folder = root().join("tests/aws");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "py")).collect();
    let scenarios: String = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let started = fs::read_to_string(root().join("tests/aws.rs")).unwrap();
    let mut wrong = Vec::new();
    for path in &paths {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        if text.lines().any(|line| line == "run()") && !started.contains(&format!("\"{name}\"")) {
            wrong.push(format!("tests/aws.rs does not run {name}"));
        }
    }
    let coverage = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    for (name, action) in operations_that_are_there(&coverage) {
        let is_ours = action.starts_with("longshore:") || OURS.contains(&name);
        if !is_ours && !scenarios.contains(&snake(name)) {
            wrong.push(format!("{name} is called nowhere in tests/aws"));
        }
    }
    report("operations that boto3 does not call", &wrong);
}

/// The operations of `docs/coverage.md` that are served, with their IAM actions.
fn operations_that_are_there(coverage: &str) -> Vec<(&str, &str)> {
    let rows = coverage.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let served = rows.filter_map(|cells| match cells.as_slice() {
        [_, name, action, "✓", ..] => Some((*name, action.trim_matches('`'))),
        _ => None,
    });
    served.collect()
}

/// `ListSSHPublicKeys` → `list_ssh_public_keys`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_lower = index > 0 && letters[index - 1].is_lowercase();
        let before_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && index > 0 && (after_lower || before_lower) {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
