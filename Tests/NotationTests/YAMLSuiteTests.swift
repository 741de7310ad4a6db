import Foundation
import Notation
import TestSupport
import Testing

/// yaml-test-suite: what must fail fails; what is valid is read right or refused for what it is.
@Suite struct YAMLSuite {
  private static let cases: [Value] = {
    guard let data = Specs.data("yaml/cases.json") else { return [] }
    return (try? JSON.parse([UInt8](data)))?.list ?? []  // an empty list fails the count below
  }()

  @Test func theSuiteIsWhole() {
    guard Specs.data("yaml/cases.json") != nil else { return }
    #expect(Self.cases.count == 402)
    #expect(Self.cases.filter { $0["error"] == true }.count == 94)
  }

  @Test func everyInvalidTextIsRefusedWithAPlaceInside() {
    for item in Self.cases where item["error"] == true {
      let source = item["in_yaml"]?.string ?? ""
      let error = refusal { () throws(NotationError) in try YAML.parse(source) }
      #expect(error != nil, "\(name(item))")
      guard let error else { continue }
      #expect((0...source.utf8.count).contains(error.position.offset), "\(name(item))")
    }
  }

  @Test func everyValidTextIsReadRightOrRefusedForWhatIsInIt() throws {
    var counts: [String: Int] = [:]
    for item in Self.cases where item["error"] == false {
      let expected = Outline(events: item["events"]?.string ?? "")
      do throws(NotationError) {
        let document = try YAML.parse(item["in_yaml"]?.string ?? "")
        #expect(expected.reasons.isEmpty, "\(name(item)) should be refused: \(expected.reasons)")
        #expect(document.value == expected.value, "\(name(item))")
        if let json = item["in_json"]?.string, !json.isEmpty {
          #expect(try document.value == JSON.parse(json), "\(name(item))")
        }
        counts["read", default: 0] += 1
      } catch {
        let reason = error.problem.suiteReason
        #expect(expected.reasons.contains(reason), "\(name(item)): \(error.message)")
        counts[reason, default: 0] += 1
      }
    }
    for (reason, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("yaml-test-suite, valid texts: \(count) \(reason)")
    }
    #expect(counts.values.reduce(0, +) == Self.cases.count - 94 || Self.cases.isEmpty)
  }

  private func name(_ item: Value) -> String {
    "\(item["id"]?.string ?? "") \(item["name"]?.string ?? "")"
  }
}

extension NotationError.Problem {
  fileprivate var suiteReason: String {
    switch self {
    case .anchor: "refused: anchor"
    case .alias: "refused: alias"
    case .tag: "refused: tag"
    case .duplicateKey: "refused: duplicate key"
    case .keyIsNotText: "refused: key that is not a text"
    case .keyIsCollection: "refused: list or map as a key"
    case .severalDocuments: "refused: several documents"
    case .notFinite: "refused: number that JSON cannot hold"
    default: "refused: \(self)"
    }
  }
}

/// The expected value, built from the suite's own event notation, and every reason to refuse it.
private struct Outline {
  private(set) var value: Value = .null
  private(set) var reasons: Set<String> = []
  private var lines: ArraySlice<Substring>

  init(events: String) {
    lines = events.split(separator: "\n")[...]
    if events.split(separator: "\n").filter({ $0.hasPrefix("+DOC") }).count > 1 {
      reasons.insert("refused: several documents")
    }
    while let line = lines.popFirst() {
      guard !line.hasPrefix("+DOC"), !line.hasPrefix("-DOC"), !line.hasPrefix("+STR"),
        !line.hasPrefix("-STR")
      else { continue }
      value = node(line)
    }
  }

  private mutating func node(_ line: Substring) -> Value {
    if line.hasPrefix("=ALI") {
      reasons.insert("refused: alias")
      return .null
    }
    let properties = line.dropFirst(4).split(separator: " ").prefix { word in
      word.hasPrefix("&") || word.hasPrefix("<") || word == "[]" || word == "{}"
    }
    if properties.contains(where: { $0.hasPrefix("&") }) { reasons.insert("refused: anchor") }
    if properties.contains(where: { $0.hasPrefix("<") }) { reasons.insert("refused: tag") }
    switch line.prefix(4) {
    case "+SEQ":
      var list: [Value] = []
      while let next = lines.popFirst(), next != "-SEQ" { list.append(node(next)) }
      return .list(list)
    case "+MAP":
      var map = ValueMap()
      while let next = lines.popFirst(), next != "-MAP" {
        if next.hasPrefix("+") { reasons.insert("refused: list or map as a key") }
        let key = node(next)
        let value = node(lines.popFirst() ?? "")
        if key.string == nil { reasons.insert("refused: key that is not a text") }
        if !map.add(key.string ?? "", value) { reasons.insert("refused: duplicate key") }
      }
      return .map(map)
    default:
      let skipped = properties.reduce(5) { $0 + $1.count + 1 }
      return scalar(line.dropFirst(skipped))
    }
  }

  /// The core schema once more, in the plainest words.
  private func scalar(_ scalar: Substring) -> Value {
    let text = String(scalar.dropFirst())
      .replacingOccurrences(of: "\\\\", with: "\u{0}").replacingOccurrences(of: "\\n", with: "\n")
      .replacingOccurrences(of: "\\t", with: "\t").replacingOccurrences(of: "\\b", with: "\u{8}")
      .replacingOccurrences(of: "\\r", with: "\r").replacingOccurrences(of: "\u{0}", with: "\\")
    guard scalar.first == ":" else { return .string(text) }
    if ["", "~", "null", "Null", "NULL"].contains(text) { return .null }
    if ["true", "True", "TRUE"].contains(text) { return true }
    if ["false", "False", "FALSE"].contains(text) { return false }
    let number = #/[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/#
    if text.wholeMatch(of: number) != nil { return .number(Double(text) ?? .nan) }
    if text.wholeMatch(of: #/0o[0-7]+/#) != nil {
      return .number(Double(Int(text.dropFirst(2), radix: 8) ?? 0))
    }
    if text.wholeMatch(of: #/0x[0-9a-fA-F]+/#) != nil {
      return .number(Double(Int(text.dropFirst(2), radix: 16) ?? 0))
    }
    return .string(text)
  }
}
