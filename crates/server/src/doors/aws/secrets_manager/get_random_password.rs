//! GetRandomPassword.

use identity::Caller;
use names::AccountId;
use operations::{CharacterType, Operations, PasswordKind};
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{GetRandomPasswordRequest, GetRandomPasswordResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetRandomPassword;

/// How long a password is, unless another length is given.
const LENGTH: i64 = 32;

impl Call for GetRandomPassword {
    type Input = GetRandomPasswordRequest;
    type Target = AccountId;
    type Output = GetRandomPasswordResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let password = Operations::get_random_password(&kind(input))?;
        Ok(GetRandomPasswordResponse { random_password: Some(password.to_string()) })
    }
}

fn kind(input: GetRandomPasswordRequest) -> PasswordKind {
    let GetRandomPasswordRequest {
        password_length,
        exclude_characters,
        exclude_numbers,
        exclude_punctuation,
        exclude_uppercase,
        exclude_lowercase,
        include_space,
        require_each_included_type,
    } = input;
    let given = |it: Option<bool>| it.unwrap_or_default();
    let types = [
        (CharacterType::Lowercase, !given(exclude_lowercase)),
        (CharacterType::Uppercase, !given(exclude_uppercase)),
        (CharacterType::Number, !given(exclude_numbers)),
        (CharacterType::Punctuation, !given(exclude_punctuation)),
        (CharacterType::Space, given(include_space)),
    ];
    PasswordKind {
        // The model bounds it.
        length: usize::try_from(password_length.unwrap_or(LENGTH)).unwrap_or_default(),
        excluded: exclude_characters.unwrap_or_default(),
        types: types.into_iter().filter(|(_, has)| *has).map(|(it, _)| it).collect(),
        has_each: require_each_included_type.unwrap_or(true),
    }
}
