use names::{IamPath, PolicyName, Timestamp, UniqueId};

/// A managed policy of AWS's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AwsManagedPolicy {
    /// `ANPA…`. AWS's own where it is published.
    pub(crate) id: &'static str,
    /// Where it is filed.
    pub(crate) path: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// The version that holds, the only one that is kept.
    pub(crate) version: u64,
    created_seconds: i64,
    updated_seconds: i64,
    /// The policy, as JSON.
    pub(crate) document: &'static str,
}

/// How the ARNs of AWS's policies begin.
const ARN_PREFIX: &str = "arn:aws:iam::aws:policy";

/// Service roles hold these, and nobody else.
const SERVICE_LINKED_PATH: &str = "/aws-service-role/";

impl AwsManagedPolicy {
    pub(crate) fn arn(&self) -> String {
        format!("{ARN_PREFIX}{}{}", self.path, self.name)
    }

    pub(crate) fn policy_name(&self) -> PolicyName {
        PolicyName::parse(self.name).expect("a test reads the name of each")
    }

    pub(crate) fn iam_path(&self) -> IamPath {
        IamPath::parse(self.path).expect("a test reads the path of each")
    }

    pub(crate) fn unique_id(&self) -> UniqueId {
        UniqueId::parse(self.id).expect("a test reads the id of each")
    }

    pub(crate) fn created_at(&self) -> Timestamp {
        Timestamp::from_seconds(self.created_seconds)
    }

    pub(crate) fn updated_at(&self) -> Timestamp {
        Timestamp::from_seconds(self.updated_seconds)
    }

    /// Is it for the roles that AWS makes for its services, and for no others?
    pub(crate) fn is_service_linked(&self) -> bool {
        self.path == SERVICE_LINKED_PATH
    }
}

/// The policy with this ARN.
pub(crate) fn find(arn: &str) -> Option<&'static AwsManagedPolicy> {
    let path_and_name = arn.strip_prefix(ARN_PREFIX)?;
    ALL.iter().find(|policy| path_and_name.strip_prefix(policy.path) == Some(policy.name))
}

macro_rules! aws_managed {
    ($id:literal, $path:literal, $name:literal, $version:literal, $created:literal, $updated:literal) => {
        AwsManagedPolicy {
            id: $id,
            path: $path,
            name: $name,
            version: $version,
            created_seconds: $created,
            updated_seconds: $updated,
            document: include_str!(concat!($name, ".json")),
        }
    };
}

/// All of them, by name without regard to case.
#[rustfmt::skip]
pub(crate) const ALL: &[AwsManagedPolicy] = &[
    aws_managed!("ANPAIWMBCKSKIEE64ZLYQ", "/", "AdministratorAccess", 1, 1_423_247_986, 1_423_247_986),
    aws_managed!("ANPAIESRL7KD7IIVF6V4W", "/", "AmazonEC2ContainerRegistryFullAccess", 3, 1_450_717_608, 1_607_126_659),
    aws_managed!("ANPAJDNE5PIHROIBGGDDW", "/", "AmazonEC2ContainerRegistryPowerUser", 3, 1_450_717_533, 1_576_010_888),
    aws_managed!("ANPALONGSHOREAAAAAAAA", "/", "AmazonEC2ContainerRegistryPullOnly", 1, 1_728_061_129, 1_728_061_129),
    aws_managed!("ANPAIFYZPA37OOHVIH7KQ", "/", "AmazonEC2ContainerRegistryReadOnly", 3, 1_450_717_455, 1_576_011_392),
    aws_managed!("ANPALONGSHOREAAAAAAAB", "/", "AmazonElasticContainerRegistryPublicFullAccess", 1, 1_606_843_552, 1_606_843_552),
    aws_managed!("ANPALONGSHOREAAAAAAAC", "/", "AmazonElasticContainerRegistryPublicPowerUser", 1, 1_606_839_414, 1_606_839_414),
    aws_managed!("ANPALONGSHOREAAAAAAAD", "/", "AmazonElasticContainerRegistryPublicReadOnly", 1, 1_606_843_624, 1_606_843_624),
    aws_managed!("ANPALONGSHOREAAAAAAAE", "/service-role/", "AWSAppRunnerServicePolicyForECRAccess", 1, 1_621_019_841, 1_621_019_841),
    aws_managed!("ANPALONGSHOREAAAAAAAF", "/aws-service-role/", "AWSECRPullThroughCache_ServiceRolePolicy", 4, 1_637_963_469, 1_778_716_800),
    aws_managed!("ANPALONGSHOREAAAAAAAG", "/", "EC2InstanceProfileForImageBuilderECRContainerBuilds", 1, 1_607_716_095, 1_607_716_095),
    aws_managed!("ANPALONGSHOREAAAAAAAH", "/aws-service-role/", "ECRReplicationServiceRolePolicy", 1, 1_607_119_888, 1_607_119_888),
    aws_managed!("ANPALONGSHOREAAAAAAAI", "/aws-service-role/", "ECRTemplateServiceRolePolicy", 1, 1_718_838_697, 1_718_838_697),
    aws_managed!("ANPAI7XKCFMBPM3QQRRVQ", "/", "IAMFullAccess", 2, 1_423_248_038, 1_561_146_000),
    aws_managed!("ANPAJKSO7NDY4T57MWDSQ", "/", "IAMReadOnlyAccess", 4, 1_423_248_039, 1_516_907_487),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use names::IdKind;
    use policy::{Document, DocumentKind};

    use super::*;

    #[test]
    fn every_policy_of_aws_can_be_judged_by() {
        for policy in ALL {
            let parsed = Document::parse(policy.document, DocumentKind::Identity);
            assert!(parsed.is_ok(), "{}: {:?}", policy.name, parsed.err());
        }
    }

    #[test]
    fn every_policy_of_aws_is_found_by_its_arn_and_no_other() {
        for policy in ALL {
            let found = find(&policy.arn()).expect("it is there");
            assert_eq!(found.name, policy.name);
            assert_eq!(policy.iam_path().as_str(), policy.path);
            assert_eq!(policy.policy_name().as_str(), policy.name);
            assert!(policy.unique_id().is(IdKind::ManagedPolicy), "{}", policy.id);
            assert!(policy.created_at() <= policy.updated_at(), "{}", policy.name);
        }
        assert!(find("arn:aws:iam::aws:policy/ECRTemplateServiceRolePolicy").is_none());
        assert!(find("arn:aws:iam::123456789012:policy/AdministratorAccess").is_none());
    }

    #[test]
    fn policies_of_aws_stand_in_order_and_once() {
        let folded: Vec<String> = ALL.iter().map(|p| p.name.to_ascii_lowercase()).collect();
        assert!(folded.is_sorted(), "{folded:?}");
        let ids: HashSet<&str> = ALL.iter().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), ALL.len());
    }
}
