import Ledger
import Keys
import Notation
import Platform
import PromptRegistry

/// `stet review`: what waits, or one request as it would go live.
struct ReviewCommand: Command {
  static let usage = "review [<id>]"
  static let summary = "show what waits for approval, or exactly what one request would make live"
  static let details = """
    Alone the open requests, first those that wait for you. With a number the whole difference \
    against what is live, partials and rendered cases included, and rule by rule what is missing and \
    who could give it.
    """
  static let examples = """
    stet review
    stet review 8
    """

  private let id: Int?

  init(_ arguments: consuming Arguments) throws(CommandError) {
    id = try arguments.optionalWord("<id>")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.openNewest()
    if let id {
      let request = try registryErrors(in: opened.state.openRequest(id))
      try session.show(request, opened)
    } else {
      try session.showWaiting(opened)
    }
    return .yes
  }
}

extension Session {
  /// Lists the open requests, first those that wait for whoever runs this.
  fileprivate func showWaiting(_ opened: Opened) throws(CommandError) {
    // Somebody without a key may look all the same.
    let me = (try? Identity.signer(self)).flatMap {
      try? opened.state.member(holding: $0.publicKey)
    }
    let now = max(surroundings.now(), opened.state.time)
    let waiting = try registryErrors(in: opened.state.waitingRequests(for: me, at: now))
    switch console.form {
    case .json: console.answer(["requests": .list(waiting.map(\.value))])
    case .text:
      if waiting.isEmpty { console.answer("no request is open") }
      for request in waiting {
        let mark = request.waitsForYou ? "  waits for you" : request.isStale ? "  stale" : ""
        console.answer("\(request.id)  \(request.title), by \(request.author)\(mark)")
        for missing in request.missing { console.answer("    missing: \(missing.line)") }
      }
    }
  }

  /// Shows one request, and remembers that it was shown.
  func show(_ request: NumberedRequest, _ opened: Opened) throws(CommandError) {
    let now = max(surroundings.now(), opened.state.time)
    let view = try registryErrors(in: RequestView(request, in: opened.state, at: now))
    switch console.form {
    case .json: console.answer(view.value)
    case .text: for line in view.lines { console.answer(line.visible) }
    }
    try remember(request, opened)
  }

  /// Shows a request first where it was not shown on this machine as it stands.
  func requireShown(_ request: NumberedRequest, _ opened: Opened) throws(CommandError) {
    guard let file = shownFile(request, opened) else {
      throw .registry(.conflict(.notShown(request.id)))
    }
    // Nothing was shown yet, or nobody can tell: it is shown now.
    let shown = try? FileSystem.read(file, limit: 256)
    guard shown != Array(request.record.digest.description.utf8) else { return }
    guard console.form == .text else { throw .registry(.conflict(.notShown(request.id))) }
    try show(request, opened)
    guard console.answers.isTerminal else {
      throw .registry(.conflict(.onlyJustShown(request.id)))
    }
    // Nobody approves what he could not see.
    do throws(PlatformError) { try console.flush() } catch { throw .answerLost(error) }
  }

  private func remember(
    _ request: NumberedRequest, _ opened: Opened
  ) throws(CommandError) {
    guard let file = shownFile(request, opened), let folder = stateFolder else { return }
    try platformErrors { () throws(PlatformError) in
      try FileSystem.createDirectories("\(folder)/shown")
      try FileSystem.replace(file, Array(request.record.digest.description.utf8))
    }
  }

  /// Where it is remembered what of a ledger's request was shown here, by which key's holder.
  private func shownFile(_ request: NumberedRequest, _ opened: Opened) -> String? {
    stateFolder.map {
      let key = Digest(of: "\(opened.tip.entry.ledgerID) \(request.id)").hex
      return "\($0)/shown/\(key)"
    }
  }
}
