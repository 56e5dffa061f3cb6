"""What the scenarios about rights share: people with keys of their own, roles they play, and what they may do."""

import json

from botocore.exceptions import ClientError
from scenario import ACCOUNT, client

VERSION = "2012-10-17"


def statement(effect, action, resource="*", **more):
    return {"Effect": effect, "Action": action, "Resource": resource} | more


def policy(*statements):
    """The text of an identity policy."""
    return json.dumps({"Version": VERSION, "Statement": list(statements)})


def trust(principal, action="sts:AssumeRole", **more):
    """The text of a role's trust policy."""
    said = {"Effect": "Allow", "Principal": principal, "Action": action} | more
    return json.dumps({"Version": VERSION, "Statement": [said]})


def resource_policy(*statements):
    """The text of a repository policy: its statements say no resource."""
    return json.dumps({"Version": VERSION, "Statement": [{**one} for one in statements]})


class Person:
    """A caller with credentials: a client of each service."""

    def __init__(self, key, secret, token=None):
        self.credentials = {"aws_access_key_id": key, "aws_secret_access_key": secret, "aws_session_token": token}
        self.ecr = client("ecr", **self.credentials)
        self.sts = client("sts", **self.credentials)
        self.iam = client("iam", **self.credentials)

    @classmethod
    def of(cls, credentials):
        """A caller with the temporary credentials that STS answered."""
        return cls(credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])

    def may(self, call, **inputs):
        """Is the call let past the guard? Whether it then makes sense does not matter."""
        try:
            getattr(self.ecr, call)(**inputs)
        except ClientError as error:
            return error.response["Error"]["Code"] != "AccessDeniedException"
        return True


class Account:
    """The account of the root user, and the people in it."""

    def __init__(self):
        self.iam = client("iam")
        self.sts = client("sts")

    def user(self, name, *policies):
        """A new user with inline policies and an access key."""
        self.iam.create_user(UserName=name)
        for number, text in enumerate(policies):
            self.iam.put_user_policy(UserName=name, PolicyName=f"inline-{number}", PolicyDocument=text)
        key = self.iam.create_access_key(UserName=name)["AccessKey"]
        return Person(key["AccessKeyId"], key["SecretAccessKey"])

    def role(self, name, trusted, *policies, **more):
        """A new role with inline policies; gives its ARN."""
        made = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusted, **more)["Role"]
        for number, text in enumerate(policies):
            self.iam.put_role_policy(RoleName=name, PolicyName=f"inline-{number}", PolicyDocument=text)
        return made["Arn"]


def user_arn(name, account=ACCOUNT):
    return f"arn:aws:iam::{account}:user/{name}"
