//! ExplainPull: whether the pull gate holds an image back, and what counts.

use identity::Caller;
use names::RepositoryArn;
use operations::{Excuse, ExplainedPull, GatedFinding, Judgement, PullDecision};
use wire::aws::WireRefusal;
use wire::aws::longshore::{ExplainPullRequest, ExplainPullResponse, GatedVulnerability};

use super::super::call::{Call, Context, repository};
use super::super::ecr::image::image_ids;
use super::super::failure::Refused;

pub(in crate::doors::aws) struct ExplainPull;

/// Vulnerabilities that an answer lists at most of each kind.
const LISTED_MAX: usize = 1000;

impl Call for ExplainPull {
    type Input = ExplainPullRequest;
    type Target = RepositoryArn;
    type Output = ExplainPullResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (digest, tag) = (input.image_id.image_digest, input.image_id.image_tag);
        let id = image_ids::read_one("ImageId", digest.as_deref(), tag.as_deref())?;
        Ok(write(context.operations().explain_pull(&arn, id).await?))
    }
}

fn write(explained: ExplainedPull) -> ExplainPullResponse {
    let ExplainedPull { digest, decision, why } = explained;
    let verdict = if why.is_some() { "REFUSED" } else { "ALLOWED" };
    let because = why.unwrap_or_else(|| match &decision {
        PullDecision::NotGated(why) => (*why).to_owned(),
        PullDecision::NotScanned(..) => {
            "there are no findings of a scan, and the pull gate lets such images through".to_owned()
        }
        PullDecision::Judged(judgement) => match judgement.excused.len() {
            0 => "nothing that was found in it counts".to_owned(),
            count => format!("what was found in it is excused: {count}"),
        },
    });
    let Judgement { counts, excused } = match decision {
        PullDecision::Judged(judgement) => judgement,
        PullDecision::NotGated(_) | PullDecision::NotScanned(..) => Judgement::default(),
    };
    let counted = counts.into_iter().take(LISTED_MAX).map(|finding| write_finding(finding, None));
    let excused = excused.into_iter().take(LISTED_MAX);
    let excused = excused.map(|(finding, excuse)| write_finding(finding, Some(excuse)));
    ExplainPullResponse {
        image_digest: Some(digest.to_string()),
        verdict: Some(verdict.to_owned()),
        because: Some(because),
        counted: Some(counted.collect()),
        excused: Some(excused.collect()),
    }
}

fn write_finding(finding: GatedFinding, excuse: Option<Excuse>) -> GatedVulnerability {
    let GatedFinding { severity, vulnerability, package, version, fixed_in, observed_at } = finding;
    let (excuse, ends_at) = match excuse {
        None => (None, None),
        Some(Excuse::NotFixable) => (Some("no version is without it".to_owned()), None),
        Some(Excuse::Exception { reason, ends_at }) => {
            (Some(format!("an exception: {reason}")), Some(ends_at))
        }
        Some(Excuse::Vex(said)) => (Some(format!("a VEX document: {said}")), None),
        Some(Excuse::Grace { ends_at }) => {
            (Some("it is not known for long enough".to_owned()), Some(ends_at))
        }
    };
    GatedVulnerability {
        vulnerability_id: Some(vulnerability),
        severity: Some(severity.as_str().to_owned()),
        package: Some(package),
        version: Some(version),
        fixed_in_version: fixed_in,
        observed_at: Some(observed_at.as_epoch_seconds()),
        excuse,
        excuse_ends_at: ends_at.map(names::Timestamp::as_epoch_seconds),
    }
}
