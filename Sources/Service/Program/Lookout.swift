import PromptRegistry
import Synchronization

/// Looks at the ledger, and says in the log what an operator should know: once each time that it
/// changes.
final class Lookout: Sendable {
  private struct Told {
    var problem: String?
    var warning: String?
  }

  private let service: PromptService
  private let log: LogWriter
  private let told = Mutex(Told())

  init(_ service: PromptService, _ log: LogWriter) {
    self.service = service
    self.log = log
  }

  /// Takes the newest state that holds.
  func look() {
    service.refresh()
    tell()
  }

  /// Says what is new since it was called last.
  func tell() {
    guard let tip = service.snapshot?.tip else { return }
    let problem = service.problem.map { ErrorText.message($0) }
    let warning = tip.memoryWarning
    let former = told.withLock { told in
      defer { told = Told(problem: problem, warning: warning) }
      return told
    }
    if problem != former.problem {
      log.add("stet serve: \(problem ?? "the newest entry holds"); entry \(tip.number) is served")
    }
    if let warning, warning != former.warning { log.add("warning: \(warning)") }
  }
}
