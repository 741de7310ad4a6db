import Keys
import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet doctor`: is everything here that is needed?
struct Doctor: Command {
  static let usage = """
    doctor
    doctor --unlock [--dry-run]
    """
  static let summary = "look whether everything is here that is needed, and say how to mend it"
  static let examples = """
    stet doctor
    """

  static let details = """
    --unlock removes the lock that a git program left on the ledger's reference when it died. Make \
    sure that none is at work there.
    """

  private let treatment: Treatment

  private enum Treatment { case lookOnly, unlock(Effect) }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let isUnlocked = arguments.flag("--unlock")
    let effect = arguments.effect()
    guard isUnlocked || effect == .written else { throw .usage(.missingOption("--unlock")) }
    treatment = isUnlocked ? .unlock(effect) : .lookOnly
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let unlocked = try unlock(session)
    let findings =
      [program("git", ["--version"], session), program("ssh-keygen", ["-?"], session)]
      + [key(session), memory(session), registry(session)]
    switch session.console.form {
    case .json:
      session.console.answer([
        "ok": .bool(findings.allSatisfy(\.isGood)), "unlocked": unlocked.map(Value.string) ?? .null,
        "findings": .list(
          findings.map { finding in
            [
              "ok": .bool(finding.isGood), "subject": .string(finding.subject),
              "message": .string(finding.message),
            ]
          }),
      ])
    case .text:
      if case .unlock(let effect) = treatment {
        let deed = effect == .written ? "removed" : "would remove"
        session.console.answer(unlocked.map { "\(deed) \($0)".visible } ?? "nothing was locked")
      }
      for finding in findings {
        session.console.answer(
          "\(finding.isGood ? "ok " : "BAD")  \(finding.subject): \(finding.message)".visible)
      }
    }
    if findings.contains(where: { $0.code == .notVerified }) { return .notVerified }
    return findings.allSatisfy(\.isGood) ? .yes : .no
  }

  /// Removes a lock that git left, where that is asked for; returns its path if there was one.
  private func unlock(_ session: Session) throws(CommandError) -> String? {
    guard case .unlock(let effect) = treatment else { return nil }
    let journal = try session.registry(at: try Place.find(session), expectedID: nil).journal
    return try ledgerErrors { () throws(LedgerError) in
      switch effect {
      case .written: try journal.unlock()
      case .shown: try journal.abandonedLock()
      }
    }
  }

  private struct Finding {
    let subject: String
    let isGood: Bool
    let message: String
    /// What kind of error it is, where it is one of ours.
    let code: ErrorCode?

    init(subject: String, isGood: Bool, message: String) {
      self.subject = subject
      self.isGood = isGood
      self.message = message
      code = nil
    }

    init(subject: String, _ error: CommandError) {
      let report = ErrorReport(error)
      self.subject = subject
      isGood = false
      message = report.advice
      code = report.code
    }
  }

  private func program(_ name: String, _ words: [String], _ session: Session) -> Finding {
    let command = Platform.Command(
      name, words, environment: session.surroundings.environment.filter { $0.key == "PATH" })
    // That it cannot be started is the finding.
    let outcome = try? Subprocess.run(command)
    let line = outcome?.outputText.split(separator: "\n").first.map(String.init)
    return Finding(
      subject: name, isGood: outcome != nil,
      message: outcome == nil ? "it is not installed" : line ?? "it is there")
  }

  private func key(_ session: Session) -> Finding {
    do throws(CommandError) {
      let signer = try Identity.signer(session)
      return Finding(subject: "key", isGood: true, message: signer.publicKey.fingerprint)
    } catch {
      return Finding(subject: "key", error)
    }
  }

  private func memory(_ session: Session) -> Finding {
    guard let folder = session.stateFolder else {
      return Finding(
        subject: "memory", isGood: false, message: Session.noStateFolder)
    }
    do throws(PlatformError) {
      try FileSystem.createDirectories(folder)
      try FileSystem.replace("\(folder)/.doctor", [])
      try FileSystem.remove("\(folder)/.doctor")
      return Finding(subject: "memory", isGood: true, message: folder)
    } catch {
      return Finding(subject: "memory", .platform(error))
    }
  }

  private func registry(_ session: Session) -> Finding {
    do throws(CommandError) {
      let opened = try session.openWhole()
      let place = opened.place
      if let trouble = try trouble(with: opened) {
        return Finding(subject: "registry", isGood: false, message: trouble)
      }
      return Finding(
        subject: "registry", isGood: true,
        message: "\(place.ledger), entry \(opened.state.entry), verified")
    } catch {
      return Finding(subject: "registry", error)
    }
  }

  /// What is wrong with the place of a ledger that verifies.
  private func trouble(with opened: Opened) throws(CommandError) -> String? {
    let lock = try ledgerErrors { () throws(LedgerError) in try opened.registry.journal.gitLock() }
    if let lock {
      return "'\(lock)' is there; if no git program is at work, 'stet doctor --unlock' removes it"
    }
    let place = opened.place
    guard let better = try platformErrors(in: place.ledgerBesideGit()) else { return nil }
    return "the git repository around it sees nothing of '\(place.root)'; "
      + "'mv \(place.ledger) \(better)' mends that"
  }
}

extension ErrorReport {
  /// The message and what may help, on one line.
  fileprivate var advice: String { hint.map { "\(message); \($0)" } ?? message }
}
