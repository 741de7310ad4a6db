import Ledger
import Contracts
import Notation
import PromptRegistry

/// What shall be live where, and why.
struct PromotionWish {
  let wishes: [Wish]
  let environment: EnvironmentName
  let reason: String
}

/// What came of a promotion: pins that moved, or a request and what it waits for.
struct Promoted {
  let entry: Int?
  let request: Int?
  let moved: [MovedPin]
  let missing: [Missing]

  /// The object that `promote --json` answers.
  var value: Value {
    [
      "status": .string(moved.isEmpty && !missing.isEmpty ? "requested" : "promoted"),
      "entry": Field.number(entry),
      "request": Field.number(request),
      "promoted": .list(moved.map(\.value)), "missing": .list(missing.map(\.value)),
    ]
  }
}

extension Session {
  /// Promotes at once where nothing is missing, else asks, or says what an open request waits for.
  func promoteOrAsk(
    _ asked: PromotionWish, _ opened: Opened, _ effect: Effect
  ) throws(CommandError) -> Promoted {
    let (wishes, environment, reason) = (asked.wishes, asked.environment, asked.reason)
    let order = try order()
    let state = opened.state
    let (promotion, open) = try opened.explaining { () throws(RegistryError) in
      let member = try state.member(holding: order.signer.publicKey)
      let changes = try state.changes(for: wishes, in: environment)
      let promotion = Promotion(
        environment: environment, changes: changes, author: member, request: nil)
      return (promotion, try state.openRequest(of: member, for: changes, in: environment))
    }
    if let open { return try carryOutOrWait(open, opened, effect) }
    let missing = try registryErrors(
      in: state.missing(for: promotion, at: max(order.now, state.time)))
    if missing.isEmpty {
      let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
        try state.promoting(wishes, in: environment, reason: reason, pen)
      }
      return Promoted(entry: outcome.entry, request: nil, moved: outcome.answer, missing: [])
    }
    // What no word and no waiting can mend is said at once, and nobody is asked in vain.
    let hopeless = missing.filter { !$0.rule.isAwaited }
    guard hopeless.isEmpty else { throw .registry(.ruleNotMet(hopeless)) }
    let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
      try state.requesting(wishes, in: environment, reason: reason, pen)
    }
    return Promoted(
      entry: outcome.entry, request: outcome.entry, moved: [], missing: missing)
  }

  /// Carries out an open request, or throws what is missing.
  func carryOut(
    _ id: Int, _ opened: Opened, _ effect: Effect
  ) throws(CommandError) -> Promoted {
    let request = try registryErrors(in: opened.state.openRequest(id))
    switch request.record.subject {
    case .promotion:
      let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
        try state.promoting(request: id, pen)
      }
      return Promoted(entry: outcome.entry, request: id, moved: outcome.answer, missing: [])
    case .policy:
      let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
        try state.changingPolicy(request: id, pen)
      }
      return Promoted(entry: outcome.entry, request: id, moved: [], missing: [])
    }
  }

  private func carryOutOrWait(
    _ request: NumberedRequest, _ opened: Opened, _ effect: Effect
  ) throws(CommandError) -> Promoted {
    let now = surroundings.now()
    let missing = try registryErrors(
      in: opened.state.missing(for: request, at: max(now, opened.state.time)))
    guard missing.isEmpty else {
      return Promoted(entry: nil, request: request.id, moved: [], missing: missing)
    }
    return try carryOut(request.id, opened, effect)
  }

  /// Says what moved, or what a request waits for.
  func answer(_ promoted: Promoted) {
    switch console.form {
    case .json: console.answer(promoted.value)
    case .text:
      for pin in promoted.moved { console.answer(pin.line(verb: "promoted", promoted.entry)) }
      if let line = promoted.requestLine { console.answer(line) }
      for missing in promoted.missing { console.answer("  \(missing.line)") }
    }
  }
}

extension Promoted {
  /// What became of a request; nil where none was needed.
  fileprivate var requestLine: String? {
    switch (request, missing.isEmpty) {
    case (nil, true): nil
    case (nil, false): "request would be opened, missing:"
    case (let request?, false):
      "request \(request) \(entry == request ? "opened" : "is open"), missing:"
    case (let request?, true):
      moved.isEmpty ? "request \(request) \(entry == nil ? "would be" : "is") carried out" : nil
    }
  }
}

extension MovedPin {
  /// What a person reads of it, where an entry moved it or none was written.
  func line(verb: String, _ entry: Int?) -> String {
    let isDone = entry != nil
    guard let to else {
      let withdrew = isDone ? "withdrew" : "would have withdrawn"
      return "\(withdrew) \(name) from \(environment)"
        + (from.map { "; it was \($0.version)" } ?? "")
    }
    let origin = from.map { ", before it \($0.version)" } ?? ""
    let verb = isDone ? verb : "would have \(verb)"
    return "\(verb) \(name) in \(environment) to \(to.version)\(origin)"
  }
}
