//! Clients that find this server.

use serde_json::{Value, json};

use super::{REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Running, Server};
use crate::client::call;
use crate::{AccessKey, Client, Invocation, longshore, python};

impl Server {
    /// A run of the AWS CLI as the root user.
    pub fn aws<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        self.signed(Invocation::new(python("aws"), &self.folder().join("home")).args(args))
    }

    /// A run of one of the binary's other commands, on this server's data.
    pub fn longshore<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Invocation {
        let run = Invocation::new(longshore(), &self.folder().join("home"))
            .args(args)
            .env("LONGSHORE_DATA", self.data());
        match &self.running {
            Running::One(_) => run,
            Running::Many(cluster) => {
                let variables = cluster.variables();
                variables.iter().fold(run, |run, (name, value)| run.env(name, value))
            }
        }
    }

    /// Gives a command the environment in which an AWS client finds this server and its root key.
    pub fn signed(&self, invocation: Invocation) -> Invocation {
        invocation
            .env("AWS_ENDPOINT_URL", self.url())
            .env("AWS_REGION", REGION)
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_PAGER", "")
    }

    /// Calls an operation of the AWS API as the root user, and requires success.
    pub fn call(&self, operation: &str, input: &Value) -> Value {
        let answer = call(&self.registry(), &AccessKey::root(), operation, input);
        assert_eq!(answer.status, 200, "{operation} {input}: {}", answer.text());
        answer.json()
    }

    /// Creates a repository and gives the name to push to, as the service itself prints it.
    pub fn create_repository(&self, name: &str) -> String {
        let answer = self.call("CreateRepository", &json!({ "repositoryName": name }));
        answer["repository"]["repositoryUri"].as_str().expect("a repository has a URI").to_owned()
    }

    /// The password of the user `AWS`.
    pub fn password(&self) -> &str {
        self.password.get_or_init(|| self.longshore(["login", "--print"]).succeeds())
    }

    /// A logged-in client.
    pub fn client(&self) -> Client {
        Client::logged_in(&self.address, self.password())
    }

    /// An unauthenticated client.
    pub fn stranger(&self) -> Client {
        Client::stranger(&self.address)
    }
}
