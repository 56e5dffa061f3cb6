use serde_json::{Value, json};

use crate::client::RegistryHost;

/// An image in a repository, as a caller names it on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ImageName {
    /// The account, if a registry's host names one.
    account: Option<String>,
    /// The repository as it was written, with its host.
    place: String,
    repository: String,
    tag: Option<String>,
    digest: Option<String>,
}

impl ImageName {
    /// Reads two words, the repository and a tag or a digest, or one word as clients pull by:
    /// `[HOST/]REPOSITORY[:TAG][@DIGEST]`.
    pub(super) fn read(repository: &str, image: Option<&str>) -> Result<Self, String> {
        match image {
            Some(image) => Self::of_two_words(repository, image),
            None => Self::of_one_word(repository),
        }
    }

    /// The members that name a repository alone, in one word: `[HOST/]REPOSITORY`.
    pub(super) fn repository_of(word: &str) -> Result<Value, String> {
        if word.contains('@') {
            return Err(format!("name a repository, not an image of it: {word}"));
        }
        let named = Self::of_any(word);
        if named.tag.is_some() {
            return Err(format!("name a repository, not an image of it: {word}"));
        }
        Ok(named.input_of_repository())
    }

    fn of_two_words(repository: &str, image: &str) -> Result<Self, String> {
        if repository.contains([':', '@']) {
            return Err(format!("both {repository} and {image} name an image: leave one out"));
        }
        let (word, is_digest) = (Some(image.to_owned()), image.contains(':'));
        let (tag, digest) = if is_digest { (None, word) } else { (word, None) };
        let place = repository.to_owned();
        Ok(Self { account: None, place, repository: repository.to_owned(), tag, digest })
    }

    /// Reads one word that names a tag, or a repository with all of its tags:
    /// `[HOST/]REPOSITORY[:TAG]`.
    pub(super) fn read_tags(word: &str) -> Result<Self, String> {
        let named = Self::of_any(word);
        match &named.digest {
            None => Ok(named),
            Some(digest) => Err(format!("leave @{digest} out: only tags have a history")),
        }
    }

    fn of_one_word(word: &str) -> Result<Self, String> {
        let named = Self::of_any(word);
        if named.tag.is_none() && named.digest.is_none() {
            return Err(format!("name an image of {word}: {word}:TAG or {word}@DIGEST"));
        }
        Ok(named)
    }

    /// Reads one word, whatever it names: `[HOST/]REPOSITORY[:TAG][@DIGEST]`.
    pub(super) fn of_any(word: &str) -> Self {
        let host = RegistryHost::of_image(word);
        let account = host.as_ref().and_then(RegistryHost::named);
        let account = account.map(|named| named.account.to_string());
        let path = match (host, word.split_once('/')) {
            (Some(_), Some((_, path))) => path,
            _ => word,
        };
        let (path, digest) = cut(path, '@');
        let (repository, tag) = cut(path, ':');
        let host_ends = word.find(path).unwrap_or_default();
        let place = word[..host_ends + repository.len()].to_owned();
        Self { account, place, repository: repository.to_owned(), tag, digest }
    }

    /// The same, if its digest is whole, or it has none: nothing is found by a part of one.
    pub(super) fn whole(self) -> Result<Self, String> {
        let (Self { place, repository, .. }, digest) = (&self, self.digest.as_deref());
        match digest.filter(|digest| !is_whole_digest(digest)) {
            None => Ok(self),
            Some(part) => Err(format!(
                "give the whole digest instead of {part}: `aws ecr list-images --repository-name {repository}` prints those of the images that are there, `longshore restore-image --list {place}` those of deleted ones"
            )),
        }
    }

    /// The repository as it was written, which other commands take too.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The digest, if the word names one.
    pub(super) fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// The repository.
    pub(super) fn repository(&self) -> &str {
        &self.repository
    }

    /// The tag, if the word names one.
    pub(super) fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The members that name the repository alone.
    pub(super) fn input_of_repository(&self) -> Value {
        let mut input = json!({ "RepositoryName": self.repository });
        if let Some(account) = &self.account {
            input["RegistryId"] = json!(account);
        }
        input
    }

    /// The members that name a tag, or all tags of the repository, in a request.
    pub(super) fn input_of_tags(&self) -> Value {
        let mut input = self.input_of_repository();
        if let Some(tag) = &self.tag {
            input["ImageTag"] = json!(tag);
        }
        input
    }

    /// The members that name the image in a request.
    pub(super) fn input(&self) -> Value {
        let mut input = self.input_of_repository();
        input["ImageId"] = json!({});
        for (member, word) in [("ImageTag", &self.tag), ("ImageDigest", &self.digest)] {
            if let Some(word) = word {
                input["ImageId"][member] = json!(word);
            }
        }
        input
    }
}

/// Whether a digest has all of its digits. Of other algorithms, the server knows how many.
pub(super) fn is_whole_digest(digest: &str) -> bool {
    let digits = match digest.split_once(':') {
        Some(("sha256", digits)) => (digits, 64),
        Some(("sha512", digits)) => (digits, 128),
        _ => return true,
    };
    digits.0.len() == digits.1
}

fn cut(text: &str, at: char) -> (&str, Option<String>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after.to_owned())),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_named_in_one_word_or_two() {
        let web = |id: Value| json!({ "RepositoryName": "team/web", "ImageId": id });
        let of_account = |id| {
            let mut input = web(id);
            input["RegistryId"] = json!("111122223333");
            input
        };
        let (tag, digest) = (json!({ "ImageTag": "v1" }), json!({ "ImageDigest": "sha256:ab" }));
        let both = json!({ "ImageTag": "v1", "ImageDigest": "sha256:ab" });
        #[rustfmt::skip]
        let cases = [
            // words                                         request        because
            ("team/web", Some("v1"),                                     web(tag.clone()),    "two words, a tag"),
            ("team/web", Some("sha256:ab"),                              web(digest.clone()), "two words, a digest"),
            ("team/web:v1", None,                                        web(tag.clone()),    "as docker has it"),
            ("team/web@sha256:ab", None,                                 web(digest),         "by digest"),
            ("team/web:v1@sha256:ab", None,                              web(both),           "both, which must agree"),
            ("localhost:5050/team/web:v1", None,                         web(tag.clone()),    "a host in front"),
            ("111122223333.dkr.ecr.eu-west-1.example.com/team/web:v1", None, of_account(tag), "a host that names an account"),
        ];
        for (repository, image, request, because) in cases {
            let read = ImageName::read(repository, image).unwrap();
            assert_eq!(read.input(), request, "{because}");
        }
    }

    #[test]
    fn a_tag_or_all_tags_are_named_in_one_word() {
        #[rustfmt::skip]
        let cases = [
            // word                         request            because
            ("team/web:v1",                 json!({ "RepositoryName": "team/web", "ImageTag": "v1" }), "one tag"),
            ("team/web",                    json!({ "RepositoryName": "team/web" }),                   "all tags"),
            ("localhost:5050/team/web:v1",  json!({ "RepositoryName": "team/web", "ImageTag": "v1" }), "a host in front"),
            ("111122223333.dkr.ecr.eu-west-1.example.com/web",
                json!({ "RepositoryName": "web", "RegistryId": "111122223333" }),                      "an account"),
        ];
        for (word, request, because) in cases {
            assert_eq!(ImageName::read_tags(word).unwrap().input_of_tags(), request, "{because}");
        }
        let told = ImageName::read_tags("web@sha256:ab").unwrap_err();
        assert_eq!(told, "leave @sha256:ab out: only tags have a history");
    }

    #[test]
    fn a_repository_is_named_alone() {
        let named = |word| ImageName::repository_of(word);
        assert_eq!(named("team/web"), Ok(json!({ "RepositoryName": "team/web" })));
        assert_eq!(named("localhost:5050/web"), Ok(json!({ "RepositoryName": "web" })));
        let of_account = named("111122223333.dkr.ecr.eu-west-1.example.com/web");
        let wanted = json!({ "RepositoryName": "web", "RegistryId": "111122223333" });
        assert_eq!(of_account, Ok(wanted));
        assert!(named("web:v1").is_err());
        assert!(named("web@sha256:ab").is_err());
    }

    #[test]
    fn a_digest_is_whole_or_the_caller_is_told_where_whole_ones_are() {
        let whole = |word: &str| ImageName::read(word, None).and_then(ImageName::whole);
        let digest = format!("sha256:{}", "a".repeat(64));
        for word in ["web:v1", &format!("web@{digest}"), "web@other:ab"] {
            assert!(whole(word).is_ok(), "{word}");
        }
        let told = whole("localhost:5050/team/web@sha256:9f86d081884c").unwrap_err();
        assert_eq!(
            told,
            "give the whole digest instead of sha256:9f86d081884c: `aws ecr list-images \
             --repository-name team/web` prints those of the images that are there, `longshore \
             restore-image --list localhost:5050/team/web` those of deleted ones"
        );
        assert!(whole("web@sha256:9f86…").is_err() && whole("web@sha512:ab").is_err());
    }

    #[test]
    fn a_word_without_an_image_is_refused_with_what_to_write() {
        let told = ImageName::read("team/web", None).unwrap_err();
        assert_eq!(told, "name an image of team/web: team/web:TAG or team/web@DIGEST");
        let told = ImageName::read("web:v1", Some("v2")).unwrap_err();
        assert_eq!(told, "both web:v1 and v2 name an image: leave one out");
    }
}
