package import Contracts
import Ledger
package import Notation
import Templates

/// A point on which today's rules judge a published version otherwise than its record says.
///
/// It makes nothing invalid: what was decided was decided with the rules of its day, and signed.
package struct Rejudgement: Hashable, Sendable {
  package let name: PromptName
  package let version: SemanticVersion
  package let point: Point

  /// What is judged otherwise.
  package enum Point: Hashable, Sendable {
    /// The text is no prompt any more, for this reason.
    case unreadable(String)
    /// The schema of the input, or of the output, is read otherwise.
    case schema(String, recorded: Value, today: Value)
    /// The change would need a higher number, or has other reasons.
    case verdict(recorded: Bump, today: Bump, [Reason])
    /// A check would refuse it.
    case check(CheckFinding)
  }
}

extension Registry {
  /// Judges every version at the tip by today's rules, and lists where they differ; what its author
  /// let pass, as the entry says, is no difference.
  package func rejudgements(
    at tip: RegistryTip, _ progress: (Int, Int) -> Void
  ) throws(RegistryError) -> [Rejudgement] {
    var found: [Rejudgement] = []
    for rejudgement in try tip.state.rejudgements(progress) {
      if try !isAllowed(rejudgement, at: tip) { found.append(rejudgement) }
    }
    return found
  }

  private func isAllowed(
    _ rejudgement: Rejudgement, at tip: RegistryTip
  ) throws(RegistryError) -> Bool {
    guard case .check(let finding) = rejudgement.point,
      let number = try publication(
        of: rejudgement.name, rejudgement.version, from: tip.entry),
      let entry = try entry(number, from: tip.entry)
    else { return false }
    return ChangeWords(text: entry.entry.text).allowed.contains { $0.id == finding.id }
  }
}

extension State {
  /// Judges every published version by today's rules, and lists where they differ; `progress` is
  /// told after each name how many of how many are done.
  package func rejudgements(
    _ progress: (Int, Int) -> Void
  ) throws(RegistryError) -> [Rejudgement] {
    var found: [Rejudgement] = []
    let names = try names()
    for (index, name) in names.enumerated() {
      for published in try versions(of: name) {
        let record = try existingRecord(of: name, published.version)
        found += try points(on: record).map {
          Rejudgement(name: name, version: published.version, point: $0)
        }
      }
      progress(index + 1, names.count)
    }
    return found
  }

  private func points(on record: VersionRecord) throws(RegistryError) -> [Rejudgement.Point] {
    do throws(RegistryError) {
      let contract = try facts(of: record).contract
      return schemaPoints(on: record, contract) + (try verdictPoints(on: record, contract))
        + (try checkPoints(on: record))
    } catch {
      switch error {
      case .badInput(let complaint): return [.unreadable(complaint.text)]
      case .conflict(let conflict): return [.unreadable(ErrorText.message(conflict))]
      case _: throw error
      }
    }
  }

  private func schemaPoints(
    on record: VersionRecord, _ contract: Contract
  ) -> [Rejudgement.Point] {
    [("input", record.input, contract.input), ("output", record.output, contract.output)]
      .filter { $0.1 != $0.2 }
      .map { .schema($0.0, recorded: $0.1 ?? .null, today: $0.2 ?? .null) }
  }

  /// An author may have asked for more than the verdict; then the reasons still agree.
  private func verdictPoints(
    on record: VersionRecord, _ contract: Contract
  ) throws(RegistryError) -> [Rejudgement.Point] {
    guard let from = record.from else { return [] }
    let base = try facts(of: existingRecord(of: record.name, from.version)).contract
    let verdict = try Verdicts.verdict(from: base, to: contract)
    let agrees =
      verdict.bump <= record.bump && verdict.reasons.map(\.value) == record.reasons
    return agrees
      ? [] : [.verdict(recorded: record.bump, today: verdict.bump, verdict.reasons)]
  }

  private func checkPoints(on record: VersionRecord) throws(RegistryError) -> [Rejudgement.Point] {
    let source = try file(.source, of: record.name, record.version) ?? []
    var draft = Draft(name: record.name, source: source, start: record.version)
    draft.cases = try file(.cases, of: record.name, record.version)
    draft.brief = try file(.brief, of: record.name, record.version)
    let frozen = Dictionary(record.includes.map { ($0.name, $0.version) }) { $1 }
    let findings = try DraftCheck.findings(on: draft, .usual) { name throws(RegistryError) in
      guard let version = frozen[name] else { return nil }
      return try file(.source, of: name, version)
    }
    return findings.filter { $0.severity == .error }.map { .check($0) }
  }
}

// MARK: - For readers

extension Rejudgement {
  /// One line for a person.
  package var line: String { "\(name) \(version): \(point.text)" }

  /// The element of `judged` that `verify --judge --json` answers.
  package var value: Value {
    [
      "name": Field.text(name), "version": Field.text(version), "point": .string(point.id),
      "message": .string(point.text), "recorded": point.recorded, "today": point.today,
    ]
  }
}

extension Rejudgement.Point {
  fileprivate var id: String {
    switch self {
    case .unreadable: "unreadable"
    case .schema(let field, _, _): field
    case .verdict: "verdict"
    case .check: "check"
    }
  }

  fileprivate var text: String {
    switch self {
    case .unreadable(let why): "cannot be read today: \(why)"
    case .schema(let field, _, _): "the schema of the \(field) is read otherwise today"
    case .verdict(let recorded, let today, let reasons):
      recorded == today
        ? "recorded as \(recorded.rawValue), today for other reasons: \(Self.list(reasons))"
        : "recorded as \(recorded.rawValue), today \(today.rawValue): \(Self.list(reasons))"
    case .check(let finding): "a check would refuse it today: \(finding.head)"
    }
  }

  fileprivate var recorded: Value {
    switch self {
    case .schema(_, let recorded, _): recorded
    case .verdict(let recorded, _, _): .string(recorded.rawValue)
    case .unreadable, .check: .null
    }
  }

  fileprivate var today: Value {
    switch self {
    case .schema(_, _, let today): today
    case .verdict(_, let today, _): .string(today.rawValue)
    case .unreadable, .check: .null
    }
  }

  private static func list(_ reasons: [Reason]) -> String {
    reasons.isEmpty
      ? "no reason" : reasons.map { "\($0.path): \($0.rule.message)" }.joined(separator: "; ")
  }
}
