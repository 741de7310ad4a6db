import Contracts
import Ledger
import Notation
import PromptRegistry

/// `stet revert`: back to what was live, at once.
struct Revert: Command {
  static let usage = """
    revert <name>… --in <env> [--to <version>] --why <text> [--dry-run]
    revert <entry> --why <text> [--dry-run]
    """
  static let namesMeant = NamesMeant.prompts
  static let summary = "put pins back to what was live before, at once"
  static let details = """
    Named prompts, or everything that one entry moved. Back, never forward: what is dropped can \
    only be promoted again. Readers of ranges and of 'latest' still get the highest version; \
    'stet yank' withdraws it from them.
    """
  static let examples = """
    stet revert support/triage --in production --why "wrong queue"
    stet revert 41 --why "everything that entry moved"
    """

  private let subject: Subject
  private let why: String
  private let effect: Effect

  private enum Subject {
    case names([PromptName], EnvironmentName, SemanticVersion?)
    case entry(Int)
  }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let environment: EnvironmentName? = try arguments.option("--in")
    let version: SemanticVersion? = try arguments.option("--to")
    why = try arguments.requiredOption("--why")
    effect = arguments.effect()
    if let environment {
      let names: [PromptName] = try arguments.words("<name>")
      guard !names.isEmpty else { throw .usage(.missingWord("<name>")) }
      subject = .names(names, environment, version)
    } else {
      let word: String = try arguments.word("<entry>")
      guard let entry = Int(word) else { throw .usage(.missingOption("--in")) }
      guard version == nil else { throw .usage(.contradiction("<entry>", "--to")) }
      subject = .entry(entry)
    }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let outcome: Outcome<[MovedPin]>
    switch subject {
    case .names(let names, let environment, let version):
      let wishes = names.map { Wish(name: $0, version: version) }
      outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
        try state.reverting(wishes, in: environment, why: why, pen)
      }
    case .entry(let number):
      let moved = try registryErrors(
        in: opened.registry.pinsMoved(by: number, from: opened.tip.entry))
      outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
        try state.reverting(entry: number, moved: moved, why: why, pen)
      }
    }
    session.answer(outcome)
    return .yes
  }
}

extension Session {
  fileprivate func answer(_ outcome: Outcome<[MovedPin]>) {
    switch console.form {
    case .json:
      console.answer([
        "entry": Field.number(outcome.entry),
        "reverted": .list(outcome.answer.map(\.revertedValue)),
      ])
    case .text:
      for pin in outcome.answer { console.answer(pin.line(verb: "reverted", outcome.entry)) }
      for pin in outcome.answer {
        guard let from = pin.from else { continue }
        console.say(
          "note: readers of ranges and of 'latest' are not covered; "
            + "'stet yank \(pin.name)@\(from.version)' withdraws that version from them")
      }
    }
  }
}
