use db::on_both_engines;
use db::testing::Engine;
use iam::{AssumeRole, AssumeRoleWithWebIdentity, KnownElsewhere, NewOidcProvider, TrustedIssuer};
use names::SessionOrigin;
use policy::Context;
use serde_json::{Value, json};

use crate::fixture::World;
use crate::house::{ABROAD, HOME, account, sentence, statement, tagged, wanted};

on_both_engines!(
    an_issuer_is_trusted_by_accounts_that_say_so,
    a_role_is_played_by_whom_an_issuer_knows,
);

const ISSUER: &str = "https://issuer.example.com/id";

async fn provider(world: &World) -> TrustedIssuer {
    let new = NewOidcProvider {
        url: ISSUER.to_owned(),
        clients: vec!["sts.amazonaws.com".to_owned()],
        thumbprints: Vec::new(),
        tags: Vec::new(),
    };
    world.iam.create_open_id_connect_provider(&account(HOME), new).await.unwrap();
    world.iam.require_trusted_issuer(&account(HOME), ISSUER).await.unwrap()
}

async fn an_issuer_is_trusted_by_accounts_that_say_so(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let issuer = provider(&world).await;
    assert_eq!(issuer.arn, format!("arn:aws:iam::{HOME}:oidc-provider/issuer.example.com/id"));
    assert_eq!(issuer.audiences, ["sts.amazonaws.com"]);
    let beside = format!("{ISSUER}x");
    for (id, url) in [(ABROAD, ISSUER), (HOME, "https://issuer.example.com"), (HOME, &beside)] {
        let refused = world.iam.require_trusted_issuer(&account(id), url).await.unwrap_err();
        let expected = format!("No OpenIDConnect provider found in your account for {url}");
        assert_eq!(sentence(&refused), expected);
    }
}

/// Roles that trust what the issuer says, each on another condition.
async fn trusting_roles(world: &World, issuer: &TrustedIssuer) {
    let federated = json!({"Federated": issuer.arn});
    let with = |condition: Value| {
        let actions = json!(["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]);
        json!([{"Effect": "Allow", "Principal": federated, "Action": actions, "Condition": condition}])
    };
    let key = |claim: &str| format!("issuer.example.com/id:{claim}");
    let main = json!({
        "StringEquals": {key("aud"): "sts.amazonaws.com"},
        "StringLike": {key("sub"): "repo:team/*:ref:refs/heads/main"},
    });
    world.role("github", &with(main)).await;
    world.role("claims", &with(json!({"StringEquals": {key("repository"): "team/web"}}))).await;
    world.role("methods", &with(json!({"ForAnyValue:StringEquals": {key("amr"): "otp"}}))).await;
    world.role("tags", &with(json!({"StringEquals": {"aws:RequestTag/team": "red"}}))).await;
    world.role("users", &statement(&json!({"AWS": "*"}), &json!("sts:AssumeRole"))).await;
}

/// A subject that the issuer vouches for.
fn known(issuer: &TrustedIssuer, sub: &str, method: &str) -> KnownElsewhere {
    KnownElsewhere {
        issuer: issuer.clone(),
        subject: sub.to_owned(),
        audience: "sts.amazonaws.com".to_owned(),
        methods: vec![method.to_owned()],
        claims: vec![
            ("repository".to_owned(), "team/web".to_owned()),
            ("sub".to_owned(), "x".to_owned()),
        ],
        source_identity: None,
    }
}

async fn a_role_is_played_by_whom_an_issuer_knows(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let issuer = provider(&world).await;
    trusting_roles(&world, &issuer).await;
    let main = "repo:team/web:ref:refs/heads/main";
    #[rustfmt::skip]
    let cases = [
        ("github",  main,                             "pwd", "red",  true,  "the branch that is trusted"),
        ("github",  "repo:team/web:ref:refs/heads/x", "pwd", "red",  false, "another branch"),
        ("github",  "repo:evil/web:ref:refs/heads/main", "pwd", "red", false, "another organisation"),
        ("claims",  main,                             "pwd", "red",  true,  "a claim beside"),
        ("methods", main,                             "otp", "red",  true,  "how they logged in"),
        ("methods", main,                             "pwd", "red",  false, "logged in another way"),
        ("tags",    main,                             "pwd", "red",  true,  "a tag that the issuer vouches for"),
        ("tags",    main,                             "pwd", "blue", false, "another value"),
        ("users",   main,                             "pwd", "red",  false, "a role for users"),
        ("missing", main,                             "pwd", "red",  false, "no such role"),
    ];
    for (role, sub, method, team, plays, because) in cases {
        let AssumeRole { role, session_name, region, .. } = wanted(role);
        let wanted = AssumeRoleWithWebIdentity {
            role,
            session_name,
            identity: known(&issuer, sub, method),
            limits: tagged("team", team),
            duration_seconds: None,
            region,
        };
        let granted = world.iam.assume_role_with_web_identity(&Context::new(), wanted).await;
        assert_eq!(granted.is_ok(), plays, "{because}: {granted:?}");
        match granted {
            Ok(grant) => {
                let provider = issuer.arn.clone();
                assert_eq!(grant.session.origin, SessionOrigin::WebIdentity { provider });
            }
            Err(failure) => assert_eq!(
                sentence(&failure),
                "Not authorized to perform sts:AssumeRoleWithWebIdentity",
                "{because}"
            ),
        }
    }
}
