import Keys
import Notation
import PromptRegistry

/// `stet key new`: a key to sign with.
struct KeyNew: Command {
  static let usage = "key new [<file>] [--dry-run]"
  static let summary = "make a key to sign with"
  static let details = """
    An Ed25519 key without a passphrase, ~/.config/stet/id_ed25519 where no file is named. For one \
    with a passphrase, in an agent or on a security key name its public half with --key.
    """
  static let examples = """
    stet key new
    stet key new ~/.ssh/stet
    """

  private let file: String?
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    file = try arguments.optionalWord("<file>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let file =
      if let file { session.surroundings.path(file) } else {
        try Identity.ownKeyFile(session.surroundings)
      }
    switch effect {
    case .written:
      session.answer(try Identity.makeKey(file, session.surroundings).publicKey, file)
    case .shown:
      try Identity.requireRoom(for: file)
      session.answerPreview(file)
    }
    return .yes
  }
}

/// `stet key show`: what an admin needs to enrol whoever runs this.
struct KeyShow: Command {
  static let usage = "key show"
  static let summary = "print your public key, and the line to send to an admin"
  static let details = """
    An admin enrols you with that line; he needs the public half alone.
    """
  static let examples = """
    stet key show
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let file = try Identity.keyFile(session)
    try Identity.requireKey(file)
    session.answer(try Identity.publicKey(file, session.surroundings), file)
    return .yes
  }
}

extension Session {
  /// Where a key would be made; which one, nobody knows before.
  fileprivate func answerPreview(_ file: String) {
    switch console.form {
    case .text: console.answer("would make a key at \(file)")
    case .json:
      console.answer(["file": .string(file), "public_key": .null, "fingerprint": .null])
    }
  }

  fileprivate func answer(_ key: PublicKey, _ file: String) {
    let member = surroundings.login() ?? "<member>"
    switch console.form {
    case .text:
      console.answer(key.line)
      console.say("key file: \(file)")
      console.say("to be enrolled, save the line above as \(member).pub and send it to an admin:")
      console.say("  stet member add \(member) --public-key \(member).pub --role author")
    case .json:
      console.answer([
        "file": .string(file), "public_key": .string(key.line),
        "fingerprint": .string(key.fingerprint),
      ])
    }
  }
}
