use names::{IamPath, PolicyArn, PolicyName, Timestamp, UniqueId};

/// A managed policy of AWS's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AwsManagedPolicy {
    /// `ANPA…`. AWS's own id, where it is published.
    pub(crate) id: &'static str,
    /// Its path.
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

/// Only service roles can have these.
const SERVICE_LINKED_PATH: &str = "/aws-service-role/";

impl AwsManagedPolicy {
    pub(crate) fn arn(&self) -> PolicyArn {
        PolicyArn::of_aws(&self.iam_path(), &self.policy_name())
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

    /// Whether it is only for the roles that AWS makes for its services.
    pub(crate) fn is_service_linked(&self) -> bool {
        self.path == SERVICE_LINKED_PATH
    }
}

/// The policy with this ARN.
pub(crate) fn find(arn: &PolicyArn) -> Option<&'static AwsManagedPolicy> {
    let path_and_name = arn.as_str().strip_prefix(ARN_PREFIX)?;
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
    aws_managed!("ANPAZKAPJZG4HUAKO7NZO", "/", "AmazonBraketFullAccess", 12, 1_596_744_757, 1_770_919_286),
    aws_managed!("ANPAIESRL7KD7IIVF6V4W", "/", "AmazonEC2ContainerRegistryFullAccess", 3, 1_450_717_608, 1_607_126_659),
    aws_managed!("ANPAJDNE5PIHROIBGGDDW", "/", "AmazonEC2ContainerRegistryPowerUser", 3, 1_450_717_533, 1_576_010_888),
    aws_managed!("ANPAZKAPJZG4ACPA6HO4Q", "/", "AmazonEC2ContainerRegistryPullOnly", 1, 1_728_061_129, 1_728_061_129),
    aws_managed!("ANPAIFYZPA37OOHVIH7KQ", "/", "AmazonEC2ContainerRegistryReadOnly", 3, 1_450_717_455, 1_576_011_392),
    aws_managed!("ANPAJLYJCVHC7TQHCSQDS", "/service-role/", "AmazonEC2ContainerServiceforEC2Role", 10, 1_426_790_718, 1_770_919_192),
    aws_managed!("ANPAJO53W2XHNACG7V77Q", "/service-role/", "AmazonEC2ContainerServiceRole", 2, 1_428_596_059, 1_470_920_881),
    aws_managed!("ANPAI3VAJF5ZCRZ7MCQE6", "/", "AmazonEC2FullAccess", 5, 1_423_248_015, 1_543_285_016),
    aws_managed!("ANPAIGDT4SV4GSETWTBZK", "/", "AmazonEC2ReadOnlyAccess", 5, 1_423_248_017, 1_770_919_397),
    aws_managed!("ANPAJ7S7AN6YQPTJC7IFS", "/", "AmazonECS_FullAccess", 21, 1_510_090_614, 1_723_577_977),
    aws_managed!("ANPAJG4T4G4PV56DE72PY", "/service-role/", "AmazonECSTaskExecutionRolePolicy", 1, 1_510_858_102, 1_510_858_102),
    aws_managed!("ANPAJWLAS474LDBXNNTM4", "/", "AmazonEKS_CNI_Policy", 6, 1_527_455_262, 1_772_651_534),
    aws_managed!("ANPAIBTLDQMIC6UOIGFWA", "/", "AmazonEKSClusterPolicy", 10, 1_527_455_174, 1_770_919_095),
    aws_managed!("ANPAZKAPJZG4FJRXZH7YQ", "/", "AmazonEKSFargatePodExecutionRolePolicy", 1, 1_574_397_269, 1_574_397_269),
    aws_managed!("ANPAZKAPJZG4GSJCNLZP4", "/", "AmazonEKSLocalOutpostClusterPolicy", 4, 1_661_378_207, 1_729_792_745),
    aws_managed!("ANPAJFCNXU6HPGCIVXYDI", "/", "AmazonEKSServicePolicy", 7, 1_527_455_301, 1_728_940_360),
    aws_managed!("ANPAZKAPJZG4PBOFT2NNA", "/", "AmazonEKSVPCResourceController", 1, 1_597_193_734, 1_597_193_734),
    aws_managed!("ANPAZKAPJZG4I4XYHBGUK", "/", "AmazonEKSWorkerNodeMinimalPolicy", 1, 1_727_899_431, 1_727_899_431),
    aws_managed!("ANPAIBVMOY52IPQ6HD3PO", "/", "AmazonEKSWorkerNodePolicy", 3, 1_527_455_341, 1_701_043_573),
    aws_managed!("ANPAZKAPJZG4F2SFMTI3G", "/", "AmazonElasticContainerRegistryPublicFullAccess", 1, 1_606_843_552, 1_606_843_552),
    aws_managed!("ANPAZKAPJZG4P6F7N3OP7", "/", "AmazonElasticContainerRegistryPublicPowerUser", 1, 1_606_839_414, 1_606_839_414),
    aws_managed!("ANPAZKAPJZG4AD7UYLF25", "/", "AmazonElasticContainerRegistryPublicReadOnly", 1, 1_606_843_624, 1_606_843_624),
    aws_managed!("ANPAZKAPJZG4CK4E7UETF", "/", "AmazonInspector2FullAccess", 4, 1_638_213_015, 1_714_051_263),
    aws_managed!("ANPAZKAPJZG4IASIMCEPM", "/", "AmazonInspector2ReadOnlyAccess", 8, 1_642_776_314, 1_770_919_102),
    aws_managed!("ANPAIFIR6V6BVTRAHWINE", "/", "AmazonS3FullAccess", 2, 1_423_248_058, 1_632_773_797),
    aws_managed!("ANPAIZTJ4DXE7G6AGAE6M", "/", "AmazonS3ReadOnlyAccess", 3, 1_423_248_059, 1_691_703_099),
    aws_managed!("ANPAJZ5IWYMXO5QDB4QOG", "/", "AmazonSageMakerFullAccess", 29, 1_511_960_879, 1_770_919_112),
    aws_managed!("ANPAJTZ2FTFCQ6CFLQA2O", "/", "AmazonSageMakerReadOnly", 11, 1_511_960_829, 1_638_376_160),
    aws_managed!("ANPAIXSHM2BNB2D3AXXRU", "/", "AmazonSSMManagedInstanceCore", 2, 1_552_670_532, 1_558_630_461),
    aws_managed!("ANPAZKAPJZG4PP7QZ4FBG", "/service-role/", "AWS_ConfigRole", 67, 1_600_201_830, 1_771_972_931),
    aws_managed!("ANPAZKAPJZG4LYM3IT6IY", "/service-role/", "AWSAppRunnerServicePolicyForECRAccess", 1, 1_621_019_841, 1_621_019_841),
    aws_managed!("ANPAIUETIXPCKASQJURFE", "/service-role/", "AWSBatchServiceRole", 13, 1_481_052_984, 1_701_802_184),
    aws_managed!("ANPAJQJGIOIE3CD2TQXDS", "/", "AWSCodeBuildAdminAccess", 20, 1_480_619_084, 1_770_919_311),
    aws_managed!("ANPAIMKTMR34XSBQW45HS", "/", "AWSCodeBuildDeveloperAccess", 21, 1_480_618_952, 1_770_919_294),
    aws_managed!("ANPAZKAPJZG4A6ZKP3LKA", "/", "AWSCodePipeline_FullAccess", 3, 1_596_494_308, 1_710_435_983),
    aws_managed!("ANPAZKAPJZG4PFYMROIMI", "/", "AWSCompromisedKeyQuarantineV2", 5, 1_619_044_259, 1_727_887_299),
    aws_managed!("ANPAZKAPJZG4JAJQG37HX", "/", "AWSCompromisedKeyQuarantineV3", 2, 1_724_261_809, 1_727_887_947),
    aws_managed!("ANPAZKAPJZG4G6RNU4BVN", "/aws-service-role/", "AWSECRPullThroughCache_ServiceRolePolicy", 4, 1_637_963_469, 1_778_716_800),
    aws_managed!("ANPAJ45SBYG72SD6SHJEY", "/", "AWSElasticBeanstalkMulticontainerDocker", 3, 1_454_973_329, 1_679_609_060),
    aws_managed!("ANPAJNPP7PPPPMJRV2SA4", "/", "AWSKeyManagementServicePowerUser", 2, 1_423_248_040, 1_488_848_111),
    aws_managed!("ANPAJNCQGXC42545SKXIK", "/service-role/", "AWSLambdaBasicExecutionRole", 1, 1_428_591_823, 1_428_591_823),
    aws_managed!("ANPAJVTME3YLVNL72YR2K", "/service-role/", "AWSLambdaVPCAccessExecutionRole", 3, 1_455_232_526, 1_704_494_306),
    aws_managed!("ANPAZKAPJZG4GTUSQOR6X", "/", "AWSResourceExplorerReadOnlyAccess", 2, 1_667_850_960, 1_699_980_221),
    aws_managed!("ANPAJSNKQX2OW67GF4S7E", "/", "AWSSupportAccess", 4, 1_423_248_071, 1_770_919_171),
    aws_managed!("ANPAIOE47HSUE5AVBNEDM", "/", "AWSXRayDaemonWriteAccess", 2, 1_535_497_233, 1_707_861_510),
    aws_managed!("ANPAIGOPKN7KRDAKTLG4I", "/", "CloudWatchAgentServerPolicy", 3, 1_520_384_804, 1_707_237_457),
    aws_managed!("ANPAJ3ZGNWK2R5HW5BQFO", "/", "CloudWatchLogsFullAccess", 8, 1_423_248_002, 1_770_919_233),
    aws_managed!("ANPAZKAPJZG4MAHJZQTQZ", "/service-role/", "EC2ImageBuilderLifecycleExecutionPolicy", 1, 1_700_176_989, 1_700_176_989),
    aws_managed!("ANPAZKAPJZG4EJC2UPLYL", "/", "EC2InstanceProfileForImageBuilder", 12, 1_575_227_303, 1_770_919_139),
    aws_managed!("ANPAZKAPJZG4C32QNC6KD", "/", "EC2InstanceProfileForImageBuilderECRContainerBuilds", 1, 1_607_716_095, 1_607_716_095),
    aws_managed!("ANPAZKAPJZG4NS3XDKIDR", "/aws-service-role/", "ECRReplicationServiceRolePolicy", 1, 1_607_119_888, 1_607_119_888),
    aws_managed!("ANPAZKAPJZG4LF7MSVTZ7", "/aws-service-role/", "ECRTemplateServiceRolePolicy", 1, 1_718_838_697, 1_718_838_697),
    aws_managed!("ANPAI7XKCFMBPM3QQRRVQ", "/", "IAMFullAccess", 2, 1_423_248_038, 1_561_146_000),
    aws_managed!("ANPAJKSO7NDY4T57MWDSQ", "/", "IAMReadOnlyAccess", 4, 1_423_248_039, 1_516_907_487),
    aws_managed!("ANPAI4VT74EMXK2PMQJM2", "/", "IAMSelfManageServiceSpecificCredentials", 1, 1_482_427_518, 1_482_427_518),
    aws_managed!("ANPAJ4L4MM2A7QIEB56MS", "/", "IAMUserChangePassword", 5, 1_479_169_516, 1_770_919_137),
    aws_managed!("ANPAJTSHUA4UXGXU7ANUA", "/", "IAMUserSSHKeys", 1, 1_436_461_734, 1_436_461_734),
    aws_managed!("ANPAJYRXTHIB4FOVS3ZXS", "/", "PowerUserAccess", 12, 1_423_247_987, 1_770_919_154),
    aws_managed!("ANPAILL3HVNFSB6DCOWYQ", "/", "ReadOnlyAccess", 178, 1_423_247_988, 1_770_919_293),
    aws_managed!("ANPAZKAPJZG4MQKHGY2IF", "/", "ResourceGroupsTaggingAPITagUntagSupportedResources", 4, 1_728_645_074, 1_770_919_208),
    aws_managed!("ANPAZKAPJZG4KL5MKQW7V", "/service-role/", "ROSAWorkerInstancePolicy", 6, 1_682_030_132, 1_770_919_236),
    aws_managed!("ANPAI3VG7CI5BIQZQ6G2E", "/", "SecretsManagerReadWrite", 5, 1_522_865_129, 1_708_625_526),
    aws_managed!("ANPAIX2T3QCXHR2OGGCTO", "/", "SecurityAudit", 85, 1_423_248_061, 1_772_471_531),
    aws_managed!("ANPAI3V4GSSN5SJY3P2RO", "/job-function/", "SupportUser", 11, 1_478_798_513, 1_770_919_392),
    aws_managed!("ANPAID22R6XPJATWOFDK6", "/job-function/", "ViewOnlyAccess", 43, 1_478_798_415, 1_770_919_360),
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
        for other in [
            "arn:aws:iam::aws:policy/ECRTemplateServiceRolePolicy",
            "arn:aws:iam::123456789012:policy/AdministratorAccess",
        ] {
            assert!(find(&PolicyArn::parse(other).unwrap()).is_none(), "{other}");
        }
    }

    #[test]
    fn policies_of_aws_stand_in_order_and_once() {
        let folded: Vec<String> = ALL.iter().map(|p| p.name.to_ascii_lowercase()).collect();
        assert!(folded.is_sorted(), "{folded:?}");
        let ids: HashSet<&str> = ALL.iter().map(|policy| policy.id).collect();
        assert_eq!(ids.len(), ALL.len());
    }
}
