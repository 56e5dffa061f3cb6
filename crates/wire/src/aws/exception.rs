//! The kinds of error: those that the models declare, and those of the front door.

/// The name and the status of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorType {
    /// The text of `__type`.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
}

/// Declares a set of errors and their statuses.
macro_rules! exceptions {
    ($(#[$attribute:meta])* $set:ident { $($variant:ident = $name:literal, $status:literal;)+ }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set {
            $(#[doc = concat!("`", $name, "`, status ", $status, ".")] $variant,)+
        }

        impl $set {
            /// Every error of the set.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The `__type` and the status.
            pub const fn kind(self) -> $crate::aws::ErrorType {
                match self {
                    $(Self::$variant => $crate::aws::ErrorType { name: $name, status: $status },)+
                }
            }

            /// The text of `__type`.
            pub const fn name(self) -> &'static str {
                self.kind().name
            }

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                self.kind().status
            }
        }

        impl From<$set> for $crate::aws::ErrorType {
            fn from(error: $set) -> Self {
                error.kind()
            }
        }
    };
}

/// The kinds of some of a module's exceptions, as an operation declares them.
macro_rules! declared {
    [$($variant:ident)*] => { &[$(Exception::$variant.kind()),*] };
}

pub(crate) use {declared, exceptions};

exceptions! {
    /// Errors that any call can have and no model declares.
    ///
    /// JSON services answer most of them with 400, even where the query services answer 403.
    FrontDoor {
        MissingAuthenticationToken = "MissingAuthenticationTokenException", 400;
        IncompleteSignature = "IncompleteSignatureException", 400;
        InvalidSignature = "InvalidSignatureException", 400;
        UnrecognizedClient = "UnrecognizedClientException", 400;
        ExpiredToken = "ExpiredTokenException", 400;
        AccessDenied = "AccessDeniedException", 400;
        NotAuthorized = "NotAuthorized", 401;
        OptInRequired = "OptInRequired", 403;
        Throttling = "ThrottlingException", 400;
        // Clients retry a status of 500 and above for minutes, during which a server stays
        // read-only.
        ReadOnly = "ServerException", 400;
        UnknownOperation = "UnknownOperationException", 400;
        Serialization = "SerializationException", 400;
        ValidationError = "ValidationError", 400;
        Validation = "ValidationException", 400;
        MalformedHttpRequest = "MalformedHttpRequestException", 400;
        RequestAborted = "RequestAbortedException", 400;
        RequestTimeout = "RequestTimeoutException", 408;
        RequestEntityTooLarge = "RequestEntityTooLargeException", 413;
        InternalFailure = "InternalFailure", 500;
        ServiceUnavailable = "ServiceUnavailable", 503;
    }
}

exceptions! {
    /// Errors that any call of a Query service can meet, beside those that its model declares.
    QueryDoor {
        MissingAuthenticationToken = "MissingAuthenticationToken", 403;
        InvalidClientTokenId = "InvalidClientTokenId", 403;
        ExpiredToken = "ExpiredToken", 403;
        AccessDenied = "AccessDenied", 403;
        MissingAction = "MissingAction", 400;
        InvalidAction = "InvalidAction", 400;
        MalformedInput = "MalformedInput", 400;
        ValidationError = "ValidationError", 400;
        Throttling = "Throttling", 400;
        RequestEntityTooLarge = "RequestEntityTooLarge", 413;
        RequestTimeout = "RequestTimeout", 408;
        NotImplemented = "NotImplemented", 501;
        InternalFailure = "InternalFailure", 500;
        ServiceUnavailable = "ServiceUnavailable", 503;
    }
}
