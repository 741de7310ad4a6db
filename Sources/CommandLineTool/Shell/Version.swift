import Notation
import PromptRegistry

/// `stet version`: which release this is.
struct Version: Command {
  static let usage = "version"
  static let summary = "say which release this is"

  /// The release, and the newest ledger format it reads and writes.
  static let release = "0.1.0"
  static let ledgerFormat = 1

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    switch session.console.form {
    case .text: session.console.answer("stet \(Self.release), ledger format \(Self.ledgerFormat)")
    case .json:
      session.console.answer([
        "version": .string(Self.release), "ledger_format": Field.number(Self.ledgerFormat),
      ])
    }
    return .yes
  }
}
