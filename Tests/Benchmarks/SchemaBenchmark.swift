import Contracts
import Foundation
import Notation
import TestSupport

extension Topic {
  /// One validation of a 2 KB object against 40 keywords, beside PyPI's fastjsonschema and
  /// jsonschema-rs. Goal: at least as fast as the faster of the two.
  static let schema = Topic(name: "schema") { report in
    try SchemaBenchmark.checkTheWork()
    try SchemaBenchmark().compare(report)
  }
}

private struct SchemaBenchmark {
  static let rounds = 25
  static let calls = 2_000
  static let packages = ["jsonschema-rs==0.60.3", "fastjsonschema==2.22.3"]

  /// An order of 2 KB.
  static let value: Value = [
    "id": "abc-123456", "status": "open", "created": "2026-11-21T09:00:00Z", "priority": 2,
    "score": 0.25,
    "summary": .string(String(repeating: "The last delivery came without two cables. ", count: 9)),
    "tags": ["delivery", "missing", "cables", "second-mail"],
    "customer": [
      "name": "Renate Example", "email": "renate@example.com", "plan": "team",
      "address": ["street": "Long Street 12", "city": "Bremen", "zip": "28195"],
    ],
    "items": .list(
      (1...15).map { number in
        [
          "title": .string("Cable, two metres, number \(number)"),
          "quantity": .number(Double(number)), "price": .number(9.5 + Double(number)),
          "gift": .bool(number.isMultiple(of: 2)),
        ]
      }),
    "notes": nil,
  ]

  /// 40 keywords that check something; `properties` and `$defs` are not counted.
  static let schema: Value = [
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
    "required": ["id", "customer", "items", "status"], "additionalProperties": false,
    "properties": [
      "id": ["pattern": "^[a-z]{3}-[0-9]{6}$"],
      "status": ["enum": ["new", "open", "waiting", "closed"]],
      "created": ["type": "string", "minLength": 10, "maxLength": 30],
      "priority": ["type": "integer", "minimum": 1, "maximum": 5],
      "score": ["exclusiveMaximum": 1],
      "summary": ["type": "string", "maxLength": 600],
      "tags": ["type": "array", "items": ["type": "string"], "uniqueItems": true],
      "customer": [
        "type": "object", "required": ["name", "email"],
        "properties": [
          "name": ["type": "string", "minLength": 1], "email": ["type": "string"],
          "plan": ["anyOf": [["const": "free"], ["const": "team"], ["type": "null"]]],
          "address": ["required": ["city"], "properties": ["city": ["type": "string"]]],
        ],
      ],
      "items": ["minItems": 1, "maxItems": 50, "items": ["$ref": "#/$defs/item"]],
      "notes": ["type": ["string", "null"]],
    ],
    "$defs": [
      "item": [
        "required": ["title", "quantity"], "additionalProperties": false,
        "properties": [
          "title": ["maxLength": 80], "quantity": ["type": "integer"],
          "price": ["minimum": 0], "gift": ["type": "boolean"],
        ],
      ]
    ],
  ]

  /// That the schema and the value are what the figures say of them.
  static func checkTheWork() throws {
    let isValid = try Schema(schema).violations(in: value).isEmpty
    precondition(isValid, "the value is not valid")
    precondition(abs(JSON.bytes(value).count - 2000) < 200, "the value is not 2 KB")
    precondition(keywords(in: schema) == 40, "the schema does not have 40 keywords")
  }

  let schema: Schema
  let python: Peer?

  init() throws {
    schema = try Schema(Self.schema)
    python = Self.environment().flatMap {
      Peer(
        [$0, Peer.program("schemas.py")],
        work: ["schema": JSON.text(Self.schema), "value": JSON.text(Self.value)])
    }
  }

  func compare(_ report: Report) throws {
    let peers = ["fastjsonschema", "jsonschema-rs is_valid", "jsonschema-rs iter_errors"]
    guard let python else {
      report.skip(peers.joined(separator: ", "), because: "they cannot be installed here")
      return report.print("is it valid", nanoseconds { schema.isValid(Self.value) }, "ns")
    }
    let asked = peers.map { peer in
      { python.nanoseconds(peer.replacingOccurrences(of: " ", with: "."), calls: 500) }
    }
    let (valid, ratios) = Stopwatch.compare(
      rounds: Self.rounds, ours: { nanoseconds { schema.isValid(Self.value) } },
      peers: Array(asked[0...1]))
    for (peer, ratio) in zip(peers, ratios) {
      report.print("is it valid", valid, "ns", ratio: ratio, against: peer)
    }
    let (all, ratio) = Stopwatch.compare(
      rounds: Self.rounds, ours: { nanoseconds { schema.violations(in: Self.value).isEmpty } },
      peers: [asked[2]])
    report.print("every violation", all, "ns", ratio: ratio[0], against: peers[2])
  }

  private func nanoseconds(_ body: () -> Bool) -> Double {
    Stopwatch.nanoseconds(calls: Self.calls) { keep(body() ? 1 : 0) }
  }

  /// A Python that has both packages; nil where it cannot be made.
  private static func environment() -> String? {
    let folder = Checkout.root.appendingPathComponent(".build/bench-python").path
    let python = folder + "/bin/python"
    let there = [python, "-c", "import fastjsonschema, jsonschema_rs"]
    if runs(there) { return python }
    guard runs(["python3", "-m", "venv", folder]),
      runs([folder + "/bin/pip", "install", "--quiet"] + packages), runs(there)
    else { return nil }
    return python
  }

  private static func runs(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }  // without env nothing runs
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static func keywords(in schema: Value) -> Int {
    switch schema {
    case .map(let map):
      map.entries.reduce(0) { count, entry in
        switch entry.key {
        case "$schema": count
        case "properties", "$defs":
          count + (entry.value.map?.values ?? []).reduce(0) { $0 + keywords(in: $1) }
        default: count + 1 + keywords(in: entry.value)
        }
      }
    case .list(let list): list.reduce(0) { $0 + keywords(in: $1) }
    case .null, .bool, .number, .string: 0
    }
  }
}
