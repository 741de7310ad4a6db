import Contracts
import Foundation
import Notation
import Testing

@Suite struct TokenEstimateTests {
  /// With what the tokenizer of 131 000 entries that the weights follow counts.
  static let known: [(String, Int)] = [
    ("", 0),
    ("Hello", 1),
    ("You are a careful assistant. Answer in one sentence.", 11),
    ("{\"name\": \"a\", \"count\": 12}\n", 13),
    ("2026-11-21T09:00:00Z", 20),
    ("Bitte antworten Sie in einem Satz.", 9),
    ("Ответьте одним предложением.", 8),
    ("请用一句话回答。", 5),
    ("一文で答えてください。", 6),
    ("한 문장으로 대답하세요.", 7),
  ]

  @Test(arguments: known) func `short texts are estimated to within a few tokens`(
    text: String, tokens: Int
  ) {
    #expect(abs(TokenEstimate(of: text).count - tokens) <= 3 + tokens / 4)
  }

  @Test func `a text has no fewer tokens than a beginning of it`() {
    let text = Array("Hi, ünïcode! 12 Привет, мир; 你好 ไทย 😀\n\nlonger words follow".unicodeScalars)
    var last = 0
    for end in 0...text.count {
      let count = TokenEstimate(of: String(String.UnicodeScalarView(text[..<end]))).count
      #expect(count >= last)
      last = count
    }
  }

  @Test func `an estimate says that it is one`() {
    #expect(TokenEstimate(of: "Hello").description == "about 1 token (an estimate)")
    #expect(TokenEstimate(of: "").description == "about 0 tokens (an estimate)")
  }
}

/// Holds the estimate to real tokenizers, where `Tests/Scripts/oracle-tokens` has counted for it.
@Suite struct TokenEstimateErrorTests {
  struct Sample: Decodable {
    let kind: String
    let text: String
    let counts: [String: Int]
  }

  /// The mean error on a kind of text, over what the two tokenizers of 2024 make of it on average.
  static let errorLimit = 0.25
  static let worstErrorLimit = 0.45

  @Test func `the error by kind of text is what docs say`() throws {
    guard let path = ProcessInfo.processInfo.environment["STET_TOKEN_TEXTS"] else {
      print("skipped: no texts were counted; run Tests/Scripts/oracle-tokens")
      return
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let samples = try JSONDecoder().decode([Sample].self, from: data)
    print("| text | texts | error | beside tekken | beside qwen | beside mistral-v3 |")
    print("|---|--:|--:|--:|--:|--:|")
    var errors: [Double] = []
    for (kind, texts) in Dictionary(grouping: samples, by: \.kind).sorted(by: { $0.key < $1.key }) {
      let error = Self.mean(texts.map { abs($0.difference(from: $0.middle)) })
      let beside = ["tekken", "qwen", "mistral-v3"].map { name in
        Self.percent(Self.mean(texts.map { $0.difference(from: Double($0.counts[name] ?? 1)) }))
      }
      let columns = [kind, "\(texts.count)", Self.percent(error, signed: "")] + beside
      print("| \(columns.joined(separator: " | ")) |")
      #expect(error <= Self.worstErrorLimit, "\(kind)")
      errors.append(error)
    }
    print("mean over all kinds: \(Self.percent(Self.mean(errors), signed: ""))")
    #expect(Self.mean(errors) <= Self.errorLimit)
  }

  static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(max(numbers.count, 1))
  }

  static func percent(_ share: Double, signed: String = "+") -> String {
    String(format: "%\(signed).0f %%", share * 100)
  }
}

extension TokenEstimateErrorTests.Sample {
  /// Between the two tokenizers that the weights were fitted to.
  var middle: Double {
    (Double(counts["tekken"] ?? 1) * Double(counts["qwen"] ?? 1)).squareRoot()
  }

  func difference(from count: Double) -> Double {
    (Double(TokenEstimate(of: text).count) - count) / count
  }
}
