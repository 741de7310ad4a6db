import Foundation
import TestSupport
import Testing

@testable import Templates

/// The prompts that the first run serves are what authors copy from.
@Suite struct SampleRegistryTests {
  static let folder = Checkout.root.appendingPathComponent("registry")

  /// The prompts and partials by their path without the ending.
  static let paths: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.hasSuffix(".prompt") }.map { String($0.dropLast(7)) }.sorted()
  }()

  static func source(_ path: String) -> SourceText? {
    let url = folder.appendingPathComponent("\(path).prompt")
    guard let data = try? Data(contentsOf: url) else { return nil }
    return SourceText(name: path, bytes: Array(data))
  }

  @Test func thereAreSome() {
    #expect(Self.paths.count >= 10)
  }

  @Test("lint has nothing to say about the sample registry", arguments: paths)
  func isClean(_ path: String) throws {
    let source = try #require(Self.source(path))
    let surroundings = Lint.Surroundings(partial: { Self.source(PartialName.path(of: $0)) })
    let findings =
      PartialName.name(at: path) == nil
      ? Lint.findings(inPrompt: source, surroundings)
      : Lint.findings(inPartial: source, surroundings)
    #expect(findings.map(DiagnosticText.text) == [])
  }
}
