import Git
import Keys
import Platform

extension LedgerError {
  /// What went wrong, as one sentence in lower case without a final stop.
  package var message: String {
    switch self {
    case .missing(let path): "there is no ledger at '\(path)'"
    case .broken(let broken): broken.message
    case .futureFormat(let format, let entry):
      "entry \(entry) is of format \(format), and this version reads up to \(Entry.currentFormat)"
    case .tooLarge(let path, let limit): "'\(path)' is larger than \(limit) bytes"
    case .text(let flaw): "the text \(flaw)"
    case .badMemory(let path): "'\(path)' does not say what this machine has verified"
    case .wrongIndex(let number): "the index names another entry than entry \(number)"
    case .badNonce(let nonce): "'\(nonce)' does not name an operation"
    case .emptyChange: "nothing would change"
    case .refusedByRules(let violations):
      "the entry would break \(BrokenEntry.list(violations)): \(violations.first?.message ?? "")"
    case .parentAhead(let seconds):
      "the newest entry is \(seconds) seconds ahead of this machine's clock"
    case .busy(let seconds): "others have been writing for \(seconds) seconds"
    case .foreignLock(let path): "another program holds or left '\(path)'"
    case .signing(let words): "ssh-keygen did not sign: \(words)"
    case .remote(let address, let problem): problem.message(at: address)
    case .packing(let words): "git did not pack: \(words)"
    case .key(let error): error.description
    case .git(let error): error.message
    case .platform(let error): error.message
    }
  }

  /// What may help; nil where nothing more can be said.
  package var hint: String? {
    switch self {
    case .broken(let broken): broken.hint
    case .futureFormat: "install a newer version"
    case .badMemory: "remove the file: everything is then verified once more"
    case .parentAhead: "one of two clocks is wrong; look at this one first"
    case .busy, .wrongIndex: "try again"
    case .foreignLock: "if no git program is at work there: stet doctor --unlock"
    case .remote(_, let problem): problem.hint
    case .key(let error): error.hint
    case .git(.foreignOwner): "run this as that user, or make a copy of your own: stet clone <url>"
    case .git, .platform: obstacle?.hint
    case .missing: "where a workspace was checked out without its ledger, 'stet pull' fetches it"
    case .tooLarge, .text, .badNonce, .emptyChange, .refusedByRules, .signing, .packing:
      nil
    }
  }
}

extension BrokenEntry {
  /// Which entry breaks which invariants, and what is wrong with the first.
  package var message: String {
    let subject = number.map { "entry \($0)" } ?? commit.map { "commit \($0)" } ?? "the ledger"
    return "\(subject) breaks \(Self.list(violations)): \(violations.first?.message ?? "")"
  }

  /// What may help; nil where nothing but the message is known.
  package var hint: String? {
    if violations.contains(where: { $0.invariant == .descent }) {
      return "somebody may have put an older or another ledger in its place; ask who runs it"
    }
    guard let number, number > 1 else { return nil }
    return
      "everything up to entry \(number - 1) holds; 'stet host repair' at the host goes back to it"
  }

  static func list(_ violations: [Violation]) -> String {
    var numbers: [String] = []
    for violation in violations where numbers.last != violation.invariant.description {
      numbers.append(violation.invariant.description)
    }
    return numbers.joined(separator: ", ")
  }
}

extension GitError {
  var message: String {
    switch self {
    case .missing(let subject): "git has no '\(subject)'"
    case .exists(let subject): "git has a '\(subject)' already"
    case .foreignOwner(let path): "'\(path)' belongs to another user"
    case .wrongKind(let id, let found): "the object \(id) is a \(found.rawValue)"
    case .tooLarge(let id, let size, let limit):
      "the object \(id) has \(size) bytes, and \(limit) are allowed"
    case .corrupt(let subject): "the object \(subject) does not hash to its name"
    case .tree(let path, let problem): "the tree of '\(path)' is not canonical: \(problem)"
    case .tooManyChanges(let limit): "more than \(limit) files differ"
    case .symbolicReference(let name): "'\(name)' points at another reference"
    case .packedReference(let name): "'\(name)' is packed"
    case .unreadable(let path): "'\(path)' cannot be read"
    case .configuration(let line): "line \(line) of the repository's configuration is not plain"
    case .setting(let key): "the repository sets '\(key)', which no registry does"
    case .linkedRepository(let path): "'\(path)' keeps its objects elsewhere"
    case .library(let failure):
      switch failure.cause {
      case .full, .overQuota: "the disk is full: \(failure.message)"
      case .readOnly: "the file system cannot be written: \(failure.message)"
      case .denied, .vanished, nil: "\(failure.call) failed: \(failure.message)"
      }
    }
  }
}
