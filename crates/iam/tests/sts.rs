//! Temporary credentials: which principals may have them, and their limits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::World;
use iam::{
    Asker, AssumeRole, AssumeRoleWithWebIdentity, Failure, FederationToken, Grant, KnownElsewhere,
    NewOidcProvider, NewRole, NewUser, PolicyHolder, Refusal, SessionLimits, StsRefusal,
    TrustedIssuer, WantedRole,
};
use names::{
    AccountId, IamPath, KeyKind, PolicyName, Principal, Region, RoleName, SessionName,
    SessionOrigin, UserName, Voucher,
};
use policy::Context;
use serde_json::{Value, json};

on_both_engines!(
    a_role_is_played_by_whom_it_trusts,
    conditions_of_a_trust_policy_are_held_against_the_request,
    sessions_last_as_long_as_the_role_allows,
    a_chain_hands_on_tags_and_who_it_really_is,
    some_may_not_ask,
    a_federated_user_is_vouched_for,
    who_is_gone_is_nobody,
    keys_tell_their_account,
    an_issuer_is_trusted_by_accounts_that_say_so,
    a_role_is_played_by_whom_an_issuer_knows,
    a_session_policy_is_read_before_anything_else,
);

const HOME: &str = "123456789012";
const ABROAD: &str = "210987654321";
const ISSUER: &str = "https://issuer.example.com/id";

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

fn session_name() -> SessionName {
    SessionName::parse("run-1").unwrap()
}

impl World {
    /// Two accounts with nobody in them.
    async fn with_two_accounts(engine: Engine) -> Self {
        let world = Self::new(engine);
        for id in [HOME, ABROAD] {
            world.iam.create_account(&account(id)).await.unwrap();
        }
        world
    }

    async fn user(&self, id: &str, name: &str) -> Principal {
        let new = NewUser {
            name: UserName::parse(name).unwrap(),
            path: IamPath::root(),
            boundary: None,
            tags: Vec::new(),
        };
        let made = self.iam.create_user(&account(id), new).await.unwrap();
        Principal::User(made.user.identity)
    }

    async fn allow(&self, id: &str, user: &str, actions: &Value, resource: &str) {
        let document = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": resource},
        ]});
        let holder = PolicyHolder::User(UserName::parse(user).unwrap());
        let name = PolicyName::parse("may").unwrap();
        let (of, document) = (account(id), document.to_string());
        self.iam.put_inline_policy(&of, holder, name, document).await.unwrap();
    }

    /// A role of the first account, which may be played for two hours.
    async fn role(&self, name: &str, statements: &Value) {
        let trust = json!({"Version": "2012-10-17", "Statement": statements});
        let new = NewRole {
            path: IamPath::root(),
            name: RoleName::parse(name).unwrap(),
            trust_policy: trust.to_string(),
            description: None,
            max_session_seconds: 7_200,
            boundary: None,
            tags: Vec::new(),
        };
        self.iam.create_role(&account(HOME), new).await.unwrap();
    }

    async fn assume(&self, asker: &Asker<'_>, wanted: AssumeRole) -> Result<Grant, String> {
        let granted = self.iam.assume_role(asker, &Context::new(), wanted).await;
        granted.map_err(|failure| sentence(&failure))
    }
}

fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::Refused(Refusal::Sts(refusal)) => refusal.to_string(),
        other => panic!("{other:?}"),
    }
}

fn long_term(principal: &Principal) -> Asker<'_> {
    Asker { principal, session: None }
}

fn within(grant: &Grant) -> Asker<'_> {
    Asker { principal: &grant.principal, session: Some(&grant.session) }
}

fn wanted(role: &str) -> AssumeRole {
    AssumeRole {
        role: WantedRole::parse(&format!("arn:aws:iam::{HOME}:role/{role}")).unwrap(),
        session_name: session_name(),
        limits: SessionLimits::default(),
        duration_seconds: None,
        external_id: None,
        source_identity: None,
        region: Region::parse("us-east-1").unwrap(),
    }
}

fn tagged(key: &str, value: &str) -> SessionLimits {
    let tags = vec![(key.to_owned(), value.to_owned())];
    SessionLimits { tags, transitive_tag_keys: vec![key.to_owned()], ..SessionLimits::default() }
}

fn statement(principal: &Value, actions: &Value) -> Value {
    json!([{"Effect": "Allow", "Principal": principal, "Action": actions}])
}

fn user_arn(account: &str, name: &str) -> Value {
    json!({"AWS": format!("arn:aws:iam::{account}:user/{name}")})
}

async fn a_role_is_played_by_whom_it_trusts(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let play = json!("sts:AssumeRole");
    let alice = world.user(HOME, "trusted").await;
    let bob = world.user(HOME, "bob").await;
    let carol = world.user(ABROAD, "carol").await;
    let dave = world.user(ABROAD, "dave").await;
    let any = format!("arn:aws:iam::{HOME}:role/*");
    world.allow(HOME, "bob", &play, &any).await;
    world.allow(ABROAD, "carol", &play, &any).await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &play)).await;
    world.role("delegated", &statement(&json!({"AWS": HOME}), &play)).await;
    world.role("abroad", &statement(&json!({"AWS": ABROAD}), &play)).await;
    world.role("carols", &statement(&user_arn(ABROAD, "carol"), &play)).await;
    #[rustfmt::skip]
    let cases = [
        (&alice, "named",     true,  "the trust policy names the user"),
        (&bob,   "named",     false, "the trust policy names another, whatever his own policies say"),
        (&bob,   "delegated", true,  "the role trusts the account, and the account trusts him"),
        (&alice, "delegated", false, "the role trusts the account, which has said nothing of this user"),
        (&carol, "abroad",    true,  "both accounts agree"),
        (&dave,  "abroad",    false, "her own account has said nothing"),
        (&carol, "carols",    true,  "named, and allowed at home"),
        (&carol, "named",     false, "the role's account has said nothing"),
        (&bob,   "missing",   false, "there is no such role"),
    ];
    for (principal, role, plays, because) in cases {
        let granted = world.assume(&long_term(principal), wanted(role)).await;
        assert_eq!(granted.is_ok(), plays, "{role}: {because}: {granted:?}");
        if let Err(text) = granted {
            let user = principal.arn();
            let expected = format!(
                "User: {user} is not authorized to perform: sts:AssumeRole on resource: \
                 arn:aws:iam::{HOME}:role/{role}"
            );
            assert_eq!(text, expected, "{because}");
        }
    }
    let grant = world.assume(&long_term(&alice), wanted("named")).await.unwrap();
    assert_eq!(grant.principal.arn(), format!("arn:aws:sts::{HOME}:assumed-role/named/run-1"));
    assert_eq!(grant.session.ends_at, grant.session.issued_at.plus(Duration::from_hours(1)));
    assert_eq!(grant.session.origin, SessionOrigin::AssumeRole);
}

async fn conditions_of_a_trust_policy_are_held_against_the_request(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let with = |actions: Value, condition: Value| json!([{"Effect": "Allow", "Principal": user_arn(HOME, "trusted"), "Action": actions, "Condition": condition}]);
    let external = json!({"StringEquals": {"sts:ExternalId": "secret-7"}});
    world.role("external", &with(json!("sts:AssumeRole"), external)).await;
    let named = json!({"StringEquals": {"sts:RoleSessionName": "run-1"}});
    world.role("session", &with(json!("sts:AssumeRole"), named)).await;
    let both = json!(["sts:AssumeRole", "sts:TagSession"]);
    let red = json!({"StringEquals": {"aws:RequestTag/team": "red"}});
    world.role("red", &with(both, red)).await;
    world.role("plain", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let identity = json!(["sts:AssumeRole", "sts:SetSourceIdentity"]);
    world.role("sourced", &statement(&user_arn(HOME, "trusted"), &identity)).await;
    let external_id =
        |id: &str| AssumeRole { external_id: Some(id.to_owned()), ..wanted("external") };
    let named =
        |name| AssumeRole { session_name: SessionName::parse(name).unwrap(), ..wanted("session") };
    let tags = |role, value| AssumeRole { limits: tagged("team", value), ..wanted(role) };
    let source = |role| AssumeRole { source_identity: Some("ann".to_owned()), ..wanted(role) };
    #[rustfmt::skip]
    let cases = [
        (external_id("secret-7"),  true,  "the external id agreed on"),
        (external_id("secret-8"),  false, "another"),
        (wanted("external"),       false, "none"),
        (named("run-1"),           true,  "the session name asked for"),
        (named("run-2"),           false, "another"),
        (tags("red", "red"),       true,  "the tag asked for"),
        (tags("red", "blue"),      false, "another value"),
        (wanted("red"),            false, "no tag"),
        (tags("plain", "red"),     false, "nobody may tag this role's sessions"),
        (wanted("plain"),          true,  "without tags"),
        (source("sourced"),        true,  "naming who it really is is allowed"),
        (source("plain"),          false, "and here it is not"),
    ];
    for (wanted, plays, because) in cases {
        let granted = world.assume(&long_term(&alice), wanted).await;
        assert_eq!(granted.is_ok(), plays, "{because}: {granted:?}");
    }
}

async fn sessions_last_as_long_as_the_role_allows(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    world.role("first", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let role = json!({"AWS": format!("arn:aws:iam::{HOME}:role/first")});
    world.role("second", &statement(&role, &json!("sts:AssumeRole"))).await;
    let lasting = |role, seconds| AssumeRole { duration_seconds: Some(seconds), ..wanted(role) };
    let first = world.assume(&long_term(&alice), lasting("first", 7_200)).await.unwrap();
    assert_eq!(first.session.ends_at, first.session.issued_at.plus(Duration::from_hours(2)));
    let long = world.assume(&long_term(&alice), lasting("first", 7_201)).await.unwrap_err();
    assert_eq!(
        long,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
    let second = world.assume(&within(&first), lasting("second", 3_600)).await.unwrap();
    assert_eq!(second.session.origin, SessionOrigin::RoleChaining);
    let chained = world.assume(&within(&first), lasting("second", 3_601)).await.unwrap_err();
    assert!(
        chained.contains("1 hour session limit for roles assumed by role chaining"),
        "{chained}"
    );
}

async fn a_chain_hands_on_tags_and_who_it_really_is(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let all = json!(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
    world.role("first", &statement(&user_arn(HOME, "trusted"), &all)).await;
    let role = json!({"AWS": format!("arn:aws:iam::{HOME}:role/first")});
    world.role("second", &statement(&role, &all)).await;
    let source_identity = Some("ann".to_owned());
    let wish = AssumeRole { limits: tagged("team", "red"), source_identity, ..wanted("first") };
    let first = world.assume(&long_term(&alice), wish).await.unwrap();
    let second = world.assume(&within(&first), wanted("second")).await.unwrap();
    assert_eq!(second.session.tags, first.session.tags);
    assert_eq!(second.session.transitive_tag_keys, ["team"]);
    assert_eq!(second.session.source_identity.as_deref(), Some("ann"));
    let wish = AssumeRole { source_identity: Some("bob".to_owned()), ..wanted("second") };
    assert!(world.assume(&within(&first), wish).await.is_err(), "once set it stays");
    let wish = AssumeRole { limits: tagged("Team", "blue"), ..wanted("second") };
    assert!(world.assume(&within(&first), wish).await.is_err(), "transitive tags stay");
}

async fn some_may_not_ask(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let root = Principal::Root { account: account(HOME) };
    let all = statement(&json!({"AWS": "*"}), &json!("sts:AssumeRole"));
    world.role("open", &all).await;
    let denied = world.assume(&long_term(&root), wanted("open")).await.unwrap_err();
    assert_eq!(denied, "Roles may not be assumed by root accounts.");
    let session = world.iam.get_session_token(&long_term(&alice), None).unwrap();
    assert!(world.assume(&within(&session), wanted("open")).await.is_ok(), "a user's own session");
    let name = session_name();
    let limits = SessionLimits::default();
    let wish = FederationToken { name, limits, duration_seconds: None };
    let federated = world.iam.get_federation_token(&long_term(&alice), wish.clone()).unwrap();
    assert!(world.assume(&within(&federated), wanted("open")).await.is_err(), "a federated user");
    let role = world.assume(&long_term(&alice), wanted("open")).await.unwrap();
    for grant in [&session, &federated, &role] {
        let again = world.iam.get_session_token(&within(grant), None).unwrap_err();
        assert_eq!(sentence(&again), "Cannot call GetSessionToken with session credentials");
        let again = world.iam.get_federation_token(&within(grant), wish.clone()).unwrap_err();
        assert_eq!(sentence(&again), "Cannot call GetFederationToken with session credentials");
    }
}

async fn a_federated_user_is_vouched_for(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let wish = FederationToken {
        name: SessionName::parse("bob").unwrap(),
        limits: SessionLimits::default(),
        duration_seconds: Some(900),
    };
    let grant = world.iam.get_federation_token(&long_term(&alice), wish).unwrap();
    assert_eq!(grant.principal.arn(), format!("arn:aws:sts::{HOME}:federated-user/bob"));
    assert_eq!(grant.session.ends_at, grant.session.issued_at.plus(Duration::from_mins(15)));
    let Principal::FederatedUser { vouched_by: Voucher::User(user), .. } = &grant.principal else {
        panic!("{:?}", grant.principal);
    };
    assert_eq!(user.name.as_str(), "trusted");
}

async fn who_is_gone_is_nobody(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let carol = world.user(ABROAD, "carol").await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let role = world.assume(&long_term(&alice), wanted("named")).await.unwrap().principal;
    let iam = &world.iam;
    for principal in [&alice, &carol, &role] {
        let found = iam.find_principal(&principal.id()).await.unwrap();
        assert_eq!(found.as_ref(), Some(principal));
    }
    iam.delete_role(&account(HOME), RoleName::parse("named").unwrap()).await.unwrap();
    assert_eq!(iam.find_principal(&role.id()).await.unwrap(), None, "the role is deleted");
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let found = iam.find_principal(&role.id()).await.unwrap();
    assert_eq!(found, None, "another role has its name now");
    iam.close_account(&account(ABROAD), &account(HOME)).await.unwrap();
    assert_eq!(iam.find_principal(&carol.id()).await.unwrap(), None, "the account is closed");
}

async fn keys_tell_their_account(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    for kind in [KeyKind::LongTerm, KeyKind::Temporary] {
        let id = kind.access_key_id(&account(ABROAD), [7; 10]);
        let found = world.iam.get_access_key_info(&id).await.unwrap();
        assert_eq!(found, account(ABROAD));
    }
    assert!(world.iam.get_access_key_info("nobodys-key").await.is_err());
}

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

async fn a_role_is_played_by_whom_an_issuer_knows(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let issuer = provider(&world).await;
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
    let identity = |sub: &str, method: &str| KnownElsewhere {
        issuer: issuer.clone(),
        subject: sub.to_owned(),
        audience: "sts.amazonaws.com".to_owned(),
        methods: vec![method.to_owned()],
        claims: vec![
            ("repository".to_owned(), "team/web".to_owned()),
            ("sub".to_owned(), "x".to_owned()),
        ],
        source_identity: None,
    };
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
            identity: identity(sub, method),
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

async fn a_session_policy_is_read_before_anything_else(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let limits = SessionLimits { policy: Some("{".to_owned()), ..SessionLimits::default() };
    let wish = AssumeRole { limits, ..wanted("named") };
    let refused =
        world.iam.assume_role(&long_term(&alice), &Context::new(), wish).await.unwrap_err();
    let Failure::Refused(Refusal::Sts(StsRefusal::MalformedPolicyDocument(_))) = refused else {
        panic!("{refused:?}");
    };
}
