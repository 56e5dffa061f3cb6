//! A server with AWS's names: TLS by a private CA, and names that lead to it.

use std::fs;
use std::path::{Path, PathBuf};

use black_box::{Invocation, Process, REGION, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, longshore};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::TempDir;

use crate::proxy::Proxy;

/// The registry of the first account, as ECR's own helper must find it spelled.
pub(crate) const REGISTRY: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
/// Where the AWS SDKs look for ECR if nothing is configured.
pub(crate) const API: &str = "api.ecr.us-east-1.amazonaws.com";
/// Where they look for STS.
const STS: &str = "sts.us-east-1.amazonaws.com";

/// The server, its CA, and the proxy behind which the names lead to it.
pub(crate) struct Named {
    process: Process,
    pub(crate) proxy: Proxy,
    folder: TempDir,
}

impl Named {
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        make_certificates(folder.path());
        let mut command = Process::serve(&folder.path().join("data"));
        command
            .args(["--domain", "amazonaws.com"])
            .args(["--tls-certificate", "chain.pem", "--tls-key", "key.pem"])
            .env("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .current_dir(folder.path());
        let mut process = Process::start(command, folder.path());
        let url = process.await_url();
        let address = url.strip_prefix("https://").expect("it speaks TLS");
        let proxy = Proxy::start(".amazonaws.com", address);
        Self { process, proxy, folder }
    }

    /// A file of certificates to believe.
    pub(crate) fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A folder for a client's own files.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(&path).expect("a folder can be made beside the data");
        path
    }

    /// Gives a command the names and the CA, and nothing of where the server is.
    pub(crate) fn reached(&self, invocation: Invocation) -> Invocation {
        invocation
            .env("HTTPS_PROXY", self.proxy.url())
            .env("SSL_CERT_FILE", self.ca())
            .env("AWS_EC2_METADATA_DISABLED", "true")
    }

    /// The same, and the root user's key.
    pub(crate) fn signed(&self, invocation: Invocation) -> Invocation {
        self.reached(invocation)
            .env("AWS_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", ROOT_SECRET_KEY)
            .env("AWS_REGION", REGION)
            .env("AWS_DEFAULT_REGION", REGION)
    }

    /// Asks the registry for `/v2/` with a password; returns the status.
    pub(crate) fn status_of(&self, password: &str) -> String {
        let user = format!("AWS:{password}");
        self.reached(Invocation::new("curl", &self.scratch("curl")))
            .args(["--silent", "--show-error", "--user", &user, "--output", "/dev/null"])
            .args(["--cacert", &self.ca().display().to_string()])
            .args(["--write-out", "%{http_code}", &format!("https://{REGISTRY}/v2/")])
            .succeeds()
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        self.process.terminate();
        self.process.await_end(std::time::Duration::from_secs(10));
        if !std::thread::panicking() {
            let data = self.folder.path().join("data");
            Invocation::new(longshore(), self.folder.path())
                .args(["fsck", "--data", &data.display().to_string()])
                .succeeds();
        }
    }
}

/// Makes a CA, which is believed, and a certificate for AWS's names, which is served.
fn make_certificates(folder: &Path) {
    let mut ca = CertificateParams::new([]).expect("no name is no wrong name");
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name.push(DnType::CommonName, "a CA of one's own");
    let key = || KeyPair::generate().expect("a key can be made");
    let ca = CertifiedIssuer::self_signed(ca, key()).expect("a CA can be made");
    let names = ["*.dkr.ecr.us-east-1.amazonaws.com", API, "iam.amazonaws.com", STS];
    let names = names.map(str::to_owned);
    let own = key();
    let leaf = CertificateParams::new(names).expect("these are names");
    let leaf = leaf.signed_by(&own, &ca).expect("the CA can sign");
    let write = |name, pem: String| fs::write(folder.join(name), pem).expect("it is writable");
    write("ca.pem", ca.pem());
    write("chain.pem", leaf.pem());
    write("key.pem", own.serialize_pem());
}
