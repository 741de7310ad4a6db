import Platform
import Ledger
import Notation
import PromptRegistry

/// `stet gc`: few files instead of many.
struct Pack: Command {
  static let usage = "gc"
  static let summary = "gather the ledger's objects into few files, so that reading stays fast"
  static let details = """
    Nothing is thrown away. Writers wait meanwhile, readers do not. It runs by itself at the end of \
    a command after which about 2 000 objects have files of their own, or 50 packs are there.
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let files = try session.pack(opened.registry)
    switch session.console.form {
    case .text:
      session.console.answer(
        "packed \(files.before.loose - files.after.loose) objects; packs: \(files.before.packs) "
          + "before, \(files.after.packs) now")
    case .json:
      session.console.answer(["before": files.before.value, "after": files.after.value])
    }
    return .yes
  }
}

extension ObjectFiles {
  fileprivate var value: Value {
    ["loose": .number(Double(loose)), "packs": .number(Double(packs))]
  }
}

extension Session {
  /// Packs a ledger that a command has just made too many files in; a failure is only said, as what
  /// the command did is done.
  func packIfCluttered(_ registry: Registry) {
    do throws(CommandError) {
      let isCluttered = try ledgerErrors { () throws(LedgerError) in
        try registry.journal.isCluttered()
      }
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
    try ledgerErrors { () throws(LedgerError) in
      try registry.journal.pack(GitCaller(surroundings.environment, company: .alone))
    }
  }
}

/// Runs something of the ledger and gives its errors the type of commands.
func ledgerErrors<Result>(
  _ body: () throws(LedgerError) -> Result
) throws(CommandError) -> Result {
  do throws(LedgerError) { return try body() } catch { throw .registry(.ledger(error)) }
}
