import Keys
import Notation
import PromptRegistry

/// `stet member add`: somebody with a key.
struct MemberAdd: Command {
  static let usage =
    "member add <member> --public-key <file> --role <role>… [-m|--message <why>] [--dry-run]"
  static let summary = "enrol somebody, or give somebody another key or role"
  static let details = """
    The file holds the public half of the key, as 'stet key show' prints it. Repeated with another \
    key or role it adds that and takes nothing away. Where changes of the policy need approvals this \
    becomes a request.
    """
  static let examples = """
    stet member add bob --public-key bob.pub --role author --role reviewer
    """

  private let member: MemberName
  private let keyFile: String
  private let roles: [Role]
  private let reason: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    keyFile = try arguments.requiredOption("--public-key")
    roles = try arguments.options("--role")
    let reason: String? = try arguments.option("-m")
    effect = arguments.effect()
    member = try arguments.word("<member>")
    self.reason = reason ?? "enrol \(member)"
    try arguments.finish()
    if roles.isEmpty { throw .usage(.missingOption("--role")) }
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let key = try publicKey(session)
    let enrol = { (old: Policy) throws(RegistryError) in
      try old.enrolling(member, key, Set(roles))
    }
    let policy = try registryErrors(in: enrol(opened.state.policy))
    let done = try session.changePolicy(reason, opened, effect, enrol)
    session.answer(done, "enrolled \(member)")
    guard roles.contains(.admin), policy.changeApprovals < policy.admins.count - 1 else {
      return .yes
    }
    let due = policy.changeApprovalsDue
    let rule =
      due > policy.changeApprovals
      ? "must from now on need \(ErrorText.count(due, "approval"))" : "could need approvals"
    session.console.say(
      "note: with \(policy.admins.count) admins a change of the policy \(rule); "
        + "'stet policy edit' raises 'change.approvals'")
    return .yes
  }

  /// The key of a file; `-` is standard input.
  private func publicKey(_ session: Session) throws(CommandError) -> PublicKey {
    guard keyFile == "-" else {
      return try Identity.publicKey(session.surroundings.path(keyFile), session.surroundings)
    }
    let bytes = try session.read(keyFile, limit: Self.keyByteLimit)
    do throws(KeyError) {
      return try PublicKey(line: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .badKey("standard input", error)
    }
  }

  /// The longest line of a public key, in bytes.
  private static let keyByteLimit = 64 * 1024
}

/// `stet member revoke`: a key that signs nothing any more.
struct MemberRevoke: PolicyVerb {
  static let usage =
    "member revoke <member> [--public-key <file>] [-m|--message <why>] [--dry-run]"
  static let summary = "take away a member's keys, or one of them, at once"
  static let details = """
    With --public-key that key alone. Anybody may revoke his own keys, an admin anybody's. What \
    they signed stays valid.
    """
  static let examples = """
    stet member revoke bob -m "left the team"
    """

  private let member: MemberName
  private let keyFile: String?
  let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    keyFile = try arguments.option("--public-key")
    let reason: String? = try arguments.option("-m")
    effect = arguments.effect()
    member = try arguments.word("<member>")
    self.reason = reason ?? "revoke \(member)"
    try arguments.finish()
  }

  var deed: String { "revoked \(keyFile == nil ? "every key" : "a key") of \(member)" }

  func change(in session: Session, _ opened: Opened) throws(CommandError) -> Amendment {
    let key = try keyFile.map { file throws(CommandError) in
      try Identity.publicKey(session.surroundings.path(file), session.surroundings)
    }
    let now = session.surroundings.now()
    return { old throws(RegistryError) in try old.revoking(key, of: member, at: now) }
  }
}

extension Role: ArgumentValue {}
