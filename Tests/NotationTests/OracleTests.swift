import Foundation
import Notation
import TestSupport
import Testing

/// Random values as YAML, for `Tests/Oracle/yaml_1_1.py`, which asks PyYAML what they are.
@Suite struct OracleTests {
  @Test func `what we write is written out for PyYAML on demand`() throws {
    guard let file = ProcessInfo.processInfo.environment["STET_ORACLE"] else {
      print("skipped: nothing is compared here; run Tests/Scripts/oracle-yaml")
      return
    }
    let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 1
    var random = RandomValues(seed: seed)
    let lines = (0..<4_000).map { _ in
      let value = random.value()
      return JSON.text(["value": value, "yaml": .string(YAML.text(value))])
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
  }
}
