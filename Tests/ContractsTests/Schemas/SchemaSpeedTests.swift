import Contracts
import Foundation
import Notation
import Testing

/// How long one validation takes, for `Tests/Scripts/bench-schema`.
@Suite struct SchemaSpeedTests {
  static let rounds = 400
  static let validationsPerRound = 200

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

  @Test func `the schema and the value of the measurement are what it says`() throws {
    #expect(try Schema(Self.schema).violations(in: Self.value).isEmpty)
    #expect(abs(JSON.bytes(Self.value).count - 2000) < 200)
    #expect(Self.keywords(in: Self.schema) == 40)
  }

  @Test func `the time of one validation is printed on demand`() throws {
    guard let folder = ProcessInfo.processInfo.environment["STET_BENCH"] else {
      print("skipped: nothing is measured here; run Tests/Scripts/bench-schema")
      return
    }
    let schema = try Schema(Self.schema)
    for (name, value) in [("schema", Self.schema), ("value", Self.value)] {
      let url = URL(fileURLWithPath: folder).appendingPathComponent("\(name).json")
      try Data(JSON.bytes(value)).write(to: url)
    }
    print("schema isValid \(Self.nanoseconds { schema.isValid(Self.value) }) ns")
    let violations = Self.nanoseconds { schema.violations(in: Self.value).isEmpty }
    print("schema violations \(violations) ns")
  }

  /// The best of many short rounds: what the machine can do when nobody disturbs it.
  private static func nanoseconds(_ body: () -> Bool) -> Int {
    var best = Duration.seconds(1)
    for _ in 0..<rounds {
      let time = ContinuousClock().measure {
        for _ in 0..<validationsPerRound where !body() { preconditionFailure("not valid") }
      }
      best = min(best, time)
    }
    return Int(best / .nanoseconds(validationsPerRound))
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
