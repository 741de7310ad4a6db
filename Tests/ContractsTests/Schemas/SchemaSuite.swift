import Foundation
import Notation
import TestSupport

@testable import Contracts

/// The public JSON Schema test suite, draft 2020-12.
enum SchemaSuite {
  struct Case: CustomStringConvertible, Sendable {
    let file: String
    let group: String
    let name: String
    let schema: Value
    let data: Value
    let isValid: Bool
    let formats: Schema.Formats

    var description: String { "\(file): \(group): \(name)" }
  }

  static let folder = "json-schema/draft2020-12"

  static let required: [Case] = cases(in: folder, .annotated)
  /// Formats are asserted in the cases about formats alone.
  static let optional: [Case] =
    cases(in: "\(folder)/optional", .annotated) + cases(in: "\(folder)/optional/format", .asserted)

  /// A document of the suite that its schemas refer to as `http://localhost:1234/…`.
  static let remotes: [String: Value] = {
    let root = Specs.root.appendingPathComponent("json-schema/remotes")
    var remotes: [String: Value] = [:]
    for case let file as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      guard file.hasSuffix(".json"), let data = Specs.data("json-schema/remotes/\(file)"),
        let value = try? JSON.parse(Array(data))
      else { continue }
      remotes["http://localhost:1234/\(file)"] = value
    }
    return remotes
  }()

  static func schema(_ value: Value, formats: Schema.Formats) throws -> Schema {
    try Schema(value, formats: formats, remotes: { remotes[$0] })
  }

  private static func cases(in folder: String, _ formats: Schema.Formats) -> [Case] {
    let root = Specs.root.appendingPathComponent(folder).path
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: root) else {
      print("skipped: \(folder) is not at \(Specs.root.path); set STET_SPECS")
      return []
    }
    return files.sorted().filter { $0.hasSuffix(".json") }.flatMap { file in
      guard let data = Specs.data("\(folder)/\(file)"), let groups = try? JSON.parse(Array(data))
      else { return [Case]() }
      return (groups.list ?? []).flatMap { cases(of: $0, file: file, formats) }
    }
  }

  private static func cases(
    of group: Value, file: String, _ formats: Schema.Formats
  ) -> [Case] {
    (group["tests"]?.list ?? []).map { test in
      Case(
        file: file, group: group["description"]?.string ?? "",
        name: test["description"]?.string ?? "", schema: group["schema"] ?? .null,
        data: test["data"] ?? .null, isValid: test["valid"] == .bool(true), formats: formats)
    }
  }
}
