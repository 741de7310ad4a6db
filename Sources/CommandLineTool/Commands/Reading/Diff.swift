import Notation
import PromptRegistry

/// `stet diff`: what changed.
struct Diff: Command {
  static let usage = """
    diff [<ref>] [<ref>] [--stat] [--exit-code]
    diff [<ref>] [<ref>] --rendered [--case <name>] [--exit-code]
    """
  static let summary = "show what changed in words, front matter and contract"
  static let details = """
    Without a reference all changed drafts; with one, the draft beside it; with two, the second \
    beside the first, and the second may leave out the name. Above the texts stand the verdict on \
    the contract, its reasons, and the tokens; 'patch -p0' takes it all as it is. --rendered shows \
    what a model would see in each case instead of the texts. --exit-code ends with 1 where there \
    is a difference. With --json the answer is one object; where several drafts differ it is that \
    of the first, and its 'others' are those of the rest.
    """
  static let examples = """
    stet diff
    stet diff support/triage@production @latest
    stet diff support/triage --rendered --case refund
    """

  private let words: [String]
  private let detail: DifferenceReport.Detail
  private let ending: Ending

  private enum Ending { case always, onlyWithoutDifference }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let flag = try arguments.oneFlag(of: "--rendered", "--stat")
    let name: String? = try arguments.option("--case")
    switch (flag, name) {
    case ("--stat"?, .some): throw .usage(.contradiction("--stat", "--case"))
    case ("--stat"?, nil): detail = .counts
    case (nil, nil): detail = .texts
    case (_, let name): detail = .rendered(name)
    }
    ending = arguments.flag("--exit-code") ? .onlyWithoutDifference : .always
    words = try arguments.words("<ref>")
    if words.count > 2 { throw .usage(.unexpectedWord(words[2])) }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let survey = words.isEmpty ? try opened.workspace().files.survey() : DraftSurvey()
    for flaw in survey.flaws { session.console.say("warning: \(flaw.finding.head)".visible) }
    let differences = try differences(opened, survey.drafts, session)
    if case .rendered(let name?) = detail { try require(name, in: differences) }
    switch session.console.form {
    case .json: session.console.answer(try Self.value(of: differences))
    case .text:
      var report = DifferenceReport(detail)
      for (index, difference) in differences.filter({ !$0.isEmpty }).enumerated() {
        if index > 0 { session.console.answer("") }
        report.add(difference, session)
      }
    }
    let isSame = differences.allSatisfy(\.isEmpty) && survey.flaws.isEmpty
    return ending == .onlyWithoutDifference && !isSame ? .no : .yes
  }

  /// One object whatever was asked for: the first difference, which has the others.
  private static func value(of differences: [Difference]) throws(CommandError) -> Value {
    let none = try Difference.between(.nothing(beside: nil), .nothing(beside: nil))
    var value = (differences.first ?? none).value.map ?? ValueMap()
    value["others"] = .list(differences.dropFirst().map(\.value))
    return .map(value)
  }

  private func require(_ name: String, in differences: [Difference]) throws(CommandError) {
    let known = differences.flatMap(\.cases).map(\.name)
    guard !known.contains(name) else { return }
    throw .noCase(name, nearest: Nearest.word(to: name, among: known))
  }

  private func differences(
    _ opened: Opened, _ drafts: [Draft], _ session: Session
  ) throws(CommandError) -> [Difference] {
    guard let first = words.first else { return try changed(drafts, opened) }
    let old = try opened.meant(first, session)
    if words.count == 2 {
      let new = try opened.meant(Reference.text(words[1], beside: old), session)
      return [try Difference.between(try side(old, opened), try side(new, opened))]
    }
    if case .draft = old.selector {
      return [try Difference.between(try published(old.name, opened), try side(old, opened))]
    }
    let draft = Reference(name: old.name, selector: .draft)
    return [try Difference.between(try side(old, opened), try side(draft, opened))]
  }

  /// The newest of what is published, or nothing where the draft is all there is.
  private func published(_ name: PromptName, _ opened: Opened) throws(CommandError) -> DiffSide {
    let isNew = try registryErrors(in: opened.state.versions(of: name).isEmpty)
    if isNew {
      return .nothing(beside: try side(Reference(name: name, selector: .draft), opened))
    }
    return try side(Reference(name: name, selector: .latest), opened)
  }

  private func side(
    _ reference: Reference, _ opened: Opened
  ) throws(CommandError) -> DiffSide {
    guard case .draft = reference.selector else {
      return try opened.explaining(in: opened.state.side(try opened.state.resolve(reference)))
    }
    let files = try opened.workspace().files
    let draft = try files.existingDraft(reference.name)
    return try files.lendingPartials { partial throws(RegistryError) in
      try opened.state.side(draft, partial: partial)
    }
  }

  private func changed(
    _ drafts: [Draft], _ opened: Opened
  ) throws(CommandError) -> [Difference] {
    let sources = drafts.sources
    var differences: [Difference] = []
    for draft in drafts {
      let difference = try registryErrors { () throws(RegistryError) -> Difference? in
        guard try opened.state.differs(draft) else { return nil }
        let new = try opened.state.side(draft) { sources[$0] }
        guard let start = draft.start else {
          return try Difference(from: .nothing(beside: new), to: new)
        }
        let old = try opened.state.resolve(
          Reference(name: draft.name, selector: .exact(start)))
        return try Difference(from: try opened.state.side(old), to: new)
      }
      if let difference { differences.append(difference) }
    }
    return differences
  }
}

extension Difference {
  fileprivate static func between(
    _ old: DiffSide, _ new: DiffSide
  ) throws(CommandError) -> Difference {
    try registryErrors(in: Difference(from: old, to: new))
  }
}
