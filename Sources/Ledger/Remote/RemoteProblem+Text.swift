extension RemoteProblem {
  /// What went wrong at an address, as one sentence in lower case without a final stop.
  func message(at address: RemoteAddress) -> String {
    switch self {
    case .unreachable(let words): "'\(address)' cannot be reached: \(words)"
    case .lost(let words): "the connection to '\(address)' was lost: \(words)"
    case .noRepository: "there is no git repository at '\(address)', or none for you"
    case .empty: "there is no registry at '\(address)' yet: it is empty"
    case .noLedger: "the git repository at '\(address)' is no registry"
    case .taken: "there is something at '\(address)' already"
    case .needsPassword: "'\(address)' asks for a password, and there is no terminal to ask at"
    case .denied(let words): "'\(address)' does not let you in: \(words)"
    case .changedHostKey: "the host of '\(address)' has another key than the one it is known by"
    case .unknownHostKey: "the key of the host of '\(address)' is not known here"
    case .refused(let words): "'\(address)' refused the entry: \(words)"
    case .overtaken(let seconds): "others were first at '\(address)' for \(seconds) seconds"
    case .unsettled(let entry):
      "the connection to '\(address)' was lost while entry \(entry) was sent, and whether it "
        + "arrived is not known"
    case .perhapsShared(let words):
      "whether the registry arrived at '\(address)' is not known: \(words)"
    case .strayed(let divergence): divergence.message(at: address)
    case .failed(let words): "git failed with '\(address)': \(words)"
    }
  }

  /// What may help; nil where nothing more can be said.
  var hint: String? {
    switch self {
    case .unreachable: "nothing was changed; whatever is here already can be read without it"
    case .lost: "nothing was changed; try again"
    case .noRepository: "'stet host init' makes one there"
    case .empty: "'stet init --remote <url>' begins one"
    case .noLedger: "its first commit is no entry; is the address right?"
    case .taken: "'stet clone <url>' gets a registry; to begin one, the repository must be empty"
    case .needsPassword: "a credential helper of git's or an SSH key does without one"
    case .denied: "ask who runs it whether your key or account may"
    case .changedHostKey:
      "somebody may be listening in; ask who runs it before you trust the new one"
    case .unknownHostKey: "connect once with 'ssh' and compare its key"
    case .refused, .failed: nil
    case .overtaken: "try again"
    case .unsettled: "'stet pull' finishes it, or says what stands against it"
    case .perhapsShared:
      "try again; where something is there then, 'stet clone <url>' gets it"
    case .strayed: "nothing was changed; somebody may have put an older or another ledger there"
    }
  }
}

extension Divergence {
  fileprivate func message(at address: RemoteAddress) -> String {
    let theirs = there.map(\.description) ?? "nothing that is an entry"
    return switch kind {
    case .emptied: "'\(address)' has no entry any more, and this machine has verified \(here)"
    case .rewound: "'\(address)' went back to \(theirs), and this machine has verified \(here)"
    case .forked:
      "'\(address)' has another history: there is \(theirs), and this machine has verified \(here)"
    case .replaced:
      "'\(address)' serves another ledger: there is \(theirs), and this machine has verified "
        + "\(here)"
    }
  }
}
