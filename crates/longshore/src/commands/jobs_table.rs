use std::fmt::Write as _;

use serde_json::Value;

use super::moment::moment;

/// Renders jobs as a table for people to read. What keeps one from running stands below it.
pub(super) fn tell(listed: &Value) -> String {
    let jobs = listed["Jobs"].as_array().map_or(&[][..], Vec::as_slice);
    if jobs.is_empty() {
        return "no jobs\n".to_owned();
    }
    let mut told = format!("{:<8}  {:<28}  {:<8}  {:<20}  about\n", "id", "name", "status", "due");
    for job in jobs {
        let text = |member: &str| job[member].as_str().unwrap_or_default();
        let due = match text("Status") {
            "GIVEN_UP" => String::new(),
            _ => moment(&job["DueAt"]),
        };
        let line = format!(
            "{:<8}  {:<28}  {:<8}  {due:<20}  {}",
            text("JobId"),
            text("Name"),
            text("Status"),
            about(job)
        );
        let _ = writeln!(told, "{}", line.trim_end());
        for why in ["LastError", "WaitingBecause"].map(text).iter().filter(|why| !why.is_empty()) {
            let _ = writeln!(told, "          {why}");
        }
    }
    told
}

/// The repository and the image or layer that a job is about, or else its subject.
fn about(job: &Value) -> String {
    let text = |member: &str| job[member].as_str().unwrap_or_default();
    let repository = text("RepositoryArn");
    let repository = repository.split_once(":repository/").map_or(repository, |(_, name)| name);
    let digest = [text("ImageDigest"), text("LayerDigest")].concat();
    match (repository, &*digest) {
        ("", "") => text("Subject").to_owned(),
        ("", digest) => digest.to_owned(),
        (repository, "") => repository.to_owned(),
        (repository, digest) => format!("{repository}@{digest}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn jobs_are_told_with_when_they_are_due_and_what_keeps_them() {
        assert_eq!(tell(&json!({ "Jobs": [] })), "no jobs\n");
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        let due = json!({
            "JobId": "7", "Name": "apply_lifecycle_policy", "Status": "WAITING", "DueAt": 0.5,
            "RepositoryArn": arn, "Subject": "3",
        });
        let failed = json!({
            "JobId": "8", "Name": "scan_image", "Status": "GIVEN_UP", "DueAt": 0,
            "RepositoryArn": arn, "ImageDigest": "sha256:ab", "LastError": "no space",
        });
        let told = tell(&json!({ "Jobs": [due, failed, { "JobId": "9", "Subject": "x" }] }));
        let lines: Vec<&str> = told.lines().collect();
        let wanted =
            "7         apply_lifecycle_policy        WAITING   1970-01-01T00:00:00Z  team/web";
        assert_eq!(lines[1], wanted);
        assert!(lines[2].ends_with("GIVEN_UP                        team/web@sha256:ab"), "{told}");
        assert_eq!(lines[3], "          no space");
        assert!(lines[4].starts_with("9 ") && lines[4].ends_with("  x"), "{told}");
    }
}
