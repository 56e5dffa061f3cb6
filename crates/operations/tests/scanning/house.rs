//! A registry with repositories, images that have packages, and advisories.

use std::fmt::Write as _;
use std::time::Duration;

use blobs::testing::{Call, Fault};
use bytes::Bytes;
use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, RepositoryArn, ScanStatus};
use operations::{
    AdvisoryFormat, Chunk, DescribedScan, Failure, IfSame, ImportedAdvisories, PutImage,
    RepositorySettings, SeverityCounts,
};

use crate::fixture::{Wanted, World, body, manifest, pusher, repository};

pub(crate) const DAY: Duration = Duration::from_hours(24);

/// A registry.
pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) web: RepositoryArn,
    pushed: u64,
}

/// What Debian says of itself.
pub(crate) const DEBIAN: &str = "ID=debian\nVERSION_ID=\"12\"\n";

impl House {
    /// With the repository `web`, whose images are scanned when they are pushed.
    pub(crate) async fn new(engine: Engine) -> Self {
        let (world, web) = (World::new(engine), repository("web"));
        let house = Self { world, web: web.clone(), pushed: 0 };
        house.create(&web, true).await;
        house
    }

    pub(crate) async fn create(&self, arn: &RepositoryArn, scan_on_push: bool) {
        let settings = RepositorySettings { scan_on_push, ..RepositorySettings::default() };
        self.world.operations().create_repository(arn, settings).await.unwrap();
    }

    /// Pushes an image of these layers, the lowest first.
    pub(crate) async fn push(&mut self, tag: &str, layers: &[Vec<u8>]) -> Digest {
        let home = self.web.clone();
        self.push_to(&home, tag, layers).await
    }

    pub(crate) async fn push_to(
        &mut self,
        home: &RepositoryArn,
        tag: &str,
        layers: &[Vec<u8>],
    ) -> Digest {
        self.pushed += 1;
        let config = self.push_layer(home, format!("{{\"{}\":0}}", self.pushed).as_bytes()).await;
        let mut pushed = Vec::new();
        for layer in layers {
            pushed.push(self.push_layer(home, layer).await);
        }
        let wanted =
            Wanted { layers: pushed, config: Some(config), salt: self.pushed, ..Wanted::default() };
        let manifest = manifest(&wanted);
        let (digest, tags) = (manifest.digest.clone(), vec![ImageTag::parse(tag).unwrap()]);
        let put = PutImage { manifest, tags, if_same: IfSame::Refuse };
        self.world.operations().put_image(home, put, &pusher()).await.unwrap();
        digest
    }

    pub(crate) async fn push_layer(&self, home: &RepositoryArn, content: &[u8]) -> (Digest, u64) {
        let digest = Digest::sha256(content);
        let length = content.len() as u64;
        let body = body(content);
        let chunk = Chunk { first_byte: None, length: Some(length), expected: None, body };
        self.world.operations().upload_layer(home, &digest, chunk).await.unwrap();
        (digest, length)
    }

    /// Imports records of OSV.
    pub(crate) async fn import(&self, records: &[String]) -> ImportedAdvisories {
        self.import_as(AdvisoryFormat::Osv, &records.join("\n")).await
    }

    pub(crate) async fn import_as(
        &self,
        format: AdvisoryFormat,
        documents: &str,
    ) -> ImportedAdvisories {
        let documents = Bytes::copy_from_slice(documents.as_bytes());
        self.world.operations().import_advisories(format, documents).await.unwrap()
    }

    /// Lets jobs run for a while, also those that wait to be tried again.
    pub(crate) async fn run(&self) {
        while self.world.run_due().await > 0 {}
    }

    pub(crate) async fn describe(&self, tag: &str) -> Result<DescribedScan, Failure> {
        let verb = self.world.operations();
        verb.describe_image_scan_findings(&self.web, id(tag), None, 1000).await
    }

    pub(crate) async fn status(&self, tag: &str) -> (ScanStatus, String) {
        let scan = self.describe(tag).await.unwrap();
        (scan.status, scan.description)
    }

    /// Findings in short: severity, vulnerability, package, version, and the fixed one.
    pub(crate) async fn findings(&self, tag: &str) -> Vec<String> {
        let scan = self.describe(tag).await.unwrap();
        let told = |finding: &operations::DescribedFinding| {
            let place = &finding.place;
            let fixed = finding.fixed_in.as_ref().map_or("none", |version| version.as_str());
            format!(
                "{} {} {} {} {fixed}",
                place.severity.0.as_str(),
                place.vulnerability,
                place.package,
                place.version
            )
        };
        scan.findings.iter().map(told).collect()
    }

    /// The counts as DescribeImages shows them.
    pub(crate) async fn counts(&self, tag: &str) -> Option<SeverityCounts> {
        let described = self.world.operations().describe_images(&self.web, vec![id(tag)]).await;
        let scan = described.unwrap().remove(0).scan;
        scan.and_then(|(scan, _)| operations::severity_counts(&scan))
    }

    /// Makes the next so many openings of objects fail.
    pub(crate) fn forbid_reading(&self) {
        for _ in 0..FORBIDDEN {
            self.world.faults().arm(Call::Open, 1, Fault::Broken);
        }
    }

    /// Whether no object was opened since.
    pub(crate) fn nothing_was_read(&self) -> bool {
        let is_so = self.world.faults().pending() == FORBIDDEN;
        self.world.faults().disarm();
        is_so
    }
}

const FORBIDDEN: usize = 3;

pub(crate) fn id(tag: &str) -> ImageId {
    ImageId::Tag(ImageTag::parse(tag).unwrap())
}

/// A layer with these files.
pub(crate) fn layer(files: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, content) in files {
        let mut header = [0; 512];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, path);
        put(100, "0000644\0");
        put(124, &format!("{:011o}\0", content.len()));
        put(156, "0");
        put(257, "ustar\x0000");
        put(148, "        ");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend_from_slice(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

/// dpkg's list of these packages: name, version and source.
pub(crate) fn dpkg(packages: &[(&str, &str, &str)]) -> String {
    let mut text = String::new();
    for (name, version, source) in packages {
        let _ = writeln!(
            text,
            "Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}"
        );
        if source != name {
            let _ = writeln!(text, "Source: {source}");
        }
        text.push('\n');
    }
    text
}

/// A layer of Debian with openssl in the version that Debian 12 was released with.
pub(crate) fn debian() -> Vec<u8> {
    let packages = dpkg(&[("openssl", "3.0.9-1", "openssl"), ("libssl3", "3.0.9-1", "openssl")]);
    layer(&[("etc/os-release", DEBIAN), ("var/lib/dpkg/status", &packages)])
}

/// An advisory about a package of Debian 12, fixed in a version if there is one.
pub(crate) fn advisory(number: u32, package: &str, fixed: Option<&str>, urgency: &str) -> String {
    of("Debian:12", &format!("DEBIAN-CVE-2024-{number}"), package, fixed, urgency)
}

pub(crate) fn of(
    ecosystem: &str,
    id: &str,
    package: &str,
    fixed: Option<&str>,
    urgency: &str,
) -> String {
    let fixed = fixed.map_or(String::new(), |fixed| format!(r#",{{"fixed":"{fixed}"}}"#));
    format!(
        r#"{{"id":"{id}","modified":"2024-05-01T00:00:00Z","summary":"a flaw in {package}","affected":[{{"package":{{"ecosystem":"{ecosystem}","name":"{package}"}},"ranges":[{{"type":"ECOSYSTEM","events":[{{"introduced":"0"}}{fixed}]}}],"ecosystem_specific":{{"urgency":"{urgency}"}}}}]}}"#
    )
}
