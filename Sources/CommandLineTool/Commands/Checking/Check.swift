import Templates
import Contracts
import Notation
import Platform
import PromptRegistry

/// `stet check`: everything that can be said of drafts without a model.
struct Check: Command {
  static let usage = """
    check [<name>…] [--changed] [--strict] [--against <env>] [--format text|json|junit|github] \
    [--allow <id:reason>]…
    """
  static let summary = "parse, lint, check schemas, includes, cases and budgets"
  static let details = """
    All drafts, the named ones, or with --changed those that differ. --against also fails on a \
    change that would break callers of what is live there. --strict takes warnings for errors and \
    misses briefs. --allow 'secret:why' lets one kind of finding pass. Outside a workspace, the \
    folder itself is checked.
    """
  static let examples = """
    stet check
    stet check --changed --strict
    stet check --against production --format github
    """

  private let names: [PromptName]
  private let scope: Scope
  private let rigour: DraftCheck.Rigour
  private let against: EnvironmentName?
  private let format: Format
  private let allowed: Set<String>

  private enum Scope { case all, changed }

  /// How findings are written.
  enum Format: String, CaseIterable, ArgumentValue { case text, json, junit, github }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    scope = arguments.flag("--changed") ? .changed : .all
    rigour = arguments.flag("--strict") ? .strict : .usual
    against = try arguments.option("--against")
    format = try arguments.option("--format") ?? .text
    allowed = Set((try arguments.options("--allow") as [Allowance]).map(\.id))
    names = (try arguments.words("<name>") as [PromptName]).withoutRepetitions
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let desk = try CheckDesk(session, scope == .changed || against != nil ? .registry : .drafts)
    if let against { try desk.require(against, session) }
    if desk.isWorkspace, !names.isEmpty { session.sayMeant(names) }
    let survey = try survey(desk)
    let sources = survey.drafts.sources
    let line = ProgressLine("checking", on: session.console.talk)
    defer { line.end() }
    var findings = survey.flaws.map(\.finding)
    for (done, draft) in survey.drafts.enumerated() {
      line.report(done, of: survey.drafts.count)
      do throws(CommandError) {
        findings += try desk.findings(on: draft, among: sources, rigour, against: against)
      } catch {
        // A partial that cannot be read: what is wrong with it is said once.
        guard let flaw = DraftFlaw(error, of: nil, in: desk.files.path) else { throw error }
        if !findings.contains(flaw.finding) { findings.append(flaw.finding) }
      }
    }
    findings.removeAll { allowed.contains($0.id) }
    for index in findings.indices {
      findings[index].file = desk.shown(findings[index].file, session.surroundings)
    }
    let isOK = !findings.contains { $0.severity == .error || rigour == .strict }
    let report = CheckReport(
      findings: findings, isOK: isOK, files: survey.drafts.count + survey.flaws.count)
    report.show(session.console.form == .json ? .json : format, on: session.console)
    return isOK ? .yes : .no
  }

  private func survey(_ desk: CheckDesk) throws(CommandError) -> DraftSurvey {
    var survey = names.isEmpty ? try desk.files.survey() : try desk.files.survey(of: names)
    guard scope == .changed else { return survey }
    var changed: [Draft] = []
    for draft in survey.drafts where try desk.differs(draft) { changed.append(draft) }
    survey.drafts = changed
    return survey
  }
}

/// Where drafts are checked: in a workspace with its registry, or in a plain folder.
private struct CheckDesk {
  let files: DraftFolder
  /// Whether the drafts have versions beside them that a name could mean as well.
  let isWorkspace: Bool
  private let state: State?

  /// What a check goes by.
  enum Need {
    case registry
    /// The texts alone: a workspace that was checked out without its ledger will do.
    case drafts
  }

  init(_ session: Session, _ need: Need) throws(CommandError) {
    guard let place = try Self.place(session) else {
      let folder = session.place ?? session.surroundings.folder
      let inner = "\(folder)/prompts"
      let isInner = try platformErrors(in: FileSystem.kind(of: inner) == .directory)
      files = DraftFolder(path: isInner ? inner : try Self.resolved(folder), starts: [:])
      isWorkspace = false
      state = nil
      return
    }
    isWorkspace = true
    let isComplete = try platformErrors(in: FileSystem.exists(place.ledger))
    if let folder = place.workspace, !isComplete, need == .drafts {
      files = try Workspace.open(folder).files
      state = nil
    } else {
      let opened = try session.open()
      files = try opened.workspace().files
      state = opened.state
    }
  }

  /// The folder that was named, which may be a link itself.
  private static func resolved(_ folder: String) throws(CommandError) -> String {
    try platformErrors(
      in: FileSystem.kind(of: folder) == .link ? FileSystem.realPath(folder) : folder)
  }

  /// The registry that is meant; nil where there is none.
  private static func place(_ session: Session) throws(CommandError) -> Place? {
    do throws(CommandError) {
      return try Place.find(session)
    } catch {
      guard case .noRegistry = error else { throw error }
      return nil
    }
  }

  /// The file of a finding as it lies here, so that whoever reads it can open it.
  func shown(_ file: String, _ surroundings: Surroundings) -> String {
    let name = file.dropFirst("\(Folder.prompts.path)/".count)
    return surroundings.shown("\(files.path)/\(name)")
  }

  /// Refuses to answer about what is live where nothing can be.
  func require(_ environment: EnvironmentName, _ session: Session) throws(CommandError) {
    guard let state else { throw .noRegistry(at: session.place) }
    try registryErrors { () throws(RegistryError) in _ = try state.requireEnvironment(environment) }
  }

  func differs(_ draft: Draft) throws(CommandError) -> Bool {
    guard let state else { return true }
    return try registryErrors(in: state.differs(draft))
  }

  /// What is wrong with a draft; partials that were not read with it are read when they are asked
  /// for.
  func findings(
    on draft: Draft, among sources: [PromptName: [UInt8]], _ rigour: DraftCheck.Rigour,
    against environment: EnvironmentName?
  ) throws(CommandError) -> [CheckFinding] {
    try files.lendingPartials { lent throws(RegistryError) in
      let partial: Facts.PartialSource = { name throws(RegistryError) in
        if let source = sources[name] { return source }
        if let source = try lent(name) { return source }
        return try state?.partial(name, among: [:])
      }
      var findings = try DraftCheck.findings(on: draft, rigour, partial: partial)
      if let environment, !findings.contains(where: { $0.severity == .error }) {
        findings += try state?.breaks(draft, in: environment, partial: partial) ?? []
      }
      return findings
    }
  }
}
