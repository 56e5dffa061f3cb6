use std::path::PathBuf;

use clap::Args;
use http::Uri;
use names::{AccountId, Region};

use super::error::ConfigError;
use super::external_kms::KmsCredentials;
use super::file::File;

/// Where events can go.
#[derive(Debug, Clone, Default, Args)]
pub struct EventTargetFlags {
    /// Places that events can go to, several with commas between them: webhooks
    /// (`hook=https://ci.example.com/events`, and with the body of CloudEvents
    /// `hook=cloudevents+https://…`), files (`log=file:///var/log/events.jsonl`), and services with
    /// the APIs of SQS, SNS and EventBridge (`queue=sqs+https://HOST/ACCOUNT/QUEUE`,
    /// `topic=sns+https://HOST/TOPIC-ARN`, `bus=events+https://HOST/BUS`, each with `?region=NAME`
    /// if it is not that of the event). ACCOUNT/NAME=URL is for one account
    #[arg(long, env = "LONGSHORE_EVENT_TARGET", value_delimiter = ',', value_name = "NAME=URL,…")]
    pub event_target: Option<Vec<String>>,
    /// Those of the --event-target that get every event, or every one of their account
    #[arg(long, env = "LONGSHORE_ALL_EVENTS_TO", value_delimiter = ',', value_name = "NAME,…")]
    pub all_events_to: Option<Vec<String>>,
    /// File with the secrets that webhooks are signed with as Standard Webhooks has it: lines of
    /// NAME=SECRET
    #[arg(long, env = "LONGSHORE_EVENT_SECRETS", value_name = "FILE")]
    pub event_secrets: Option<PathBuf>,
    /// File with the credentials for services among --event-target, in the format of
    /// ~/.aws/credentials, profile `default`. It is read before each call
    #[arg(long, env = "LONGSHORE_EVENT_CREDENTIALS", value_name = "FILE")]
    pub event_credentials: Option<PathBuf>,
    /// PEM file of certificate authorities to trust for --event-target, in addition to those that
    /// this machine trusts
    #[arg(long, env = "LONGSHORE_EVENT_CA", value_name = "FILE")]
    pub event_ca: Option<PathBuf>,
}

/// Where events can go, settled.
#[derive(Debug, Clone, Default)]
pub struct EventTargets {
    /// Each place.
    pub targets: Vec<EventTarget>,
    /// The file of the webhooks' secrets.
    pub secrets: Option<PathBuf>,
    /// What calls of services are signed with.
    pub credentials: KmsCredentials,
    /// Authorities to trust besides the machine's.
    pub authorities: Option<PathBuf>,
}

/// A place that events can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTarget {
    /// Its name.
    pub name: String,
    /// The account, if it is one's.
    pub account: Option<AccountId>,
    /// What is there.
    pub kind: EventTargetKind,
    /// Whether every event goes there.
    pub hears_all: bool,
}

/// What is in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the flag above says what each is")]
pub enum EventTargetKind {
    Webhook(Uri),
    CloudEvents(Uri),
    File(PathBuf),
    Queue { url: Uri, name: String, region: Option<Region> },
    Topic { url: Uri, name: String, region: Option<Region> },
    Bus { url: Uri, name: String, region: Option<Region> },
}

/// The longest name.
const NAME_CHARS_MAX: usize = 64;

impl EventTarget {
    /// Its name, behind its account if it is one's.
    pub fn key(&self) -> String {
        match &self.account {
            Some(account) => format!("{account}/{}", self.name),
            None => self.name.clone(),
        }
    }
}

impl EventTargets {
    pub(super) fn settle(flags: EventTargetFlags, file: &File) -> Result<Self, ConfigError> {
        let EventTargetFlags {
            event_target,
            all_events_to,
            event_secrets,
            event_credentials,
            event_ca,
        } = flags;
        let given = |flag: Option<Vec<String>>, file: &Option<Vec<String>>| {
            let texts = flag.or_else(|| file.clone()).unwrap_or_default();
            // Orchestrators leave an empty variable for one that was not set.
            texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>()
        };
        let texts = given(event_target, &file.event_target);
        let mut targets: Vec<EventTarget> =
            texts.iter().map(|text| target(text)).collect::<Result<_, _>>()?;
        targets.sort_by_key(EventTarget::key);
        if let Some(twice) = targets.windows(2).find(|pair| pair[0].key() == pair[1].key()) {
            return Err(ConfigError::EventTarget { name: twice[0].key(), why: "given twice" });
        }
        for name in given(all_events_to, &file.all_events_to) {
            let Some(target) = targets.iter_mut().find(|target| target.key() == name) else {
                let why = "in all-events-to, but not an --event-target";
                return Err(ConfigError::EventTarget { name, why });
            };
            target.hears_all = true;
        }
        let credentials = event_credentials.or_else(|| file.event_credentials.clone());
        Ok(Self {
            targets,
            secrets: event_secrets.or_else(|| file.event_secrets.clone()),
            credentials: credentials.map_or(KmsCredentials::None, KmsCredentials::File),
            authorities: event_ca.or_else(|| file.event_ca.clone()),
        })
    }
}

/// Reads `NAME=URL` or `ACCOUNT/NAME=URL`. A URL may hold a secret, so errors name the name alone.
fn target(text: &str) -> Result<EventTarget, ConfigError> {
    let (key, url) = text.split_once('=').unwrap_or((text, ""));
    let refuse = |why| ConfigError::EventTarget { name: key.to_owned(), why };
    let (account, name) = match key.split_once('/') {
        Some((account, name)) => {
            let account = AccountId::parse(account);
            (Some(account.map_err(|_| refuse("not of an account: its id has 12 digits"))?), name)
        }
        None => (None, key),
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if name.is_empty() || name.len() > NAME_CHARS_MAX || !name.chars().all(fits) {
        return Err(refuse(
            "not a name: letters, digits, dots, hyphens and underscores, 64 at most",
        ));
    }
    let kind = kind(url).map_err(refuse)?;
    Ok(EventTarget { name: name.to_owned(), account, kind, hears_all: false })
}

fn kind(text: &str) -> Result<EventTargetKind, &'static str> {
    const UNSOUND: &str = "without a URL that begins with https://, http://, file:///, \
        cloudevents+https://, sqs+https://, sns+https:// or events+https://";
    if let Some(path) = text.strip_prefix("file://") {
        let path = PathBuf::from(path);
        let is_whole = path.is_absolute() && path.file_name().is_some();
        return if is_whole {
            Ok(EventTargetKind::File(path))
        } else {
            Err("without a whole path")
        };
    }
    let (api, url) = match text.split_once('+') {
        Some((api @ ("cloudevents" | "sqs" | "sns" | "events"), url)) => (Some(api), url),
        _ => (None, text),
    };
    let url: Uri = url.parse().map_err(|_| UNSOUND)?;
    if !matches!(url.scheme_str(), Some("https" | "http")) {
        return Err(UNSOUND);
    }
    if url.authority().is_none_or(|authority| authority.as_str().contains('@')) {
        return Err("with a user in its URL, which would be written to logs");
    }
    let Some(api) = api else { return Ok(EventTargetKind::Webhook(url)) };
    if api == "cloudevents" {
        return Ok(EventTargetKind::CloudEvents(url));
    }
    let region = url.query().map(|query| query.strip_prefix("region=").unwrap_or_default());
    let region = region.map(Region::parse).transpose().map_err(|_| "without a sound region")?;
    let path = url.path().trim_matches('/').to_owned();
    if path.is_empty() {
        return Err("without a queue, a topic or a bus in its path");
    }
    let origin = format!(
        "{}://{}/",
        url.scheme_str().unwrap_or_default(),
        url.authority().map_or("", |authority| authority.as_str())
    );
    let queue = format!("{origin}{path}");
    let url = origin.parse().map_err(|_| UNSOUND)?;
    Ok(match api {
        "sqs" => EventTargetKind::Queue { url, name: queue, region },
        "sns" => EventTargetKind::Topic { url, name: path, region },
        _ => EventTargetKind::Bus { url, name: path, region },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(targets: &[&str], all: &[&str]) -> Result<EventTargets, String> {
        let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
        let flags = EventTargetFlags {
            event_target: texts(targets),
            all_events_to: texts(all),
            ..EventTargetFlags::default()
        };
        EventTargets::settle(flags, &File::default()).map_err(|refused| refused.to_string())
    }

    #[test]
    fn places_are_read_and_mistakes_are_named_without_their_urls() {
        #[rustfmt::skip]
        let cases = [
            // target                                             says                     because
            ("hook=https://ci.example.com/e?token=hush",          "",                      "a webhook"),
            ("123456789012/hook=http://10.0.0.7:8080/e",          "",                      "an account's, inside"),
            ("hook=cloudevents+https://ci.example.com/",          "",                      "CloudEvents"),
            ("log=file:///var/log/events.jsonl",                  "",                      "a file"),
            ("q=sqs+https://sqs.example.com/123456789012/q",      "",                      "a queue"),
            ("q=sqs+https://h/1/q?region=eu-west-1",              "",                      "elsewhere"),
            ("t=sns+https://h/arn:aws:sns:us-east-1:1:t",         "",                      "a topic"),
            ("b=events+http://h/default",                         "",                      "a bus"),
            ("hook",                                              "without a URL",         "no URL"),
            ("=https://h/",                                       "not a name",            "no name"),
            ("a b=https://h/",                                    "not a name",            "a space"),
            ("12/hook=https://h/",                                "12 digits",             "no account"),
            ("hook=ftp://h/hush",                                 "without a URL",         "another scheme"),
            ("hook=https://kim:hush@h/",                          "with a user",           "a password"),
            ("log=file://var/log",                                "a whole path",          "no path"),
            ("q=sqs+https://h/",                                  "without a queue",       "no queue"),
            ("q=sqs+https://h/1/q?region=",                       "a sound region",        "no region"),
            ("q=sqs+https://h/1/q?zone=a",                        "a sound region",        "another parameter"),
        ];
        for (target, says, because) in cases {
            match settle(&[target], &[]) {
                Ok(_) => assert_eq!(says, "", "{because}"),
                Err(told) => {
                    assert!(!says.is_empty() && told.contains(says), "{because}: {told}");
                    assert!(!told.contains("hush"), "{because}: {told}");
                }
            }
        }
    }

    #[test]
    fn those_that_get_everything_are_among_them() {
        let hook = "hook=https://h/";
        let settled = settle(&[hook, "123456789012/hook=https://h/"], &["hook"]).unwrap();
        let hear_all: Vec<(String, bool)> =
            settled.targets.iter().map(|target| (target.key(), target.hears_all)).collect();
        let text = |text: &str| text.to_owned();
        assert_eq!(hear_all, [(text("123456789012/hook"), false), (text("hook"), true)]);
        assert!(settle(&[hook], &["other"]).unwrap_err().contains("not an --event-target"));
        assert!(settle(&[hook, hook], &[]).unwrap_err().contains("given twice"));
    }
}
