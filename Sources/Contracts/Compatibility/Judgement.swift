import Notation

/// Collects the reasons of one verdict.
struct Judgement {
  private(set) var reasons: [Reason] = []

  mutating func judge(from former: Contract, to next: Contract) throws(SchemaError) {
    try judgeInput(former, next)
    try judgeOutput(former, next)
    compare("model", .modelChanged, former.model.map(Value.string), next.model.map(Value.string))
    compareEntries("config", .configChanged, former.config, next.config)
    compare("tools", .toolsChanged, former.tools, next.tools)
    compare(
      "roles", .rolesChanged, .list(former.roles.map(Value.string)),
      .list(next.roles.map(Value.string)))
  }

  private mutating func judgeInput(
    _ former: Contract, _ next: Contract
  ) throws(SchemaError) {
    compareEntries("input", .inputDefaultChanged, former.defaults, next.defaults)
    switch (former.askedInput, next.askedInput) {
    case (nil, nil): judgeVariables(former.variables, next.variables)
    case (nil, let added?):
      _ = try Schema(added, formats: .asserted)
      add(.inputSchemaAdded, "/input", nil, added)
    case (let removed?, nil): add(.inputSchemaRemoved, "/input", removed, nil)
    case (let before?, let after?):
      try judge(.input, before, after)
    }
  }

  private mutating func judgeVariables(_ before: Set<String>, _ after: Set<String>) {
    for name in after.subtracting(before) {
      add(.variableAdded, Self.path("variables", [.key(name)]), nil, .string(name))
    }
    for name in before.subtracting(after) {
      add(.variableRemoved, Self.path("variables", [.key(name)]), .string(name), nil)
    }
  }

  private mutating func judgeOutput(
    _ former: Contract, _ next: Contract
  ) throws(SchemaError) {
    compare(
      "output", .outputFormatChanged, former.outputFormat.map(Value.string),
      next.outputFormat.map(Value.string))
    switch (former.output, next.output) {
    case (nil, nil): break
    case (nil, let added?):
      _ = try Schema(added, formats: .asserted)
      add(.outputSchemaAdded, "/output", nil, added)
    case (let removed?, nil): add(.outputSchemaRemoved, "/output", removed, nil)
    case (let before?, let after?):
      try judge(.output, before, after)
    }
  }

  /// Formats count as rules here: whoever relies on one is hit where it goes.
  private mutating func judge(
    _ side: Side, _ before: Value, _ after: Value
  ) throws(SchemaError) {
    let next = try Schema(after, formats: .asserted)
    guard before != after else { return }
    // A published schema that today's compiler refuses is no reason to refuse its successor.
    guard let former = try? Schema(before, formats: .asserted) else {
      return add(side.uncertain, "/\(side)", before, after)
    }
    for change in SchemaComparison.changes(from: former, to: next) {
      guard let rule = side.rule(for: change) else { continue }
      add(rule, Self.path("\(side)", change.path), change.before, change.after)
    }
  }
}

extension Judgement {
  private mutating func compare(
    _ part: String, _ rule: Rule, _ before: Value?, _ after: Value?
  ) {
    if before != after { add(rule, "/\(part)", before, after) }
  }

  private mutating func compareEntries(
    _ part: String, _ rule: Rule, _ before: ValueMap, _ after: ValueMap
  ) {
    for key in before.keys + after.keys.filter({ before[$0] == nil })
    where before[key] != after[key] {
      add(rule, Self.path(part, [.key(key)]), before[key], after[key])
    }
  }

  private mutating func add(_ rule: Rule, _ path: String, _ before: Value?, _ after: Value?) {
    let reason = Reason(path: path, rule: rule, before: before ?? .null, after: after ?? .null)
    if !reasons.contains(reason) { reasons.append(reason) }
  }

  private static func path(_ part: String, _ steps: [PathStep]) -> String {
    JSONPointer.text([.key(part)] + steps)
  }
}

/// The two ends of a prompt that schemas describe.
private enum Side {
  case input, output

  var uncertain: Rule {
    switch self {
    case .input: .inputUncertain
    case .output: .outputUncertain
    }
  }

  func rule(for change: SchemaChange) -> Rule? {
    switch self {
    case .input: change.inputRule
    case .output: change.outputRule
    }
  }
}

extension SchemaChange {
  /// The rule for a change of the input's schema: what narrows hits callers.
  fileprivate var inputRule: Rule? {
    switch kind {
    case .propertyAdded(let isRequired): isRequired ? .inputRequiredAdded : .inputOptionalAdded
    case .propertyClaimed: .inputWasOpen
    case .propertyRemoved: .inputRemoved
    case .becameRequired: .inputBecameRequired
    case .becameOptional: .inputBecameOptional
    case .opened: .inputWidened
    case .closed: .inputNarrowed
    case .type(let effect): effect.contains(.narrows) ? .inputTypeChanged : .inputWidened
    case .keyword(_, let effect) where effect.contains(.narrows):
      effect.contains(.isDoubtful) ? .inputUncertain : .inputNarrowed
    case .keyword: .inputWidened
    }
  }

  /// The rule for a change of the output's schema: what widens hits consumers, who are taken to
  /// pass over properties that they do not know.
  fileprivate var outputRule: Rule? {
    switch kind {
    case .propertyAdded: .outputPropertyAdded
    case .propertyClaimed: nil
    case .propertyRemoved: .outputPropertyRemoved
    case .becameRequired: .outputBecameRequired
    case .becameOptional: .outputBecameOptional
    case .opened: .outputOpened
    case .closed: .outputNarrowed
    case .type(let effect): effect.contains(.widens) ? .outputTypeChanged : .outputNarrowed
    case .keyword(_, let effect) where effect.contains(.widens):
      effect.contains(.isDoubtful) ? .outputUncertain : .outputWidened
    case .keyword: .outputNarrowed
    }
  }
}
