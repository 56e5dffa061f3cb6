// Written by `cargo xtask codegen` from `models/kms/2014-11-01`. Do not edit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::exception::{declared, exceptions};
use crate::aws::operation::{OperationSpec, Pagination, Protocol, ServiceSpec, operations};
use crate::aws::schema::{
    Input, Pattern, Shape, Structure, UNLIMITED, between, hidden, matching, one_of, optional,
    required, structure, text,
};
use crate::aws::words::words;

/// What the model says about the service.
pub static SERVICE: ServiceSpec =
    ServiceSpec { signing_name: "kms", protocol: Protocol::Json { target_prefix: "TrentService" } };

operations! {
    CancelKeyDeletion,
    ConnectCustomKeyStore,
    CreateAlias,
    CreateCustomKeyStore,
    CreateGrant,
    CreateKey,
    Decapsulate,
    Decrypt,
    DeleteAlias,
    DeleteCustomKeyStore,
    DeleteImportedKeyMaterial,
    DeriveSharedSecret,
    DescribeCustomKeyStores,
    DescribeKey,
    DisableKey,
    DisableKeyRotation,
    DisconnectCustomKeyStore,
    EnableKey,
    EnableKeyRotation,
    Encapsulate,
    Encrypt,
    GenerateDataKey,
    GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext,
    GenerateDataKeyWithoutPlaintext,
    GenerateMac,
    GenerateRandom,
    GetKeyLastUsage,
    GetKeyPolicy,
    GetKeyRotationStatus,
    GetParametersForImport,
    GetPublicKey,
    ImportKeyMaterial,
    ListAliases,
    ListGrants,
    ListKeyPolicies,
    ListKeyRotations,
    ListKeys,
    ListResourceTags,
    ListRetirableGrants,
    PutKeyPolicy,
    ReEncrypt,
    ReplicateKey,
    RetireGrant,
    RevokeGrant,
    RotateKeyOnDemand,
    ScheduleKeyDeletion,
    Sign,
    TagResource,
    UntagResource,
    UpdateAlias,
    UpdateCustomKeyStore,
    UpdateKeyDescription,
    UpdatePrimaryRegion,
    Verify,
    VerifyMac,
}

#[rustfmt::skip]
static SPECS: [OperationSpec; 56] = [
    OperationSpec {
        name: "CancelKeyDeletion", action: "kms:CancelKeyDeletion",
        input: &CANCEL_KEY_DELETION_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "ConnectCustomKeyStore", action: "kms:ConnectCustomKeyStore",
        input: &CONNECT_CUSTOM_KEY_STORE_REQUEST, result: None, pagination: None,
        errors: declared![
            CloudHsmClusterNotActive CustomKeyStoreInvalidState CustomKeyStoreNotFound KMSInternal
            CloudHsmClusterInvalidConfiguration
        ],
    },
    OperationSpec {
        name: "CreateAlias", action: "kms:CreateAlias",
        input: &CREATE_ALIAS_REQUEST, result: None, pagination: None,
        errors: declared![
            DependencyTimeout AlreadyExists NotFound InvalidAliasName KMSInternal LimitExceeded
            KMSInvalidState
        ],
    },
    OperationSpec {
        name: "CreateCustomKeyStore", action: "kms:CreateCustomKeyStore",
        input: &CREATE_CUSTOM_KEY_STORE_REQUEST, result: None, pagination: None,
        errors: declared![
            CloudHsmClusterInUse CustomKeyStoreNameInUse CloudHsmClusterNotFound KMSInternal
            CloudHsmClusterNotActive IncorrectTrustAnchor CloudHsmClusterInvalidConfiguration
            LimitExceeded XksProxyUriInUse XksProxyUriEndpointInUse XksProxyUriUnreachable
            XksProxyIncorrectAuthenticationCredential XksProxyVpcEndpointServiceInUse
            XksProxyVpcEndpointServiceNotFound XksProxyVpcEndpointServiceInvalidConfiguration
            XksProxyInvalidResponse XksProxyInvalidConfiguration
        ],
    },
    OperationSpec {
        name: "CreateGrant", action: "kms:CreateGrant",
        input: &CREATE_GRANT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled DependencyTimeout InvalidArn KMSInternal InvalidGrantToken
            LimitExceeded KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "CreateKey", action: "kms:CreateKey",
        input: &CREATE_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            MalformedPolicyDocument DependencyTimeout InvalidArn UnsupportedOperation KMSInternal
            LimitExceeded Tag CustomKeyStoreNotFound CustomKeyStoreInvalidState
            CloudHsmClusterInvalidConfiguration XksKeyInvalidConfiguration XksKeyAlreadyInUse
            XksKeyNotFound
        ],
    },
    OperationSpec {
        name: "Decapsulate", action: "kms:Decapsulate",
        input: &DECAPSULATE_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidGrantToken InvalidKeyUsage
            InvalidCiphertext KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "Decrypt", action: "kms:Decrypt",
        input: &DECRYPT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled InvalidCiphertext KeyUnavailable IncorrectKey InvalidKeyUsage
            DependencyTimeout InvalidGrantToken KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "DeleteAlias", action: "kms:DeleteAlias",
        input: &DELETE_ALIAS_REQUEST, result: None, pagination: None,
        errors: declared![
            DependencyTimeout NotFound KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "DeleteCustomKeyStore", action: "kms:DeleteCustomKeyStore",
        input: &DELETE_CUSTOM_KEY_STORE_REQUEST, result: None, pagination: None,
        errors: declared![
            CustomKeyStoreHasCMKs CustomKeyStoreInvalidState CustomKeyStoreNotFound KMSInternal
        ],
    },
    OperationSpec {
        name: "DeleteImportedKeyMaterial", action: "kms:DeleteImportedKeyMaterial",
        input: &DELETE_IMPORTED_KEY_MATERIAL_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "DeriveSharedSecret", action: "kms:DeriveSharedSecret",
        input: &DERIVE_SHARED_SECRET_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidGrantToken InvalidKeyUsage
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "DescribeCustomKeyStores", action: "kms:DescribeCustomKeyStores",
        input: &DESCRIBE_CUSTOM_KEY_STORES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["CustomKeyStores"],
        }),
        errors: declared![
            CustomKeyStoreNotFound InvalidMarker KMSInternal
        ],
    },
    OperationSpec {
        name: "DescribeKey", action: "kms:DescribeKey",
        input: &DESCRIBE_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal
        ],
    },
    OperationSpec {
        name: "DisableKey", action: "kms:DisableKey",
        input: &DISABLE_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "DisableKeyRotation", action: "kms:DisableKeyRotation",
        input: &DISABLE_KEY_ROTATION_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled InvalidArn DependencyTimeout KMSInternal KMSInvalidState
            UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "DisconnectCustomKeyStore", action: "kms:DisconnectCustomKeyStore",
        input: &DISCONNECT_CUSTOM_KEY_STORE_REQUEST, result: None, pagination: None,
        errors: declared![
            CustomKeyStoreInvalidState CustomKeyStoreNotFound KMSInternal
        ],
    },
    OperationSpec {
        name: "EnableKey", action: "kms:EnableKey",
        input: &ENABLE_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal LimitExceeded KMSInvalidState
        ],
    },
    OperationSpec {
        name: "EnableKeyRotation", action: "kms:EnableKeyRotation",
        input: &ENABLE_KEY_ROTATION_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled InvalidArn DependencyTimeout KMSInternal KMSInvalidState
            UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "Encapsulate", action: "kms:Encapsulate",
        input: &ENCAPSULATE_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidGrantToken InvalidKeyUsage
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "Encrypt", action: "kms:Encrypt",
        input: &ENCRYPT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateDataKey", action: "kms:GenerateDataKey",
        input: &GENERATE_DATA_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateDataKeyPair", action: "kms:GenerateDataKeyPair",
        input: &GENERATE_DATA_KEY_PAIR_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState UnsupportedOperation DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateDataKeyPairWithoutPlaintext", action: "kms:GenerateDataKeyPairWithoutPlaintext",
        input: &GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState UnsupportedOperation DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateDataKeyWithoutPlaintext", action: "kms:GenerateDataKeyWithoutPlaintext",
        input: &GENERATE_DATA_KEY_WITHOUT_PLAINTEXT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateMac", action: "kms:GenerateMac",
        input: &GENERATE_MAC_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable InvalidKeyUsage InvalidGrantToken KMSInternal
            KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "GenerateRandom", action: "kms:GenerateRandom",
        input: &GENERATE_RANDOM_REQUEST, result: None, pagination: None,
        errors: declared![
            DependencyTimeout KMSInternal UnsupportedOperation CustomKeyStoreNotFound
            CustomKeyStoreInvalidState
        ],
    },
    OperationSpec {
        name: "GetKeyLastUsage", action: "kms:GetKeyLastUsage",
        input: &GET_KEY_LAST_USAGE_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal
        ],
    },
    OperationSpec {
        name: "GetKeyPolicy", action: "kms:GetKeyPolicy",
        input: &GET_KEY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "GetKeyRotationStatus", action: "kms:GetKeyRotationStatus",
        input: &GET_KEY_ROTATION_STATUS_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "GetParametersForImport", action: "kms:GetParametersForImport",
        input: &GET_PARAMETERS_FOR_IMPORT_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "GetPublicKey", action: "kms:GetPublicKey",
        input: &GET_PUBLIC_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout UnsupportedOperation InvalidArn
            InvalidGrantToken InvalidKeyUsage KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "ImportKeyMaterial", action: "kms:ImportKeyMaterial",
        input: &IMPORT_KEY_MATERIAL_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInternal KMSInvalidState
            InvalidCiphertext IncorrectKeyMaterial ExpiredImportToken InvalidImportToken
        ],
    },
    OperationSpec {
        name: "ListAliases", action: "kms:ListAliases",
        input: &LIST_ALIASES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Aliases"],
        }),
        errors: declared![
            DependencyTimeout InvalidMarker KMSInternal InvalidArn NotFound
        ],
    },
    OperationSpec {
        name: "ListGrants", action: "kms:ListGrants",
        input: &LIST_GRANTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Grants"],
        }),
        errors: declared![
            NotFound DependencyTimeout InvalidMarker InvalidGrantId InvalidArn KMSInternal
            KMSInvalidState
        ],
    },
    OperationSpec {
        name: "ListKeyPolicies", action: "kms:ListKeyPolicies",
        input: &LIST_KEY_POLICIES_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["PolicyNames"],
        }),
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "ListKeyRotations", action: "kms:ListKeyRotations",
        input: &LIST_KEY_ROTATIONS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Rotations"],
        }),
        errors: declared![
            NotFound InvalidArn InvalidMarker KMSInternal KMSInvalidState UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "ListKeys", action: "kms:ListKeys",
        input: &LIST_KEYS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Keys"],
        }),
        errors: declared![
            DependencyTimeout KMSInternal InvalidMarker
        ],
    },
    OperationSpec {
        name: "ListResourceTags", action: "kms:ListResourceTags",
        input: &LIST_RESOURCE_TAGS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Tags"],
        }),
        errors: declared![
            KMSInternal NotFound InvalidArn InvalidMarker
        ],
    },
    OperationSpec {
        name: "ListRetirableGrants", action: "kms:ListRetirableGrants",
        input: &LIST_RETIRABLE_GRANTS_REQUEST, result: None, pagination: Some(Pagination {
            input_token: "Marker", output_token: "NextMarker", limit_key: "Limit",
            result_keys: &["Grants"],
        }),
        errors: declared![
            DependencyTimeout InvalidMarker InvalidArn NotFound KMSInternal
        ],
    },
    OperationSpec {
        name: "PutKeyPolicy", action: "kms:PutKeyPolicy",
        input: &PUT_KEY_POLICY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn MalformedPolicyDocument DependencyTimeout UnsupportedOperation
            KMSInternal LimitExceeded KMSInvalidState
        ],
    },
    OperationSpec {
        name: "ReEncrypt", action: "kms:ReEncryptFrom",
        input: &RE_ENCRYPT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled InvalidCiphertext KeyUnavailable IncorrectKey DependencyTimeout
            InvalidKeyUsage InvalidGrantToken KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "ReplicateKey", action: "kms:ReplicateKey",
        input: &REPLICATE_KEY_REQUEST, result: None, pagination: None,
        errors: declared![
            AlreadyExists Disabled InvalidArn KMSInvalidState KMSInternal LimitExceeded
            MalformedPolicyDocument NotFound Tag UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "RetireGrant", action: "kms:RetireGrant",
        input: &RETIRE_GRANT_REQUEST, result: None, pagination: None,
        errors: declared![
            InvalidArn InvalidGrantToken InvalidGrantId NotFound DependencyTimeout KMSInternal
            KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "RevokeGrant", action: "kms:RevokeGrant",
        input: &REVOKE_GRANT_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound DependencyTimeout InvalidArn InvalidGrantId KMSInternal KMSInvalidState
            DryRunOperation
        ],
    },
    OperationSpec {
        name: "RotateKeyOnDemand", action: "kms:RotateKeyOnDemand",
        input: &ROTATE_KEY_ON_DEMAND_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled InvalidArn DependencyTimeout KMSInternal KMSInvalidState
            UnsupportedOperation LimitExceeded Conflict
        ],
    },
    OperationSpec {
        name: "ScheduleKeyDeletion", action: "kms:ScheduleKeyDeletion",
        input: &SCHEDULE_KEY_DELETION_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "Sign", action: "kms:Sign",
        input: &SIGN_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState DryRunOperation
        ],
    },
    OperationSpec {
        name: "TagResource", action: "kms:TagResource",
        input: &TAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            KMSInternal NotFound InvalidArn KMSInvalidState LimitExceeded Tag
        ],
    },
    OperationSpec {
        name: "UntagResource", action: "kms:UntagResource",
        input: &UNTAG_RESOURCE_REQUEST, result: None, pagination: None,
        errors: declared![
            KMSInternal NotFound InvalidArn KMSInvalidState Tag
        ],
    },
    OperationSpec {
        name: "UpdateAlias", action: "kms:UpdateAlias",
        input: &UPDATE_ALIAS_REQUEST, result: None, pagination: None,
        errors: declared![
            DependencyTimeout NotFound KMSInternal LimitExceeded KMSInvalidState
        ],
    },
    OperationSpec {
        name: "UpdateCustomKeyStore", action: "kms:UpdateCustomKeyStore",
        input: &UPDATE_CUSTOM_KEY_STORE_REQUEST, result: None, pagination: None,
        errors: declared![
            CustomKeyStoreNotFound CustomKeyStoreNameInUse CloudHsmClusterNotFound
            CloudHsmClusterNotRelated CustomKeyStoreInvalidState KMSInternal
            CloudHsmClusterNotActive CloudHsmClusterInvalidConfiguration XksProxyUriInUse
            XksProxyUriEndpointInUse XksProxyUriUnreachable
            XksProxyIncorrectAuthenticationCredential XksProxyVpcEndpointServiceInUse
            XksProxyVpcEndpointServiceNotFound XksProxyVpcEndpointServiceInvalidConfiguration
            XksProxyInvalidResponse XksProxyInvalidConfiguration
        ],
    },
    OperationSpec {
        name: "UpdateKeyDescription", action: "kms:UpdateKeyDescription",
        input: &UPDATE_KEY_DESCRIPTION_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound InvalidArn DependencyTimeout KMSInternal KMSInvalidState
        ],
    },
    OperationSpec {
        name: "UpdatePrimaryRegion", action: "kms:UpdatePrimaryRegion",
        input: &UPDATE_PRIMARY_REGION_REQUEST, result: None, pagination: None,
        errors: declared![
            Disabled InvalidArn KMSInvalidState KMSInternal NotFound UnsupportedOperation
        ],
    },
    OperationSpec {
        name: "Verify", action: "kms:Verify",
        input: &VERIFY_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken
            KMSInternal KMSInvalidState KMSInvalidSignature DryRunOperation
        ],
    },
    OperationSpec {
        name: "VerifyMac", action: "kms:VerifyMac",
        input: &VERIFY_MAC_REQUEST, result: None, pagination: None,
        errors: declared![
            NotFound Disabled KeyUnavailable InvalidKeyUsage InvalidGrantToken KMSInternal
            KMSInvalidMac KMSInvalidState DryRunOperation
        ],
    },
];

exceptions! {
    /// The errors that the model declares.
    Exception {
        AlreadyExists = "AlreadyExistsException", 400;
        CloudHsmClusterInUse = "CloudHsmClusterInUseException", 400;
        CloudHsmClusterInvalidConfiguration = "CloudHsmClusterInvalidConfigurationException", 400;
        CloudHsmClusterNotActive = "CloudHsmClusterNotActiveException", 400;
        CloudHsmClusterNotFound = "CloudHsmClusterNotFoundException", 400;
        CloudHsmClusterNotRelated = "CloudHsmClusterNotRelatedException", 400;
        Conflict = "ConflictException", 400;
        CustomKeyStoreHasCMKs = "CustomKeyStoreHasCMKsException", 400;
        CustomKeyStoreInvalidState = "CustomKeyStoreInvalidStateException", 400;
        CustomKeyStoreNameInUse = "CustomKeyStoreNameInUseException", 400;
        CustomKeyStoreNotFound = "CustomKeyStoreNotFoundException", 400;
        DependencyTimeout = "DependencyTimeoutException", 500;
        Disabled = "DisabledException", 400;
        DryRunOperation = "DryRunOperationException", 400;
        ExpiredImportToken = "ExpiredImportTokenException", 400;
        IncorrectKey = "IncorrectKeyException", 400;
        IncorrectKeyMaterial = "IncorrectKeyMaterialException", 400;
        IncorrectTrustAnchor = "IncorrectTrustAnchorException", 400;
        InvalidAliasName = "InvalidAliasNameException", 400;
        InvalidArn = "InvalidArnException", 400;
        InvalidCiphertext = "InvalidCiphertextException", 400;
        InvalidGrantId = "InvalidGrantIdException", 400;
        InvalidGrantToken = "InvalidGrantTokenException", 400;
        InvalidImportToken = "InvalidImportTokenException", 400;
        InvalidKeyUsage = "InvalidKeyUsageException", 400;
        InvalidMarker = "InvalidMarkerException", 400;
        KMSInternal = "KMSInternalException", 500;
        KMSInvalidMac = "KMSInvalidMacException", 400;
        KMSInvalidSignature = "KMSInvalidSignatureException", 400;
        KMSInvalidState = "KMSInvalidStateException", 400;
        KeyUnavailable = "KeyUnavailableException", 500;
        LimitExceeded = "LimitExceededException", 400;
        MalformedPolicyDocument = "MalformedPolicyDocumentException", 400;
        NotFound = "NotFoundException", 400;
        Tag = "TagException", 400;
        UnsupportedOperation = "UnsupportedOperationException", 400;
        XksKeyAlreadyInUse = "XksKeyAlreadyInUseException", 400;
        XksKeyInvalidConfiguration = "XksKeyInvalidConfigurationException", 400;
        XksKeyNotFound = "XksKeyNotFoundException", 400;
        XksProxyIncorrectAuthenticationCredential = "XksProxyIncorrectAuthenticationCredentialException", 400;
        XksProxyInvalidConfiguration = "XksProxyInvalidConfigurationException", 400;
        XksProxyInvalidResponse = "XksProxyInvalidResponseException", 400;
        XksProxyUriEndpointInUse = "XksProxyUriEndpointInUseException", 400;
        XksProxyUriInUse = "XksProxyUriInUseException", 400;
        XksProxyUriUnreachable = "XksProxyUriUnreachableException", 400;
        XksProxyVpcEndpointServiceInUse = "XksProxyVpcEndpointServiceInUseException", 400;
        XksProxyVpcEndpointServiceInvalidConfiguration = "XksProxyVpcEndpointServiceInvalidConfigurationException", 400;
        XksProxyVpcEndpointServiceNotFound = "XksProxyVpcEndpointServiceNotFoundException", 400;
    }
}

words! {
    /// The words of `AlgorithmSpec`.
    AlgorithmSpec {
        RsaesPkcs1V15 = "RSAES_PKCS1_V1_5",
        RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
        RsaAesKeyWrapSha1 = "RSA_AES_KEY_WRAP_SHA_1",
        RsaAesKeyWrapSha256 = "RSA_AES_KEY_WRAP_SHA_256",
        Sm2pke = "SM2PKE",
    }
}

/// `AliasListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AliasListEntry {
    /// `AliasName`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias_name: Option<String>,
    /// `AliasArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias_arn: Option<String>,
    /// `TargetKeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_key_id: Option<String>,
    /// `CreationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<f64>,
    /// `LastUpdatedDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_updated_date: Option<f64>,
}

/// Input of `CancelKeyDeletion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CancelKeyDeletionRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for CancelKeyDeletionRequest {
    fn schema() -> &'static Structure {
        &CANCEL_KEY_DELETION_REQUEST
    }
}

/// Output of `CancelKeyDeletion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CancelKeyDeletionResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
}

/// Input of `ConnectCustomKeyStore`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConnectCustomKeyStoreRequest {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: String,
}

impl Input for ConnectCustomKeyStoreRequest {
    fn schema() -> &'static Structure {
        &CONNECT_CUSTOM_KEY_STORE_REQUEST
    }
}

/// Output of `ConnectCustomKeyStore`.
#[derive(Debug, Default, Serialize)]
pub struct ConnectCustomKeyStoreResponse {}

words! {
    /// The words of `ConnectionErrorCodeType`.
    ConnectionErrorCodeType {
        InvalidCredentials = "INVALID_CREDENTIALS",
        ClusterNotFound = "CLUSTER_NOT_FOUND",
        NetworkErrors = "NETWORK_ERRORS",
        InternalError = "INTERNAL_ERROR",
        InsufficientCloudhsmHsms = "INSUFFICIENT_CLOUDHSM_HSMS",
        UserLockedOut = "USER_LOCKED_OUT",
        UserNotFound = "USER_NOT_FOUND",
        UserLoggedIn = "USER_LOGGED_IN",
        SubnetNotFound = "SUBNET_NOT_FOUND",
        InsufficientFreeAddressesInSubnet = "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
        XksProxyAccessDenied = "XKS_PROXY_ACCESS_DENIED",
        XksProxyNotReachable = "XKS_PROXY_NOT_REACHABLE",
        XksVpcEndpointServiceNotFound = "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
        XksProxyInvalidResponse = "XKS_PROXY_INVALID_RESPONSE",
        XksProxyInvalidConfiguration = "XKS_PROXY_INVALID_CONFIGURATION",
        XksVpcEndpointServiceInvalidConfiguration = "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        XksProxyTimedOut = "XKS_PROXY_TIMED_OUT",
        XksProxyInvalidTlsConfiguration = "XKS_PROXY_INVALID_TLS_CONFIGURATION",
    }
}

words! {
    /// The words of `ConnectionStateType`.
    ConnectionStateType {
        Connected = "CONNECTED",
        Connecting = "CONNECTING",
        Failed = "FAILED",
        Disconnected = "DISCONNECTED",
        Disconnecting = "DISCONNECTING",
    }
}

/// Input of `CreateAlias`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAliasRequest {
    /// `AliasName`: 1 to 256 characters.
    pub alias_name: String,
    /// `TargetKeyId`: 1 to 2048 characters.
    pub target_key_id: String,
}

impl Input for CreateAliasRequest {
    fn schema() -> &'static Structure {
        &CREATE_ALIAS_REQUEST
    }
}

/// Input of `CreateCustomKeyStore`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateCustomKeyStoreRequest {
    /// `CustomKeyStoreName`: 1 to 256 characters.
    pub custom_key_store_name: String,
    /// `CloudHsmClusterId`: 19 to 24 characters.
    pub cloud_hsm_cluster_id: Option<String>,
    /// `TrustAnchorCertificate`: 1 to 5000 characters.
    pub trust_anchor_certificate: Option<String>,
    /// `KeyStorePassword`: 7 to 32 characters.
    pub key_store_password: Option<String>,
    /// `CustomKeyStoreType`.
    pub custom_key_store_type: Option<CustomKeyStoreType>,
    /// `XksProxyUriEndpoint`: 10 to 128 characters.
    pub xks_proxy_uri_endpoint: Option<String>,
    /// `XksProxyUriPath`: 10 to 128 characters.
    pub xks_proxy_uri_path: Option<String>,
    /// `XksProxyVpcEndpointServiceName`: 20 to 64 characters.
    pub xks_proxy_vpc_endpoint_service_name: Option<String>,
    /// `XksProxyVpcEndpointServiceOwner`: 12 to 12 characters.
    pub xks_proxy_vpc_endpoint_service_owner: Option<String>,
    /// `XksProxyAuthenticationCredential`.
    pub xks_proxy_authentication_credential: Option<XksProxyAuthenticationCredentialType>,
    /// `XksProxyConnectivity`.
    pub xks_proxy_connectivity: Option<XksProxyConnectivityType>,
}

impl Input for CreateCustomKeyStoreRequest {
    fn schema() -> &'static Structure {
        &CREATE_CUSTOM_KEY_STORE_REQUEST
    }
}

/// Output of `CreateCustomKeyStore`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateCustomKeyStoreResponse {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_store_id: Option<String>,
}

/// Input of `CreateGrant`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGrantRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `GranteePrincipal`: 1 to 256 characters.
    pub grantee_principal: Option<String>,
    /// `RetiringPrincipal`: 1 to 256 characters.
    pub retiring_principal: Option<String>,
    /// `Operations`.
    pub operations: Vec<GrantOperation>,
    /// `Constraints`.
    pub constraints: Option<GrantConstraints>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `Name`: 1 to 256 characters.
    pub name: Option<String>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
    /// `GranteeServicePrincipal`: 1 to 128 characters.
    pub grantee_service_principal: Option<String>,
    /// `RetiringServicePrincipal`: 1 to 128 characters.
    pub retiring_service_principal: Option<String>,
}

impl Input for CreateGrantRequest {
    fn schema() -> &'static Structure {
        &CREATE_GRANT_REQUEST
    }
}

/// Output of `CreateGrant`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGrantResponse {
    /// `GrantToken`: 1 to 8192 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_token: Option<String>,
    /// `GrantId`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
}

impl std::fmt::Debug for CreateGrantResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("CreateGrantResponse").finish_non_exhaustive()
    }
}

/// Input of `CreateKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateKeyRequest {
    /// `Policy`: 1 to 131072 characters.
    pub policy: Option<String>,
    /// `Description`: at most 8192 characters.
    pub description: Option<String>,
    /// `KeyUsage`.
    pub key_usage: Option<KeyUsageType>,
    /// `CustomerMasterKeySpec`.
    pub customer_master_key_spec: Option<CustomerMasterKeySpec>,
    /// `KeySpec`.
    pub key_spec: Option<KeySpec>,
    /// `Origin`.
    pub origin: Option<OriginType>,
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: Option<String>,
    /// `BypassPolicyLockoutSafetyCheck`.
    pub bypass_policy_lockout_safety_check: Option<bool>,
    /// `Tags`.
    pub tags: Option<Vec<Tag>>,
    /// `MultiRegion`.
    pub multi_region: Option<bool>,
    /// `XksKeyId`: 1 to 128 characters.
    pub xks_key_id: Option<String>,
}

impl Input for CreateKeyRequest {
    fn schema() -> &'static Structure {
        &CREATE_KEY_REQUEST
    }
}

/// Output of `CreateKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateKeyResponse {
    /// `KeyMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_metadata: Option<KeyMetadata>,
}

words! {
    /// The words of `CustomKeyStoreType`.
    CustomKeyStoreType {
        AwsCloudhsm = "AWS_CLOUDHSM",
        ExternalKeyStore = "EXTERNAL_KEY_STORE",
    }
}

/// `CustomKeyStoresListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CustomKeyStoresListEntry {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_store_id: Option<String>,
    /// `CustomKeyStoreName`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_store_name: Option<String>,
    /// `CloudHsmClusterId`: 19 to 24 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_hsm_cluster_id: Option<String>,
    /// `TrustAnchorCertificate`: 1 to 5000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_anchor_certificate: Option<String>,
    /// `ConnectionState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_state: Option<ConnectionStateType>,
    /// `ConnectionErrorCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_error_code: Option<ConnectionErrorCodeType>,
    /// `CreationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<f64>,
    /// `CustomKeyStoreType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_store_type: Option<CustomKeyStoreType>,
    /// `XksProxyConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xks_proxy_configuration: Option<XksProxyConfigurationType>,
}

words! {
    /// The words of `CustomerMasterKeySpec`.
    CustomerMasterKeySpec {
        Rsa2048 = "RSA_2048",
        Rsa3072 = "RSA_3072",
        Rsa4096 = "RSA_4096",
        EccNistP256 = "ECC_NIST_P256",
        EccNistP384 = "ECC_NIST_P384",
        EccNistP521 = "ECC_NIST_P521",
        EccSecgP256k1 = "ECC_SECG_P256K1",
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        Hmac224 = "HMAC_224",
        Hmac256 = "HMAC_256",
        Hmac384 = "HMAC_384",
        Hmac512 = "HMAC_512",
        Sm2 = "SM2",
    }
}

words! {
    /// The words of `DataKeyPairSpec`.
    DataKeyPairSpec {
        Rsa2048 = "RSA_2048",
        Rsa3072 = "RSA_3072",
        Rsa4096 = "RSA_4096",
        EccNistP256 = "ECC_NIST_P256",
        EccNistP384 = "ECC_NIST_P384",
        EccNistP521 = "ECC_NIST_P521",
        EccSecgP256k1 = "ECC_SECG_P256K1",
        Sm2 = "SM2",
        EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
        MlKem512 = "ML_KEM_512",
        MlKem768 = "ML_KEM_768",
        MlKem1024 = "ML_KEM_1024",
    }
}

words! {
    /// The words of `DataKeySpec`.
    DataKeySpec {
        Aes256 = "AES_256",
        Aes128 = "AES_128",
    }
}

/// Input of `Decapsulate`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DecapsulateRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `SharedSecretCiphertextBlob`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub shared_secret_ciphertext_blob: Vec<u8>,
    /// `EncapsulationAlgorithm`.
    pub encapsulation_algorithm: EncapsulationAlgorithmSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for DecapsulateRequest {
    fn schema() -> &'static Structure {
        &DECAPSULATE_REQUEST
    }
}

/// Output of `Decapsulate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DecapsulateResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `SharedSecret`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub shared_secret: Option<Vec<u8>>,
    /// `EncapsulationAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encapsulation_algorithm: Option<EncapsulationAlgorithmSpec>,
}

/// Input of `Decrypt`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DecryptRequest {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: Option<String>,
    /// `EncryptionAlgorithm`.
    pub encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `Recipient`.
    pub recipient: Option<RecipientInfo>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
    /// `DryRunModifiers`.
    pub dry_run_modifiers: Option<Vec<DryRunModifierType>>,
}

impl Input for DecryptRequest {
    fn schema() -> &'static Structure {
        &DECRYPT_REQUEST
    }
}

/// Output of `Decrypt`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DecryptResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `Plaintext`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub plaintext: Option<Vec<u8>>,
    /// `EncryptionAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `CiphertextForRecipient`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_for_recipient: Option<Vec<u8>>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

impl std::fmt::Debug for DecryptResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("DecryptResponse").finish_non_exhaustive()
    }
}

/// Input of `DeleteAlias`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAliasRequest {
    /// `AliasName`: 1 to 256 characters.
    pub alias_name: String,
}

impl Input for DeleteAliasRequest {
    fn schema() -> &'static Structure {
        &DELETE_ALIAS_REQUEST
    }
}

/// Input of `DeleteCustomKeyStore`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteCustomKeyStoreRequest {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: String,
}

impl Input for DeleteCustomKeyStoreRequest {
    fn schema() -> &'static Structure {
        &DELETE_CUSTOM_KEY_STORE_REQUEST
    }
}

/// Output of `DeleteCustomKeyStore`.
#[derive(Debug, Default, Serialize)]
pub struct DeleteCustomKeyStoreResponse {}

/// Input of `DeleteImportedKeyMaterial`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteImportedKeyMaterialRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `KeyMaterialId`: 64 to 64 characters.
    pub key_material_id: Option<String>,
}

impl Input for DeleteImportedKeyMaterialRequest {
    fn schema() -> &'static Structure {
        &DELETE_IMPORTED_KEY_MATERIAL_REQUEST
    }
}

/// Output of `DeleteImportedKeyMaterial`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteImportedKeyMaterialResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyMaterialId`: at most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

/// Input of `DeriveSharedSecret`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeriveSharedSecretRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `KeyAgreementAlgorithm`.
    pub key_agreement_algorithm: KeyAgreementAlgorithmSpec,
    /// `PublicKey`: 1 to 8192 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub public_key: Vec<u8>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
    /// `Recipient`.
    pub recipient: Option<RecipientInfo>,
}

impl Input for DeriveSharedSecretRequest {
    fn schema() -> &'static Structure {
        &DERIVE_SHARED_SECRET_REQUEST
    }
}

/// Output of `DeriveSharedSecret`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeriveSharedSecretResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `SharedSecret`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub shared_secret: Option<Vec<u8>>,
    /// `CiphertextForRecipient`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_for_recipient: Option<Vec<u8>>,
    /// `KeyAgreementAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_agreement_algorithm: Option<KeyAgreementAlgorithmSpec>,
    /// `KeyOrigin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_origin: Option<OriginType>,
}

/// Input of `DescribeCustomKeyStores`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeCustomKeyStoresRequest {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: Option<String>,
    /// `CustomKeyStoreName`: 1 to 256 characters.
    pub custom_key_store_name: Option<String>,
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
}

impl Input for DescribeCustomKeyStoresRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_CUSTOM_KEY_STORES_REQUEST
    }
}

/// Output of `DescribeCustomKeyStores`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeCustomKeyStoresResponse {
    /// `CustomKeyStores`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_stores: Option<Vec<CustomKeyStoresListEntry>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `DescribeKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
}

impl Input for DescribeKeyRequest {
    fn schema() -> &'static Structure {
        &DESCRIBE_KEY_REQUEST
    }
}

/// Output of `DescribeKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeKeyResponse {
    /// `KeyMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_metadata: Option<KeyMetadata>,
}

/// Input of `DisableKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisableKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for DisableKeyRequest {
    fn schema() -> &'static Structure {
        &DISABLE_KEY_REQUEST
    }
}

/// Input of `DisableKeyRotation`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisableKeyRotationRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for DisableKeyRotationRequest {
    fn schema() -> &'static Structure {
        &DISABLE_KEY_ROTATION_REQUEST
    }
}

/// Input of `DisconnectCustomKeyStore`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DisconnectCustomKeyStoreRequest {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: String,
}

impl Input for DisconnectCustomKeyStoreRequest {
    fn schema() -> &'static Structure {
        &DISCONNECT_CUSTOM_KEY_STORE_REQUEST
    }
}

/// Output of `DisconnectCustomKeyStore`.
#[derive(Debug, Default, Serialize)]
pub struct DisconnectCustomKeyStoreResponse {}

words! {
    /// The words of `DryRunModifierType`.
    DryRunModifierType {
        IgnoreCiphertext = "IGNORE_CIPHERTEXT",
    }
}

/// Input of `EnableKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnableKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for EnableKeyRequest {
    fn schema() -> &'static Structure {
        &ENABLE_KEY_REQUEST
    }
}

/// Input of `EnableKeyRotation`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EnableKeyRotationRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `RotationPeriodInDays`: 90 to 2560.
    pub rotation_period_in_days: Option<i64>,
}

impl Input for EnableKeyRotationRequest {
    fn schema() -> &'static Structure {
        &ENABLE_KEY_ROTATION_REQUEST
    }
}

/// Input of `Encapsulate`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EncapsulateRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `EncapsulationAlgorithm`.
    pub encapsulation_algorithm: EncapsulationAlgorithmSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for EncapsulateRequest {
    fn schema() -> &'static Structure {
        &ENCAPSULATE_REQUEST
    }
}

/// Output of `Encapsulate`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EncapsulateResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `SharedSecret`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub shared_secret: Option<Vec<u8>>,
    /// `SharedSecretCiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub shared_secret_ciphertext_blob: Option<Vec<u8>>,
    /// `EncapsulationAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encapsulation_algorithm: Option<EncapsulationAlgorithmSpec>,
}

words! {
    /// The words of `EncapsulationAlgorithmSpec`.
    EncapsulationAlgorithmSpec {
        MlKem = "ML_KEM",
    }
}

/// Input of `Encrypt`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EncryptRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Plaintext`: 1 to 4096 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub plaintext: Vec<u8>,
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `EncryptionAlgorithm`.
    pub encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl std::fmt::Debug for EncryptRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("EncryptRequest").finish_non_exhaustive()
    }
}

impl Input for EncryptRequest {
    fn schema() -> &'static Structure {
        &ENCRYPT_REQUEST
    }
}

/// Output of `Encrypt`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EncryptResponse {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `EncryptionAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_algorithm: Option<EncryptionAlgorithmSpec>,
}

words! {
    /// The words of `EncryptionAlgorithmSpec`.
    EncryptionAlgorithmSpec {
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
        Sm2pke = "SM2PKE",
    }
}

words! {
    /// The words of `ExpirationModelType`.
    ExpirationModelType {
        KeyMaterialExpires = "KEY_MATERIAL_EXPIRES",
        KeyMaterialDoesNotExpire = "KEY_MATERIAL_DOES_NOT_EXPIRE",
    }
}

/// Input of `GenerateDataKeyPair`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairRequest {
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `KeyPairSpec`.
    pub key_pair_spec: DataKeyPairSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `Recipient`.
    pub recipient: Option<RecipientInfo>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for GenerateDataKeyPairRequest {
    fn schema() -> &'static Structure {
        &GENERATE_DATA_KEY_PAIR_REQUEST
    }
}

/// Output of `GenerateDataKeyPair`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairResponse {
    /// `PrivateKeyCiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub private_key_ciphertext_blob: Option<Vec<u8>>,
    /// `PrivateKeyPlaintext`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub private_key_plaintext: Option<Vec<u8>>,
    /// `PublicKey`: 1 to 8192 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub public_key: Option<Vec<u8>>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyPairSpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair_spec: Option<DataKeyPairSpec>,
    /// `CiphertextForRecipient`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_for_recipient: Option<Vec<u8>>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

impl std::fmt::Debug for GenerateDataKeyPairResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GenerateDataKeyPairResponse").finish_non_exhaustive()
    }
}

/// Input of `GenerateDataKeyPairWithoutPlaintext`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairWithoutPlaintextRequest {
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `KeyPairSpec`.
    pub key_pair_spec: DataKeyPairSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for GenerateDataKeyPairWithoutPlaintextRequest {
    fn schema() -> &'static Structure {
        &GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT_REQUEST
    }
}

/// Output of `GenerateDataKeyPairWithoutPlaintext`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyPairWithoutPlaintextResponse {
    /// `PrivateKeyCiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub private_key_ciphertext_blob: Option<Vec<u8>>,
    /// `PublicKey`: 1 to 8192 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub public_key: Option<Vec<u8>>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyPairSpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair_spec: Option<DataKeyPairSpec>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

/// Input of `GenerateDataKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `NumberOfBytes`: 1 to 1024.
    pub number_of_bytes: Option<i64>,
    /// `KeySpec`.
    pub key_spec: Option<DataKeySpec>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `Recipient`.
    pub recipient: Option<RecipientInfo>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for GenerateDataKeyRequest {
    fn schema() -> &'static Structure {
        &GENERATE_DATA_KEY_REQUEST
    }
}

/// Output of `GenerateDataKey`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyResponse {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `Plaintext`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub plaintext: Option<Vec<u8>>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `CiphertextForRecipient`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_for_recipient: Option<Vec<u8>>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

impl std::fmt::Debug for GenerateDataKeyResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GenerateDataKeyResponse").finish_non_exhaustive()
    }
}

/// Input of `GenerateDataKeyWithoutPlaintext`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyWithoutPlaintextRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `EncryptionContext`.
    pub encryption_context: Option<BTreeMap<String, String>>,
    /// `KeySpec`.
    pub key_spec: Option<DataKeySpec>,
    /// `NumberOfBytes`: 1 to 1024.
    pub number_of_bytes: Option<i64>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for GenerateDataKeyWithoutPlaintextRequest {
    fn schema() -> &'static Structure {
        &GENERATE_DATA_KEY_WITHOUT_PLAINTEXT_REQUEST
    }
}

/// Output of `GenerateDataKeyWithoutPlaintext`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateDataKeyWithoutPlaintextResponse {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

/// Input of `GenerateMac`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateMacRequest {
    /// `Message`: 1 to 4096 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub message: Vec<u8>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `MacAlgorithm`.
    pub mac_algorithm: MacAlgorithmSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for GenerateMacRequest {
    fn schema() -> &'static Structure {
        &GENERATE_MAC_REQUEST
    }
}

/// Output of `GenerateMac`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateMacResponse {
    /// `Mac`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub mac: Option<Vec<u8>>,
    /// `MacAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_algorithm: Option<MacAlgorithmSpec>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
}

/// Input of `GenerateRandom`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateRandomRequest {
    /// `NumberOfBytes`: 1 to 1024.
    pub number_of_bytes: Option<i64>,
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: Option<String>,
    /// `Recipient`.
    pub recipient: Option<RecipientInfo>,
}

impl Input for GenerateRandomRequest {
    fn schema() -> &'static Structure {
        &GENERATE_RANDOM_REQUEST
    }
}

/// Output of `GenerateRandom`.
#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateRandomResponse {
    /// `Plaintext`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub plaintext: Option<Vec<u8>>,
    /// `CiphertextForRecipient`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_for_recipient: Option<Vec<u8>>,
}

impl std::fmt::Debug for GenerateRandomResponse {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("GenerateRandomResponse").finish_non_exhaustive()
    }
}

/// Input of `GetKeyLastUsage`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyLastUsageRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for GetKeyLastUsageRequest {
    fn schema() -> &'static Structure {
        &GET_KEY_LAST_USAGE_REQUEST
    }
}

/// Output of `GetKeyLastUsage`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyLastUsageResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyLastUsage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_last_usage: Option<KeyLastUsageData>,
    /// `TrackingStartDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_start_date: Option<f64>,
    /// `KeyCreationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_creation_date: Option<f64>,
}

/// Input of `GetKeyPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: Option<String>,
}

impl Input for GetKeyPolicyRequest {
    fn schema() -> &'static Structure {
        &GET_KEY_POLICY_REQUEST
    }
}

/// Output of `GetKeyPolicy`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyPolicyResponse {
    /// `Policy`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// `PolicyName`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
}

/// Input of `GetKeyRotationStatus`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyRotationStatusRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for GetKeyRotationStatusRequest {
    fn schema() -> &'static Structure {
        &GET_KEY_ROTATION_STATUS_REQUEST
    }
}

/// Output of `GetKeyRotationStatus`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetKeyRotationStatusResponse {
    /// `KeyRotationEnabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_rotation_enabled: Option<bool>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `RotationPeriodInDays`: 90 to 2560.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_period_in_days: Option<i64>,
    /// `NextRotationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<f64>,
    /// `OnDemandRotationStartDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_demand_rotation_start_date: Option<f64>,
}

/// Input of `GetParametersForImport`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetParametersForImportRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `WrappingAlgorithm`.
    pub wrapping_algorithm: AlgorithmSpec,
    /// `WrappingKeySpec`.
    pub wrapping_key_spec: WrappingKeySpec,
}

impl Input for GetParametersForImportRequest {
    fn schema() -> &'static Structure {
        &GET_PARAMETERS_FOR_IMPORT_REQUEST
    }
}

/// Output of `GetParametersForImport`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetParametersForImportResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `ImportToken`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub import_token: Option<Vec<u8>>,
    /// `PublicKey`: 1 to 4096 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub public_key: Option<Vec<u8>>,
    /// `ParametersValidTo`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters_valid_to: Option<f64>,
}

/// Input of `GetPublicKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPublicKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
}

impl Input for GetPublicKeyRequest {
    fn schema() -> &'static Structure {
        &GET_PUBLIC_KEY_REQUEST
    }
}

/// Output of `GetPublicKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPublicKeyResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `PublicKey`: 1 to 8192 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub public_key: Option<Vec<u8>>,
    /// `CustomerMasterKeySpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_master_key_spec: Option<CustomerMasterKeySpec>,
    /// `KeySpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_spec: Option<KeySpec>,
    /// `KeyUsage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_usage: Option<KeyUsageType>,
    /// `EncryptionAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_algorithms: Option<Vec<EncryptionAlgorithmSpec>>,
    /// `SigningAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_algorithms: Option<Vec<SigningAlgorithmSpec>>,
    /// `KeyAgreementAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_agreement_algorithms: Option<Vec<KeyAgreementAlgorithmSpec>>,
    /// `EncapsulationAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encapsulation_algorithms: Option<Vec<EncapsulationAlgorithmSpec>>,
}

/// `GrantConstraints`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GrantConstraints {
    /// `EncryptionContextSubset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
    /// `EncryptionContextEquals`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
    /// `SourceArn`: 20 to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_arn: Option<String>,
}

/// `GrantListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GrantListEntry {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `GrantId`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// `Name`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `CreationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<f64>,
    /// `GranteePrincipal`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grantee_principal: Option<String>,
    /// `RetiringPrincipal`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retiring_principal: Option<String>,
    /// `IssuingAccount`: 1 to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuing_account: Option<String>,
    /// `Operations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations: Option<Vec<GrantOperation>>,
    /// `Constraints`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraints: Option<GrantConstraints>,
    /// `GranteeServicePrincipal`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grantee_service_principal: Option<String>,
    /// `RetiringServicePrincipal`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retiring_service_principal: Option<String>,
}

words! {
    /// The words of `GrantOperation`.
    GrantOperation {
        Decrypt = "Decrypt",
        Encrypt = "Encrypt",
        GenerateDataKey = "GenerateDataKey",
        GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext",
        ReEncryptFrom = "ReEncryptFrom",
        ReEncryptTo = "ReEncryptTo",
        Sign = "Sign",
        Verify = "Verify",
        GetPublicKey = "GetPublicKey",
        CreateGrant = "CreateGrant",
        RetireGrant = "RetireGrant",
        DescribeKey = "DescribeKey",
        GenerateDataKeyPair = "GenerateDataKeyPair",
        GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext",
        GenerateMac = "GenerateMac",
        VerifyMac = "VerifyMac",
        DeriveSharedSecret = "DeriveSharedSecret",
        Encapsulate = "Encapsulate",
        Decapsulate = "Decapsulate",
    }
}

/// Input of `ImportKeyMaterial`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportKeyMaterialRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `ImportToken`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub import_token: Vec<u8>,
    /// `EncryptedKeyMaterial`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub encrypted_key_material: Vec<u8>,
    /// `ValidTo`, in seconds since 1970.
    pub valid_to: Option<f64>,
    /// `ExpirationModel`.
    pub expiration_model: Option<ExpirationModelType>,
    /// `ImportType`.
    pub import_type: Option<ImportType>,
    /// `KeyMaterialDescription`: at most 256 characters.
    pub key_material_description: Option<String>,
    /// `KeyMaterialId`: 64 to 64 characters.
    pub key_material_id: Option<String>,
}

impl Input for ImportKeyMaterialRequest {
    fn schema() -> &'static Structure {
        &IMPORT_KEY_MATERIAL_REQUEST
    }
}

/// Output of `ImportKeyMaterial`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportKeyMaterialResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
}

words! {
    /// The words of `ImportState`.
    ImportState {
        Imported = "IMPORTED",
        PendingImport = "PENDING_IMPORT",
    }
}

words! {
    /// The words of `ImportType`.
    ImportType {
        NewKeyMaterial = "NEW_KEY_MATERIAL",
        ExistingKeyMaterial = "EXISTING_KEY_MATERIAL",
    }
}

words! {
    /// The words of `IncludeKeyMaterial`.
    IncludeKeyMaterial {
        AllKeyMaterial = "ALL_KEY_MATERIAL",
        RotationsOnly = "ROTATIONS_ONLY",
    }
}

words! {
    /// The words of `KeyAgreementAlgorithmSpec`.
    KeyAgreementAlgorithmSpec {
        Ecdh = "ECDH",
    }
}

words! {
    /// The words of `KeyEncryptionMechanism`.
    KeyEncryptionMechanism {
        RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
    }
}

/// `KeyLastUsageData`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyLastUsageData {
    /// `Operation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<KeyLastUsageTrackingOperation>,
    /// `Timestamp`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<f64>,
    /// `CloudTrailEventId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_trail_event_id: Option<String>,
    /// `KmsRequestId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_request_id: Option<String>,
}

words! {
    /// The words of `KeyLastUsageTrackingOperation`.
    KeyLastUsageTrackingOperation {
        Decrypt = "Decrypt",
        DeriveSharedSecret = "DeriveSharedSecret",
        Encrypt = "Encrypt",
        GenerateDataKey = "GenerateDataKey",
        GenerateDataKeyPair = "GenerateDataKeyPair",
        GenerateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext",
        GenerateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext",
        GenerateMac = "GenerateMac",
        ReEncrypt = "ReEncrypt",
        Sign = "Sign",
        Verify = "Verify",
        VerifyMac = "VerifyMac",
        Encapsulate = "Encapsulate",
        Decapsulate = "Decapsulate",
    }
}

/// `KeyListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyListEntry {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyArn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_arn: Option<String>,
}

words! {
    /// The words of `KeyManagerType`.
    KeyManagerType {
        Aws = "AWS",
        Customer = "CUSTOMER",
    }
}

words! {
    /// The words of `KeyMaterialState`.
    KeyMaterialState {
        NonCurrent = "NON_CURRENT",
        Current = "CURRENT",
        PendingRotation = "PENDING_ROTATION",
        PendingMultiRegionImportAndRotation = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION",
    }
}

/// `KeyMetadata`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// `AWSAccountId`.
    #[serde(rename = "AWSAccountId", skip_serializing_if = "Option::is_none")]
    pub aws_account_id: Option<String>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<f64>,
    /// `Enabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// `Description`: at most 8192 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `KeyUsage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_usage: Option<KeyUsageType>,
    /// `KeyState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_state: Option<KeyState>,
    /// `DeletionDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_date: Option<f64>,
    /// `ValidTo`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<f64>,
    /// `Origin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginType>,
    /// `CustomKeyStoreId`: 1 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_key_store_id: Option<String>,
    /// `CloudHsmClusterId`: 19 to 24 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_hsm_cluster_id: Option<String>,
    /// `ExpirationModel`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_model: Option<ExpirationModelType>,
    /// `KeyManager`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_manager: Option<KeyManagerType>,
    /// `CustomerMasterKeySpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_master_key_spec: Option<CustomerMasterKeySpec>,
    /// `KeySpec`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_spec: Option<KeySpec>,
    /// `EncryptionAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encryption_algorithms: Option<Vec<EncryptionAlgorithmSpec>>,
    /// `SigningAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_algorithms: Option<Vec<SigningAlgorithmSpec>>,
    /// `KeyAgreementAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_agreement_algorithms: Option<Vec<KeyAgreementAlgorithmSpec>>,
    /// `EncapsulationAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encapsulation_algorithms: Option<Vec<EncapsulationAlgorithmSpec>>,
    /// `MultiRegion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_region: Option<bool>,
    /// `MultiRegionConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_region_configuration: Option<MultiRegionConfiguration>,
    /// `PendingDeletionWindowInDays`: 1 to 365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_deletion_window_in_days: Option<i64>,
    /// `MacAlgorithms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_algorithms: Option<Vec<MacAlgorithmSpec>>,
    /// `XksKeyConfiguration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xks_key_configuration: Option<XksKeyConfigurationType>,
    /// `CurrentKeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_key_material_id: Option<String>,
}

words! {
    /// The words of `KeySpec`.
    KeySpec {
        Rsa2048 = "RSA_2048",
        Rsa3072 = "RSA_3072",
        Rsa4096 = "RSA_4096",
        EccNistP256 = "ECC_NIST_P256",
        EccNistP384 = "ECC_NIST_P384",
        EccNistP521 = "ECC_NIST_P521",
        EccSecgP256k1 = "ECC_SECG_P256K1",
        SymmetricDefault = "SYMMETRIC_DEFAULT",
        Hmac224 = "HMAC_224",
        Hmac256 = "HMAC_256",
        Hmac384 = "HMAC_384",
        Hmac512 = "HMAC_512",
        Sm2 = "SM2",
        MlDsa44 = "ML_DSA_44",
        MlDsa65 = "ML_DSA_65",
        MlDsa87 = "ML_DSA_87",
        EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
        MlKem512 = "ML_KEM_512",
        MlKem768 = "ML_KEM_768",
        MlKem1024 = "ML_KEM_1024",
    }
}

words! {
    /// The words of `KeyState`.
    KeyState {
        Creating = "Creating",
        Enabled = "Enabled",
        Disabled = "Disabled",
        PendingDeletion = "PendingDeletion",
        PendingImport = "PendingImport",
        PendingReplicaDeletion = "PendingReplicaDeletion",
        Unavailable = "Unavailable",
        Updating = "Updating",
    }
}

words! {
    /// The words of `KeyUsageType`.
    KeyUsageType {
        SignVerify = "SIGN_VERIFY",
        EncryptDecrypt = "ENCRYPT_DECRYPT",
        GenerateVerifyMac = "GENERATE_VERIFY_MAC",
        KeyAgreement = "KEY_AGREEMENT",
        EncapsulateDecapsulate = "ENCAPSULATE_DECAPSULATE",
    }
}

/// Input of `ListAliases`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAliasesRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: Option<String>,
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
}

impl Input for ListAliasesRequest {
    fn schema() -> &'static Structure {
        &LIST_ALIASES_REQUEST
    }
}

/// Output of `ListAliases`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAliasesResponse {
    /// `Aliases`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aliases: Option<Vec<AliasListEntry>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListGrants`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGrantsRequest {
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `GrantId`: 1 to 128 characters.
    pub grant_id: Option<String>,
    /// `GranteePrincipal`: 1 to 256 characters.
    pub grantee_principal: Option<String>,
    /// `GranteeServicePrincipal`: 1 to 128 characters.
    pub grantee_service_principal: Option<String>,
}

impl Input for ListGrantsRequest {
    fn schema() -> &'static Structure {
        &LIST_GRANTS_REQUEST
    }
}

/// Output of `ListGrants`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListGrantsResponse {
    /// `Grants`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grants: Option<Vec<GrantListEntry>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListKeyPolicies`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyPoliciesRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
}

impl Input for ListKeyPoliciesRequest {
    fn schema() -> &'static Structure {
        &LIST_KEY_POLICIES_REQUEST
    }
}

/// Output of `ListKeyPolicies`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyPoliciesResponse {
    /// `PolicyNames`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_names: Option<Vec<String>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListKeyRotations`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyRotationsRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `IncludeKeyMaterial`.
    pub include_key_material: Option<IncludeKeyMaterial>,
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
}

impl Input for ListKeyRotationsRequest {
    fn schema() -> &'static Structure {
        &LIST_KEY_ROTATIONS_REQUEST
    }
}

/// Output of `ListKeyRotations`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeyRotationsResponse {
    /// `Rotations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotations: Option<Vec<RotationsListEntry>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListKeys`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeysRequest {
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
    /// `ResourceOwners`: 1 to 2 elements.
    pub resource_owners: Option<Vec<ResourceOwnerType>>,
}

impl Input for ListKeysRequest {
    fn schema() -> &'static Structure {
        &LIST_KEYS_REQUEST
    }
}

/// Output of `ListKeys`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListKeysResponse {
    /// `Keys`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<Vec<KeyListEntry>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListResourceTags`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListResourceTagsRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
}

impl Input for ListResourceTagsRequest {
    fn schema() -> &'static Structure {
        &LIST_RESOURCE_TAGS_REQUEST
    }
}

/// Output of `ListResourceTags`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListResourceTagsResponse {
    /// `Tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `NextMarker`: 1 to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_marker: Option<String>,
    /// `Truncated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncated: Option<bool>,
}

/// Input of `ListRetirableGrants`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListRetirableGrantsRequest {
    /// `Limit`: 1 to 1000.
    pub limit: Option<i64>,
    /// `Marker`: 1 to 1024 characters.
    pub marker: Option<String>,
    /// `RetiringPrincipal`: 1 to 256 characters.
    pub retiring_principal: Option<String>,
    /// `RetiringServicePrincipal`: 1 to 128 characters.
    pub retiring_service_principal: Option<String>,
}

impl Input for ListRetirableGrantsRequest {
    fn schema() -> &'static Structure {
        &LIST_RETIRABLE_GRANTS_REQUEST
    }
}

words! {
    /// The words of `MacAlgorithmSpec`.
    MacAlgorithmSpec {
        HmacSha224 = "HMAC_SHA_224",
        HmacSha256 = "HMAC_SHA_256",
        HmacSha384 = "HMAC_SHA_384",
        HmacSha512 = "HMAC_SHA_512",
    }
}

words! {
    /// The words of `MessageType`.
    MessageType {
        Raw = "RAW",
        Digest = "DIGEST",
        ExternalMu = "EXTERNAL_MU",
    }
}

/// `MultiRegionConfiguration`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MultiRegionConfiguration {
    /// `MultiRegionKeyType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_region_key_type: Option<MultiRegionKeyType>,
    /// `PrimaryKey`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_key: Option<MultiRegionKey>,
    /// `ReplicaKeys`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica_keys: Option<Vec<MultiRegionKey>>,
}

/// `MultiRegionKey`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MultiRegionKey {
    /// `Arn`: 20 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Region`: 1 to 32 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

words! {
    /// The words of `MultiRegionKeyType`.
    MultiRegionKeyType {
        Primary = "PRIMARY",
        Replica = "REPLICA",
    }
}

words! {
    /// The words of `OriginType`.
    OriginType {
        AwsKms = "AWS_KMS",
        External = "EXTERNAL",
        AwsCloudhsm = "AWS_CLOUDHSM",
        ExternalKeyStore = "EXTERNAL_KEY_STORE",
    }
}

/// Input of `PutKeyPolicy`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutKeyPolicyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: Option<String>,
    /// `Policy`: 1 to 131072 characters.
    pub policy: String,
    /// `BypassPolicyLockoutSafetyCheck`.
    pub bypass_policy_lockout_safety_check: Option<bool>,
}

impl Input for PutKeyPolicyRequest {
    fn schema() -> &'static Structure {
        &PUT_KEY_POLICY_REQUEST
    }
}

/// Input of `ReEncrypt`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReEncryptRequest {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `SourceEncryptionContext`.
    pub source_encryption_context: Option<BTreeMap<String, String>>,
    /// `SourceKeyId`: 1 to 2048 characters.
    pub source_key_id: Option<String>,
    /// `DestinationKeyId`: 1 to 2048 characters.
    pub destination_key_id: String,
    /// `DestinationEncryptionContext`.
    pub destination_encryption_context: Option<BTreeMap<String, String>>,
    /// `SourceEncryptionAlgorithm`.
    pub source_encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `DestinationEncryptionAlgorithm`.
    pub destination_encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
    /// `DryRunModifiers`.
    pub dry_run_modifiers: Option<Vec<DryRunModifierType>>,
}

impl Input for ReEncryptRequest {
    fn schema() -> &'static Structure {
        &RE_ENCRYPT_REQUEST
    }
}

/// Output of `ReEncrypt`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReEncryptResponse {
    /// `CiphertextBlob`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub ciphertext_blob: Option<Vec<u8>>,
    /// `SourceKeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_key_id: Option<String>,
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `SourceEncryptionAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `DestinationEncryptionAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_encryption_algorithm: Option<EncryptionAlgorithmSpec>,
    /// `SourceKeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_key_material_id: Option<String>,
    /// `DestinationKeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_key_material_id: Option<String>,
}

/// `RecipientInfo`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RecipientInfo {
    /// `KeyEncryptionAlgorithm`.
    pub key_encryption_algorithm: Option<KeyEncryptionMechanism>,
    /// `AttestationDocument`: 1 to 262144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize_optional", default)]
    pub attestation_document: Option<Vec<u8>>,
}

/// Input of `ReplicateKey`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicateKeyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `ReplicaRegion`: 1 to 32 characters.
    pub replica_region: String,
    /// `Policy`: 1 to 131072 characters.
    pub policy: Option<String>,
    /// `BypassPolicyLockoutSafetyCheck`.
    pub bypass_policy_lockout_safety_check: Option<bool>,
    /// `Description`: at most 8192 characters.
    pub description: Option<String>,
    /// `Tags`.
    pub tags: Option<Vec<Tag>>,
}

impl Input for ReplicateKeyRequest {
    fn schema() -> &'static Structure {
        &REPLICATE_KEY_REQUEST
    }
}

/// Output of `ReplicateKey`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicateKeyResponse {
    /// `ReplicaKeyMetadata`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica_key_metadata: Option<KeyMetadata>,
    /// `ReplicaPolicy`: 1 to 131072 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica_policy: Option<String>,
    /// `ReplicaTags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica_tags: Option<Vec<Tag>>,
}

words! {
    /// The words of `ResourceOwnerType`.
    ResourceOwnerType {
        TheSelf = "SELF",
        OtherAccountsViaRam = "OTHER_ACCOUNTS_VIA_RAM",
    }
}

/// Input of `RetireGrant`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RetireGrantRequest {
    /// `GrantToken`: 1 to 8192 characters.
    pub grant_token: Option<String>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: Option<String>,
    /// `GrantId`: 1 to 128 characters.
    pub grant_id: Option<String>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl std::fmt::Debug for RetireGrantRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RetireGrantRequest").finish_non_exhaustive()
    }
}

impl Input for RetireGrantRequest {
    fn schema() -> &'static Structure {
        &RETIRE_GRANT_REQUEST
    }
}

/// Input of `RevokeGrant`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RevokeGrantRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `GrantId`: 1 to 128 characters.
    pub grant_id: String,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for RevokeGrantRequest {
    fn schema() -> &'static Structure {
        &REVOKE_GRANT_REQUEST
    }
}

/// Input of `RotateKeyOnDemand`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotateKeyOnDemandRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
}

impl Input for RotateKeyOnDemandRequest {
    fn schema() -> &'static Structure {
        &ROTATE_KEY_ON_DEMAND_REQUEST
    }
}

/// Output of `RotateKeyOnDemand`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotateKeyOnDemandResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
}

words! {
    /// The words of `RotationType`.
    RotationType {
        Automatic = "AUTOMATIC",
        OnDemand = "ON_DEMAND",
    }
}

/// `RotationsListEntry`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RotationsListEntry {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `KeyMaterialId`: 64 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_id: Option<String>,
    /// `KeyMaterialDescription`: at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_description: Option<String>,
    /// `ImportState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_state: Option<ImportState>,
    /// `KeyMaterialState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_material_state: Option<KeyMaterialState>,
    /// `ExpirationModel`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_model: Option<ExpirationModelType>,
    /// `ValidTo`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<f64>,
    /// `RotationDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_date: Option<f64>,
    /// `RotationType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_type: Option<RotationType>,
}

/// Input of `ScheduleKeyDeletion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleKeyDeletionRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `PendingWindowInDays`: 1 to 365.
    pub pending_window_in_days: Option<i64>,
}

impl Input for ScheduleKeyDeletionRequest {
    fn schema() -> &'static Structure {
        &SCHEDULE_KEY_DELETION_REQUEST
    }
}

/// Output of `ScheduleKeyDeletion`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ScheduleKeyDeletionResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `DeletionDate`, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deletion_date: Option<f64>,
    /// `KeyState`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_state: Option<KeyState>,
    /// `PendingWindowInDays`: 1 to 365.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_window_in_days: Option<i64>,
}

/// Input of `Sign`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Message`: 1 to 4096 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub message: Vec<u8>,
    /// `MessageType`.
    pub message_type: Option<MessageType>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `SigningAlgorithm`.
    pub signing_algorithm: SigningAlgorithmSpec,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl std::fmt::Debug for SignRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SignRequest").finish_non_exhaustive()
    }
}

impl Input for SignRequest {
    fn schema() -> &'static Structure {
        &SIGN_REQUEST
    }
}

/// Output of `Sign`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `Signature`: 1 to 6144 bytes.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::aws::blob::serialize_optional",
        default
    )]
    pub signature: Option<Vec<u8>>,
    /// `SigningAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_algorithm: Option<SigningAlgorithmSpec>,
}

words! {
    /// The words of `SigningAlgorithmSpec`.
    SigningAlgorithmSpec {
        RsassaPssSha256 = "RSASSA_PSS_SHA_256",
        RsassaPssSha384 = "RSASSA_PSS_SHA_384",
        RsassaPssSha512 = "RSASSA_PSS_SHA_512",
        RsassaPkcs1V15Sha256 = "RSASSA_PKCS1_V1_5_SHA_256",
        RsassaPkcs1V15Sha384 = "RSASSA_PKCS1_V1_5_SHA_384",
        RsassaPkcs1V15Sha512 = "RSASSA_PKCS1_V1_5_SHA_512",
        EcdsaSha256 = "ECDSA_SHA_256",
        EcdsaSha384 = "ECDSA_SHA_384",
        EcdsaSha512 = "ECDSA_SHA_512",
        Sm2dsa = "SM2DSA",
        MlDsaShake256 = "ML_DSA_SHAKE_256",
        Ed25519Sha512 = "ED25519_SHA_512",
        Ed25519PhSha512 = "ED25519_PH_SHA_512",
    }
}

/// `Tag`, part of inputs and outputs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// `TagKey`: 1 to 128 characters.
    pub tag_key: String,
    /// `TagValue`: at most 256 characters.
    pub tag_value: String,
}

/// Input of `TagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Tags`.
    pub tags: Vec<Tag>,
}

impl Input for TagResourceRequest {
    fn schema() -> &'static Structure {
        &TAG_RESOURCE_REQUEST
    }
}

/// Input of `UntagResource`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResourceRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `TagKeys`.
    pub tag_keys: Vec<String>,
}

impl Input for UntagResourceRequest {
    fn schema() -> &'static Structure {
        &UNTAG_RESOURCE_REQUEST
    }
}

/// Input of `UpdateAlias`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateAliasRequest {
    /// `AliasName`: 1 to 256 characters.
    pub alias_name: String,
    /// `TargetKeyId`: 1 to 2048 characters.
    pub target_key_id: String,
}

impl Input for UpdateAliasRequest {
    fn schema() -> &'static Structure {
        &UPDATE_ALIAS_REQUEST
    }
}

/// Input of `UpdateCustomKeyStore`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateCustomKeyStoreRequest {
    /// `CustomKeyStoreId`: 1 to 64 characters.
    pub custom_key_store_id: String,
    /// `NewCustomKeyStoreName`: 1 to 256 characters.
    pub new_custom_key_store_name: Option<String>,
    /// `KeyStorePassword`: 7 to 32 characters.
    pub key_store_password: Option<String>,
    /// `CloudHsmClusterId`: 19 to 24 characters.
    pub cloud_hsm_cluster_id: Option<String>,
    /// `XksProxyUriEndpoint`: 10 to 128 characters.
    pub xks_proxy_uri_endpoint: Option<String>,
    /// `XksProxyUriPath`: 10 to 128 characters.
    pub xks_proxy_uri_path: Option<String>,
    /// `XksProxyVpcEndpointServiceName`: 20 to 64 characters.
    pub xks_proxy_vpc_endpoint_service_name: Option<String>,
    /// `XksProxyVpcEndpointServiceOwner`: 12 to 12 characters.
    pub xks_proxy_vpc_endpoint_service_owner: Option<String>,
    /// `XksProxyAuthenticationCredential`.
    pub xks_proxy_authentication_credential: Option<XksProxyAuthenticationCredentialType>,
    /// `XksProxyConnectivity`.
    pub xks_proxy_connectivity: Option<XksProxyConnectivityType>,
}

impl Input for UpdateCustomKeyStoreRequest {
    fn schema() -> &'static Structure {
        &UPDATE_CUSTOM_KEY_STORE_REQUEST
    }
}

/// Output of `UpdateCustomKeyStore`.
#[derive(Debug, Default, Serialize)]
pub struct UpdateCustomKeyStoreResponse {}

/// Input of `UpdateKeyDescription`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateKeyDescriptionRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Description`: at most 8192 characters.
    pub description: String,
}

impl Input for UpdateKeyDescriptionRequest {
    fn schema() -> &'static Structure {
        &UPDATE_KEY_DESCRIPTION_REQUEST
    }
}

/// Input of `UpdatePrimaryRegion`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePrimaryRegionRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `PrimaryRegion`: 1 to 32 characters.
    pub primary_region: String,
}

impl Input for UpdatePrimaryRegionRequest {
    fn schema() -> &'static Structure {
        &UPDATE_PRIMARY_REGION_REQUEST
    }
}

/// Input of `VerifyMac`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyMacRequest {
    /// `Message`: 1 to 4096 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub message: Vec<u8>,
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `MacAlgorithm`.
    pub mac_algorithm: MacAlgorithmSpec,
    /// `Mac`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub mac: Vec<u8>,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl Input for VerifyMacRequest {
    fn schema() -> &'static Structure {
        &VERIFY_MAC_REQUEST
    }
}

/// Output of `VerifyMac`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyMacResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `MacValid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_valid: Option<bool>,
    /// `MacAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_algorithm: Option<MacAlgorithmSpec>,
}

/// Input of `Verify`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyRequest {
    /// `KeyId`: 1 to 2048 characters.
    pub key_id: String,
    /// `Message`: 1 to 4096 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub message: Vec<u8>,
    /// `MessageType`.
    pub message_type: Option<MessageType>,
    /// `Signature`: 1 to 6144 bytes.
    #[serde(deserialize_with = "crate::aws::blob::deserialize")]
    pub signature: Vec<u8>,
    /// `SigningAlgorithm`.
    pub signing_algorithm: SigningAlgorithmSpec,
    /// `GrantTokens`: at most 10 elements.
    pub grant_tokens: Option<Vec<String>>,
    /// `DryRun`.
    pub dry_run: Option<bool>,
}

impl std::fmt::Debug for VerifyRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("VerifyRequest").finish_non_exhaustive()
    }
}

impl Input for VerifyRequest {
    fn schema() -> &'static Structure {
        &VERIFY_REQUEST
    }
}

/// Output of `Verify`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyResponse {
    /// `KeyId`: 1 to 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// `SignatureValid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature_valid: Option<bool>,
    /// `SigningAlgorithm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_algorithm: Option<SigningAlgorithmSpec>,
}

words! {
    /// The words of `WrappingKeySpec`.
    WrappingKeySpec {
        Rsa2048 = "RSA_2048",
        Rsa3072 = "RSA_3072",
        Rsa4096 = "RSA_4096",
        Sm2 = "SM2",
    }
}

/// `XksKeyConfigurationType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct XksKeyConfigurationType {
    /// `Id`: 1 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// `XksProxyAuthenticationCredentialType`, part of inputs.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct XksProxyAuthenticationCredentialType {
    /// `AccessKeyId`: 20 to 30 characters.
    pub access_key_id: String,
    /// `RawSecretAccessKey`: 43 to 64 characters.
    pub raw_secret_access_key: String,
}

/// `XksProxyConfigurationType`, part of outputs.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct XksProxyConfigurationType {
    /// `Connectivity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connectivity: Option<XksProxyConnectivityType>,
    /// `AccessKeyId`: 20 to 30 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// `UriEndpoint`: 10 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_endpoint: Option<String>,
    /// `UriPath`: 10 to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_path: Option<String>,
    /// `VpcEndpointServiceName`: 20 to 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_endpoint_service_name: Option<String>,
    /// `VpcEndpointServiceOwner`: 12 to 12 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_endpoint_service_owner: Option<String>,
}

words! {
    /// The words of `XksProxyConnectivityType`.
    XksProxyConnectivityType {
        PublicEndpoint = "PUBLIC_ENDPOINT",
        VpcEndpointService = "VPC_ENDPOINT_SERVICE",
    }
}

static ACCOUNT_ID_TYPE_PATTERN: Pattern = Pattern::new("[0-9]{12}");
static ACCOUNT_ID_TYPE: Shape = matching(between(12, 12), &ACCOUNT_ID_TYPE_PATTERN);

static ALGORITHM_SPEC: Shape = one_of(AlgorithmSpec::TEXTS);

static ALIAS_NAME_TYPE_PATTERN: Pattern = Pattern::new("^[a-zA-Z0-9:/_-]+$");
static ALIAS_NAME_TYPE: Shape = matching(between(1, 256), &ALIAS_NAME_TYPE_PATTERN);

static ATTESTATION_DOCUMENT_TYPE: Shape = Shape::Blob(between(1, 262_144));

static BACKING_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new("^[a-f0-9]+$");
static BACKING_KEY_ID_TYPE: Shape = matching(between(64, 64), &BACKING_KEY_ID_TYPE_PATTERN);

static BOOLEAN_TYPE: Shape = Shape::Boolean;

static CANCEL_KEY_DELETION_REQUEST: Structure =
    structure("CancelKeyDeletionRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static CIPHERTEXT_TYPE: Shape = Shape::Blob(between(1, 6144));

static CLOUD_HSM_CLUSTER_ID_TYPE_PATTERN: Pattern = Pattern::new("cluster-[2-7a-zA-Z]{11,16}");
static CLOUD_HSM_CLUSTER_ID_TYPE: Shape =
    matching(between(19, 24), &CLOUD_HSM_CLUSTER_ID_TYPE_PATTERN);

static CONNECT_CUSTOM_KEY_STORE_REQUEST: Structure = structure(
    "ConnectCustomKeyStoreRequest",
    &[required("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE)],
);

static CREATE_ALIAS_REQUEST: Structure = structure(
    "CreateAliasRequest",
    &[required("AliasName", &ALIAS_NAME_TYPE), required("TargetKeyId", &KEY_ID_TYPE)],
);

static CREATE_CUSTOM_KEY_STORE_REQUEST: Structure = structure(
    "CreateCustomKeyStoreRequest",
    &[
        required("CustomKeyStoreName", &CUSTOM_KEY_STORE_NAME_TYPE),
        optional("CloudHsmClusterId", &CLOUD_HSM_CLUSTER_ID_TYPE),
        optional("TrustAnchorCertificate", &TRUST_ANCHOR_CERTIFICATE_TYPE),
        optional("KeyStorePassword", &KEY_STORE_PASSWORD_TYPE),
        optional("CustomKeyStoreType", &CUSTOM_KEY_STORE_TYPE),
        optional("XksProxyUriEndpoint", &XKS_PROXY_URI_ENDPOINT_TYPE),
        optional("XksProxyUriPath", &XKS_PROXY_URI_PATH_TYPE),
        optional("XksProxyVpcEndpointServiceName", &XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE),
        optional("XksProxyVpcEndpointServiceOwner", &ACCOUNT_ID_TYPE),
        optional(
            "XksProxyAuthenticationCredential",
            &Shape::Structure(&XKS_PROXY_AUTHENTICATION_CREDENTIAL_TYPE),
        ),
        optional("XksProxyConnectivity", &XKS_PROXY_CONNECTIVITY_TYPE),
    ],
);

static CREATE_GRANT_REQUEST: Structure = structure(
    "CreateGrantRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("GranteePrincipal", &PRINCIPAL_ID_TYPE),
        optional("RetiringPrincipal", &PRINCIPAL_ID_TYPE),
        required("Operations", &GRANT_OPERATION_LIST),
        optional("Constraints", &Shape::Structure(&GRANT_CONSTRAINTS)),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("Name", &GRANT_NAME_TYPE),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
        optional("GranteeServicePrincipal", &SERVICE_PRINCIPAL_TYPE),
        optional("RetiringServicePrincipal", &SERVICE_PRINCIPAL_TYPE),
    ],
);

static CREATE_KEY_REQUEST: Structure = structure(
    "CreateKeyRequest",
    &[
        optional("Policy", &POLICY_TYPE),
        optional("Description", &DESCRIPTION_TYPE),
        optional("KeyUsage", &KEY_USAGE_TYPE),
        optional("CustomerMasterKeySpec", &CUSTOMER_MASTER_KEY_SPEC),
        optional("KeySpec", &KEY_SPEC),
        optional("Origin", &ORIGIN_TYPE),
        optional("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE),
        optional("BypassPolicyLockoutSafetyCheck", &BOOLEAN_TYPE),
        optional("Tags", &TAG_LIST),
        optional("MultiRegion", &NULLABLE_BOOLEAN_TYPE),
        optional("XksKeyId", &XKS_KEY_ID_TYPE),
    ],
);

static CUSTOM_KEY_STORE_ID_TYPE: Shape = text(between(1, 64));

static CUSTOM_KEY_STORE_NAME_TYPE: Shape = text(between(1, 256));

static CUSTOM_KEY_STORE_TYPE: Shape = one_of(CustomKeyStoreType::TEXTS);

static CUSTOMER_MASTER_KEY_SPEC: Shape = one_of(CustomerMasterKeySpec::TEXTS);

static DATA_KEY_PAIR_SPEC: Shape = one_of(DataKeyPairSpec::TEXTS);

static DATA_KEY_SPEC: Shape = one_of(DataKeySpec::TEXTS);

static DATE_TYPE: Shape = Shape::Timestamp;

static DECAPSULATE_REQUEST: Structure = structure(
    "DecapsulateRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("SharedSecretCiphertextBlob", &CIPHERTEXT_TYPE),
        required("EncapsulationAlgorithm", &ENCAPSULATION_ALGORITHM_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static DECRYPT_REQUEST: Structure = structure(
    "DecryptRequest",
    &[
        optional("CiphertextBlob", &CIPHERTEXT_TYPE),
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("KeyId", &KEY_ID_TYPE),
        optional("EncryptionAlgorithm", &ENCRYPTION_ALGORITHM_SPEC),
        optional("Recipient", &Shape::Structure(&RECIPIENT_INFO)),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
        optional("DryRunModifiers", &DRY_RUN_MODIFIER_LIST),
    ],
);

static DELETE_ALIAS_REQUEST: Structure =
    structure("DeleteAliasRequest", &[required("AliasName", &ALIAS_NAME_TYPE)]);

static DELETE_CUSTOM_KEY_STORE_REQUEST: Structure = structure(
    "DeleteCustomKeyStoreRequest",
    &[required("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE)],
);

static DELETE_IMPORTED_KEY_MATERIAL_REQUEST: Structure = structure(
    "DeleteImportedKeyMaterialRequest",
    &[required("KeyId", &KEY_ID_TYPE), optional("KeyMaterialId", &BACKING_KEY_ID_TYPE)],
);

static DERIVE_SHARED_SECRET_REQUEST: Structure = structure(
    "DeriveSharedSecretRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("KeyAgreementAlgorithm", &KEY_AGREEMENT_ALGORITHM_SPEC),
        required("PublicKey", &PUBLIC_KEY_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
        optional("Recipient", &Shape::Structure(&RECIPIENT_INFO)),
    ],
);

static DESCRIBE_CUSTOM_KEY_STORES_REQUEST: Structure = structure(
    "DescribeCustomKeyStoresRequest",
    &[
        optional("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE),
        optional("CustomKeyStoreName", &CUSTOM_KEY_STORE_NAME_TYPE),
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static DESCRIBE_KEY_REQUEST: Structure = structure(
    "DescribeKeyRequest",
    &[required("KeyId", &KEY_ID_TYPE), optional("GrantTokens", &GRANT_TOKEN_LIST)],
);

static DESCRIPTION_TYPE: Shape = text(between(0, 8192));

static DISABLE_KEY_REQUEST: Structure =
    structure("DisableKeyRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static DISABLE_KEY_ROTATION_REQUEST: Structure =
    structure("DisableKeyRotationRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static DISCONNECT_CUSTOM_KEY_STORE_REQUEST: Structure = structure(
    "DisconnectCustomKeyStoreRequest",
    &[required("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE)],
);

static DRY_RUN_MODIFIER_LIST: Shape = Shape::List(UNLIMITED, &DRY_RUN_MODIFIER_TYPE);

static DRY_RUN_MODIFIER_TYPE: Shape = one_of(DryRunModifierType::TEXTS);

static ENABLE_KEY_REQUEST: Structure =
    structure("EnableKeyRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static ENABLE_KEY_ROTATION_REQUEST: Structure = structure(
    "EnableKeyRotationRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("RotationPeriodInDays", &ROTATION_PERIOD_IN_DAYS_TYPE),
    ],
);

static ENCAPSULATE_REQUEST: Structure = structure(
    "EncapsulateRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("EncapsulationAlgorithm", &ENCAPSULATION_ALGORITHM_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static ENCAPSULATION_ALGORITHM_SPEC: Shape = one_of(EncapsulationAlgorithmSpec::TEXTS);

static ENCRYPT_REQUEST: Structure = structure(
    "EncryptRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("Plaintext", &PLAINTEXT_TYPE),
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("EncryptionAlgorithm", &ENCRYPTION_ALGORITHM_SPEC),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static ENCRYPTION_ALGORITHM_SPEC: Shape = one_of(EncryptionAlgorithmSpec::TEXTS);

static ENCRYPTION_CONTEXT_KEY: Shape = text(UNLIMITED);

static ENCRYPTION_CONTEXT_TYPE: Shape =
    Shape::Map(UNLIMITED, &ENCRYPTION_CONTEXT_KEY, &ENCRYPTION_CONTEXT_VALUE);

static ENCRYPTION_CONTEXT_VALUE: Shape = text(UNLIMITED);

static EXPIRATION_MODEL_TYPE: Shape = one_of(ExpirationModelType::TEXTS);

static GENERATE_DATA_KEY_PAIR_REQUEST: Structure = structure(
    "GenerateDataKeyPairRequest",
    &[
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        required("KeyId", &KEY_ID_TYPE),
        required("KeyPairSpec", &DATA_KEY_PAIR_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("Recipient", &Shape::Structure(&RECIPIENT_INFO)),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT_REQUEST: Structure = structure(
    "GenerateDataKeyPairWithoutPlaintextRequest",
    &[
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        required("KeyId", &KEY_ID_TYPE),
        required("KeyPairSpec", &DATA_KEY_PAIR_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static GENERATE_DATA_KEY_REQUEST: Structure = structure(
    "GenerateDataKeyRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("NumberOfBytes", &NUMBER_OF_BYTES_TYPE),
        optional("KeySpec", &DATA_KEY_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("Recipient", &Shape::Structure(&RECIPIENT_INFO)),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static GENERATE_DATA_KEY_WITHOUT_PLAINTEXT_REQUEST: Structure = structure(
    "GenerateDataKeyWithoutPlaintextRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("EncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("KeySpec", &DATA_KEY_SPEC),
        optional("NumberOfBytes", &NUMBER_OF_BYTES_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static GENERATE_MAC_REQUEST: Structure = structure(
    "GenerateMacRequest",
    &[
        required("Message", &PLAINTEXT_TYPE),
        required("KeyId", &KEY_ID_TYPE),
        required("MacAlgorithm", &MAC_ALGORITHM_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static GENERATE_RANDOM_REQUEST: Structure = structure(
    "GenerateRandomRequest",
    &[
        optional("NumberOfBytes", &NUMBER_OF_BYTES_TYPE),
        optional("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE),
        optional("Recipient", &Shape::Structure(&RECIPIENT_INFO)),
    ],
);

static GET_KEY_LAST_USAGE_REQUEST: Structure =
    structure("GetKeyLastUsageRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static GET_KEY_POLICY_REQUEST: Structure = structure(
    "GetKeyPolicyRequest",
    &[required("KeyId", &KEY_ID_TYPE), optional("PolicyName", &POLICY_NAME_TYPE)],
);

static GET_KEY_ROTATION_STATUS_REQUEST: Structure =
    structure("GetKeyRotationStatusRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static GET_PARAMETERS_FOR_IMPORT_REQUEST: Structure = structure(
    "GetParametersForImportRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("WrappingAlgorithm", &ALGORITHM_SPEC),
        required("WrappingKeySpec", &WRAPPING_KEY_SPEC),
    ],
);

static GET_PUBLIC_KEY_REQUEST: Structure = structure(
    "GetPublicKeyRequest",
    &[required("KeyId", &KEY_ID_TYPE), optional("GrantTokens", &GRANT_TOKEN_LIST)],
);

static GRANT_CONSTRAINT_SOURCE_ARN_TYPE_PATTERN: Pattern =
    Pattern::new("^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$");
static GRANT_CONSTRAINT_SOURCE_ARN_TYPE: Shape =
    matching(between(20, 512), &GRANT_CONSTRAINT_SOURCE_ARN_TYPE_PATTERN);

static GRANT_CONSTRAINTS: Structure = structure(
    "GrantConstraints",
    &[
        optional("EncryptionContextSubset", &ENCRYPTION_CONTEXT_TYPE),
        optional("EncryptionContextEquals", &ENCRYPTION_CONTEXT_TYPE),
        optional("SourceArn", &GRANT_CONSTRAINT_SOURCE_ARN_TYPE),
    ],
);

static GRANT_ID_TYPE: Shape = text(between(1, 128));

static GRANT_NAME_TYPE_PATTERN: Pattern = Pattern::new("^[a-zA-Z0-9:/_-]+$");
static GRANT_NAME_TYPE: Shape = matching(between(1, 256), &GRANT_NAME_TYPE_PATTERN);

static GRANT_OPERATION: Shape = one_of(GrantOperation::TEXTS);

static GRANT_OPERATION_LIST: Shape = Shape::List(UNLIMITED, &GRANT_OPERATION);

static GRANT_TOKEN_LIST: Shape = Shape::List(between(0, 10), &GRANT_TOKEN_TYPE);

static GRANT_TOKEN_TYPE: Shape = text(between(1, 8192));

static IMPORT_KEY_MATERIAL_REQUEST: Structure = structure(
    "ImportKeyMaterialRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("ImportToken", &CIPHERTEXT_TYPE),
        required("EncryptedKeyMaterial", &CIPHERTEXT_TYPE),
        optional("ValidTo", &DATE_TYPE),
        optional("ExpirationModel", &EXPIRATION_MODEL_TYPE),
        optional("ImportType", &IMPORT_TYPE),
        optional("KeyMaterialDescription", &KEY_MATERIAL_DESCRIPTION_TYPE),
        optional("KeyMaterialId", &BACKING_KEY_ID_TYPE),
    ],
);

static IMPORT_TYPE: Shape = one_of(ImportType::TEXTS);

static INCLUDE_KEY_MATERIAL: Shape = one_of(IncludeKeyMaterial::TEXTS);

static KEY_AGREEMENT_ALGORITHM_SPEC: Shape = one_of(KeyAgreementAlgorithmSpec::TEXTS);

static KEY_ENCRYPTION_MECHANISM: Shape = one_of(KeyEncryptionMechanism::TEXTS);

static KEY_ID_TYPE: Shape = text(between(1, 2048));

static KEY_MATERIAL_DESCRIPTION_TYPE_PATTERN: Pattern = Pattern::new(r"^[a-zA-Z0-9:/_\s.-]+$");
static KEY_MATERIAL_DESCRIPTION_TYPE: Shape =
    matching(between(0, 256), &KEY_MATERIAL_DESCRIPTION_TYPE_PATTERN);

static KEY_SPEC: Shape = one_of(KeySpec::TEXTS);

static KEY_STORE_PASSWORD_TYPE: Shape = hidden(text(between(7, 32)));

static KEY_USAGE_TYPE: Shape = one_of(KeyUsageType::TEXTS);

static LIMIT_TYPE: Shape = Shape::Integer(between(1, 1000));

static LIST_ALIASES_REQUEST: Structure = structure(
    "ListAliasesRequest",
    &[
        optional("KeyId", &KEY_ID_TYPE),
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static LIST_GRANTS_REQUEST: Structure = structure(
    "ListGrantsRequest",
    &[
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
        required("KeyId", &KEY_ID_TYPE),
        optional("GrantId", &GRANT_ID_TYPE),
        optional("GranteePrincipal", &PRINCIPAL_ID_TYPE),
        optional("GranteeServicePrincipal", &SERVICE_PRINCIPAL_TYPE),
    ],
);

static LIST_KEY_POLICIES_REQUEST: Structure = structure(
    "ListKeyPoliciesRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static LIST_KEY_ROTATIONS_REQUEST: Structure = structure(
    "ListKeyRotationsRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("IncludeKeyMaterial", &INCLUDE_KEY_MATERIAL),
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static LIST_KEYS_REQUEST: Structure = structure(
    "ListKeysRequest",
    &[
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("ResourceOwners", &RESOURCE_OWNERS_LIST),
    ],
);

static LIST_RESOURCE_TAGS_REQUEST: Structure = structure(
    "ListResourceTagsRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
    ],
);

static LIST_RETIRABLE_GRANTS_REQUEST: Structure = structure(
    "ListRetirableGrantsRequest",
    &[
        optional("Limit", &LIMIT_TYPE),
        optional("Marker", &MARKER_TYPE),
        optional("RetiringPrincipal", &PRINCIPAL_ID_TYPE),
        optional("RetiringServicePrincipal", &SERVICE_PRINCIPAL_TYPE),
    ],
);

static MAC_ALGORITHM_SPEC: Shape = one_of(MacAlgorithmSpec::TEXTS);

static MARKER_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0020-\u00FF]*");
static MARKER_TYPE: Shape = matching(between(1, 1024), &MARKER_TYPE_PATTERN);

static MESSAGE_TYPE: Shape = one_of(MessageType::TEXTS);

static NULLABLE_BOOLEAN_TYPE: Shape = Shape::Boolean;

static NUMBER_OF_BYTES_TYPE: Shape = Shape::Integer(between(1, 1024));

static ORIGIN_TYPE: Shape = one_of(OriginType::TEXTS);

static PENDING_WINDOW_IN_DAYS_TYPE: Shape = Shape::Integer(between(1, 365));

static PLAINTEXT_TYPE: Shape = Shape::Blob(between(1, 4096));

static POLICY_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]+");
static POLICY_NAME_TYPE: Shape = matching(between(1, 128), &POLICY_NAME_TYPE_PATTERN);

static POLICY_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
static POLICY_TYPE: Shape = matching(between(1, 131_072), &POLICY_TYPE_PATTERN);

static PRINCIPAL_ID_TYPE_PATTERN: Pattern = Pattern::new(r"^[\w+=,.@:/-]+$");
static PRINCIPAL_ID_TYPE: Shape = matching(between(1, 256), &PRINCIPAL_ID_TYPE_PATTERN);

static PUBLIC_KEY_TYPE: Shape = Shape::Blob(between(1, 8192));

static PUT_KEY_POLICY_REQUEST: Structure = structure(
    "PutKeyPolicyRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("PolicyName", &POLICY_NAME_TYPE),
        required("Policy", &POLICY_TYPE),
        optional("BypassPolicyLockoutSafetyCheck", &BOOLEAN_TYPE),
    ],
);

static RE_ENCRYPT_REQUEST: Structure = structure(
    "ReEncryptRequest",
    &[
        optional("CiphertextBlob", &CIPHERTEXT_TYPE),
        optional("SourceEncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("SourceKeyId", &KEY_ID_TYPE),
        required("DestinationKeyId", &KEY_ID_TYPE),
        optional("DestinationEncryptionContext", &ENCRYPTION_CONTEXT_TYPE),
        optional("SourceEncryptionAlgorithm", &ENCRYPTION_ALGORITHM_SPEC),
        optional("DestinationEncryptionAlgorithm", &ENCRYPTION_ALGORITHM_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
        optional("DryRunModifiers", &DRY_RUN_MODIFIER_LIST),
    ],
);

static RECIPIENT_INFO: Structure = structure(
    "RecipientInfo",
    &[
        optional("KeyEncryptionAlgorithm", &KEY_ENCRYPTION_MECHANISM),
        optional("AttestationDocument", &ATTESTATION_DOCUMENT_TYPE),
    ],
);

static REGION_TYPE_PATTERN: Pattern = Pattern::new(r"^([a-z]+-){2,3}\d+$");
static REGION_TYPE: Shape = matching(between(1, 32), &REGION_TYPE_PATTERN);

static REPLICATE_KEY_REQUEST: Structure = structure(
    "ReplicateKeyRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("ReplicaRegion", &REGION_TYPE),
        optional("Policy", &POLICY_TYPE),
        optional("BypassPolicyLockoutSafetyCheck", &BOOLEAN_TYPE),
        optional("Description", &DESCRIPTION_TYPE),
        optional("Tags", &TAG_LIST),
    ],
);

static RESOURCE_OWNER_TYPE: Shape = one_of(ResourceOwnerType::TEXTS);

static RESOURCE_OWNERS_LIST: Shape = Shape::List(between(1, 2), &RESOURCE_OWNER_TYPE);

static RETIRE_GRANT_REQUEST: Structure = structure(
    "RetireGrantRequest",
    &[
        optional("GrantToken", &GRANT_TOKEN_TYPE),
        optional("KeyId", &KEY_ID_TYPE),
        optional("GrantId", &GRANT_ID_TYPE),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static REVOKE_GRANT_REQUEST: Structure = structure(
    "RevokeGrantRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("GrantId", &GRANT_ID_TYPE),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static ROTATE_KEY_ON_DEMAND_REQUEST: Structure =
    structure("RotateKeyOnDemandRequest", &[required("KeyId", &KEY_ID_TYPE)]);

static ROTATION_PERIOD_IN_DAYS_TYPE: Shape = Shape::Integer(between(90, 2560));

static SCHEDULE_KEY_DELETION_REQUEST: Structure = structure(
    "ScheduleKeyDeletionRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        optional("PendingWindowInDays", &PENDING_WINDOW_IN_DAYS_TYPE),
    ],
);

static SERVICE_PRINCIPAL_TYPE_PATTERN: Pattern =
    Pattern::new(r"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$");
static SERVICE_PRINCIPAL_TYPE: Shape = matching(between(1, 128), &SERVICE_PRINCIPAL_TYPE_PATTERN);

static SIGN_REQUEST: Structure = structure(
    "SignRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("Message", &PLAINTEXT_TYPE),
        optional("MessageType", &MESSAGE_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        required("SigningAlgorithm", &SIGNING_ALGORITHM_SPEC),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static SIGNING_ALGORITHM_SPEC: Shape = one_of(SigningAlgorithmSpec::TEXTS);

static TAG: Structure =
    structure("Tag", &[required("TagKey", &TAG_KEY_TYPE), required("TagValue", &TAG_VALUE_TYPE)]);

static TAG_KEY_LIST: Shape = Shape::List(UNLIMITED, &TAG_KEY_TYPE);

static TAG_KEY_TYPE: Shape = text(between(1, 128));

static TAG_LIST: Shape = Shape::List(UNLIMITED, &Shape::Structure(&TAG));

static TAG_RESOURCE_REQUEST: Structure = structure(
    "TagResourceRequest",
    &[required("KeyId", &KEY_ID_TYPE), required("Tags", &TAG_LIST)],
);

static TAG_VALUE_TYPE: Shape = text(between(0, 256));

static TRUST_ANCHOR_CERTIFICATE_TYPE: Shape = text(between(1, 5000));

static UNTAG_RESOURCE_REQUEST: Structure = structure(
    "UntagResourceRequest",
    &[required("KeyId", &KEY_ID_TYPE), required("TagKeys", &TAG_KEY_LIST)],
);

static UPDATE_ALIAS_REQUEST: Structure = structure(
    "UpdateAliasRequest",
    &[required("AliasName", &ALIAS_NAME_TYPE), required("TargetKeyId", &KEY_ID_TYPE)],
);

static UPDATE_CUSTOM_KEY_STORE_REQUEST: Structure = structure(
    "UpdateCustomKeyStoreRequest",
    &[
        required("CustomKeyStoreId", &CUSTOM_KEY_STORE_ID_TYPE),
        optional("NewCustomKeyStoreName", &CUSTOM_KEY_STORE_NAME_TYPE),
        optional("KeyStorePassword", &KEY_STORE_PASSWORD_TYPE),
        optional("CloudHsmClusterId", &CLOUD_HSM_CLUSTER_ID_TYPE),
        optional("XksProxyUriEndpoint", &XKS_PROXY_URI_ENDPOINT_TYPE),
        optional("XksProxyUriPath", &XKS_PROXY_URI_PATH_TYPE),
        optional("XksProxyVpcEndpointServiceName", &XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE),
        optional("XksProxyVpcEndpointServiceOwner", &ACCOUNT_ID_TYPE),
        optional(
            "XksProxyAuthenticationCredential",
            &Shape::Structure(&XKS_PROXY_AUTHENTICATION_CREDENTIAL_TYPE),
        ),
        optional("XksProxyConnectivity", &XKS_PROXY_CONNECTIVITY_TYPE),
    ],
);

static UPDATE_KEY_DESCRIPTION_REQUEST: Structure = structure(
    "UpdateKeyDescriptionRequest",
    &[required("KeyId", &KEY_ID_TYPE), required("Description", &DESCRIPTION_TYPE)],
);

static UPDATE_PRIMARY_REGION_REQUEST: Structure = structure(
    "UpdatePrimaryRegionRequest",
    &[required("KeyId", &KEY_ID_TYPE), required("PrimaryRegion", &REGION_TYPE)],
);

static VERIFY_MAC_REQUEST: Structure = structure(
    "VerifyMacRequest",
    &[
        required("Message", &PLAINTEXT_TYPE),
        required("KeyId", &KEY_ID_TYPE),
        required("MacAlgorithm", &MAC_ALGORITHM_SPEC),
        required("Mac", &CIPHERTEXT_TYPE),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static VERIFY_REQUEST: Structure = structure(
    "VerifyRequest",
    &[
        required("KeyId", &KEY_ID_TYPE),
        required("Message", &PLAINTEXT_TYPE),
        optional("MessageType", &MESSAGE_TYPE),
        required("Signature", &CIPHERTEXT_TYPE),
        required("SigningAlgorithm", &SIGNING_ALGORITHM_SPEC),
        optional("GrantTokens", &GRANT_TOKEN_LIST),
        optional("DryRun", &NULLABLE_BOOLEAN_TYPE),
    ],
);

static WRAPPING_KEY_SPEC: Shape = one_of(WrappingKeySpec::TEXTS);

static XKS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new("^[a-zA-Z0-9-_.]+$");
static XKS_KEY_ID_TYPE: Shape = matching(between(1, 128), &XKS_KEY_ID_TYPE_PATTERN);

static XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new("^[A-Z2-7]+$");
static XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE: Shape =
    hidden(matching(between(20, 30), &XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE_PATTERN));

static XKS_PROXY_AUTHENTICATION_CREDENTIAL_TYPE: Structure = structure(
    "XksProxyAuthenticationCredentialType",
    &[
        required("AccessKeyId", &XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE),
        required("RawSecretAccessKey", &XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE),
    ],
);

static XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE_PATTERN: Pattern =
    Pattern::new(r"^[a-zA-Z0-9\/+=]+$");
static XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE: Shape =
    hidden(matching(between(43, 64), &XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE_PATTERN));

static XKS_PROXY_CONNECTIVITY_TYPE: Shape = one_of(XksProxyConnectivityType::TEXTS);

static XKS_PROXY_URI_ENDPOINT_TYPE_PATTERN: Pattern = Pattern::new("^https://[a-zA-Z0-9.-]+$");
static XKS_PROXY_URI_ENDPOINT_TYPE: Shape =
    matching(between(10, 128), &XKS_PROXY_URI_ENDPOINT_TYPE_PATTERN);

static XKS_PROXY_URI_PATH_TYPE_PATTERN: Pattern =
    Pattern::new(r"^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$");
static XKS_PROXY_URI_PATH_TYPE: Shape =
    matching(between(10, 128), &XKS_PROXY_URI_PATH_TYPE_PATTERN);

static XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE_PATTERN: Pattern =
    Pattern::new(r"^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$");
static XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE: Shape =
    matching(between(20, 64), &XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE_PATTERN);
