# Stet: `make run` shows it, `make test` proves it, `make help` lists the rest.
PREFIX ?= /usr/local
BUILD := swift build --disable-index-store
RELEASE := STET_LINK=$$(.ci/link) $(BUILD) -c release --static-swift-stdlib --product stet
SERVE := $(BUILD) -c release --static-swift-stdlib --product stet-serve
SOURCES := Package.swift Sources Tests

.DEFAULT_GOAL := all
.PHONY: all install run test lint format sanitize crash fuzz bench bench-peers oracle mutate released stress schemathesis clean help setup

all: setup ## build the programs: .build/release/stet and stet-serve
	$(SERVE)
	$(RELEASE)

install: all ## put it into PREFIX/bin (PREFIX=/usr/local)
	install -D -s -m 755 .build/release/stet $(DESTDIR)$(PREFIX)/bin/stet
	install -D -s -m 755 .build/release/stet-serve $(DESTDIR)$(PREFIX)/bin/stet-serve

run: all ## make a live registry of registry/ under .run/ and serve it
	@.ci/sample

test: setup ## run the whole suite (FILTER=<pattern> for a part)
	$(BUILD) --build-tests
	@.ci/test $(if $(FILTER),--filter '$(FILTER)')

released: all ## run the tests of the service's process against the program as it is installed
	$(BUILD) --build-tests
	@STET_SERVE=$(CURDIR)/.build/release/stet-serve .ci/test --filter 'ServiceTests\.(Stopping|ServeProcess|Opening|Hostile|BrokenLedger|Stream)Tests'

lint: setup ## check style and architecture
	swift format lint --strict --parallel --recursive $(SOURCES)
	$(BUILD) --build-tests
	@.ci/test --filter ArchitectureTests

format: setup ## rewrite the sources in our style
	swift format --in-place --parallel --recursive $(SOURCES)

sanitize: setup ## run the suite under the address sanitizer, then under the thread sanitizer
	LSAN_OPTIONS=suppressions=$(CURDIR)/.ci/leak-sanitizer swift test --disable-index-store --enable-swift-testing --disable-xctest --sanitize address --scratch-path .build/address
	TSAN_OPTIONS=suppressions=$(CURDIR)/.ci/thread-sanitizer swift test --disable-index-store --enable-swift-testing --disable-xctest --sanitize thread --scratch-path .build/thread

bench: all ## print the figures of every goal (TOPIC=rendering for a part)
	@$(BUILD) -c release --static-swift-stdlib --product benchmarks >&2
	@.build/release/benchmarks $(TOPIC)

crash: setup ## kill every writing verb at each of its steps
fuzz: setup ## feed the parsers garbage (SECONDS_EACH=600)
oracle: setup ## compare with other implementations, where Python is at hand
mutate: setup ## take each check out and see its test fail
crash fuzz oracle mutate:
	@.ci/each $@

stress: all ## read at full speed while prompts are promoted and git tidies up (SECONDS_EACH=600)
schemathesis: all ## ask the service everything that its openapi.json describes
bench-peers: all ## read a prompt from other registries too, where they can be installed
stress schemathesis bench-peers:
	@.ci/each $@

clean: ## remove what was built and the sample's live registry
	rm -rf .build .run

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup:
	@.ci/setup
