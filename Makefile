# Stet: make, make run, make test; docs/CONTRIBUTING.md has the rest.
.PHONY: all test lint

all:
	swift build -c release --static-swift-stdlib --product stet

test:
	swift build --build-tests
	swift test --skip-build

lint:
	swift format lint --strict -r Sources Tests Package.swift
