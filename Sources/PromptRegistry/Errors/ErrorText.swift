import Contracts
package import Ledger
import Notation

/// The one text of every error of the registry. Names stand in single quotes; a sentence says what
/// was asked and which rule said no.
package enum ErrorText {
  /// What went wrong.
  package static func message(_ error: RegistryError) -> String {
    switch error {
    case .badName(let name): "'\(visible(name.text))' is no name: \(message(name.rule))"
    case .badReference(let text, .draftIsNoVersion):
      "'\(visible(text))' cannot be had here: \(message(.draftIsNoVersion))"
    case .badReference(let text, let problem):
      "'\(visible(text))' is no reference: \(message(problem))"
    case .badTime(let text): "'\(visible(text))' is no time"
    case .badInput(let complaint): complaint.text
    case .unknownPrompt(let name, _, _): "there is no prompt named '\(name)'"
    case .unknownVersion(let name, let asked, _): "'\(name)' has no version \(asked)"
    case .notLive(let name, let environment, _): "'\(name)' is not live in '\(environment)'"
    case .unknownEnvironment(let name, _): "there is no environment named '\(name)'"
    case .unknownRequest(let id, _): "there is no open request \(id)"
    case .unknownEntry(let text, let newest):
      "there is no entry \(visible(text)); the newest is \(newest)"
    case .unknownMember(let name): "there is no member named '\(name)'"
    case .unknownService(let name): "there is no service named '\(name)'"
    case .nothingChanged(let same): message(same)
    case .outdatedDraft(let name, let start, let highest):
      outdated(name, start, highest)
    case .pinMoved(let name, let environment):
      "the pin of '\(name)' in '\(environment)' has moved meanwhile"
    case .yanked(let name, let version, let why):
      "'\(name)' \(version) is yanked: \(oneLine(why))"
    case .checkFailed(let findings):
      "the check found \(count(findings.count, "error"))"
        + (findings.first.map { ", the first at \($0.place)" } ?? "")
    case .majorNotMeant(let breaks):
      "\(list(breaks.map(\.name))) would break \(breaks.count == 1 ? "its" : "their") callers"
    case .numberTaken(let name, let version):
      "the number this change of '\(name)' needs after \(version) is taken"
    case .preReleaseBehind(let name, let tag, let highest):
      "'\(tag)' sorts before \(highest), which is published, and pre-releases of '\(name)' rise"
    case .inputInvalid(let name, let violations):
      "the input\(of(name)) breaks its contract in \(count(violations.count, "place"))"
    case .outputInvalid(let name, let violations):
      "the output\(of(name)) breaks its contract in \(count(violations.count, "place"))"
    case .noOutputContract(let name): "'\(name)' promises nothing of its output"
    case .notEnrolled(let fingerprint): "the key \(fingerprint) is enrolled for nobody here"
    case .keyRevoked(let member, let at): "this key of '\(member)' was revoked at \(at)"
    case .notPermitted(let member, let right, _): "'\(member)' may not \(phrase(right))"
    case .ruleNotMet(let missing): missing.map { message($0.rule) }.joined(separator: "; ")
    case .conflict(let conflict): message(conflict)
    case .limit(let what, let limit): "at most \(limit) \(what) are allowed"
    case .ledger(let error): error.message
    case .broken(let path, let error): "'\(path)' is damaged: \(message(error))"
    }
  }

  /// That all will be verified again next time, and why.
  package static func warning(ofMemory problem: LedgerError) -> String {
    warning(ofMemory: problem.message)
  }

  /// The same for any other reason.
  package static func warning(ofMemory reason: String) -> String {
    "this machine cannot remember what it verified: \(reason)"
  }

  /// What a broken rule of names says.
  package static func message(_ rule: InvalidName.Rule) -> String {
    switch rule {
    case .empty: "it is empty"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .tooDeep(let limit): "it has more than \(limit) segments"
    case .badSegment(let segment):
      "'\(visible(segment))' is not made of lower-case letters, digits and single inner hyphens"
    case .deviceName(let name): "'\(name)' is the name of a device on some systems"
    case .badWord:
      "it is not a lower-case letter followed by at most 31 letters, digits and hyphens"
    case .reservedWord: "the word has another meaning behind '@'"
    }
  }

  /// What is wrong with a field of a record.
  package static func message(_ error: RecordError) -> String {
    let field = error.field.isEmpty ? "the file" : "'\(error.field)'"
    return switch error.problem {
    case .missing: "\(field) is missing"
    case .unknown: "\(field) is unknown"
    case .wrongType(let expected): "\(field) should be \(expected)"
    case .notCanonical(let reason): "\(field) is not in record form: \(reason)"
    case .otherBytes: "\(field) does not have the digest that it is named by"
    }
  }

  private static func message(_ problem: ReferenceProblem) -> String {
    switch problem {
    case .empty: "it is empty"
    case .emptySelector: "nothing follows the '@'"
    case .nameless: "a prompt's name stands before '@'"
    case .badSelector:
      "behind '@' stands a version, a range, an environment, a digest, 'latest' or 'draft'"
    case .shortDigest: "a digest needs at least 12 digits"
    case .ambiguousDigest(let versions):
      "the digests of \(list(versions)) begin so; more digits tell them apart"
    case .noSelectorAllowed: "only the name is asked for here"
    case .selectorNeeded: "which version is not said"
    case .draftIsNoVersion: "a draft is no version yet"
    }
  }

  private static func message(_ same: NothingChanged) -> String {
    switch same {
    case .drafts(let names):
      names.isEmpty ? "nothing changed: no draft differs" : "nothing changed in \(list(names))"
    case .alreadyLive([], let environment):
      "nothing changed: '\(environment)' has all that is live before it"
    case .alreadyLive(let names, let environment):
      "nothing changed: \(list(names)) is live in '\(environment)' as asked"
    case .alreadyYanked(let name, let version): "'\(name)' \(version) is yanked already"
    case .alreadyRetired(let name): "'\(name)' is retired already"
    case .alreadyLocked(let name): "'\(name)' is locked already"
    case .notLocked(let name): "'\(name)' is not locked"
    case .policy: "nothing changed in the policy"
    case .alreadyDecided(let id): "you have said so of request \(id) already"
    case .nothingLive(let name, let environment):
      "nothing changed: '\(name)' is not live in '\(environment)'"
    }
  }

  private static func outdated(
    _ name: PromptName, _ start: SemanticVersion?, _ highest: SemanticVersion
  ) -> String {
    let since = start.map { "since this draft began from \($0)" } ?? "before this draft knew of it"
    return "\(highest) of '\(name)' was published \(since)"
  }

  private static func of(_ name: PromptName?) -> String { name.map { " of '\($0)'" } ?? "" }
}

// MARK: - Words

extension ErrorText {
  /// `3 errors`, `1 error`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `'a', 'b' and 3 more`.
  package static func list(_ items: [some CustomStringConvertible]) -> String {
    let shown = items.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    return items.count > 5 ? "\(shown) and \(items.count - 5) more" : shown
  }

  /// A text of somebody else's on one line, cut where it is long.
  package static func oneLine(_ text: String) -> String {
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    return visible(line)
  }

  /// What a person typed, so that it cannot move the cursor or hide: controls are spelled out.
  package static func visible(_ text: String) -> String {
    let limit = 200
    var shown = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
        .surrogate:
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      case _: shown.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > limit ? shown + "…" : shown
  }
}

extension Complaint {
  /// `file:line:column: message`
  package var text: String {
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    return file.isEmpty ? message : "\(ErrorText.visible(file))\(place): \(message)"
  }
}
