import Notation

/// The policy as people edit it: YAML, where what has a usual value may be left out. Approvals and
/// owners have none: whoever forgets them must not switch them off.
package enum PolicyText {
  /// The largest file, in bytes.
  package static let byteLimit = Slot.recordByteLimit

  /// Reads a whole policy; every error names its line and column.
  package static func parse(
    _ bytes: [UInt8], file: String
  ) throws(RegistryError) -> Policy {
    let document = try document(bytes, file: file)
    return try policy(document.value, document, file)
  }

  /// Reads a policy without members, as a sample registry brings it; those of the usual policy are
  /// in it then, and whatever else it leaves out is as there.
  package static func parse(
    _ bytes: [UInt8], file: String, over usual: Policy
  ) throws(RegistryError) -> Policy {
    let document = try document(bytes, file: file)
    var value = document.value
    if let members = value["members"]?.map, !members.isEmpty {
      throw complaint(
        RecordError(place: [.key("members")], problem: .unknown), document, file)
    }
    guard case .map(var map) = value else {
      throw complaint(
        RecordError(place: [], problem: .wrongType(expected: "a map")), document, file)
    }
    map["members"] = .map(ValueMap())
    map["version"] = 1
    if let usual = usual.value.map { fill(&map, usual) }
    value = .map(map)
    var policy = try policy(value, document, file)
    policy.members = usual.members
    return policy
  }

  /// The text to edit: everything spelled out.
  package static func text(_ policy: Policy) -> String {
    var value = policy.value
    guard case .map(var map) = value else { return YAML.text(value) }
    let environments = policy.environments.map { rule -> Value in
      [
        "name": .string(rule.name.text), "from": rule.from.map { .string($0.text) } ?? .null,
        "approvals": .number(Double(rule.approvals)),
        "owner-approvals": .number(Double(rule.ownerApprovals)),
        "self-approval": .bool(rule.selfApproval), "soak": .string(Soak.text(rule.soakSeconds)),
      ]
    }
    let inOrder: [(String, Value?)] = [
      ("version", map["version"]), ("members", map["members"]), ("owners", map["owners"]),
      ("environments", .list(environments)), ("change", map["change"]),
    ]
    map = ValueMap(inOrder.compactMap { pair in pair.1.map { (pair.0, $0) } })
    value = .map(map)
    return YAML.text(value)
  }
}

extension PolicyText {
  private static func document(
    _ bytes: [UInt8], file: String
  ) throws(RegistryError) -> Document {
    guard bytes.count <= byteLimit else { throw .limit("bytes in a policy", byteLimit) }
    do throws(NotationError) {
      return try YAML.parse(bytes)
    } catch {
      throw .badInput(
        Complaint(
          file: file, position: error.position, message: error.message, hint: error.hint))
    }
  }

  private static func policy(
    _ value: Value, _ document: Document, _ file: String
  ) throws(RegistryError) -> Policy {
    do throws(RecordError) {
      return try Policy(try spelledOut(value))
    } catch {
      throw complaint(error, document, file)
    }
  }

  private static func complaint(
    _ error: RecordError, _ document: Document, _ file: String
  ) -> RegistryError {
    let isUnknown = error.problem == .unknown
    let place = isUnknown ? document.keyPosition(of: error.place) : nil
    return .badInput(
      Complaint(
        file: file, position: place ?? document.nearestPosition(of: error.place),
        message: ErrorText.message(error),
        hint: "'stet policy show' prints a policy with everything spelled out"))
  }

  /// What was left out is put in, and times become seconds: the value of the record.
  private static func spelledOut(_ value: Value) throws(RecordError) -> Value {
    guard case .map(var map) = value else {
      throw RecordError(place: [], problem: .wrongType(expected: "a map"))
    }
    if case .map(let members)? = map["members"] {
      map["members"] = .map(
        ValueMap(members.entries.map { ($0, withDefaults($1, ValueMap([("revoked", .list([]))]))) })
      )
    }
    if case .list(let environments)? = map["environments"] {
      var rules: [Value] = []
      for (index, environment) in environments.enumerated() {
        rules.append(
          try seconds(
            withDefaults(environment, environmentDefaults),
            at: [.key("environments"), .index(index), .key("soak")]))
      }
      map["environments"] = .list(rules)
    }
    return .map(map)
  }

  private static let environmentDefaults: ValueMap = ValueMap([
    ("from", .null), ("owner-approvals", 0), ("self-approval", false), ("soak", "0s"),
  ])

  private static func withDefaults(_ value: Value, _ defaults: ValueMap) -> Value {
    guard case .map(var map) = value else { return value }
    fill(&map, defaults)
    return .map(map)
  }

  private static func fill(_ map: inout ValueMap, _ defaults: ValueMap) {
    for (key, value) in defaults.entries where map[key] == nil { map[key] = value }
  }

  private static func seconds(
    _ environment: Value, at place: [PathStep]
  ) throws(RecordError) -> Value {
    guard case .map(var map) = environment, let text = map["soak"] else { return environment }
    // As a program was told it: 'policy show --json' answers seconds.
    if let seconds = text.integer, (0...Soak.limitSeconds).contains(seconds) { return environment }
    guard let seconds = text.string.flatMap({ Soak.seconds($0) }) else {
      throw RecordError(
        place: place, problem: .wrongType(expected: "a time such as 90s, 30m, 1h or 7d"))
    }
    map["soak"] = .number(Double(seconds))
    return .map(map)
  }
}
