#!/usr/bin/env bash
# Installs what the tests need: system packages, Go, Python and node programs at pinned versions,
# and a small Debian to push.
#
# `tests/install.sh cosign` also builds cosign, `tests/install.sh rust-sdk` scenarios with the AWS
# SDK for Rust (each takes two cores four minutes), and `tests/install.sh event-ruler` Amazon's
# matcher of event patterns, if there are Maven and a JDK. Without them, the tests that want them
# say that they are skipped.
#
# Safe to run again: each part looks first and does nothing when it is there. System packages are
# the one thing that goes outside this repository; everything else lives in .tools, which
# `make clean-tools` removes.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$PWD/.tools
packages=(ca-certificates docker.io docker-registry runc podman skopeo debootstrap jq python3-venv postgresql libfaketime iproute2)
go_tools=(
    github.com/google/go-containerregistry/cmd/crane
    github.com/opencontainers/distribution-spec/conformance
    oras.land/oras/cmd/oras
    helm.sh/helm/v3/cmd/helm
    github.com/awslabs/amazon-ecr-credential-helper/ecr-login/cli/docker-credential-ecr-login
)

refuse() {
    printf 'tests/install.sh: %s\n' "$@" >&2
    exit 1
}

say() { printf 'tests/install.sh: %s\n' "$*"; }

# True when the stamp of a part says that it was built from the same inputs.
is_stamped() { [ "$(cat "$tools/stamps/$1" 2>/dev/null)" = "$2" ]; }

stamp() {
    mkdir -p "$tools/stamps"
    printf '%s' "$2" >"$tools/stamps/$1"
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

install_packages() {
    command -v dpkg-query >/dev/null ||
        refuse "this is not Debian: install these yourself, then the tests that need them can run: ${packages[*]}"
    local missing
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || refuse "as root, run: apt-get install --no-install-recommends ${missing[*]}"
    say "installing ${missing[*]}"
    apt-get update -qq
    start_no_services
    DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${missing[@]}" >/dev/null
    may_start_services
}

# The tests want programs, and no docker or PostgreSQL of the machine's own beside theirs: while
# this is there, packages that are installed start nothing. A machine that has such a file has
# decided for itself.
readonly policy=/usr/sbin/policy-rc.d

start_no_services() {
    [ ! -e "$policy" ] || return 0
    trap may_start_services EXIT
    printf '#!/bin/sh\n# By tests/install.sh, for as long as it installs.\nexit 101\n' >"$policy"
    chmod 755 "$policy"
}

may_start_services() {
    if grep -qs '^# By tests/install.sh' "$policy"; then rm "$policy"; fi
}

# One tool at a time: two links at once would want more memory than a small machine has.
install_go_tools() {
    command -v go >/dev/null || refuse "Go 1.26 or newer is needed to build ${go_tools[*]##*/}"
    local inputs tool
    inputs=$(go version; cat tests/tools/go.mod tests/tools/go.sum)
    inputs=$(sha256sum <<<"$inputs")
    for tool in "${go_tools[@]}"; do
        [ -x "$tools/bin/${tool##*/}" ] && is_stamped "${tool##*/}" "$inputs" && continue
        say "building ${tool##*/}"
        (cd tests/tools && GOFLAGS='-modcacherw -mod=readonly' CGO_ENABLED=0 \
            go build -trimpath -ldflags='-s -w' -o "$tools/bin/" "$tool")
        stamp "${tool##*/}" "$inputs"
    done
}

# Go programs that are modules of their own, because their versions are not those of the clients: an
# S3 server over a folder, docker compose, and a reader of Kubernetes objects.
install_apart() {
    install_module s3 versitygw github.com/versity/versitygw/cmd/versitygw
    install_module compose docker-compose github.com/docker/compose/v2/cmd
    install_module kube kube .
}

install_module() {
    local folder=tests/tools/$1 program=$2 package=$3 inputs
    inputs=$(go version; find "$folder" -type f | sort | xargs cat)
    inputs=$(sha256sum <<<"$inputs")
    [ -x "$tools/bin/$program" ] && is_stamped "$program" "$inputs" && return
    say "building $program"
    (cd "$folder" && GOFLAGS='-modcacherw -mod=readonly' CGO_ENABLED=0 \
        go build -trimpath -ldflags='-s -w' -o "$tools/bin/$program" "$package")
    stamp "$program" "$inputs"
}

# Scenarios with the AWS SDK for Rust, which is not in the workspace because it takes minutes.
install_rust_sdk() {
    local folder=tests/tools/rust-sdk inputs
    inputs=$(rustc --version; cat "$folder/Cargo.toml" "$folder/Cargo.lock" "$folder/src/main.rs")
    inputs=$(sha256sum <<<"$inputs")
    [ -x "$tools/bin/rust-sdk" ] && is_stamped rust-sdk "$inputs" && return
    say "building scenarios with the AWS SDK for Rust"
    (cd "$folder" && cargo build --quiet --locked --target-dir "$tools/rust-sdk")
    mv "$tools/rust-sdk/debug/rust-sdk" "$tools/bin/"
    rm -rf "$tools/rust-sdk"
    stamp rust-sdk "$inputs"
}

# Amazon's matcher of event patterns, from Maven Central, and our program that asks it.
install_event_ruler() {
    local folder=tests/tools/event-ruler to=$tools/event-ruler inputs
    command -v mvn >/dev/null && command -v javac >/dev/null ||
        refuse "apt-get install --no-install-recommends maven default-jdk-headless" "is needed for event-ruler"
    inputs=$(sha256sum <<<"$(javac -version 2>&1; cat "$folder"/*)")
    [ -e "$to/Matcher.class" ] && is_stamped event-ruler "$inputs" && return
    say "installing Amazon's matcher of event patterns"
    rm -rf "$to"
    mvn -q -B -f "$folder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$to"
    javac -cp "$to/*" -d "$to" "$folder/Matcher.java"
    stamp event-ruler "$inputs"
}

# The balancer of our compose file: Debian's program alone, because its package would start a
# service.
install_caddy() {
    [ -x "$tools/bin/caddy" ] && return
    say "unpacking caddy"
    local folder
    folder=$(mktemp -d)
    (cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root caddy && dpkg-deb --extract caddy_*.deb .) ||
        refuse "Debian's caddy cannot be downloaded"
    mv "$folder/usr/bin/caddy" "$tools/bin/caddy"
    rm -rf "$folder"
}

install_python_tools() {
    local inputs
    inputs=$(sha256sum <tests/requirements.txt)
    [ -x "$tools/venv/bin/aws" ] && is_stamped venv "$inputs" && return
    say "installing the AWS clients"
    rm -rf "$tools/venv"
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
    stamp venv "$inputs"
}

# A key management service beside ours. Only its KMS is imported, which needs nothing else.
install_other_kms() {
    local inputs
    inputs=$(cat tests/requirements.txt tests/tools/kms/requirements.txt | sha256sum)
    [ -d "$tools/kms/ministack" ] && is_stamped kms "$inputs" && return
    say "installing a key management service that is not ours"
    rm -rf "$tools/kms"
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps \
        --target "$tools/kms" -r tests/tools/kms/requirements.txt
    stamp kms "$inputs"
}

# Programs for node. Without them the tests that want them say that they are skipped.
install_node_tools() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        say "no node and npm here: the policy engine will not be compared with another, no test will see Azure, and none the AWS SDK for JavaScript"
        return
    fi
    install_node_module node "another's evaluator of policies"
    install_node_module azurite "a server that speaks Azure Blob Storage"
    install_node_module javascript "the AWS SDK for JavaScript"
}

install_node_module() {
    local from=tests/tools/$1 to=$tools/$1 inputs
    inputs=$(node --version; cat "$from/package.json" "$from/package-lock.json")
    inputs=$(sha256sum <<<"$inputs")
    [ -d "$to/node_modules" ] && is_stamped "$1" "$inputs" && return
    say "installing $2"
    rm -rf "$to"
    mkdir -p "$to"
    cp "$from/package.json" "$from/package-lock.json" "$to"
    if (cd "$to" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null); then
        stamp "$1" "$inputs"
    else
        rm -rf "$to"
        say "it cannot be had: tests that want it will be skipped"
    fi
}

# A Debian small enough to push in seconds and real enough to run: what debootstrap makes, without
# documentation.
make_debian() {
    [ -s "$tools/debian.tar.gz" ] && return
    [ "$(id -u)" = 0 ] || refuse "as root, run this script once: debootstrap must own the files it makes"
    say "making a Debian with debootstrap"
    local root=$tools/debian.making suite apart=()
    suite=$(. /etc/os-release && echo "${VERSION_CODENAME:?}")
    rm -rf --one-file-system "$root"
    # What it mounts in there is mounted for it alone, and gone however it ends.
    if unshare --mount true 2>/dev/null; then apart=(unshare --mount); fi
    "${apart[@]}" debootstrap --variant=minbase "$suite" "$root" >"$tools/debootstrap.log" 2>&1 ||
        refuse "debootstrap failed; the end of $tools/debootstrap.log says:" "$(tail -n 5 "$tools/debootstrap.log")"
    tar -C "$root" --numeric-owner -czf "$tools/debian.tar.gz.making" \
        --exclude='./dev/*' --exclude='./var/log/*' --exclude='./var/cache/apt/*' --exclude='./var/lib/apt/lists/*' \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' .
    rm -rf --one-file-system "$root"
    mv "$tools/debian.tar.gz.making" "$tools/debian.tar.gz"
}

mkdir -p "$tools/bin"
install_packages
install_python_tools
install_other_kms
install_go_tools
install_apart
if [ "${1:-}" = rust-sdk ]; then install_rust_sdk; fi
if [ "${1:-}" = cosign ]; then install_module cosign cosign github.com/sigstore/cosign/v3/cmd/cosign; fi
if [ "${1:-}" = event-ruler ]; then install_event_ruler; fi
install_caddy
install_node_tools
make_debian
