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

/// `STET_TESTS=Ledger,Git` leaves only these test targets in the package, for quick builds.
let chosen = Context.environment["STET_TESTS"]?.split(separator: ",").map { "\($0)Tests" }

let package = Package(
  name: "stet",
  products: [
    .executable(name: "stet", targets: ["stet"]),
    .library(name: "PromptReading", targets: ["PromptReading"]),
  ],
  targets: [
    // 0: one system library each
    .systemLibrary(name: "CGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
    .systemLibrary(name: "CFYAML", pkgConfig: "libfyaml", providers: [.apt(["libfyaml-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CMicroHTTP", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    // 1
    library("Git", "CGit2"),
    library("Keys", "CCrypto"),
    .target(
      name: "Notation", dependencies: ["CFYAML"], swiftSettings: settings,
      linkerSettings: [.linkedLibrary("m")]),
    library("Patterns", "CPCRE2"),
    library("Platform"),
    // 2
    library("Templates", "Notation"),
    library("Contracts", "Notation", "Patterns"),
    library("Ledger", "Git", "Keys", "Notation", "Platform"),
    library("HTTP", "CMicroHTTP", "Platform"),
    // 3
    library("PromptRegistry", "Ledger", "Templates", "Contracts", "Keys", "Notation"),
    library("PromptReading", "Templates", "Contracts", "Keys", "Notation"),
    // 4
    library(
      "Service", "PromptRegistry", "HTTP", "Templates", "Contracts", "Notation", "Platform"),
    // 5
    library(
      "CommandLineTool", "PromptRegistry", "PromptReading", "Service", "HTTP", "Templates",
      "Contracts", "Keys", "Notation", "Platform"),
    // 6
    .executableTarget(
      name: "stet", dependencies: ["CommandLineTool", "Platform"], swiftSettings: settings),
    // tests
    .target(
      name: "TestSupport", path: "Tests/TestSupport",
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
    tests("PromptRegistry", "Ledger", "Templates", "Contracts", "Keys", "Notation", "Platform"),
    tests("PromptReading"),
    tests("Service", "PromptRegistry", "HTTP", "Notation"),
    tests(
      "CommandLineTool", "PromptRegistry", "Keys", "Notation", "Platform", exclude: ["Scripts"]),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestSupport"],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ].filter { $0.type != .test || chosen?.contains($0.name) ?? true }
)
