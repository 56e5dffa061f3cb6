use std::path::{Path, PathBuf};

use clap::Args;
use names::{AccountId, Region};

use super::profiles::Profiles;
use super::proxy::Proxy;
use super::trust::Trust;
use super::{ClientFailure, Credentials, Endpoint, Environment, Source};

/// The default data folder of a server.
const USUAL_FOLDER: &str = "./longshore-data";

/// The default Region of a server.
const USUAL_REGION: &str = "us-east-1";

/// The server to call, and the credentials to use. Without these flags, AWS's own variables and
/// files decide.
#[derive(Debug, Default, Args)]
pub(crate) struct Reach {
    /// Data folder of a server on this machine: use its root access key, and call the address where
    /// it last listened
    #[arg(long, env = "LONGSHORE_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Account whose root access key to take from that folder [default: 123456789012]
    #[arg(long, env = "LONGSHORE_ACCOUNT", value_name = "ID")]
    pub(crate) account: Option<AccountId>,
    /// Profile in ~/.aws/config and ~/.aws/credentials; overrides the data folder and the variables
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// URL of the server [default: AWS_ENDPOINT_URL, else endpoint_url of the profile]
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// Region to sign for [default: AWS_REGION, else region of the profile, else us-east-1]
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Option<Region>,
}

/// The settings that follow from flags, environment and files.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) source: Option<Source>,
    /// One endpoint serves all services, unless ECR or STS has a separate one.
    pub(super) endpoint: Option<Endpoint>,
    pub(super) ecr_endpoint: Option<Endpoint>,
    pub(super) sts_endpoint: Option<Endpoint>,
    pub(super) region: Option<Region>,
    pub(super) trust: Trust,
    pub(super) proxy: Proxy,
}

impl Reach {
    /// Uses the profile in the flags, else the data folder in the flags, else the environment.
    pub(crate) fn settle(&self, environment: &Environment) -> Result<Settings, ClientFailure> {
        match &self.data {
            Some(data) if self.profile.is_none() => self.of_folder(environment, data),
            _ => self.of_aws(environment),
        }
    }

    /// The same. If nothing names a server or credentials, it uses the default data folder in the
    /// current folder.
    pub(crate) fn settle_or_here(
        &self,
        environment: &Environment,
    ) -> Result<Settings, ClientFailure> {
        let settings = self.settle(environment)?;
        let here = Path::new(USUAL_FOLDER);
        let is_silent = settings.source.is_none() || settings.ecr().is_none();
        if is_silent && here.exists() { self.of_folder(environment, here) } else { Ok(settings) }
    }

    fn of_folder(&self, environment: &Environment, data: &Path) -> Result<Settings, ClientFailure> {
        let usual = || AccountId::parse("123456789012").expect("twelve digits");
        let account = self.account.clone().unwrap_or_else(usual);
        let key = server::read_root_key(data, &account).map_err(ClientFailure::Settings)?;
        let place = format!("the root access key in {}", data.display());
        let credentials =
            Credentials::read(&place, &key.access_key_id, &key.secret_access_key, None)?;
        let endpoint = self.endpoint_url.as_deref().unwrap_or(&key.endpoint_url);
        let region = match &self.region {
            Some(region) => region.clone(),
            None => read_region(&key.region)?,
        };
        // An older server wrote its certificate only into the file with its key.
        let files = [server::SELF_MADE_CERTIFICATE, server::SELF_MADE];
        let besides = files.map(|name| data.join(name)).into_iter().find(|file| file.exists());
        Ok(Settings {
            source: Some(Source::Key(credentials)),
            endpoint: Some(Endpoint::parse(endpoint)?),
            region: Some(region),
            trust: Trust { bundle: None, besides },
            proxy: Proxy::of(environment)?,
            ..Settings::default()
        })
    }

    fn of_aws(&self, environment: &Environment) -> Result<Settings, ClientFailure> {
        let profiles = Profiles::read(environment)?;
        let source = match &self.profile {
            Some(name) => Some(Source::of_profile(environment, &profiles, name)?),
            None => Source::find(environment, &profiles)?,
        };
        let name = self.profile.as_deref().or_else(|| environment.find("AWS_PROFILE"));
        let profile = profiles.find(name.unwrap_or("default"));
        let of_profile = |key: &str| profile?.get(key).map(String::as_str);
        let flag = self.endpoint_url.as_deref();
        let endpoint = |variable: &str| {
            let text = flag.or_else(|| environment.find(variable));
            text.map(Endpoint::parse).transpose()
        };
        let region = ["AWS_REGION", "AWS_DEFAULT_REGION"];
        let region = region.iter().find_map(|name| environment.find(name));
        let region = region.or_else(|| of_profile("region")).map(read_region).transpose()?;
        let bundle = environment.find("AWS_CA_BUNDLE").or_else(|| of_profile("ca_bundle"));
        let general = endpoint("AWS_ENDPOINT_URL")?;
        let general = match (general, of_profile("endpoint_url")) {
            (None, Some(url)) => Some(Endpoint::parse(url)?),
            (general, _) => general,
        };
        Ok(Settings {
            source,
            endpoint: general,
            ecr_endpoint: endpoint("AWS_ENDPOINT_URL_ECR")?,
            sts_endpoint: endpoint("AWS_ENDPOINT_URL_STS")?,
            region: self.region.clone().or(region),
            trust: Trust { bundle: bundle.map(PathBuf::from), besides: None },
            proxy: Proxy::of(environment)?,
        })
    }
}

impl Settings {
    /// The endpoint of ECR, if it is configured.
    pub(crate) fn ecr(&self) -> Option<&Endpoint> {
        self.ecr_endpoint.as_ref().or(self.endpoint.as_ref())
    }

    /// The endpoint of STS: ECR's, unless it is configured.
    pub(crate) fn sts<'a>(&'a self, ecr: &'a Endpoint) -> &'a Endpoint {
        self.sts_endpoint.as_ref().or(self.endpoint.as_ref()).unwrap_or(ecr)
    }

    /// The Region to sign for, unless something more specific says it.
    pub(crate) fn region(&self) -> Region {
        let usual = || Region::parse(USUAL_REGION).expect("a Region's name");
        self.region.clone().unwrap_or_else(usual)
    }

    /// The endpoint of every service other than ECR and STS.
    pub(crate) fn require_endpoint(&self) -> Result<&Endpoint, ClientFailure> {
        self.endpoint.as_ref().or(self.ecr_endpoint.as_ref()).ok_or(ClientFailure::NoEndpoint)
    }

    /// The source of credentials.
    pub(crate) fn require_source(&self) -> Result<&Source, ClientFailure> {
        self.source.as_ref().ok_or(ClientFailure::NoCredentials)
    }
}

fn read_region(text: &str) -> Result<Region, ClientFailure> {
    Region::parse(text)
        .map_err(|malformed| ClientFailure::Settings(format!("the Region {text:?} is {malformed}")))
}
