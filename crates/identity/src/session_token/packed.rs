//! Compresses the long parts of a session: its policies and its tags.

use std::sync::LazyLock;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use names::{PolicyArn, Session};

use crate::words::{push_optional, push_words, take_optional, take_words};

/// The limit of the unpacked size: the longest policy, ten ARNs and fifty tags of AWS's limits, in
/// UTF-8.
const UNPACKED_SIZE_BYTES_MAX: usize = 128 * 1024;

/// Text that most policies contain. Both sides begin with it, so that it costs nothing in the
/// token. A change to it makes every token unreadable that is out there.
const EXPECTED: &[u8] = b"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser\
arn:aws:iam::123456789012:policy/aws:PrincipalTag/aws:ResourceTag/aws:RequestTag/aws:SourceIp\
\"StringEquals\":{\"StringLike\":{\"ArnLike\":{\"IpAddress\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}\
\"NotAction\":\"NotResource\":\"Sid\":\"Condition\":{\"Effect\":\"Deny\",\
ecr:GetAuthorizationTokenecr:BatchCheckLayerAvailabilityecr:GetDownloadUrlForLayerecr:BatchGetImage\
ecr:InitiateLayerUploadecr:UploadLayerPartecr:CompleteLayerUploadecr:PutImageecr:Describe\
ecr:DescribeRepositoriesecr:ListImages\",\"ecr:*\"],\"Resource\":[\"arn:aws:ecr:us-east-1:123456789012:repository/\
arn:aws:ecr:*:*:repository/*\"]},{\"Effect\":\"Allow\",\"Action\":[\"*\",\"Resource\":\"*\"}]}\
{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"";

/// A stream of `EXPECTED`, which the decompressor reads first. Any encoder's will do.
static PRELUDE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut stream = Compress::new(Compression::best(), false);
    deflate(&mut stream, EXPECTED, FlushCompress::Sync)
});

/// Compresses the policies and tags of a session, or returns `None` if they exceed every limit.
pub(super) fn pack(session: &Session) -> Option<Vec<u8>> {
    let Session {
        policy,
        policy_arns,
        tags,
        transitive_tag_keys,
        scopes,
        issued_at: _,
        ends_at: _,
        origin: _,
        source_identity: _,
    } = session;
    let fits = |word: &str| u16::try_from(word.len()).is_ok();
    let words = policy.iter().chain(transitive_tag_keys).chain(scopes);
    let texts = words.chain(tags.iter().flat_map(|(key, value)| [key, value]));
    let all = texts.map(String::as_str).chain(policy_arns.iter().map(PolicyArn::as_str));
    let counts = [policy_arns.len(), 2 * tags.len(), transitive_tag_keys.len(), scopes.len()];
    if !all.clone().all(fits)
        || counts.iter().any(|count| *count > usize::from(u8::MAX))
        || all.map(str::len).sum::<usize>() > UNPACKED_SIZE_BYTES_MAX / 2
    {
        return None;
    }
    let mut plain = Vec::with_capacity(1_024);
    push_optional(&mut plain, policy.as_deref().map(without_blanks).as_deref());
    push_words(&mut plain, policy_arns.iter().map(PolicyArn::as_str));
    let pairs: Vec<&str> = tags.iter().flat_map(|(key, value)| [&**key, &**value]).collect();
    push_words(&mut plain, pairs.into_iter());
    push_words(&mut plain, transitive_tag_keys.iter().map(String::as_str));
    if !scopes.is_empty() {
        let scopes: Vec<String> = scopes.iter().map(|scope| without_blanks(scope)).collect();
        push_words(&mut plain, scopes.iter().map(String::as_str));
    }
    if plain == NOTHING {
        return Some(Vec::new());
    }
    let mut stream = Compress::new(Compression::best(), false);
    deflate(&mut stream, EXPECTED, FlushCompress::Sync);
    Some(deflate(&mut stream, &plain, FlushCompress::Finish))
}

/// A session without policies and tags: no policy, and three empty lists.
const NOTHING: [u8; 4] = [0; 4];

/// The long parts of a session.
pub(super) struct Unpacked {
    pub(super) policy: Option<String>,
    pub(super) policy_arns: Vec<PolicyArn>,
    pub(super) tags: Vec<(String, String)>,
    pub(super) transitive_tag_keys: Vec<String>,
    pub(super) scopes: Vec<String>,
}

/// Unpacks the bytes of [`pack`].
pub(super) fn unpack(packed: &[u8]) -> Option<Unpacked> {
    let plain = if packed.is_empty() { NOTHING.to_vec() } else { inflate(packed)? };
    let rest = &mut plain.as_slice();
    let policy = take_optional(rest).ok()?.map(str::to_owned);
    let arns = take_words(rest)?;
    let policy_arns = arns.iter().map(|arn| PolicyArn::parse(arn).ok()).collect::<Option<_>>()?;
    let pairs = take_words(rest)?;
    let transitive_tag_keys = take_words(rest)?;
    // Only a session that narrowed itself has more.
    let scopes = if rest.is_empty() { Vec::new() } else { take_words(rest)? };
    if !rest.is_empty() || pairs.len() % 2 != 0 {
        return None;
    }
    let mut pairs = pairs.into_iter();
    let tags = std::iter::from_fn(|| Some((pairs.next()?, pairs.next()?))).collect();
    Some(Unpacked { policy, policy_arns, tags, transitive_tag_keys, scopes })
}

/// A JSON text without the white space between its words, which means the same.
fn without_blanks(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let keep = |letter: &char| {
        if escaped {
            escaped = false;
        } else if quoted && *letter == '\\' {
            escaped = true;
        } else if *letter == '"' {
            quoted = !quoted;
        }
        quoted || !matches!(letter, ' ' | '\t' | '\r' | '\n')
    };
    json.chars().filter(keep).collect()
}

fn deflate(stream: &mut Compress, plain: &[u8], flush: FlushCompress) -> Vec<u8> {
    // Deflate adds a few bytes to each block that it cannot compress.
    let mut out = Vec::with_capacity(plain.len() + plain.len() / 8 + 64);
    let done = stream.compress_vec(plain, &mut out, flush).expect("deflate takes any bytes");
    debug_assert!(done == Status::StreamEnd || flush == FlushCompress::Sync, "all fits into `out`");
    out
}

fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let mut stream = Decompress::new(false);
    let mut expected = Vec::with_capacity(EXPECTED.len() + 1);
    stream.decompress_vec(&PRELUDE, &mut expected, FlushDecompress::Sync).ok()?;
    debug_assert_eq!(expected, EXPECTED);
    let mut plain = Vec::with_capacity(UNPACKED_SIZE_BYTES_MAX);
    let end = stream.decompress_vec(packed, &mut plain, FlushDecompress::Finish).ok()?;
    let read = usize::try_from(stream.total_in()).ok()?.checked_sub(PRELUDE.len())?;
    (end == Status::StreamEnd && read == packed.len()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use names::{SessionOrigin, Timestamp};
    use proptest::prelude::*;

    use super::*;

    fn session(policy: Option<&str>, tags: Vec<(String, String)>) -> Session {
        Session {
            issued_at: Timestamp::from_seconds(0),
            ends_at: Timestamp::from_seconds(1),
            origin: SessionOrigin::AssumeRole,
            policy: policy.map(str::to_owned),
            policy_arns: Vec::new(),
            transitive_tag_keys: tags.iter().map(|(key, _)| key.clone()).collect(),
            tags,
            source_identity: None,
            scopes: Vec::new(),
        }
    }

    #[test]
    fn blanks_between_words_go_and_blanks_in_words_stay() {
        #[rustfmt::skip]
        let cases = [
            ("{ \"a\" : [ 1 ,\n\t2 ] }",   "{\"a\":[1,2]}",        "blanks of every kind"),
            ("{\"a b\": \" c \"}",         "{\"a b\":\" c \"}",    "in strings they mean something"),
            (r#"{"a\" b": "\\" }"#,        r#"{"a\" b":"\\"}"#,    "escaped quotes do not end a string"),
        ];
        for (json, expected, because) in cases {
            assert_eq!(without_blanks(json), expected, "{because}");
        }
    }

    #[test]
    fn a_session_that_says_nothing_needs_nothing() {
        assert_eq!(pack(&session(None, Vec::new())), Some(Vec::new()));
    }

    #[test]
    fn a_usual_policy_becomes_much_shorter() {
        let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer"],"Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/team/*"}]}"#;
        let packed = pack(&session(Some(policy), Vec::new())).unwrap();
        assert!(packed.len() < 80, "{} of {} bytes", packed.len(), policy.len());
    }

    #[test]
    fn what_no_limit_allows_is_not_packed() {
        assert_eq!(pack(&session(Some(&"x".repeat(70_000)), Vec::new())), None);
        assert_eq!(pack(&session(None, vec![("k".to_owned(), String::new()); 200])), None);
    }

    #[test]
    fn bytes_that_were_not_packed_here_are_refused() {
        let packed = pack(&session(Some("{}"), Vec::new())).unwrap();
        assert!(unpack(&packed[..packed.len() - 1]).is_none(), "cut off");
        assert!(unpack(&[&packed[..], &[0]].concat()).is_none(), "more after the end");
        assert!(unpack(&[0xff; 16]).is_none(), "no deflate");
        let mut stream = Compress::new(Compression::best(), false);
        let bomb =
            deflate(&mut stream, &vec![0; 2 * UNPACKED_SIZE_BYTES_MAX], FlushCompress::Finish);
        assert!(unpack(&bomb).is_none(), "a bomb");
    }

    proptest! {
        #[test]
        fn whatever_is_packed_reads_back(
            policy in proptest::option::of("[a-z{}\":, é]{0,300}"),
            arns in prop::collection::vec("arn:aws:iam::(aws|123456789012):policy/([a-z]{1,9}/)?[a-z]{1,60}", 0..10),
            tags in prop::collection::vec((".{0,40}", ".{0,40}"), 0..50),
            scopes in prop::collection::vec("[a-z{}\":,]{0,300}", 0..3),
        ) {
            let mut session = session(policy.as_deref(), tags);
            session.policy_arns = arns.iter().map(|arn| PolicyArn::parse(arn).unwrap()).collect();
            session.scopes = scopes;
            let unpacked = unpack(&pack(&session).unwrap()).unwrap();
            prop_assert_eq!(unpacked.policy, session.policy.as_deref().map(without_blanks));
            prop_assert_eq!(unpacked.policy_arns, session.policy_arns);
            prop_assert_eq!(unpacked.tags, session.tags);
            prop_assert_eq!(unpacked.transitive_tag_keys, session.transitive_tag_keys);
            prop_assert_eq!(unpacked.scopes, session.scopes);
        }
    }
}
