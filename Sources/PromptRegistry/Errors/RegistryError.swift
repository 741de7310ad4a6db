package import Contracts
package import Ledger
package import Notation
import Templates

/// Everything that the registry may answer instead of doing what was asked.
package enum RegistryError: Error, Sendable {
  case badName(InvalidName)
  case badReference(String, ReferenceProblem)
  case badTime(String)
  /// A file of the caller that cannot be read as what it should be.
  case badInput(Complaint)
  /// `existing` are those that are nearest, by their folder.
  case unknownPrompt(PromptName, nearest: PromptName?, existing: [PromptName])
  case unknownVersion(PromptName, asked: String, existing: [SemanticVersion])
  case notLive(PromptName, EnvironmentName, existing: [SemanticVersion])
  case unknownEnvironment(EnvironmentName, existing: [EnvironmentName])
  case unknownRequest(Int, open: [Int])
  case unknownEntry(String, newest: Int)
  case unknownMember(MemberName)
  case unknownService(ServiceName)
  case nothingChanged(NothingChanged)
  case outdatedDraft(PromptName, start: SemanticVersion?, highest: SemanticVersion)
  case pinMoved(PromptName, EnvironmentName)
  case yanked(PromptName, SemanticVersion, why: String)
  case checkFailed([CheckFinding])
  case majorNotMeant([Break])
  case numberTaken(PromptName, SemanticVersion)
  /// A pre-release that would come before one that is published.
  case preReleaseBehind(PromptName, tag: String, highest: SemanticVersion)
  case inputInvalid(PromptName?, [Contracts.Violation])
  case outputInvalid(PromptName?, [Contracts.Violation])
  /// A prompt that promises nothing of its output.
  case noOutputContract(PromptName)
  case notEnrolled(String)
  case keyRevoked(MemberName, at: Timestamp)
  case notPermitted(MemberName, Right, helpers: [MemberName])
  case ruleNotMet([Missing])
  case conflict(Conflict)
  case limit(String, Int)
  case ledger(LedgerError)
  case broken(path: String, RecordError)
}

/// What a change would break for the callers of a prompt.
package struct Break: Hashable, Sendable {
  package let name: PromptName
  /// Those reasons of the verdict that make it a break.
  package let reasons: [Reason]
}

/// Why a text is no reference.
package enum ReferenceProblem: Hashable, Sendable {
  case empty
  case emptySelector
  /// A version without the prompt that it is of.
  case nameless
  case badSelector
  case shortDigest
  case ambiguousDigest([SemanticVersion])
  case noSelectorAllowed
  case selectorNeeded
  /// A draft was named where only what is published will do.
  case draftIsNoVersion
}

/// What was already as asked.
package enum NothingChanged: Hashable, Sendable {
  case drafts([PromptName])
  case alreadyLive([PromptName], EnvironmentName)
  case alreadyYanked(PromptName, SemanticVersion)
  case alreadyRetired(PromptName)
  case alreadyLocked(EnvironmentName)
  case notLocked(EnvironmentName)
  case policy
  case alreadyDecided(Int)
  case nothingLive(PromptName, EnvironmentName)
}

/// A state that stands in the way.
package enum Conflict: Hashable, Sendable {
  case exists(PromptName)
  /// A retired name that was not asked to be offered again.
  case retired(PromptName)
  /// A retired name that should go live.
  case notOffered(PromptName)
  case live(PromptName, SemanticVersion, [EnvironmentName])
  case unpublishedInclude(PromptName, of: PromptName)
  case missingInclude(PromptName, of: PromptName)
  case newerInclude(PromptName, of: PromptName)
  case conflictMarks(PromptName, VersionFile, line: Int)
  case partialNotPromoted(PromptName)
  case nothingBefore(PromptName, EnvironmentName)
  case neverLive(PromptName, EnvironmentName, SemanticVersion)
  case movedSince(entry: Int, [PromptName])
  case entryMovedNothing(Int)
  /// The same prompt twice in one change.
  case namedTwice(PromptName)
  case notShown(Int)
  /// What was not shown before, and is now.
  case onlyJustShown(Int)
  case ownRequest(Int)
  case policyMoved(Int)
  case policyOutdated(began: Int, now: Int)
  case memberExists(MemberName)
  case keyBelongs(to: MemberName)
  case locked(EnvironmentName, LockRecord)
}

/// One rule that says no, and who could help.
package struct Missing: Hashable, Sendable {
  package let rule: Rule
  /// Those whose word would help; empty where no word does.
  package let members: [MemberName]

  package init(_ rule: Rule, members: [MemberName] = []) {
    self.rule = rule
    self.members = members
  }

  /// The rules of promotions and of changes of the policy.
  package enum Rule: Hashable, Sendable {
    case approvals(have: Int, need: Int)
    /// A version whose publisher's own voice does not count for it.
    case voices(PromptName, SemanticVersion, have: Int, need: Int)
    case ownerApprovals(PromptName, have: Int, need: Int)
    case rejected(by: MemberName)
    case locked(EnvironmentName, why: String)
    case baseMoved(PromptName)
    case targetYanked(PromptName, SemanticVersion)
    case notInFrom(PromptName, SemanticVersion, EnvironmentName)
    case soak(PromptName, SemanticVersion, EnvironmentName, until: Timestamp?)
    case policyMoved
    case policyRule(PolicyFault)
  }
}

/// A file of the caller, the place in it, what is wrong there and what may mend it.
package struct Complaint: Hashable, Sendable {
  /// What programs should make of it.
  package enum Kind: Hashable, Sendable {
    case fault
    /// It may be right, and is too large, too deep or too much work.
    case limit
  }

  package var kind = Kind.fault
  package let file: String
  package let position: Position?
  package let message: String
  package let hint: String?
  /// The line with the place marked below it; empty where there is none.
  package var excerpt: [String] = []

  package init(file: String, position: Position?, message: String, hint: String?) {
    self.file = file
    self.position = position
    self.message = message
    self.hint = hint
  }
}
