import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet policy show`: who may do what.
struct PolicyShow: Command {
  static let usage = "policy show"
  static let summary = "print the policy as it can be edited"

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let policy = try session.open().state.policy
    switch session.console.form {
    case .text: session.console.answer(exactly: PolicyText.text(policy))
    case .json: session.console.answer(policy.value)
    }
    return .yes
  }
}

/// `stet policy set`: another policy, from a file.
struct PolicySet: Command {
  static let usage = "policy set <file> [-m|--message <why>] [--dry-run]"
  static let summary = "replace the policy, or ask for it where that needs approvals"

  private let file: String
  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? "change the policy"
    effect = arguments.flag("--dry-run") ? .shown : .written
    file = try arguments.word("<file>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let bytes = try session.read(file, limit: PolicyText.byteLimit)
    let policy = try registryErrors { () throws(RegistryError) in
      try PolicyText.parse(bytes, file: file)
    }
    let done = try session.changePolicy(reason, opened, effect) { old throws(RegistryError) in
      try policy.replacing(old)
    }
    session.answer(done, "changed the policy")
    return .yes
  }
}

/// `stet policy edit`: the same in an editor.
struct PolicyEdit: Command {
  static let usage = "policy edit [-m|--message <why>] [--dry-run]"
  static let summary = "edit the policy in your editor"

  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? "change the policy"
    effect = arguments.flag("--dry-run") ? .shown : .written
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let edited = try Editor.edit(
      PolicyText.text(opened.state.policy), named: "STET_POLICY.yaml", opened.place, session)
    let policy = try registryErrors { () throws(RegistryError) in
      try PolicyText.parse(Array(edited.text.utf8), file: edited.file)
    }
    let done = try session.changePolicy(reason, opened, effect) { old throws(RegistryError) in
      try policy.replacing(old)
    }
    session.answer(done, "changed the policy")
    return .yes
  }
}

/// `stet policy preset`: the environments of a preset.
struct PolicyPresetCommand: Command {
  static let usage = "policy preset <solo|team> [-m|--message <why>] [--dry-run]"
  static let summary = "take the environments and rules of a preset"

  private let preset: PolicyPreset
  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? ""
    effect = arguments.flag("--dry-run") ? .shown : .written
    preset = try arguments.word("<solo|team>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let reason = reason.isEmpty ? "take the preset \(preset.rawValue)" : reason
    let done = try session.changePolicy(reason, opened, effect) { old throws(RegistryError) in
      var policy = old
      policy.environments = preset.environments
      return policy
    }
    session.answer(done, "took the preset \(preset.rawValue)")
    return .yes
  }
}

extension PolicyPreset: ArgumentValue {}

/// What became of a change of the policy.
enum PolicyOutcome: Hashable {
  case changed(entry: Int?)
  case requested(Int?, missing: [Missing])
}

extension Session {
  /// Changes the policy as it is when it is written, where that needs nobody's word, else asks.
  func changePolicy(
    _ reason: String, _ opened: Opened, _ effect: Effect,
    _ change: (Policy) throws(RegistryError) -> Policy
  ) throws(CommandError) -> PolicyOutcome {
    let order = try order()
    let need = try registryErrors { () throws(RegistryError) in
      let member = try opened.state.member(holding: order.signer.publicKey)
      return opened.state.approvalsNeeded(for: try change(opened.state.policy), by: member)
    }
    guard need > 0 else {
      let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
        try state.changingPolicy(to: change(state.policy), reason: reason, pen)
      }
      return .changed(entry: outcome.entry)
    }
    let outcome = try write(opened, effect) { state, pen throws(RegistryError) in
      try state.requesting(change(state.policy), reason: reason, pen)
    }
    return .requested(
      outcome.entry == nil ? nil : outcome.answer.id,
      missing: [
        Missing(
          .approvals(have: 0, need: need),
          members: opened.state.policy.admins.map(\.name).filter {
            $0 != outcome.answer.record.author
          })
      ])
  }

  /// Says what became of a change of the policy.
  func answer(_ outcome: PolicyOutcome, _ line: String) {
    switch outcome {
    case .changed(let entry): answer(line, entry)
    case .requested(let id, let missing):
      switch console.form {
      case .json: console.answer(["entry": id.map { .number(Double($0)) } ?? .null])
      case .text:
        console.answer("request \(id.map(String.init) ?? "would be") opened, missing:")
        for missing in missing { console.answer("  \(missing.line)") }
      }
    }
  }
}
