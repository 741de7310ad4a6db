package import Keys

/// What keeps us from a host, or a host from what we ask.
package enum RemoteProblem: Error, Hashable, Sendable {
  /// Nobody answers there.
  case unreachable(words: String)
  /// The connection was there and ended too early.
  case lost(words: String)
  /// There is no git repository.
  case noRepository
  /// There is a git repository without an entry.
  case empty
  /// There is a git repository that is no ledger.
  case noLedger
  /// Where a ledger was to begin there is something already.
  case taken
  /// The host asks for a password, and there is no terminal to ask at.
  case needsPassword
  /// The host does not let us in.
  case denied(words: String)
  /// The host does not have the key that it is known by.
  case changedHostKey
  /// Nobody has yet said that the host is the right one.
  case unknownHostKey
  /// A rule of the host said no.
  case refused(words: String)
  /// Others were first each time.
  case overtaken(seconds: Int64)
  /// An entry was sent, and whether it arrived could not be found out.
  case unsettled(entry: Int)
  /// A whole ledger was sent, and whether it arrived could not be found out; and why not.
  case perhapsShared(words: String)
  /// The host's chain does not go on from ours.
  case strayed(Divergence)
  /// The `git` program failed for another reason.
  case failed(words: String)
}

extension RemoteProblem {
  /// Whether it is about the way to the host, and says nothing about the ledger there.
  package var isAboutTheWay: Bool {
    switch self {
    case .unreachable, .lost, .noRepository, .needsPassword, .denied, .changedHostKey,
      .unknownHostKey, .refused, .overtaken, .unsettled, .perhapsShared, .failed:
      true
    case .empty, .noLedger, .taken, .strayed: false
    }
  }
}

/// How a host's chain stands to what this machine has verified, where it does not go on from it.
package struct Divergence: Hashable, Sendable {
  /// The newest entry of a chain.
  package struct Tip: Hashable, Sendable {
    /// Its number, as it claims.
    package let number: Int
    /// The SHA-256 of its commit.
    package let commit: Digest
  }

  /// What happened, as far as the two tips tell.
  package enum Kind: Hashable, Sendable {
    /// There is nothing any more.
    case emptied
    /// The host stands at an entry that this machine has, and newer ones are missing.
    case rewound
    /// Both go on from an earlier entry, each with its own.
    case forked
    /// It is a ledger with another first entry, or none at all.
    case replaced
  }

  /// What happened.
  package let kind: Kind
  /// What this machine has verified.
  package let here: Tip
  /// What the host has; nil where that is no entry.
  package let there: Tip?
}

extension Divergence.Tip {
  init(_ entry: SignedEntry) { self.init(number: entry.entry.number, commit: entry.digest) }
  init(_ remembered: Remembered) {
    self.init(number: remembered.number, commit: remembered.commit)
  }
}

extension Divergence.Tip: CustomStringConvertible {
  package var description: String { "entry \(number) (\(commit))" }
}
