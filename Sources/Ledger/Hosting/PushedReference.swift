package import Git

/// One reference that somebody wants to move at a host: a line of what git hands a hook.
package struct PushedReference: Hashable, Sendable {
  /// The most bytes that git hands a hook for a push that could be let in.
  package static let inputLimit = 64 * 1024

  /// Its full name.
  package let name: String
  /// Where it stood; nil where it was not there.
  package let old: ObjectID?
  /// Where it is to stand; nil where it is to be taken away.
  package let new: ObjectID?

  package init(name: String, old: ObjectID?, new: ObjectID?) {
    self.name = name
    self.old = old
    self.new = new
  }

  /// Reads `<old> <new> <name>`; nil for anything else.
  package init?(line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, let old = ObjectID(hex: String(words[0])),
      let new = ObjectID(hex: String(words[1]))
    else { return nil }
    self.init(
      name: String(words[2]), old: old == .zero ? nil : old, new: new == .zero ? nil : new)
  }
}

/// Why a host does not let a push in.
package enum PushRefusal: Error, Hashable, Sendable {
  /// Git handed over something that names no reference.
  case malformed
  /// Another reference than the one a ledger hangs on.
  case otherReference(String)
  /// The ledger would be taken away.
  case deletion
  /// What is pushed does not go on from where the ledger stands.
  case notForward(newest: Int)
  /// An entry does not hold.
  case broken(BrokenEntry)
  /// An entry is dated further from the host's clock than is allowed, ahead of it or behind it.
  case clock(entry: Int, secondsAhead: Int64)
}

extension PushRefusal {
  /// What is wrong, as one sentence in lower case without a final stop.
  package var message: String {
    switch self {
    case .malformed: "git named no reference"
    case .otherReference(let name): "'\(name)' is not 'main', and a registry has nothing else"
    case .deletion: "a registry is never taken away"
    case .notForward(let newest):
      "it does not go on from entry \(newest), where the registry stands"
    case .broken(let broken): broken.message
    case .clock(let entry, let seconds) where seconds > 0:
      "entry \(entry) is dated \(seconds) seconds ahead of this host's clock"
    case .clock(let entry, let seconds):
      "entry \(entry) is dated \(-seconds) seconds behind this host's clock"
    }
  }

  /// What may help whoever pushed; nil where nothing more can be said.
  package var hint: String? {
    switch self {
    case .malformed, .deletion, .broken: nil
    case .otherReference: "tags and other branches belong into another repository"
    case .notForward: "'stet pull' first; what is there is never replaced"
    case .clock: "one of two clocks is wrong; what is too old must be asked for again"
    }
  }

  /// Everything that an entry breaks, one line each; empty where there is no more to say.
  package var details: [String] {
    guard case .broken(let broken) = self else { return [] }
    return broken.violations.map { "  \($0)" }
  }
}
