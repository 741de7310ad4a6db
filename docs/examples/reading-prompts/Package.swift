// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "reading-prompts",
  dependencies: [
    // In a package of your own: .package(url: "…/stet.git", from: "0.1.0")
    .package(name: "stet", path: "../../..")
  ],
  targets: [
    .executableTarget(
      name: "sort-ticket", dependencies: [.product(name: "PromptReading", package: "stet")])
  ]
)
