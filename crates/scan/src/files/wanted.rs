use crate::layer::LayerPath;

/// As much of a file as says that it is a program.
pub(crate) const BINARY_START_BYTES: u64 = 4;

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Release,
    DpkgStatus,
    DpkgList,
    DpkgSums,
    ApkInstalled,
    RpmSqlite,
    RpmLog,
    RpmNdb,
    RpmBdb,
    RpmManifest,
    PythonMetadata,
    NodeManifest,
    JavaArchive,
    GemSpecification,
    ComposerInstalled,
    DotnetDependencies,
    Binary,
}

impl Wanted {
    /// What the file at this path is read as, if its path says so. Programs can be anywhere.
    pub(crate) fn of(path: &LayerPath) -> Option<Self> {
        Self::of_os(path).or_else(|| Self::of_language(path))
    }

    /// Whether it is a file of the operating system, which is in one place alone.
    pub(crate) fn is_of_os(self) -> bool {
        match self {
            Self::Release
            | Self::DpkgStatus
            | Self::DpkgList
            | Self::DpkgSums
            | Self::ApkInstalled
            | Self::RpmSqlite
            | Self::RpmLog
            | Self::RpmNdb
            | Self::RpmBdb
            | Self::RpmManifest => true,
            Self::PythonMetadata
            | Self::NodeManifest
            | Self::JavaArchive
            | Self::GemSpecification
            | Self::ComposerInstalled
            | Self::DotnetDependencies
            | Self::Binary => false,
        }
    }

    /// Whether it says which packages of the operating system there are.
    pub(crate) fn names_packages_of_os(self) -> bool {
        self.is_of_os() && !matches!(self, Self::DpkgList | Self::DpkgSums)
    }

    /// Whether these are the first bytes of a program: ELF, Windows' or Apple's.
    pub(crate) fn is_binary(start: &[u8]) -> bool {
        const MACH_O: [[u8; 4]; 4] = [
            [0xfe, 0xed, 0xfa, 0xce],
            [0xfe, 0xed, 0xfa, 0xcf],
            [0xce, 0xfa, 0xed, 0xfe],
            [0xcf, 0xfa, 0xed, 0xfe],
        ];
        start == b"\x7fELF" || start.starts_with(b"MZ") || MACH_O.iter().any(|magic| start == magic)
    }

    /// Whether a package of the operating system that holds this file vouches for what it says: the
    /// distribution patches what it ships, and names versions that upstream does not know.
    pub(crate) fn can_be_owned(path: &LayerPath) -> bool {
        let is_of_programs = |folder: &str| {
            folder.rsplit('/').next().is_some_and(|last| matches!(last, "bin" | "sbin" | "libexec"))
        };
        Self::of_language(path).is_some() || is_of_programs(path.folder())
    }

    fn of_os(path: &LayerPath) -> Option<Self> {
        let text = path.as_str();
        match text {
            "etc/os-release" | "usr/lib/os-release" => return Some(Self::Release),
            "var/lib/dpkg/status" | "usr/lib/dpkg/status" => return Some(Self::DpkgStatus),
            "lib/apk/db/installed" | "usr/lib/apk/db/installed" => return Some(Self::ApkInstalled),
            "var/lib/rpmmanifest/container-manifest-2" => return Some(Self::RpmManifest),
            _ => {}
        }
        match path.folder() {
            "var/lib/dpkg/status.d" | "usr/lib/dpkg/status.d" => {
                Some(if text.ends_with(".md5sums") { Self::DpkgSums } else { Self::DpkgStatus })
            }
            "var/lib/dpkg/info" if text.strip_suffix(".list").is_some() => Some(Self::DpkgList),
            "var/lib/rpm" | "usr/lib/sysimage/rpm" | "usr/share/rpm" => match path.file_name() {
                "rpmdb.sqlite" => Some(Self::RpmSqlite),
                "rpmdb.sqlite-wal" => Some(Self::RpmLog),
                "Packages.db" => Some(Self::RpmNdb),
                "Packages" => Some(Self::RpmBdb),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_language(path: &LayerPath) -> Option<Self> {
        let (folder, name) = (path.folder(), path.file_name());
        let (above, last) = folder.rsplit_once('/').unwrap_or(("", folder));
        match name {
            "METADATA" if last.ends_with(".dist-info") => return Some(Self::PythonMetadata),
            "PKG-INFO" if last.ends_with(".egg-info") || last == "EGG-INFO" => {
                return Some(Self::PythonMetadata);
            }
            "package.json" if is_node_package(above, last) => return Some(Self::NodeManifest),
            "installed.json" if last == "composer" => return Some(Self::ComposerInstalled),
            _ => {}
        }
        match name.rsplit_once('.')?.1 {
            "egg-info" => Some(Self::PythonMetadata),
            "jar" | "war" | "ear" | "par" => Some(Self::JavaArchive),
            "gemspec" if is_of_gems(folder) => Some(Self::GemSpecification),
            "json" if name.ends_with(".deps.json") => Some(Self::DotnetDependencies),
            _ => None,
        }
    }
}

/// `node_modules/NAME` and `node_modules/@SCOPE/NAME`; folders deeper down are parts of packages.
fn is_node_package(above: &str, last: &str) -> bool {
    let (upper, name) = above.rsplit_once('/').unwrap_or(("", above));
    let is_modules = |folder: &str| folder.rsplit('/').next() == Some("node_modules");
    !last.starts_with('.') && (is_modules(above) || name.starts_with('@') && is_modules(upper))
}

fn is_of_gems(folder: &str) -> bool {
    folder.ends_with("specifications") || folder.ends_with("specifications/default")
}
