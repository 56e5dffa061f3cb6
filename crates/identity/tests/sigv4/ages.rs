//! Signatures that are too old, too new, or ask for too long a life.

use identity::sigv4::{Expected, SignatureRefusal};
use names::Timestamp;

use super::rows::{DATE, at, check, incomplete, invalid, presigned, query};
use super::sent::{ECR, NOW_SECONDS, Sent};

#[test]
fn dates_that_are_no_dates() {
    let text = |got: &str| {
        format!(
            "Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601"
        )
    };
    let query = query().replace(DATE, "now%00");
    check(vec![
        incomplete(at("yesterday"), &text("yesterday")),
        incomplete(at("20150830T12:36:00Z"), &text("20150830T12:36:00Z")),
        incomplete(presigned(&query), &text("now\u{fffd}")),
    ]);
}

#[test]
fn signatures_out_of_time() {
    let short = format!("{}&X-Amz-Expires=60", query());
    let odd = format!("{}&X-Amz-Expires=90", query());
    let week = format!("{}&X-Amz-Expires=604800", query());
    let later = |query: &str, seconds| Sent {
        now: Timestamp::from_seconds(NOW_SECONDS + seconds),
        ..presigned(query)
    };
    check(vec![
        invalid(
            at("20150830T122059Z"),
            "Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z (20150830T123600Z - 15 min.)",
        ),
        invalid(
            at("20150830T125101Z"),
            "Signature not yet current: 20150830T125101Z is still later than 20150830T125100Z (20150830T123600Z + 15 min.)",
        ),
        invalid(
            later(&short, 61),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123701Z - 1 min.)",
        ),
        invalid(
            later(&odd, 91),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123731Z - 90 sec.)",
        ),
        invalid(
            later(&week, 901),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)",
        ),
        invalid(
            later(&query(), 901),
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)",
        ),
    ]);
}

#[test]
fn the_edges_of_the_window_are_inside() {
    let week = format!("{}&X-Amz-Expires=604800", query());
    let late = Sent { now: Timestamp::from_seconds(NOW_SECONDS + 900), ..presigned(&week) };
    for sent in [at("20150830T122100Z"), at("20150830T125100Z"), late] {
        assert!(sent.present(&ECR).is_ok(), "{sent:?}");
    }
}

#[test]
fn no_service_lets_a_signature_live_for_more_than_a_quarter_of_an_hour() {
    for service in ["ecr", "iam", "sts", "longshore"] {
        let expected = Expected { service, ..ECR };
        let query = query().replace("%2Fecr%2F", &format!("%2F{service}%2F"));
        for asked in ["", "&X-Amz-Expires=900", "&X-Amz-Expires=3600", "&X-Amz-Expires=604800"] {
            let after = |seconds| {
                let now = Timestamp::from_seconds(NOW_SECONDS + seconds);
                Sent { now, ..presigned(&format!("{query}{asked}")) }.present(&expected)
            };
            assert!(after(900).is_ok(), "{service} {asked}");
            let late = after(901).expect_err("it is too late");
            assert!(matches!(late, SignatureRefusal::Expired { .. }), "{service} {asked}");
        }
    }
}

#[test]
fn sts_does_not_look_at_the_life_that_is_asked_for() {
    let sts = Expected { service: "sts", ..ECR };
    let query = query().replace("%2Fecr%2F", "%2Fsts%2F");
    for expires in ["60", "1", "0", "soon", "99999999999999999999"] {
        let now = Timestamp::from_seconds(NOW_SECONDS + 840);
        let sent = Sent { now, ..presigned(&format!("{query}&X-Amz-Expires={expires}")) };
        assert!(sent.present(&sts).is_ok(), "{expires}");
    }
}

#[test]
fn lives_that_no_client_may_ask_for() {
    let text = "X-Amz-Expires must be a number of seconds between 1 and 604800.";
    for expires in ["0", "604801", "-1", "%2B5", "1e3", "", "soon", "99999999999999999999"] {
        let sent = presigned(&format!("{}&X-Amz-Expires={expires}", query()));
        check(vec![incomplete(sent, text)]);
    }
}
