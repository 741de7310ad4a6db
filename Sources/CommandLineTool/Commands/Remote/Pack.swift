import Platform
import Ledger
import Notation
import PromptRegistry

/// `stet gc`: few files instead of many.
struct Pack: Command {
  static let usage = "gc [--dry-run]"
  static let summary = "gather the ledger's objects into few files, so that reading stays fast"
  static let details = """
    Nothing is thrown away. Writers wait meanwhile, readers do not. It runs by itself at the end of \
    a command after which about 2 000 objects have files of their own, or 50 packs are there.
    """
  static let examples = """
    stet gc
    """

  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let registry = try session.openWhole().registry
    switch effect {
    case .written:
      let files = try session.pack(registry)
      session.answer(files.before, files.after)
    case .shown:
      let before = try ledgerErrors(in: registry.journal.objectFiles())
      session.answer(before, nil)
    }
    return .yes
  }
}

extension ObjectFiles {
  fileprivate var value: Value {
    ["loose": Field.number(loose), "packs": Field.number(packs)]
  }
}

extension Session {
  /// How many files there were, and how many there are now; nil where nothing was done.
  fileprivate func answer(_ before: ObjectFiles, _ after: ObjectFiles?) {
    switch console.form {
    case .json: console.answer(["before": before.value, "after": after?.value ?? .null])
    case .text:
      guard let after else {
        return console.answer("would pack \(before.loose) objects; packs: \(before.packs)")
      }
      console.answer(
        "packed \(before.loose - after.loose) objects; packs: \(before.packs) before, "
          + "\(after.packs) now")
    }
  }

  /// Packs a ledger that a command has just made too many files in; a failure is only said, as what
  /// the command did is done.
  func packIfCluttered(_ registry: Registry) {
    do throws(CommandError) {
      let isCluttered = try ledgerErrors(in: registry.journal.isCluttered())
      guard isCluttered else { return }
      console.say("packing the ledger, which has many small files")
      _ = try pack(registry)
    } catch {
      console.say("warning: \(ErrorReport(error).message.visible)")
    }
  }

  fileprivate func pack(
    _ registry: Registry
  ) throws(CommandError) -> (before: ObjectFiles, after: ObjectFiles) {
    try ledgerErrors(
      in: registry.journal.pack(GitCaller(surroundings.environment, company: .alone)))
  }
}

/// Gives the errors of one expression about the ledger the type of commands.
func ledgerErrors<Result>(
  in expression: @autoclosure () throws(LedgerError) -> Result
) throws(CommandError) -> Result {
  do throws(LedgerError) { return try expression() } catch { throw .registry(.ledger(error)) }
}
