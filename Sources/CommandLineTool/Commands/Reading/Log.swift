import Ledger
import Notation
import PromptRegistry

/// `stet log`: what happened.
struct Log: Command {
  static let usage =
    "log [<ref>] [--env <env>] [--since <time>] [--by <member>] [-n <count>] [-p]"
  static let summary = "show what happened, newest first"
  static let details = """
    A time is RFC 3339, 14:05 (today) or 7d (ago). -p also shows what each version changed, as \
    'diff' does: its text, the partials frozen into it, its cases and its brief; and what changed in \
    the policy. With a version, what happened up to its publication. The newest 1000 entries are \
    shown where -n says nothing.
    """
  static let examples = """
    stet log --env production --since 7d
    stet log support/triage -p
    stet log --by alice -n 5
    """

  private let reference: Reference?
  private let extent: Extent
  private let environment: EnvironmentName?
  private let since: Moment?
  private let member: MemberName?
  private let limit: Int?
  private let detail: Detail

  private enum Detail { case entries, texts }

  /// Versions that are listed below one entry.
  fileprivate static let versionLimit = 5

  /// Whether all of a prompt's history is meant, or what led to one version.
  private enum Extent { case whole, upToVersion }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    environment = try arguments.option("--env")
    since = try arguments.option("--since")
    member = try arguments.option("--by")
    limit = try arguments.option("-n")
    if let limit, limit < 1 {
      throw .usage(.badValue(of: "-n", text: "\(limit)", expected: "it is 1 or more"))
    }
    detail = arguments.flag("-p") ? .texts : .entries
    let text: String? = try arguments.optionalWord("<ref>")
    reference = try text.map { text throws(CommandError) in
      try Reference(argument: text, of: "<ref>")
    }
    extent = text?.contains("@") == true ? .upToVersion : .whole
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.openWithHistory()
    var query = HistoryQuery()
    query.name = reference?.name
    query.environment = environment
    query.by = member
    query.since = try since?.time(session.surroundings)
    // One more than is shown tells whether that is all.
    query.limit = limit ?? HistoryQuery.usualLimit + 1
    let ready = query
    var entries = try opened.explaining { () throws(RegistryError) in
      if let name = ready.name { try opened.state.requirePublished(name) }
      if let environment { _ = try opened.state.requireEnvironment(environment) }
      if let member, opened.state.policy.member(member) == nil { throw .unknownMember(member) }
      return try opened.registry.history(ready, from: try newest(opened))
    }
    if limit == nil, entries.count > HistoryQuery.usualLimit {
      entries.removeLast()
      session.console.say("note: these are the newest \(entries.count); '-n <count>' shows more")
    }
    if entries.isEmpty { session.console.say("no entry is about that") }
    switch session.console.form {
    case .json:
      session.console.answer([
        "entries": .list(
          try entries.map { entry throws(CommandError) in try value(of: entry, opened) })
      ])
    case .text:
      for (index, entry) in entries.enumerated() {
        if index > 0 { session.console.answer("") }
        session.answer(entry, versions(of: entry))
        var report = DifferenceReport(.texts)
        for difference in try differences(of: entry, opened) { report.add(difference, session) }
        if let diff = try policyDiff(of: entry, opened) {
          session.console.answer(
            exactly: DiffText.text(diff, from: "policy", to: "policy", session.ink))
        }
      }
    }
    return .yes
  }

  /// The versions of an entry that were asked about.
  private func versions(of entry: HistoryEntry) -> [Headline.Publication] {
    entry.published.filter { $0.name == reference?.name ?? $0.name }
  }

  /// What these changed, where that is asked for.
  private func differences(
    of entry: HistoryEntry, _ opened: Opened
  ) throws(CommandError) -> [Difference] {
    guard detail == .texts else { return [] }
    return try registryErrors { () throws(RegistryError) in
      try versions(of: entry).map { version throws(RegistryError) in
        try opened.state.difference(broughtBy: version)
      }
    }
  }

  private func value(
    of entry: HistoryEntry, _ opened: Opened
  ) throws(CommandError) -> Value {
    let differences = try differences(of: entry, opened)
    guard case .map(var map) = entry.value else { return entry.value }
    map["diffs"] = detail == .texts ? .list(differences.map(\.value)) : .null
    let policy = try policyDiff(of: entry, opened)
    map["policy"] = policy.map { .string($0.unified(from: "policy", to: "policy")) } ?? .null
    return .map(map)
  }

  /// What it changed in the policy, where that is asked for.
  private func policyDiff(
    of entry: HistoryEntry, _ opened: Opened
  ) throws(CommandError) -> TextDiff? {
    guard detail == .texts else { return nil }
    return try registryErrors(in: opened.registry.policyDiff(by: entry, from: opened.tip.entry))
  }

  /// The entry from which the answer goes back.
  private func newest(_ opened: Opened) throws(RegistryError) -> SignedEntry {
    guard extent == .upToVersion, let reference else { return opened.tip.entry }
    let version = try opened.state.resolve(reference).version
    let number = try opened.registry.publication(
      of: reference.name, version, from: opened.tip.entry)
    return try number.flatMap { number throws(RegistryError) in
      try opened.registry.entry(number, from: opened.tip.entry)
    } ?? opened.tip.entry
  }
}

extension Session {
  /// An entry, with those of its versions that were asked about where its headline has not all.
  fileprivate func answer(_ entry: HistoryEntry, _ versions: [Headline.Publication]) {
    console.answer(
      ink.paint("entry \(entry.number)", .heading)
        + "  \(entry.headline)  by \(entry.by)  \(entry.at)")
    for line in entry.words.text.split(separator: "\n") { console.answer("    \(line)".visible) }
    guard entry.published.count > 1 else { return }
    let shown = versions.prefix(Log.versionLimit).map { "\($0.name) \($0.version)" }
    let others = versions.count - shown.count
    console.answer(
      "    published \(shown.joined(separator: ", "))\(others > 0 ? " and \(others) more" : "")")
  }
}
