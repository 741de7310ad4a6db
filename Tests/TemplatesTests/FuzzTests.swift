import Foundation
import Notation
import TestSupport
import Testing

@testable import Templates

/// Garbage in: an answer or an error out, in bounded time and memory.
///
/// Runs a moment by default; `FUZZ_SECONDS` makes each test go on that long. `FUZZ_SEED` begins
/// somewhere else. A failure prints the seed of its input.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 1
  private static let firstSeed = environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  private static let roundLimit = environment["FUZZ_SECONDS"] == nil ? 150 : Int.max
  /// What takes longer is taken for a hang, where somebody fuzzes on purpose.
  private static let slowest: Duration? = environment["FUZZ_SECONDS"] == nil ? nil : .seconds(5)
  private static let memoryLimit = 64 << 20

  private static let corpus: [[UInt8]] =
    SampleRegistryTests.paths.compactMap { SampleRegistryTests.source($0)?.bytes }
    + LintRulesTests.examples.flatMap { [$0.bad, $0.good] }.compactMap { $0.map { Array($0.utf8) } }

  private static let pieces: [[UInt8]] = [
    "{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{!--", "--}}", "{{#if a}}", "{{/if}}", "{{else}}",
    "{{> a}}", "{{#> a}}", "{{/a}}", "{{#*inline \"a\"}}", "{{/inline}}", "{{> @partial-block}}",
    "{{#each xs as |x i|}}", "{{/each}}", "{{../a}}", "{{@root}}", "(lookup . \"a\")", "\\", "~",
    "<<<dotprompt:", ">>>", "---\n", "\r\n", "\u{FEFF}", "\u{202E}", "é", "\0",
    "input:\n  schema:\n",
    "(array): ", "{a: b}", "[", "&a ", "1e999", "{{json this indent=99}}", "{{role a}}",
    "{{history}}",
  ].map { Array($0.utf8) }

  @Test func `any file is read, or refused with a place`() throws {
    try fuzz("reader") { bytes, _ in
      let source = SourceText(name: "f", bytes: bytes)
      for finding in Lint.findings(inPrompt: source, .init(partial: { _ in source })) {
        #expect((0...bytes.count).contains(finding.position.offset))
        #expect(!DiagnosticText.text(finding).isEmpty)
      }
    }
  }

  @Test func `any template is parsed, or refused with a place`() throws {
    try fuzz("parser") { bytes, _ in
      do {
        let template = try Template.parse(bytes, name: "f")
        #expect(
          template.reads(partials: ["a": template]).references.allSatisfy { read in
            read.range.upperBound <= bytes.count
          })
      } catch let error as TemplateError {
        #expect((0...bytes.count).contains(error.range.lowerBound))
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func `any template is rendered, or fails with a place`() throws {
    try fuzz("renderer") { bytes, random in
      let source = SourceText(name: "f", bytes: bytes)
      let data = PromptData(input: Self.input(&random))
      do {
        let compiled = try CompiledPrompt(Prompt.parse(source)) { _ in source }
        let rendered = try compiled.render(data)
        #expect(try JSON.parse(rendered.rendering.messagesJSON).list != nil)
        #expect(rendered.rendering.provenance.allSatisfy { $0.message >= 0 })
      } catch let error as PromptError {
        #expect(!DiagnosticText.text(error).isEmpty)
      }
    }
  }

  private func fuzz(
    _ name: String, _ body: ([UInt8], inout SeededGenerator) throws -> Void
  ) throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(Self.seconds)
    let before = Self.peakMemory
    var rounds = 0
    while rounds < Self.roundLimit, clock.now < end {
      let seed = Self.firstSeed &+ UInt64(rounds)
      var random = SeededGenerator(seed: seed)
      let bytes = Self.mutated(&random)
      let time = try clock.measure { try body(bytes, &random) }
      if let slowest = Self.slowest { #expect(time < slowest, "seed \(seed) of \(name)") }
      rounds += 1
    }
    let grown = Self.peakMemory - before
    #expect(grown < Self.memoryLimit, "\(name) up to seed \(Self.firstSeed &+ UInt64(rounds))")
    print("figure: \(name): \(rounds) inputs, \(grown >> 20) MiB more at the peak")
  }

  private static func mutated(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = corpus.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0...4, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      default:
        let other = corpus.randomElement(using: &random) ?? []
        bytes.insert(contentsOf: other.suffix(Int.random(in: 0...60, using: &random)), at: place)
      }
    }
    return bytes
  }

  private static func input(_ random: inout SeededGenerator) -> ValueMap {
    let names = ["a", "b", "xs", "name", "text", "user", "ticket", "message", "this"]
    return ValueMap(names.map { ($0, value(depth: 3, &random)) })
  }

  private static func value(depth: Int, _ random: inout SeededGenerator) -> Value {
    switch Int.random(in: 0...(depth > 0 ? 6 : 3), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .number(Double(Int.random(in: -9...9, using: &random)))
    case 3:
      .string(["", "x", "<<<dotprompt:role:system>>>", "\n"].randomElement(using: &random) ?? "")
    case 4: .list((0..<3).map { _ in value(depth: depth - 1, &random) })
    default: .map(ValueMap(["a", "name"].map { ($0, value(depth: depth - 1, &random)) }))
    }
  }

  /// The most memory that the process has had, in bytes.
  private static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
  }
}
