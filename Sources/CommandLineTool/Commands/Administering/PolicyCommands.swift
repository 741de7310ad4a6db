import Notation
import PromptRegistry

/// `stet policy show`: who may do what.
struct PolicyShow: Command {
  static let usage = "policy show"
  static let summary = "print the policy as it can be edited"
  static let details = """
    As YAML, which 'stet policy set' takes back.
    """
  static let examples = """
    stet policy show > policy.yaml
    """

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
struct PolicySet: PolicyVerb {
  static let usage = "policy set <file> [-m|--message <why>] [--dry-run]"
  static let summary = "replace the policy, or ask for it where that needs approvals"
  static let examples = """
    stet policy set policy.yaml
    """

  private let file: String
  let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? "change the policy"
    effect = arguments.effect()
    file = try arguments.word("<file>")
    try arguments.finish()
  }

  let deed = "changed the policy"

  func change(in session: Session, _ opened: Opened) throws(CommandError) -> Amendment {
    let bytes = try session.read(file, limit: PolicyText.byteLimit)
    let policy = try registryErrors(in: PolicyText.parse(bytes, file: file))
    return { old throws(RegistryError) in try policy.replacing(old) }
  }
}

/// `stet policy edit`: the same in an editor.
struct PolicyEdit: PolicyVerb {
  static let usage = "policy edit [-m|--message <why>] [--dry-run]"
  static let summary = "edit the policy in your editor"
  static let examples = """
    stet policy edit -m "two approvals for production"
    """

  let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? "change the policy"
    effect = arguments.effect()
    try arguments.finish()
  }

  let deed = "changed the policy"

  func change(in session: Session, _ opened: Opened) throws(CommandError) -> Amendment {
    let edited = try Editor.edit(
      PolicyText.text(opened.state.policy), named: "STET_POLICY.yaml", opened.place, session)
    let policy = try registryErrors(
      in: PolicyText.parse(Array(edited.text.utf8), file: edited.file))
    return { old throws(RegistryError) in try policy.replacing(old) }
  }
}

/// `stet policy preset`: the environments of a preset.
struct PolicyPresetCommand: PolicyVerb {
  static let usage = "policy preset <solo|team> [-m|--message <why>] [--dry-run]"
  static let summary = "take the environments and rules of a preset"
  static let examples = """
    stet policy preset team
    """

  private let preset: PolicyPreset
  let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let reason: String? = try arguments.option("-m")
    effect = arguments.effect()
    preset = try arguments.word("<solo|team>")
    self.reason = reason ?? "take the preset \(preset.rawValue)"
    try arguments.finish()
  }

  var deed: String { "set the preset \(preset.rawValue)" }

  func change(in session: Session, _ opened: Opened) throws(CommandError) -> Amendment {
    return { old throws(RegistryError) in
      var policy = old
      policy.environments = preset.environments
      return policy
    }
  }
}

extension PolicyPreset: ArgumentValue {}
