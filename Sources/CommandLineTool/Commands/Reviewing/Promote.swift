import Notation
import PromptRegistry

/// `stet promote`: asks for versions to go live, and carries out what the rules already allow.
struct Promote: Command {
  static let usage = """
    promote <ref>… --to <env> [-m|--message <why>] [--now] [--dry-run]
    promote --all --to <env> [-m|--message <why>] [--now] [--dry-run]
    promote <id> [--dry-run]
    """
  static let namesMeant = NamesMeant.prompts
  static let summary = "ask for versions to go live, and make them live once the rules allow it"
  static let details = """
    Several prompts are one request and go live together or not at all. Repeated, it finds your \
    open request and carries it out once nothing is missing. --now promotes or refuses, and asks \
    nobody. --all takes every pin that differs from the environment before.
    """
  static let examples = """
    stet promote support/triage --to staging
    stet promote support/triage@1.3.0 support/reply --to production -m "The new tone"
    stet promote --all --to production
    """

  private let subject: Subject
  private let reason: String
  private let patience: Patience
  private let effect: Effect

  private enum Subject {
    case request(Int)
    case references([Reference], EnvironmentName)
    case all(EnvironmentName)
  }

  private enum Patience { case asking, now }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let environment: EnvironmentName? = try arguments.option("--to")
    reason = try arguments.option("-m") ?? ""
    patience = arguments.flag("--now") ? .now : .asking
    effect = arguments.effect()
    let isAll = arguments.flag("--all")
    let words: [String] = try arguments.words("<ref>")
    switch (environment, isAll) {
    case (let environment?, true): subject = .all(environment)
    case (let environment?, false):
      subject = .references(try Self.references(words), environment)
    case (nil, _):
      guard words.count == 1, let id = Int(words[0]) else { throw .usage(.missingOption("--to")) }
      subject = .request(id)
    }
    try arguments.finish()
  }

  private static func references(_ words: [String]) throws(CommandError) -> [Reference] {
    guard !words.isEmpty else { throw .usage(.missingWord("<ref>")) }
    var references: [Reference] = []
    for word in words {
      references.append(try Reference(argument: word, of: "<ref>"))
    }
    return references.withoutRepetitions
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    switch subject {
    case .request(let id):
      session.answer(try session.carryOut(id, opened, effect))
    case .references(let references, let environment):
      let wishes = try opened.explaining { () throws(RegistryError) in
        try references.map { reference throws(RegistryError) in
          Wish(name: reference.name, version: try opened.state.resolve(reference).version)
        }
      }
      try promote(wishes, environment, opened, session)
    case .all(let environment):
      let wishes = try registryErrors(in: opened.state.wishesToFollow(environment))
      try promote(wishes, environment, opened, session)
    }
    return .yes
  }

  private func promote(
    _ wishes: [Wish], _ environment: EnvironmentName, _ opened: Opened, _ session: Session
  ) throws(CommandError) {
    switch patience {
    case .now:
      let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
        try state.promoting(wishes, in: environment, reason: reason, pen)
      }
      session.answer(
        Promoted(entry: outcome.entry, request: nil, moved: outcome.answer, missing: []))
    case .asking:
      let asked = PromotionWish(wishes: wishes, environment: environment, reason: reason)
      session.answer(try session.promoteOrAsk(asked, opened, effect))
    }
  }
}

/// `stet withdraw`: a promotion to nothing.
struct Withdraw: Command {
  static let usage = "withdraw <name> --from <env> --why <text> [--dry-run]"
  static let namesMeant = NamesMeant.prompts
  static let summary = "make a prompt live nowhere in an environment, by the rules of promotion"
  static let details = """
    Where approvals are needed it becomes a request, as a promotion does.
    """
  static let examples = """
    stet withdraw support/triage --from production --why "the feature is gone"
    """

  private let name: PromptName
  private let environment: EnvironmentName
  private let why: String
  private let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    environment = try arguments.requiredOption("--from")
    why = try arguments.requiredOption("--why")
    effect = arguments.effect()
    name = try arguments.word("<name>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let asked = PromotionWish(
      wishes: [Wish(name: name, version: nil)], environment: environment, reason: why)
    session.answer(try session.promoteOrAsk(asked, opened, effect))
    return .yes
  }
}
