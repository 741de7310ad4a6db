// swift-tools-version: 6.2
// The targets and their edges are those of docs/ARCHITECTURE.md; ArchitectureTests hold both to it.
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: String...) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) },
    swiftSettings: settings)
}

func tests(_ subject: String, _ more: String..., exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(subject)Tests",
    dependencies: ([subject, "TestSupport"] + more).map { .init(stringLiteral: $0) },
    exclude: exclude,
    swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
}

/// `STET_LINK=static` makes `stet` one file that needs no other to run; the Makefile asks for it.
let isStatic = Context.environment["STET_LINK"] == "static"

/// Where the shared libraries are looked up, if they are what is linked.
func pkgConfig(_ name: String) -> String? { isStatic ? nil : name }

/// The archives of a system library and of what it needs itself, if they are what is linked.
func archives(_ names: String...) -> [LinkerSetting] {
  isStatic ? names.map { .linkedLibrary(":lib\($0).a") } : []
}

/// `STET_TESTS=Ledger,Git` leaves only these test targets in the package, for quick builds.
let chosen = Context.environment["STET_TESTS"]?.split(separator: ",").map { "\($0)Tests" }

let package = Package(
  name: "stet",
  products: [
    .executable(name: "stet", targets: ["stet"]),
    .executable(name: "stet-serve", targets: ["stet-serve"]),
    .library(name: "PromptReading", targets: ["PromptReading"]),
  ],
  targets: [
    // 0: one system library each
    .systemLibrary(
      name: "CGit2", pkgConfig: pkgConfig("libgit2"), providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: pkgConfig("libcrypto"), providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CMicroHTTP", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: pkgConfig("libpcre2-8"), providers: [.apt(["libpcre2-dev"])]),
    // 1
    .target(name: "CGit2Offline"),
    .target(
      name: "Git", dependencies: ["CGit2", "CGit2Offline"], swiftSettings: settings,
      linkerSettings: archives("git2", "http_parser", "pcre2-8", "z")),
    .target(
      name: "Keys", dependencies: ["CCrypto"], swiftSettings: settings,
      linkerSettings: archives("crypto")),
    library("Notation"),
    .target(
      name: "Patterns", dependencies: ["CPCRE2"], swiftSettings: settings,
      linkerSettings: archives("pcre2-8")),
    library("Platform"),
    // 2
    library("Templates", "Notation"),
    library("Contracts", "Notation", "Patterns"),
    library("Ledger", "Git", "Keys", "Notation", "Platform"),
    library("HTTP", "CMicroHTTP", "Platform"),
    // 3
    library("PromptRegistry", "Ledger", "Templates", "Contracts", "Keys", "Notation"),
    library("PromptReading", "Templates", "Contracts", "Keys", "Notation", "Platform"),
    // 4
    library(
      "Service", "PromptRegistry", "HTTP", "Templates", "Contracts", "Notation", "Platform"),
    // 5
    library(
      "CommandLineTool", "PromptRegistry", "PromptReading", "Ledger", "Templates", "Contracts",
      "Keys", "Notation", "Platform"),
    // 6
    .executableTarget(
      name: "stet", dependencies: ["CommandLineTool", "Platform"], swiftSettings: settings,
      linkerSettings: isStatic ? [.unsafeFlags(["-static-executable", "-use-ld=lld"])] : []),
    .executableTarget(
      name: "stet-serve", dependencies: ["Service", "Platform"], swiftSettings: settings),
    // tests
    .target(
      name: "TestSupport", path: "Tests/TestSupport",
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    // measurements: make bench
    .target(name: "Allocations", path: "Tests/Allocations"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "PromptRegistry", "HTTP", "Platform", "Contracts", "Templates", "Notation", "Ledger", "Git",
        "Keys", "Allocations", "TestSupport",
      ],
      path: "Tests/Benchmarks",
      exclude: ["handlebars.js", "launch.c", "publish.c", "schemas.py"],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    // the built program, killed and raced: make crash
    .executableTarget(name: "killer", path: "Tests/Killer"),
    .testTarget(
      name: "ProgramTests", dependencies: ["TestSupport"],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
    tests("Git"),
    tests("Keys"),
    tests("Notation"),
    tests("Patterns"),
    tests("Platform"),
    tests("Templates", "Notation"),
    tests("Contracts", "Notation"),
    tests("Ledger", "Git", "Keys", "Notation", "Platform"),
    tests("HTTP", "Platform"),
    tests(
      "PromptRegistry", "Git", "Ledger", "Templates", "Contracts", "Keys", "Notation", "Platform"),
    tests("PromptReading", "Contracts", "Keys", "Notation"),
    tests(
      "Service", "PromptRegistry", "HTTP", "Contracts", "Keys", "Ledger", "Notation", "Platform"),
    tests(
      "CommandLineTool", "PromptRegistry", "PromptReading", "Service", "HTTP", "Keys", "Notation",
      "Platform", exclude: ["Scripts"]),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestSupport"],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ].filter { $0.type != .test || chosen?.contains($0.name) ?? true }
)
