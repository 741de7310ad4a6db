import Foundation
import TestSupport
import Testing

/// The example of the documentation, built and run as its readers would.
struct ExampleTests {
  private static let package =
    Checkout.root.appendingPathComponent("docs/examples/reading-prompts").path
  private static let scratch = Checkout.root.appendingPathComponent(".build/example").path
  private static let program = "\(scratch)/debug/sort-ticket"

  @Test func `the example builds, runs, and links no git`() throws {
    let built = try Program("swift", in: Self.package).run([
      "build", "--disable-index-store", "--scratch-path", Self.scratch,
    ])
    try #require(built.succeeded, "\(built.text)\(built.errors)")

    let ran = try Program(Self.program, in: Self.package).run(["I was charged twice"])
    #expect(ran.text.contains("support/triage 1.0.0 for googleai/"))
    #expect(ran.text.contains("The customer has the team plan."))
    #expect(ran.text.contains("<ticket>\nI was charged twice\n</ticket>"))
    #expect(ran.text.hasSuffix("--- sorted into billing, high\n"))

    let libraries = try Program("ldd").run([Self.program]).text
    #expect(libraries.contains("libcrypto"))
    #expect(!libraries.contains("git"))
    let symbols = try Program("nm").run([Self.program]).text
    #expect(symbols.contains("PinnedPrompts"))
    #expect(!symbols.contains("git_"))

    try Self.changeOneByte()
  }

  /// Runs the program in a copy of its folder in which one byte is another.
  private static func changeOneByte() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: "\(package)/vendor", toPath: "\(folder.path)/vendor")
    let file = "vendor/prompts/support.triage/shared/_untrusted.prompt"
    let url = folder.url.appendingPathComponent(file)
    var bytes = try Data(contentsOf: url)
    bytes[0] ^= 1
    try bytes.write(to: url)
    let ran = try Program(program, in: folder.path).run(["x"])
    #expect(ran.text == "error (changed): '\(file)' is not what was pinned\n")
  }
}
