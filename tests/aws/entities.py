"""What boto3 reads of roles, policies, profiles and providers, and of what an account never has here."""

from people import policy, statement, trust
from scenario import ACCOUNT, client, refused, run, scenario

iam = client("iam")
sts = client("sts")
PULL = policy(statement("Allow", "ecr:BatchGetImage"))
PUSH = policy(statement("Allow", "ecr:PutImage"))
TAGS = [{"Key": "team", "Value": "a"}]


def names(answer, member, name):
    return [one[name] for one in answer[member]]


@scenario
def a_role_is_made_changed_bounded_tagged_and_deleted(_):
    made = iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}), Tags=TAGS)["Role"]
    boundary = iam.create_policy(PolicyName="boundary", PolicyDocument=PULL)["Policy"]["Arn"]
    iam.update_role(RoleName="deployer", Description="deploys", MaxSessionDuration=7200)
    assert iam.update_role_description(RoleName="deployer", Description="deploys all")["Role"]["Description"] == "deploys all"
    iam.put_role_permissions_boundary(RoleName="deployer", PermissionsBoundary=boundary)
    iam.update_assume_role_policy(RoleName="deployer", PolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    found = iam.get_role(RoleName="deployer")["Role"]
    assert found["RoleId"] == made["RoleId"] and found["MaxSessionDuration"] == 7200, found
    assert found["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary, found
    assert found["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "ec2.amazonaws.com"}, found
    assert "deployer" in names(iam.list_roles(), "Roles", "RoleName")
    iam.delete_role_permissions_boundary(RoleName="deployer")
    iam.tag_role(RoleName="deployer", Tags=[{"Key": "env", "Value": "prod"}])
    iam.untag_role(RoleName="deployer", TagKeys=["team"])
    assert iam.list_role_tags(RoleName="deployer")["Tags"] == [{"Key": "env", "Value": "prod"}]
    iam.put_role_policy(RoleName="deployer", PolicyName="pull", PolicyDocument=PULL)
    assert iam.list_role_policies(RoleName="deployer")["PolicyNames"] == ["pull"]
    assert iam.get_role_policy(RoleName="deployer", PolicyName="pull")["PolicyDocument"]["Statement"], "it is decoded"
    iam.attach_role_policy(RoleName="deployer", PolicyArn=boundary)
    assert names(iam.list_attached_role_policies(RoleName="deployer"), "AttachedPolicies", "PolicyArn") == [boundary]
    with refused("DeleteConflict", status=409):
        iam.delete_role(RoleName="deployer")
    iam.detach_role_policy(RoleName="deployer", PolicyArn=boundary)
    iam.delete_role_policy(RoleName="deployer", PolicyName="pull")
    iam.delete_role(RoleName="deployer")
    iam.delete_policy(PolicyArn=boundary)


@scenario
def a_policy_has_versions_tags_and_those_who_hold_it(_):
    arn = iam.create_policy(PolicyName="versions", PolicyDocument=PULL)["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=PUSH, SetAsDefault=True)
    assert names(iam.list_policy_versions(PolicyArn=arn), "Versions", "VersionId") == ["v2", "v1"]
    assert arn in names(iam.list_policies(Scope="Local"), "Policies", "Arn")
    iam.tag_policy(PolicyArn=arn, Tags=TAGS)
    assert iam.list_policy_tags(PolicyArn=arn)["Tags"] == TAGS
    iam.untag_policy(PolicyArn=arn, TagKeys=["team"])
    iam.create_group(GroupName="holders")
    iam.attach_group_policy(GroupName="holders", PolicyArn=arn)
    assert names(iam.list_entities_for_policy(PolicyArn=arn), "PolicyGroups", "GroupName") == ["holders"]
    assert names(iam.list_attached_group_policies(GroupName="holders"), "AttachedPolicies", "PolicyArn") == [arn]
    iam.detach_group_policy(GroupName="holders", PolicyArn=arn)
    iam.delete_group(GroupName="holders")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy(PolicyArn=arn)


@scenario
def a_group_has_policies_and_members(_):
    iam.create_group(GroupName="readers")
    iam.create_user(UserName="reader")
    iam.add_user_to_group(GroupName="readers", UserName="reader")
    assert names(iam.get_group(GroupName="readers"), "Users", "UserName") == ["reader"]
    assert names(iam.list_groups_for_user(UserName="reader"), "Groups", "GroupName") == ["readers"]
    iam.put_group_policy(GroupName="readers", PolicyName="pull", PolicyDocument=PULL)
    assert iam.list_group_policies(GroupName="readers")["PolicyNames"] == ["pull"]
    assert iam.get_group_policy(GroupName="readers", PolicyName="pull")["PolicyDocument"]["Statement"]
    iam.delete_group_policy(GroupName="readers", PolicyName="pull")
    iam.update_group(GroupName="readers", NewGroupName="listeners")
    assert "listeners" in names(iam.list_groups(), "Groups", "GroupName")
    iam.remove_user_from_group(GroupName="listeners", UserName="reader")
    iam.delete_group(GroupName="listeners")
    iam.tag_user(UserName="reader", Tags=TAGS)
    assert iam.list_user_tags(UserName="reader")["Tags"] == TAGS
    iam.untag_user(UserName="reader", TagKeys=["team"])
    key = iam.create_access_key(UserName="reader")["AccessKey"]["AccessKeyId"]
    assert names(iam.list_access_keys(UserName="reader"), "AccessKeyMetadata", "AccessKeyId") == [key]
    assert iam.get_access_key_last_used(AccessKeyId=key)["UserName"] == "reader"
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == ACCOUNT
    iam.delete_access_key(UserName="reader", AccessKeyId=key)
    iam.delete_user(UserName="reader")


@scenario
def a_profile_holds_a_role(_):
    iam.create_role(RoleName="node", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.create_instance_profile(InstanceProfileName="node")
    iam.add_role_to_instance_profile(InstanceProfileName="node", RoleName="node")
    held = iam.get_instance_profile(InstanceProfileName="node")["InstanceProfile"]
    assert names(held, "Roles", "RoleName") == ["node"], held
    assert "node" in names(iam.list_instance_profiles(), "InstanceProfiles", "InstanceProfileName")
    assert names(iam.list_instance_profiles_for_role(RoleName="node"), "InstanceProfiles", "InstanceProfileName") == ["node"]
    iam.tag_instance_profile(InstanceProfileName="node", Tags=TAGS)
    assert iam.list_instance_profile_tags(InstanceProfileName="node")["Tags"] == TAGS
    iam.untag_instance_profile(InstanceProfileName="node", TagKeys=["team"])
    iam.remove_role_from_instance_profile(InstanceProfileName="node", RoleName="node")
    iam.delete_instance_profile(InstanceProfileName="node")
    iam.delete_role(RoleName="node")


@scenario
def a_provider_has_clients_thumbprints_and_tags(_):
    made = iam.create_open_id_connect_provider(Url="https://tokens.example.org", ClientIDList=["one"])
    arn = made["OpenIDConnectProviderArn"]
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["a" * 40])
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert found["ClientIDList"] == ["two"] and found["ThumbprintList"] == ["a" * 40], found
    assert arn in names(iam.list_open_id_connect_providers(), "OpenIDConnectProviderList", "Arn")
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=TAGS)
    assert iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"] == TAGS
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["team"])
    with refused("InvalidIdentityToken"):
        sts.assume_role_with_web_identity(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/none", RoleSessionName="ci", WebIdentityToken="none")
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


@scenario
def policies_can_be_tried_before_they_are_kept(_):
    tried = iam.simulate_custom_policy(PolicyInputList=[PULL], ActionNames=["ecr:BatchGetImage", "ecr:PutImage"])
    assert names(tried, "EvaluationResults", "EvalDecision") == ["allowed", "implicitDeny"], tried
    iam.create_user(UserName="tried")
    asked = iam.get_context_keys_for_principal_policy(PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:user/tried")
    assert asked["ContextKeyNames"] == [], asked
    iam.delete_user(UserName="tried")


@scenario
def lists_of_what_no_account_has_are_empty(_):
    iam.create_user(UserName="plain")
    for call, member, inputs in (
        ("list_account_aliases", "AccountAliases", {}),
        ("list_mfa_devices", "MFADevices", {"UserName": "plain"}),
        ("list_virtual_mfa_devices", "VirtualMFADevices", {}),
        ("list_saml_providers", "SAMLProviderList", {}),
        ("list_server_certificates", "ServerCertificateMetadataList", {}),
        ("list_signing_certificates", "Certificates", {"UserName": "plain"}),
        ("list_ssh_public_keys", "SSHPublicKeys", {"UserName": "plain"}),
        ("list_service_specific_credentials", "ServiceSpecificCredentials", {"UserName": "plain"}),
    ):
        assert getattr(iam, call)(**inputs)[member] == [], call
    iam.delete_user(UserName="plain")


@scenario
def what_no_account_has_is_not_there(_):
    iam.create_user(UserName="plain")
    user, device = {"UserName": "plain"}, f"arn:aws:iam::{ACCOUNT}:mfa/phone"
    saml = {"SAMLProviderArn": f"arn:aws:iam::{ACCOUNT}:saml-provider/none"}
    certificate, key = {"ServerCertificateName": "none"}, {"SSHPublicKeyId": "A" * 20}
    for call, inputs in (
        ("get_login_profile", user),
        ("delete_login_profile", user),
        ("get_account_password_policy", {}),
        ("delete_account_password_policy", {}),
        ("delete_account_alias", {"AccountAlias": "none"}),
        ("get_mfa_device", {"SerialNumber": device}),
        ("deactivate_mfa_device", user | {"SerialNumber": device}),
        ("delete_virtual_mfa_device", {"SerialNumber": device}),
        ("list_mfa_device_tags", {"SerialNumber": device}),
        ("get_ssh_public_key", user | key | {"Encoding": "SSH"}),
        ("delete_ssh_public_key", user | key),
        ("delete_signing_certificate", user | {"CertificateId": "A" * 24}),
        ("delete_service_specific_credential", user | {"ServiceSpecificCredentialId": "A" * 20}),
        ("get_saml_provider", saml),
        ("delete_saml_provider", saml),
        ("list_saml_provider_tags", saml),
        ("get_server_certificate", certificate),
        ("delete_server_certificate", certificate),
        ("list_server_certificate_tags", certificate),
        ("get_service_linked_role_deletion_status", {"DeletionTaskId": "task/none"}),
        ("delete_service_linked_role", {"RoleName": "none"}),
    ):
        with refused("NoSuchEntity", status=404):
            getattr(iam, call)(**inputs)
    iam.delete_user(UserName="plain")


run()
