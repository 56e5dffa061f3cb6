//! What rights cost: a manifest by its tag, for the owner of the account and for a user of hers
//! with many policies.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::json;

use super::{Sample, Series, Unit, Workload};
use crate::arguments::Plan;
use crate::content::{Image, LayerSource};
use crate::ecr::{AccessKey, Ecr};
use crate::load::{Load, Stop, Tally};
use crate::oci::Entrance;
use crate::peers::{Peer, REPOSITORY, Who, wait};

const CONNECTIONS: usize = 16;
const TAG: &str = "v1";
const USER: &str = "bench";

/// The policies reach the user through groups, which hold ten each.
const GROUPS: usize = 2;
const POLICIES_OF_A_GROUP: usize = 10;
const STATEMENTS: usize = 10;

/// The user's rate must be at least 0.87 of the owner's.
static SERIES: [Series; 2] = [
    Series {
        name: "manifest_as_owner",
        title: "manifest by tag, as the account's owner",
        unit: Unit::RequestsPerSecond,
        floors: &[],
    },
    Series {
        name: "manifest_as_user",
        title: "manifest by tag, as a user with 20 policies of 10 statements",
        unit: Unit::RequestsPerSecond,
        floors: &[],
    },
];

pub(super) struct ManifestAsUser {
    image: Image,
    sample: Duration,
    key: OnceLock<AccessKey>,
}

impl ManifestAsUser {
    pub(super) fn new(plan: &Plan, nonce: [u8; 16]) -> Self {
        let source = LayerSource::new(64 * 1024, nonce);
        Self { image: Image::of(vec![source.fresh()]), sample: plan.sample, key: OnceLock::new() }
    }
}

impl Workload for ManifestAsUser {
    fn name(&self) -> &'static str {
        "manifest_as_user"
    }

    fn series(&self) -> &'static [Series] {
        &SERIES
    }

    fn wants(&self, who: Who) -> bool {
        who == Who::Longshore
    }

    fn prepare(&self, peer: &Peer) -> Result<()> {
        peer.publish_image(TAG, &self.image)?;
        let ecr = peer.ecr().context("Longshore has an AWS door")?;
        let key = wait(make_user(&ecr))?;
        self.key.set(key).map_err(|_| anyhow::anyhow!("there is one server"))
    }

    fn measure(&self, peer: &mut Peer) -> Result<Vec<(&'static Series, Sample)>> {
        let ecr = peer.ecr().context("Longshore has an AWS door")?;
        let key = self.key.get().context("the user was made before")?.clone();
        let authorization = wait(ecr.as_owner_of(key).registry_authorization())?;
        let owner = peer.entrance();
        let user = Entrance { authorization: Some(authorization), ..owner.clone() };
        let mut samples = Vec::new();
        for (series, entrance) in SERIES.iter().zip([owner, user]) {
            samples.push((series, self.fetch(peer, entrance, series.unit)?));
        }
        Ok(samples)
    }
}

impl ManifestAsUser {
    fn fetch(&self, peer: &Peer, entrance: Entrance, unit: Unit) -> Result<Sample> {
        let entrance = Arc::new(entrance);
        let load = Load { threads: 1, connections: CONNECTIONS, stop: Stop::After(self.sample) };
        let outcome = load.run(&peer.processes(), |_, mut turns| {
            let entrance = Arc::clone(&entrance);
            async move {
                let mut client = entrance.open().await?;
                let path = format!("/v2/{REPOSITORY}/manifests/{TAG}");
                let request = entrance.prepared("GET", &path);
                let mut tally = Tally::default();
                while turns.another() {
                    let begun = Instant::now();
                    let bytes = client.fetch(&request).await?;
                    tally.record(begun, bytes);
                }
                Ok(tally)
            }
        })?;
        Ok(Sample::of(outcome, unit))
    }
}

/// A user in two groups of ten policies each, of which the last statement of the last is the one
/// that lets it in.
async fn make_user(ecr: &Ecr) -> Result<AccessKey> {
    ecr.iam("CreateUser", &[("UserName", USER)]).await?;
    for group in 0..GROUPS {
        let group_name = format!("bench-{group}");
        ecr.iam("CreateGroup", &[("GroupName", &group_name)]).await?;
        for policy in 0..POLICIES_OF_A_GROUP {
            let number = group * POLICIES_OF_A_GROUP + policy;
            let name = format!("bench-{number:02}");
            let is_last = number + 1 == GROUPS * POLICIES_OF_A_GROUP;
            let document = document(number, is_last);
            let parameters = [("PolicyName", name.as_str()), ("PolicyDocument", &document)];
            let answer = ecr.iam("CreatePolicy", &parameters).await?;
            let arn = answer
                .split_once("<Arn>")
                .and_then(|(_, rest)| rest.split_once("</Arn>"))
                .context("a policy without an ARN")?
                .0;
            let parameters = [("GroupName", group_name.as_str()), ("PolicyArn", arn)];
            ecr.iam("AttachGroupPolicy", &parameters).await?;
        }
        let parameters = [("GroupName", group_name.as_str()), ("UserName", USER)];
        ecr.iam("AddUserToGroup", &parameters).await?;
    }
    ecr.create_access_key(USER).await
}

/// Statements about other repositories, and one that allows the user.
fn document(number: usize, lets_in: bool) -> String {
    let statement = |at: usize| {
        json!({
            "Effect": "Allow",
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:Describe*"],
            "Resource": format!("arn:aws:ecr:*:*:repository/team-{number}/service-{at}-*"),
            "Condition": { "StringEquals": { "aws:RequestedRegion": "us-east-1" } },
        })
    };
    let mut statements: Vec<_> = (0..STATEMENTS).map(statement).collect();
    if lets_in {
        statements[STATEMENTS - 1] =
            json!({ "Effect": "Allow", "Action": "ecr:*", "Resource": "*" });
    }
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}
