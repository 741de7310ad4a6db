import Templates
import Contracts

extension State {
  /// What a draft would break for the callers of what is live in an environment.
  package func breaks(
    _ draft: Draft, in environment: EnvironmentName, partial: Facts.PartialSource
  ) throws(RegistryError) -> [CheckFinding] {
    _ = try requireEnvironment(environment)
    guard let live = try pin(draft.name, in: environment)?.live else { return [] }
    let old = try facts(of: existingRecord(of: draft.name, live.version))
    let new = try Facts(of: draft.name, source: draft.source, partial: partial)
    let verdict = try Verdicts.verdict(from: old.contract, to: new.contract)
    guard verdict.bump == .major else { return [] }
    let file = Slot.prompt(draft.name).path
    return verdict.reasons.filter { $0.rule.bump == .major }.map { reason in
      CheckFinding(
        .breaking, file, nil,
        "\(reason.path): \(reason.rule.message), against \(live.version) live in '\(environment)'")
    }
  }
}
