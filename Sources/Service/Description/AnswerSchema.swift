import Notation

/// What the answers of routes look like: each is named in `openapi.json` under `components`.
enum AnswerSchema: String, CaseIterable {
  case listedPrompt = "ListedPrompt"
  case promptList = "PromptList"
  case prompt = "Prompt"
  case version = "Version"
  case rendering = "Rendering"
  case validity = "Validity"
  case difference = "Difference"
  case environment = "Environment"
  case environmentList = "EnvironmentList"
  case ledgerEntry = "LedgerEntry"
  case ledger = "Ledger"
  case waitingRequest = "WaitingRequest"
  case requestList = "RequestList"
  case request = "Request"
  case registry = "Registry"
  case readiness = "Readiness"
  case event = "Event"

  /// What stands for it in an answer.
  var reference: Value { ["$ref": .string("#/components/schemas/\(rawValue)")] }

  /// The schema itself. Keys may be added to every object, so that none is closed.
  var value: Value {
    switch self {
    case .listedPrompt: Self.object(Self.listed)
    case .promptList:
      Self.object([
        ("prompts", Self.list(Self.listedPrompt.reference)), ("cursor", Self.optional("string")),
      ])
    case .prompt: Self.object(Self.listed + Self.details)
    case .version: Self.object(Self.versionFields)
    case .rendering: Self.object(Self.renderingFields)
    case .validity:
      Self.object([
        ("valid", ["type": "boolean"]),
        ("violations", Self.list(["$ref": "#/components/schemas/Violation"])),
        ("code_block_line", Self.optional("integer")),
      ])
    case .difference: Self.object(Self.differenceFields)
    case .environment: Self.object(Self.environmentFields)
    case .environmentList:
      Self.object([("environments", Self.list(Self.environment.reference))])
    case .ledgerEntry: Self.object(Self.entryFields)
    case .ledger:
      Self.object([
        ("entries", Self.list(Self.ledgerEntry.reference)), ("through", Self.count),
      ])
    case .waitingRequest: Self.object(Self.waitingFields)
    case .requestList: Self.object([("requests", Self.list(Self.waitingRequest.reference))])
    case .request: Self.object(Self.requestFields)
    case .registry: Self.object([("id", Self.digest), ("entry", Self.count)])
    case .event:
      // An event of the stream, in whose data a ledger entry stands as JSON.
      Self.object([("id", Self.text), ("event", Self.text), ("data", Self.text)])
    case .readiness: Self.object([("ready", ["type": "boolean"]), ("entry", Self.count)])
    }
  }
}

// MARK: - The fields of each

extension AnswerSchema {
  private typealias Fields = [(String, Value)]

  private static let listed: Fields = [
    ("name", text), ("version", optional("string")), ("digest", optional("string")),
    ("retired", ["type": "boolean"]),
    ("live", ["type": "object", "additionalProperties": text]),
  ]

  private static let details: Fields = [
    (
      "versions",
      list(
        object([
          ("version", text), ("digest", digest), ("bump", text), ("by", text), ("at", time),
          ("what", text), ("why", optional("string")), ("yanked", ["type": "boolean"]),
          ("yanked_why", optional("string")), ("entry", optional("integer")),
        ]))
    ),
    (
      "pins",
      list(
        object([
          ("environment", text), ("version", text), ("digest", digest), ("entry", count),
          ("at", time),
        ]))
    ),
    ("changelog", text),
  ]

  private static let versionFields: Fields = [
    ("name", text), ("version", text), ("digest", digest), ("entry", optional("integer")),
    ("source", text), ("model", optional("string")), ("config", map),
    ("contract", object([("input", anything), ("output", anything)])),
    (
      "includes",
      list(object([("name", text), ("version", text), ("digest", digest), ("source", text)]))
    ),
  ]

  private static let renderingFields: Fields = [
    ("model", optional("string")), ("config", map), ("tools", optional("array")),
    ("toolDefs", optional("array")), ("ext", map), ("metadata", map),
    ("messages", list(object([("role", text), ("content", list(map))]))),
    ("prompt", object([("name", text), ("version", text), ("digest", digest)])),
    ("input_digest", digest), ("provenance", optional("array")), ("entry", optional("integer")),
  ]

  private static let differenceFields: Fields = [
    ("from", text), ("to", text), ("source", list(map)), ("includes", list(map)),
    ("beside", list(map)), ("cases", list(map)), ("fields", list(map)),
    ("contract", object([("bump", optional("string")), ("reasons", list(map))])),
    ("tokens", object([("from", optional("integer")), ("to", optional("integer"))])),
  ]

  private static let environmentFields: Fields = [
    ("name", text), ("rules", map), ("locked", anything),
    (
      "live",
      list(
        object([
          ("name", text), ("version", text), ("digest", digest), ("entry", count), ("at", time),
        ]))
    ),
  ]

  private static let entryFields: Fields = [
    ("entry", count), ("action", text), ("by", text), ("at", time), ("headline", text),
    ("what", optional("string")), ("why", optional("string")), ("impact", optional("string")),
    ("allowed", list(object([("id", text), ("reason", text)]))),
    ("environment", optional("string")), ("request", optional("integer")), ("names", list(text)),
    ("published", list(object([("name", text), ("version", text)]))), ("digest", digest),
  ]

  private static let waitingFields: Fields = [
    ("request", count), ("environment", optional("string")), ("names", list(text)),
    ("author", text), ("reason", optional("string")), ("stale", ["type": "boolean"]),
    ("missing", list(map)),
  ]

  private static let requestFields: Fields = [
    ("request", count), ("environment", optional("string")), ("author", text),
    ("reason", optional("string")),
    ("changes", list(map)), ("policy", optional("string")),
    ("reviews", list(object([("member", text), ("decision", text), ("entry", count)]))),
    ("missing", list(map)), ("subject", digest),
  ]
}

// MARK: - What they are made of

extension AnswerSchema {
  private static let text: Value = ["type": "string"]
  private static let count: Value = ["type": "integer", "minimum": 0]
  private static let map: Value = ["type": "object"]
  private static let anything: Value = [:]
  private static let time: Value = ["type": "string", "format": "date-time"]
  private static let digest: Value = ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]

  private static func optional(_ type: String) -> Value {
    ["type": .list([.string(type), "null"])]
  }

  private static func list(_ element: Value) -> Value { ["type": "array", "items": element] }

  /// Every key is always there.
  private static func object(_ fields: Fields) -> Value {
    [
      "type": "object", "required": .list(fields.map { .string($0.0) }),
      "properties": .map(ValueMap(fields)),
    ]
  }
}
