import PromptRegistry

/// `stet reject`: no, until one says otherwise.
struct Reject: EntryVerb {
  static let usage = "reject <id> -m|--message <why> [--dry-run]"
  static let summary = "reject a request; it waits until you approve it or it is closed"
  static let details = """
    Your own approval of it is taken back. A rejection of your own request, too, is taken back by \
    approving it, which counts for nothing more.
    """
  static let examples = """
    stet reject 8 -m "the refund case lost its tone"
    """

  private let id: Int
  private let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.requiredOption("-m")
    effect = arguments.effect()
    id = try arguments.word("<id>")
    try arguments.finish()
  }

  var deed: String { "rejected request \(id)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Review> {
    try state.reviewing(state.openRequest(id), .reject, reason: reason, pen)
  }
}

/// `stet close`: a request that will not be carried out.
struct Close: EntryVerb {
  static let usage = "close <id> [-m|--message <why>] [--dry-run]"
  static let summary = "close a request without carrying it out"
  static let details = """
    Its author, an owner or an admin closes it; anybody, once what it started from has moved.
    """
  static let examples = """
    stet close 8
    """

  private let id: Int
  private let reason: String
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    reason = try arguments.option("-m") ?? ""
    effect = arguments.effect()
    id = try arguments.word("<id>")
    try arguments.finish()
  }

  var deed: String { "closed request \(id)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<NumberedRequest> {
    try state.closing(id, reason: reason, pen)
  }
}
