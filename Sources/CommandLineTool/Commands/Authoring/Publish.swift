import Contracts
import Notation
import Platform
import PromptRegistry

/// `stet publish`: drafts become versions, as one entry.
struct Publish: Command {
  static let usage = """
    publish [<name>…] [-m|--message <what>] [--why <text>] [--impact <text>] [--minor|--major] \
    [--onto <ref>] [--pre <tag>] [--dependents] [--again] [--allow <id:reason>]… [--dry-run]
    publish <name> --file <path> -m|--message <what> [--why <text>] [--impact <text>] \
    [--minor|--major] [--onto <ref>] [--pre <tag>] [--again] [--allow <id:reason>]… [--dry-run]
    """
  static let summary = "make drafts into versions, all or none"
  static let details = """
    Publishes the named drafts, or all that changed, partials first; the number follows from what \
    callers feel. A breaking change is refused until --major says that it is meant. --onto fixes \
    an older version, --pre makes a pre-release, --dependents publishes what includes a changed \
    partial once more, --again what did not change, or was retired. --allow 'secret:why' lets one \
    kind of finding pass, as 'check' does, and the entry says so.
    """
  static let examples = """
    stet publish support/triage -m "Shorter greeting" --why "users skim" --impact "fewer follow-ups"
    stet publish --dry-run
    stet publish support/triage --onto @production -m "Fix the link"
    """

  private let names: [PromptName]
  private let words: Words
  private let atLeast: Bump?
  private let onto: Reference?
  private let preReleaseTag: String?
  private let file: String?
  private let reach: Reach
  private let repetition: PublishOrder.Repetition
  private let effect: Effect

  private enum Reach { case drafts, dependents }

  private struct Words {
    let what: String?
    let why: String?
    let impact: String?
    let allowed: [Allowance]
  }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    words = Words(
      what: try arguments.option("-m"), why: try arguments.option("--why"),
      impact: try arguments.option("--impact"), allowed: try arguments.options("--allow"))
    atLeast = try arguments.oneFlag(of: "--minor", "--major").map {
      $0 == "--major" ? .major : .minor
    }
    let target: String? = try arguments.option("--onto")
    preReleaseTag = try Self.tag(try arguments.option("--pre"))
    file = try arguments.option("--file")
    reach = arguments.flag("--dependents") ? .dependents : .drafts
    repetition = arguments.flag("--again") ? .meant : .refused
    effect = arguments.effect()
    if file != nil, reach == .dependents { throw .usage(.contradiction("--file", "--dependents")) }
    names = (try arguments.words("<name>") as [PromptName]).withoutRepetitions
    onto = try Self.reference(target, names)
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    var workspace = file == nil ? try opened.workspace() : nil
    let drafts = try drafts(&workspace, opened, session)
    var order = PublishOrder(drafts, try words(drafts, opened, session))
    order.atLeast = atLeast
    order.preReleaseTag = preReleaseTag
    order.repetition = repetition
    order.surroundings = try surroundings(of: drafts, workspace, opened)
    if let onto {
      order.onto = try opened.explaining(in: opened.state.resolve(onto).version)
    }
    let ready = order
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.publishing(ready, pen)
    }
    if effect == .written, let workspace {
      let state = try session.newestTip(of: opened.registry).state
      try settle(outcome.answer, workspace, state)
    }
    session.answer(outcome)
    return .yes
  }

  /// Notes in the workspace what its drafts have become.
  private func settle(
    _ published: [Published], _ workspace: Workspace, _ state: State
  ) throws(CommandError) {
    try Workspace.changing(workspace.folder) { workspace throws(CommandError) in
      for version in published where version.version.isRelease && onto == nil {
        workspace.record.drafts[version.name] = version.version
      }
      try workspace.save(withChangelogsOf: published.map(\.name), state)
    }
  }
}

// MARK: - What is published

extension Publish {
  private func drafts(
    _ workspace: inout Workspace?, _ opened: Opened, _ session: Session
  ) throws(CommandError) -> [Draft] {
    guard let files = workspace?.files else { return [try outside(opened, session)] }
    var all = names.isEmpty ? try files.drafts() : []
    for name in names { all.append(try files.existingDraft(name)) }
    if effect == .written { try workspace?.settle(all, to: opened.state) }
    var drafts: [Draft] = []
    for draft in all {
      // What is named is published, or refused as nothing new.
      guard try names.isEmpty ? differs(draft, opened) : true else { continue }
      drafts.append(draft)
    }
    guard reach == .dependents else { return drafts }
    return drafts + (try dependents(of: drafts, opened))
  }

  /// A file that is no draft of any workspace; it starts from the highest release there is.
  private func outside(_ opened: Opened, _ session: Session) throws(CommandError) -> Draft {
    guard let file, let name = names.first, names.count == 1 else {
      throw .usage(.missingWord("<name>"))
    }
    let source = try session.read(file, limit: Slot.sourceByteLimit)
    let start = try registryErrors(in: opened.state.versions(of: name).highestRelease)
    return Draft(name: name, source: source, start: start)
  }

  private func differs(_ draft: Draft, _ opened: Opened) throws(CommandError) -> Bool {
    try registryErrors(in: opened.state.differs(draft))
  }

  /// The published sources of everything that includes one of the partials.
  private func dependents(
    of drafts: [Draft], _ opened: Opened
  ) throws(CommandError) -> [Draft] {
    let taken = Set(drafts.map(\.name))
    return try registryErrors { () throws(RegistryError) in
      try opened.state.dependents(of: taken.filter(\.isPartial)).filter {
        !taken.contains($0.name)
      }
    }
  }

  private func surroundings(
    of drafts: [Draft], _ workspace: Workspace?, _ opened: Opened
  ) throws(CommandError) -> DraftSurroundings? {
    guard let workspace else { return nil }
    let taken = Set(drafts.map(\.name))
    var changed: Set<PromptName> = []
    // Where no names are given whatever changed is published.
    if !names.isEmpty {
      let others = try workspace.files.survey { $0.isPartial && !taken.contains($0) }
      changed = others.unreadable
      for draft in others.drafts where try differs(draft, opened) { changed.insert(draft.name) }
    }
    return DraftSurroundings(changed: changed, starts: workspace.record.drafts)
  }

  /// The tag of `--pre`, which numbers are put behind.
  private static func tag(_ text: String?) throws(CommandError) -> String? {
    guard let text, SemanticVersion("1.0.0-\(text).1") == nil else { return text }
    throw .usage(.badValue(of: "--pre", text: text, expected: "it is a word such as 'beta'"))
  }

  /// The reference of `--onto`, which may leave out the name of the only prompt.
  private static func reference(
    _ text: String?, _ names: [PromptName]
  ) throws(CommandError) -> Reference? {
    guard let text else { return nil }
    guard let name = names.first, names.count == 1 else {
      throw .usage(.badValue(of: "--onto", text: text, expected: "one prompt must be named"))
    }
    let whole =
      text.contains("/") || text.hasPrefix(name.text)
      ? text : "\(name)@\(text.drop { $0 == "@" })"
    let reference = try Reference(argument: whole, of: "--onto")
    guard reference.name == name else {
      throw .usage(.badValue(of: "--onto", text: text, expected: "it is a version of '\(name)'"))
    }
    return reference
  }
}

// MARK: - What is said of it

extension Publish {
  private func words(
    _ drafts: [Draft], _ opened: Opened, _ session: Session
  ) throws(CommandError) -> ChangeWords {
    if let what = words.what {
      guard !what.allSatisfy(\.isWhitespace) else {
        throw .usage(.badValue(of: "-m", text: what, expected: "say what changes"))
      }
      return said(what)
    }
    guard session.console.answers.isTerminal, effect == .written else {
      guard effect == .shown else { throw .usage(.missingOption("-m")) }
      return said("dry run")
    }
    let written = try Editor.changeWords(about: drafts, opened, session)
    return ChangeWords(
      what: written.what, why: written.why, impact: written.impact, allowed: words.allowed)
  }

  private func said(_ what: String) -> ChangeWords {
    ChangeWords(what: what, why: words.why, impact: words.impact, allowed: words.allowed)
  }
}

extension Session {
  fileprivate func answer(_ outcome: Outcome<[Published]>) {
    for version in outcome.answer {
      for rule in version.reasons.compactMap(\.rule) where rule.isWarning {
        console.say("warning: \(version.name) \(version.version): \(rule.message)")
      }
    }
    switch console.form {
    case .text:
      let done = outcome.entry == nil ? "would publish" : "published"
      for version in outcome.answer {
        console.answer("\(done) \(version.name) \(version.version) (\(version.bump.rawValue))")
        for reason in version.reasons { console.answer("  \(Reason.line(of: reason))".visible) }
      }
    case .json:
      console.answer([
        "entry": Field.number(outcome.entry),
        "published": .list(outcome.answer.map(\.value)),
      ])
    }
  }
}

extension Value {
  /// The rule of a reason as it was recorded.
  fileprivate var rule: Rule? { self["rule"]?.string.flatMap(Rule.init(rawValue:)) }
}
