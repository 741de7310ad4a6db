import Ledger
import Notation
import PromptRegistry

/// `stet log`: what happened.
struct Log: Command {
  static let usage =
    "log [<ref>] [--env <env>] [--since <time>] [--by <member>] [-n <count>] [-p]"
  static let summary = "show what happened, newest first"
  static let details = """
    A time is RFC 3339, 14:05 (today) or 7d (ago). -p also shows how the texts changed. With a \
    version, what happened up to its publication.
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
    if let limit { query.limit = limit }
    let ready = query
    let entries = try registryErrors { () throws(RegistryError) in
      if let name = ready.name { try opened.state.requirePublished(name) }
      if let environment { _ = try opened.state.requireEnvironment(environment) }
      if let member, opened.state.policy.member(member) == nil { throw .unknownMember(member) }
      return try opened.registry.history(ready, from: try newest(opened))
    }
    switch session.console.form {
    case .json: session.console.answer(["entries": .list(entries.map(\.value))])
    case .text:
      for (index, entry) in entries.enumerated() {
        if index > 0 { session.console.answer("") }
        session.answer(entry)
        guard detail == .texts else { continue }
        for version in entry.published where version.name == reference?.name ?? version.name {
          try session.answerDiff(of: version, opened)
        }
      }
    }
    return .yes
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
  fileprivate func answer(_ entry: HistoryEntry) {
    console.answer(
      ink.paint("entry \(entry.number)", .heading)
        + "  \(entry.headline)  by \(entry.by)  \(entry.at)")
    for line in entry.words.text.split(separator: "\n") { console.answer("    \(line)".visible) }
  }

  /// The text of a version beside that of the version it came from.
  fileprivate func answerDiff(
    of version: Headline.Publication, _ opened: Opened
  ) throws(CommandError) {
    let (old, new) = try registryErrors { () throws(RegistryError) in
      let record = try opened.state.existingRecord(of: version.name, version.version)
      let old = try record.from.map { from throws(RegistryError) in
        try opened.state.file(.source, of: version.name, from.version)
      }
      return (old ?? [], try opened.state.file(.source, of: version.name, version.version))
    }
    let file = "prompts/\(version.name).prompt"
    let diff = TextDiff(
      from: String(decoding: old ?? [], as: UTF8.self),
      to: String(decoding: new ?? [], as: UTF8.self))
    console.answer(exactly: diff.unified(from: file, to: file))
  }
}
