import Foundation
import Patterns
import TestSupport
import Testing

/// Random expressions in: a pattern that answers, or an error with a sentence.
///
/// Runs a moment by default; `FUZZ_SECONDS` makes it go on that long, `FUZZ_SEED` begins somewhere
/// else. `STET_ORACLE` names a file for `Tests/Oracle/patterns.js`, which asks V8 the same.
@Suite struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 1
  private static let seed = environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  private static let roundLimit = environment["FUZZ_SECONDS"] == nil ? 2_000 : Int.max

  static let pieces = [
    "a", "b", "c", "1", " ", "\n", "é", "😀", "^", "$", ".", "*", "+", "?", "{2}", "{1,}", "{0,2}",
    "{1,2}?", "*?", "+?", "??", "(", "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", ")", ")", ")", "|",
    "[", "[^", "]", "]", "-", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "\\1", "\\2",
    "(?<x>", "\\k<x>", "\\n", "\\u0061", "\\u{1F600}", "\\uD83D", "\\uDE00", "\\x61", "\\cA", "\\0",
    "\\-", "\\/", "\\.", "\\p{L}", "\\P{Lu}", "\\p{Script=Latin}", "\\p{Emoji}", "{", "}", "\\",
    "(?i)", "[]", "[^]", "[a-c]", "[^\\d]", "[\\w-]", "[a-\\d]", "/", "&&", "\\a", "_",
    "\\p{ASCII}",
  ]
  static let texts = [
    "", "a", "b", "ab", "aab", "abc1", "1", "a1b2", "é", "😀", "😀😀a", "\n", "a\nb", " a ", "aa",
    "cab\n",
    "\u{2028}", "_-/.", "A", "\0", "\u{1}", "ba ab", "\u{FEFF}x", "b😀b",
  ]

  @Test func `any expression is a pattern that answers, or refused with a sentence`() throws {
    var random = SeededGenerator(seed: Self.seed)
    let end = ContinuousClock.now + .seconds(Self.seconds)
    var answers: [[String: Any]] = []
    var round = 0
    while round < Self.roundLimit, ContinuousClock.now < end {
      let source = (0..<Int.random(in: 1...9, using: &random))
        .compactMap { _ in Self.pieces.randomElement(using: &random) }.joined()
      answers.append(try answer(to: source))
      round += 1
    }
    guard let file = Self.environment["STET_ORACLE"] else { return }
    let data = try JSONSerialization.data(withJSONObject: ["texts": Self.texts, "answers": answers])
    try data.write(to: URL(fileURLWithPath: file))
  }

  private func answer(to source: String) throws -> [String: Any] {
    do {
      let pattern = try Pattern(source)
      return ["source": source, "matches": try Self.texts.map { try pattern.matches($0) }]
    } catch let error as PatternError {
      #expect(!error.message.isEmpty, "seed \(Self.seed), \(source)")
      if case .unsupported = error { return ["source": source, "unsupported": true] }
      return ["source": source, "refused": error.message]
    }
  }
}
