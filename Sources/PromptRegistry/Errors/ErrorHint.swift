import Contracts
import Ledger
package import Notation
import Templates

extension ErrorText {
  /// What may help; nil where nothing more can be said.
  package static func hint(_ error: RegistryError) -> String? {
    switch error {
    case .badName(let name): hint(name)
    case .badReference(_, .draftIsNoVersion): "'stet publish' makes it one"
    case .badReference(let text, .badSelector) where reference(without: "v", text) != nil:
      reference(without: "v", text).map { "did you mean '\($0)'?" }
    case .badReference: "for example 'support/triage', 'support/triage@1.3.0' or '…@production'"
    case .badTime: "for example 2026-11-21T09:00:00Z, 14:05 (today) or 7d (ago)"
    case .badInput(let complaint): complaint.hint
    case .unknownPrompt(_, let nearest?, _): "did you mean '\(nearest)'?"
    case .unknownPrompt(_, nil, let existing): hint(naming: existing)
    case .unknownVersion(_, _, let existing):
      existing.isEmpty ? nil : "there are \(listed(existing))"
    case .notLive(let name, _, let existing):
      (existing.isEmpty ? "" : "there are \(listed(existing)); ")
        + "'stet show \(name)' says where it is live"
    case .unknownEnvironment(_, let existing):
      existing.isEmpty
        ? "there is none; 'stet policy edit' adds one"
        : "there are \(existing.map { "'\($0)'" }.joined(separator: ", "))"
    case .unknownRequest(_, let open):
      open.isEmpty ? "no request is open" : "open are \(listed(open))"
    case .unknownEntry: "'stet log' lists the entries"
    case .unknownMember: "'stet policy show' lists the members"
    case .unknownService: "'stet service list' lists the services"
    case .nothingChanged(let same): hint(same)
    case .outdatedDraft: "'stet pull' merges it into the draft"
    case .pinMoved: "look again and ask again"
    case .yanked: nil
    case .checkFailed(let findings):
      // Of the words of a change 'check' knows nothing.
      findings.allSatisfy { $0.file == SecretCheck.words } ? nil : "'stet check' shows them"
    case .majorNotMeant: "'--major' says that it is meant"
    case .numberTaken: "publish from the highest release instead"
    case .preReleaseBehind: "a tag that sorts behind it goes on from there"
    case .inputInvalid: "'--unchecked' renders all the same"
    case .outputInvalid: nil
    case .noOutputContract: "an 'output.schema' in its front matter would"
    case .notEnrolled: "'stet key show' prints the line to send to an admin"
    case .keyRevoked: "an admin can enrol another key of yours"
    case .notPermitted(_, _, let helpers):
      helpers.isEmpty ? nil : "\(list(helpers)) may"
    case .ruleNotMet(let missing): hint(missing)
    case .conflict(let conflict): hint(conflict)
    case .limit: nil
    case .ledger(let error): error.hint
    case .broken: "'stet verify' says which entry broke it"
    }
  }

  /// Lines below the message: the place in a file, or everything that was found.
  package static func details(_ error: RegistryError) -> [String] {
    switch error {
    case .badInput(let complaint): complaint.excerpt
    case .inputInvalid(_, let violations), .outputInvalid(_, let violations):
      violations.map { "  \($0.path.isEmpty ? "/" : $0.path): \($0.message)" }
    case .checkFailed(let findings): findings.flatMap(\.text)
    case .majorNotMeant(let breaks):
      breaks.flatMap { broken in broken.reasons.map { "  \(broken.name) \($0.line)" } }
    case _: []
    }
  }

  /// The same for programs: findings and violations as they have them elsewhere, else the lines.
  package static func values(_ error: RegistryError) -> [Value] {
    switch error {
    case .inputInvalid(_, let violations), .outputInvalid(_, let violations):
      violations.map(\.value)
    case .checkFailed(let findings): findings.map(\.value)
    case .majorNotMeant(let breaks):
      breaks.map { ["name": Field.text($0.name), "reasons": .list($0.reasons.map(\.value))] }
    case _: details(error).map { .string($0) }
    }
  }

  /// Where a version belongs that stands by itself; nil for a text that is none.
  package static func hint(aboutVersion text: String) -> String? {
    SemanticVersion(text).map { "a version stands behind its name: '…@\($0)'" }
  }

  private static func hint(naming existing: [PromptName]) -> String {
    let all = "'stet list' shows what there is"
    guard !existing.isEmpty else { return all }
    return "there \(existing.count == 1 ? "is" : "are") \(list(existing)); \(all)"
  }

  private static func hint(_ same: NothingChanged) -> String? {
    guard case .drafts(let names) = same, !names.isEmpty else { return nil }
    return "'--again' publishes it all the same"
  }

  private static func hint(_ name: InvalidName) -> String {
    if let guess = name.guess { return "did you mean '\(guess)'?" }
    switch name.rule {
    case .badWord, .reservedWord: return "one word, for example 'staging' or 'bob'"
    case .empty, .tooLong, .tooDeep, .badSegment, .deviceName:
      return hint(aboutVersion: name.text)
        ?? "names look like 'support/triage'; a partial's last part starts with '_'"
    }
  }

  /// The reference that a text is without a letter behind its `@`.
  private static func reference(without letter: String, _ text: String) -> Reference? {
    // That it is no reference either is the answer.
    try? Reference(text.replacing("@\(letter)", with: "@"))
  }

  private static func hint(_ missing: [Missing]) -> String? {
    for case .policyRule(.changeApprovalsTooLow(_, let need)) in missing.map(\.rule) {
      return "'stet policy edit' sets 'change.approvals' to \(need), by itself or with this change"
    }
    let helpers = Set(missing.flatMap(\.members)).sorted()
    return helpers.isEmpty ? nil : "\(list(helpers)) can help"
  }

  private static func hint(_ conflict: Conflict) -> String? {
    switch conflict {
    case .exists: "'stet restore' gets an old text of it"
    case .retired: "'--again' says that it is meant"
    case .notOffered: "'stet publish --again' offers it anew"
    case .live: "promote another version or withdraw it first"
    case .unpublishedInclude(let include, _): "publish '\(include)' with it"
    case .missingInclude(let include, _): "write 'prompts/\(include).prompt' and publish it with it"
    case .newerInclude: "'stet pull' brings it"
    case .conflictMarks: "decide between the two texts and take the marks out"
    case .partialNotPromoted: "promote the prompts that include it"
    case .nothingBefore: "withdraw it, or promote another version"
    case .neverLive: "revert goes back only; promote goes forward"
    case .movedSince: "revert the prompts by name"
    case .entryMovedNothing: "'stet log --env <environment>' lists the entries that did"
    case .namedTwice: "each prompt moves once"
    case .notShown(let id): "'stet review \(id)' shows it"
    case .onlyJustShown: "it is shown above; repeat the command to approve it"
    case .ownRequest(let id): "'stet review \(id)' says who can"
    case .policyMoved: "ask again onto the policy as it is now"
    case .policyOutdated: "'stet policy show' prints it as it is now; change that one"
    case .memberExists: nil
    case .keyBelongs: "make another with 'stet key new'"
    case .locked(let environment, _): "'stet unlock \(environment)' allows promotions again"
    }
  }

  private static func listed(_ items: [some CustomStringConvertible]) -> String {
    let shown = items.suffix(8).map(\.description).joined(separator: ", ")
    return items.count > 8 ? "…, \(shown)" : shown
  }
}

extension RegistryError {
  /// What programs branch on.
  package var code: ErrorCode {
    switch self {
    case .badName: .badName
    case .badReference, .badTime: .badReference
    case .badInput(let complaint):
      switch complaint.kind {
      case .fault: .badInput
      case .limit: .limit
      }
    case .unknownPrompt: .unknownPrompt
    case .unknownVersion, .notLive: .unknownVersion
    case .unknownEnvironment: .unknownEnvironment
    case .unknownRequest: .unknownRequest
    case .unknownEntry: .unknownEntry
    case .unknownMember: .unknownMember
    case .unknownService: .unknownService
    case .nothingChanged: .nothingChanged
    case .outdatedDraft: .outdatedDraft
    case .pinMoved: .pinMoved
    case .yanked: .yanked
    case .checkFailed, .majorNotMeant: .checkFailed
    case .numberTaken, .preReleaseBehind: .ruleNotMet
    case .inputInvalid: .inputInvalid
    case .outputInvalid: .outputInvalid
    case .noOutputContract: .badInput
    case .notEnrolled, .keyRevoked, .notPermitted: .notPermitted
    case .ruleNotMet: .ruleNotMet
    case .conflict(let conflict): conflict.code
    case .limit: .limit
    case .ledger(let error): error.code
    case .broken: .notVerified
    }
  }
}

extension Conflict {
  fileprivate var code: ErrorCode {
    switch self {
    case .exists, .retired: .nothingChanged
    case .notOffered: .ruleNotMet
    case .conflictMarks: .outdatedDraft
    case .namedTwice: .badReference
    case .live, .partialNotPromoted, .nothingBefore, .neverLive, .notShown, .onlyJustShown,
      .ownRequest, .policyMoved, .policyOutdated, .memberExists, .keyBelongs, .locked,
      .entryMovedNothing:
      .ruleNotMet
    case .unpublishedInclude, .missingInclude: .checkFailed
    case .newerInclude: .outdatedDraft
    case .movedSince: .pinMoved
    }
  }
}
