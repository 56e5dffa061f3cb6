"""Keys of KMS: made, described, used, shared by policies and grants, rotated, disabled and deleted."""

import hashlib
import json

from people import Account, policy, statement, user_arn
from scenario import ACCOUNT, REGION, client, refused, run, scenario

account = Account()
kms = client("kms")
ABSENT = "1234abcd-12ab-34cd-56ef-1234567890ab"


def key_arn(key, owner=ACCOUNT):
    return f"arn:aws:kms:{REGION}:{owner}:key/{key}"


def made(**wanted):
    """A new key; gives its id."""
    return kms.create_key(**wanted)["KeyMetadata"]["KeyId"]


def pair(spec="ECC_NIST_P256"):
    return made(KeySpec=spec, KeyUsage="SIGN_VERIFY")


def person(name, *policies):
    """A new user with a client for KMS."""
    someone = account.user(name, *policies)
    someone.kms = client("kms", **someone.credentials)
    return someone


def key_policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def lets_in(principal, actions, **more):
    return {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions, "Resource": "*"} | more


@scenario
def a_key_is_made_described_and_listed(_):
    metadata = kms.create_key(Description="layers", Tags=[{"TagKey": "team", "TagValue": "a"}])["KeyMetadata"]
    key = metadata["KeyId"]
    assert metadata["Arn"] == key_arn(key), metadata
    assert metadata["KeyState"] == "Enabled" and metadata["Enabled"] is True, metadata
    assert metadata["KeySpec"] == metadata["CustomerMasterKeySpec"] == "SYMMETRIC_DEFAULT", metadata
    assert metadata["KeyUsage"] == "ENCRYPT_DECRYPT" and metadata["KeyManager"] == "CUSTOMER", metadata
    assert metadata["Origin"] == "AWS_KMS" and metadata["MultiRegion"] is False, metadata
    assert metadata["Description"] == "layers", metadata
    assert kms.describe_key(KeyId=key_arn(key))["KeyMetadata"] == metadata
    kms.update_key_description(KeyId=key, Description="images")
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["Description"] == "images"
    others = {made() for _ in range(3)}
    pages = kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2})
    listed = [one for page in pages for one in page["Keys"]]
    assert {key} | others <= {one["KeyId"] for one in listed}, listed
    assert len(listed) == len({one["KeyId"] for one in listed}), "each is listed once"
    with refused("NotFoundException", f"Key '{key_arn(ABSENT)}' does not exist"):
        kms.describe_key(KeyId=ABSENT)
    with refused("NotFoundException", "Invalid keyId 'mine'"):
        kms.describe_key(KeyId="mine")
    with refused("UnsupportedOperationException"):
        kms.create_key(MultiRegion=True)
    with refused("ValidationException"):
        kms.create_key(KeySpec="RSA_2048")


@scenario
def tags_are_set_listed_and_removed(_):
    key = made(Tags=[{"TagKey": "a", "TagValue": "1"}])
    kms.tag_resource(KeyId=key, Tags=[{"TagKey": "a", "TagValue": "2"}, {"TagKey": "b", "TagValue": ""}])
    pages = kms.get_paginator("list_resource_tags").paginate(KeyId=key, PaginationConfig={"PageSize": 1})
    assert [tag for page in pages for tag in page["Tags"]] == [
        {"TagKey": "a", "TagValue": "2"},
        {"TagKey": "b", "TagValue": ""},
    ]
    kms.untag_resource(KeyId=key, TagKeys=["a"])
    assert kms.list_resource_tags(KeyId=key)["Tags"] == [{"TagKey": "b", "TagValue": ""}]
    with refused("TagException", "Tags beginning with aws: are reserved"):
        kms.tag_resource(KeyId=key, Tags=[{"TagKey": "aws:a", "TagValue": "1"}])


@scenario
def an_alias_names_one_key_after_another(_):
    one, two = made(), made()
    kms.create_alias(AliasName="alias/boto/images", TargetKeyId=one)
    assert kms.describe_key(KeyId="alias/boto/images")["KeyMetadata"]["KeyId"] == one
    kms.update_alias(AliasName="alias/boto/images", TargetKeyId=two)
    arn = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/boto/images"
    assert kms.describe_key(KeyId=arn)["KeyMetadata"]["KeyId"] == two
    pages = kms.get_paginator("list_aliases").paginate(PaginationConfig={"PageSize": 1})
    listed = [alias for page in pages for alias in page["Aliases"]]
    found = [alias for alias in listed if alias["AliasName"] == "alias/boto/images"]
    assert [(alias["AliasArn"], alias["TargetKeyId"]) for alias in found] == [(arn, two)], listed
    assert kms.list_aliases(KeyId=one)["Aliases"] == []
    with refused("AlreadyExistsException", f"An alias with the name {arn} already exists"):
        kms.create_alias(AliasName="alias/boto/images", TargetKeyId=one)
    kms.delete_alias(AliasName="alias/boto/images")
    with refused("NotFoundException", f"Alias {arn} is not found."):
        kms.describe_key(KeyId="alias/boto/images")


@scenario
def the_registry_s_own_key_is_made_when_it_is_first_asked_for(_):
    metadata = kms.describe_key(KeyId="alias/aws/ecr")["KeyMetadata"]
    assert metadata["KeyManager"] == "AWS", metadata
    assert kms.describe_key(KeyId="alias/aws/ecr")["KeyMetadata"]["KeyId"] == metadata["KeyId"]
    assert kms.get_key_rotation_status(KeyId=metadata["KeyId"])["KeyRotationEnabled"] is True
    with refused("AccessDeniedException"):
        kms.encrypt(KeyId="alias/aws/ecr", Plaintext=b"by no service")
    with refused("AccessDeniedException"):
        kms.schedule_key_deletion(KeyId=metadata["KeyId"])


@scenario
def what_is_encrypted_opens_with_its_context_alone(_):
    key, other = made(), made()
    context = {"repository": "web", "layer": "a"}
    sealed = kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext=context)
    assert sealed["KeyId"] == key_arn(key) and sealed["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT", sealed
    blob = sealed["CiphertextBlob"]
    opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)
    assert opened["Plaintext"] == b"secret" and opened["KeyId"] == key_arn(key), opened
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=blob)
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=blob[:-1] + bytes([blob[-1] ^ 1]), EncryptionContext=context)
    with refused("IncorrectKeyException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext=context, KeyId=other)
    moved = kms.re_encrypt(CiphertextBlob=blob, SourceEncryptionContext=context, DestinationKeyId=other)
    assert moved["SourceKeyId"] == key_arn(key) and moved["KeyId"] == key_arn(other), moved
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == b"secret"
    with refused("DryRunOperationException"):
        kms.encrypt(KeyId=key, Plaintext=b"secret", DryRun=True)


@scenario
def data_keys_come_in_the_clear_and_encrypted(_):
    key = made()
    whole = kms.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext={"a": "1"})
    assert len(whole["Plaintext"]) == 32, whole
    opened = kms.decrypt(CiphertextBlob=whole["CiphertextBlob"], EncryptionContext={"a": "1"})
    assert opened["Plaintext"] == whole["Plaintext"]
    sealed = kms.generate_data_key_without_plaintext(KeyId=key, NumberOfBytes=24)
    assert "Plaintext" not in sealed, sealed
    assert len(kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"])["Plaintext"]) == 24
    both = kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P384")
    private = kms.decrypt(CiphertextBlob=both["PrivateKeyCiphertextBlob"])["Plaintext"]
    assert private == both["PrivateKeyPlaintext"] and both["PublicKey"], both
    hidden = kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="RSA_2048")
    assert "PrivateKeyPlaintext" not in hidden, hidden
    assert len(kms.generate_random(NumberOfBytes=1024)["Plaintext"]) == 1024
    with refused("ValidationException", "Please specify either number of bytes or key spec."):
        kms.generate_data_key(KeyId=key)


@scenario
def signatures_are_verified_and_a_digest_is_not_hashed_again(_):
    message = b"an image"
    for spec, algorithm, digest in [
        ("ECC_NIST_P256", "ECDSA_SHA_256", hashlib.sha256),
        ("ECC_NIST_P384", "ECDSA_SHA_384", hashlib.sha384),
        ("RSA_2048", "RSASSA_PSS_SHA_256", hashlib.sha256),
        ("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_512", hashlib.sha512),
    ]:
        key = pair(spec)
        how = {"KeyId": key, "SigningAlgorithm": algorithm}
        raw = kms.sign(Message=message, **how)["Signature"]
        hashed = digest(message).digest()
        assert kms.verify(Message=hashed, MessageType="DIGEST", Signature=raw, **how)["SignatureValid"] is True
        signed = kms.sign(Message=hashed, MessageType="DIGEST", **how)["Signature"]
        assert kms.verify(Message=message, Signature=signed, **how)["SignatureValid"] is True
        with refused("KMSInvalidSignatureException"):
            kms.verify(Message=b"another", Signature=raw, **how)
        public = kms.get_public_key(KeyId=key)
        assert public["KeySpec"] == spec and algorithm in public["SigningAlgorithms"], public
    with refused("InvalidKeyUsageException"):
        kms.encrypt(KeyId=key, Plaintext=b"secret")
    with refused("ValidationException", "Digest is invalid length for algorithm RSASSA_PKCS1_V1_5_SHA_512."):
        kms.sign(Message=b"short", MessageType="DIGEST", **how)


@scenario
def a_disabled_key_does_nothing_and_a_deleted_one_waits(_):
    key = made()
    blob = kms.encrypt(KeyId=key, Plaintext=b"secret")["CiphertextBlob"]
    kms.disable_key(KeyId=key)
    with refused("DisabledException", f"{key_arn(key)} is disabled."):
        kms.decrypt(CiphertextBlob=blob)
    kms.enable_key(KeyId=key)
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"secret"
    with refused("ValidationException"):
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=3)
    waiting = kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert waiting["KeyState"] == "PendingDeletion" and waiting["PendingWindowInDays"] == 7, waiting
    with refused("KMSInvalidStateException", f"{key_arn(key)} is pending deletion."):
        kms.encrypt(KeyId=key, Plaintext=b"secret")
    assert kms.cancel_key_deletion(KeyId=key)["KeyId"] == key_arn(key)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Disabled"


@scenario
def a_rotated_key_opens_what_it_encrypted_before(_):
    key = made()
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    status = kms.get_key_rotation_status(KeyId=key)
    assert status["KeyRotationEnabled"] is True and status["RotationPeriodInDays"] == 90, status
    before = kms.generate_data_key(KeyId=key, KeySpec="AES_256")
    kms.rotate_key_on_demand(KeyId=key)
    after = kms.generate_data_key(KeyId=key, KeySpec="AES_256")
    assert before["KeyMaterialId"] != after["KeyMaterialId"]
    assert kms.decrypt(CiphertextBlob=before["CiphertextBlob"])["Plaintext"] == before["Plaintext"]
    pages = kms.get_paginator("list_key_rotations").paginate(KeyId=key, PaginationConfig={"PageSize": 1})
    rotations = [one for page in pages for one in page["Rotations"]]
    assert [one["RotationType"] for one in rotations] == ["ON_DEMAND"], rotations
    whole = kms.list_key_rotations(KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    assert [one["KeyMaterialState"] for one in whole] == ["NON_CURRENT", "CURRENT"], whole
    kms.disable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    with refused("UnsupportedOperationException"):
        kms.enable_key_rotation(KeyId=pair())


@scenario
def a_key_policy_lets_in_or_lets_the_account_let_in(_):
    key = made()
    assert json.loads(kms.get_key_policy(KeyId=key)["Policy"])["Statement"][0]["Principal"] == {
        "AWS": f"arn:aws:iam::{ACCOUNT}:root"
    }
    assert kms.list_key_policies(KeyId=key)["PolicyNames"] == ["default"]
    by_account = person("kms-by-account", policy(statement("Allow", "kms:Encrypt", key_arn(key))))
    by_policy = person("kms-by-policy")
    assert by_account.kms.encrypt(KeyId=key, Plaintext=b"secret")
    told = f"User: {user_arn('kms-by-policy')} is not authorized to perform: kms:Encrypt on resource: {key_arn(key)}"
    with refused("AccessDeniedException", f"{told} because no identity-based policy allows the kms:Encrypt action"):
        by_policy.kms.encrypt(KeyId=key, Plaintext=b"secret")
    root = lets_in(f"arn:aws:iam::{ACCOUNT}:root", ["kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:DescribeKey"])
    bound = {"StringEquals": {"kms:EncryptionContext:repository": "web"}}
    text = key_policy(root, lets_in(user_arn("kms-by-policy"), "kms:Encrypt", Condition=bound))
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=text)
    assert by_policy.kms.encrypt(KeyId=key, Plaintext=b"secret", EncryptionContext={"repository": "web"})
    with refused("AccessDeniedException"):
        by_policy.kms.encrypt(KeyId=key, Plaintext=b"secret")
    with refused("AccessDeniedException") as error:
        by_account.kms.encrypt(KeyId=key, Plaintext=b"secret")
    end = "because no resource-based policy allows the kms:Encrypt action"
    assert error["Error"]["Message"].endswith(end), error
    with refused("AccessDeniedException"):
        kms.encrypt(KeyId=key, Plaintext=b"not even the root user")
    with refused("MalformedPolicyDocumentException"):
        kms.put_key_policy(KeyId=key, Policy=key_policy(lets_in(user_arn("kms-by-policy"), "kms:*")))


@scenario
def a_grant_works_at_once_and_ends_at_once(_):
    key = made()
    grantee, retiree = person("kms-grantee"), person("kms-retiree")
    granted = kms.create_grant(
        KeyId=key,
        GranteePrincipal=user_arn("kms-grantee"),
        RetiringPrincipal=user_arn("kms-retiree"),
        Operations=["GenerateDataKey", "Decrypt"],
        Constraints={"EncryptionContextSubset": {"repository": "web"}},
        Name="images",
    )
    context = {"repository": "web", "layer": "a"}
    ask = lambda **more: grantee.kms.generate_data_key(KeyId=key, KeySpec="AES_256", **more)
    data_key = ask(EncryptionContext=context, GrantTokens=[granted["GrantToken"]])
    opened = grantee.kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"], EncryptionContext=context)
    assert opened["Plaintext"] == data_key["Plaintext"]
    with refused("AccessDeniedException"):
        ask(EncryptionContext={"repository": "api"})
    with refused("AccessDeniedException"):
        grantee.kms.encrypt(KeyId=key, Plaintext=b"secret")
    with refused("InvalidGrantTokenException"):
        ask(EncryptionContext=context, GrantTokens=["not-a-token"])
    again = kms.create_grant(
        KeyId=key,
        GranteePrincipal=user_arn("kms-grantee"),
        RetiringPrincipal=user_arn("kms-retiree"),
        Operations=["Decrypt", "GenerateDataKey"],
        Constraints={"EncryptionContextSubset": {"repository": "web"}},
        Name="images",
    )
    assert again["GrantId"] == granted["GrantId"]
    listed = kms.list_grants(KeyId=key)["Grants"]
    assert [one["GrantId"] for one in listed] == [granted["GrantId"]], listed
    assert listed[0]["GranteePrincipal"] == user_arn("kms-grantee"), listed
    assert sorted(listed[0]["Operations"]) == ["Decrypt", "GenerateDataKey"], listed
    mine = kms.list_retirable_grants(RetiringPrincipal=user_arn("kms-retiree"))["Grants"]
    assert [one["GrantId"] for one in mine] == [granted["GrantId"]], mine
    with refused("AccessDeniedException"):
        grantee.kms.retire_grant(GrantToken=granted["GrantToken"])
    retiree.kms.retire_grant(GrantToken=granted["GrantToken"])
    with refused("AccessDeniedException"):
        ask(EncryptionContext=context)
    other = kms.create_grant(KeyId=key, GranteePrincipal=user_arn("kms-grantee"), Operations=["Encrypt"])
    assert grantee.kms.encrypt(KeyId=key, Plaintext=b"secret")
    kms.revoke_grant(KeyId=key, GrantId=other["GrantId"])
    with refused("AccessDeniedException"):
        grantee.kms.encrypt(KeyId=key, Plaintext=b"secret")


@scenario
def grants_are_listed_page_by_page_and_services_may_hold_them(_):
    key = made()
    service = f"ecr.{REGION}.amazonaws.com"
    for repository in ("a", "b", "c"):
        kms.create_grant(
            KeyId=key,
            GranteePrincipal=service,
            RetiringPrincipal=service,
            Operations=["Decrypt", "GenerateDataKey"],
            Constraints={"EncryptionContextSubset": {"aws:ecr:arn": repository}},
        )
    pages = kms.get_paginator("list_grants").paginate(KeyId=key, PaginationConfig={"PageSize": 2})
    listed = [one for page in pages for one in page["Grants"]]
    assert len(listed) == 3 and {one["GranteePrincipal"] for one in listed} == {service}, listed
    contexts = {one["Constraints"]["EncryptionContextSubset"]["aws:ecr:arn"] for one in listed}
    assert contexts == {"a", "b", "c"}, listed
    pages = kms.get_paginator("list_retirable_grants").paginate(
        RetiringPrincipal=service, PaginationConfig={"PageSize": 1}
    )
    ours = [one for page in pages for one in page["Grants"] if one["KeyId"] == key_arn(key)]
    assert len(ours) == 3, ours


@scenario
def operations_that_are_not_there_say_so(_):
    with refused("UnknownOperationException"):
        kms.generate_mac(KeyId=ABSENT, Message=b"x", MacAlgorithm="HMAC_SHA_256")
    with refused("UnknownOperationException"):
        kms.describe_custom_key_stores()


run()
