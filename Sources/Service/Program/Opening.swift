import Platform
import PromptRegistry
import Synchronization

/// The first look at the ledger, while requests are answered already: what keeps the service from
/// opening ends the program.
final class Opening: Sendable {
  private let service: PromptService
  private let address: SocketAddress
  private let outcome = Mutex<Outcome>(.pending)

  private enum Outcome {
    case pending, serving
    case failed(ServeProblem)
  }

  init(_ service: PromptService, at address: SocketAddress) {
    self.service = service
    self.address = address
  }

  /// Why nothing will be served.
  var problem: ServeProblem? {
    guard case .failed(let problem) = outcome.withLock({ $0 }) else { return nil }
    return problem
  }

  /// Whether it is known if anything will be served.
  var isOver: Bool {
    switch outcome.withLock({ $0 }) {
    case .pending: false
    case .serving, .failed: true
    }
  }

  /// Opens the service and says so, or asks the program to end.
  func run(_ report: () -> Void) {
    do throws(ServeProblem) {
      try open()
      outcome.withLock { $0 = .serving }
      report()
    } catch {
      outcome.withLock { $0 = .failed(error) }
      Signals.send(.terminate)
    }
  }

  private func open() throws(ServeProblem) {
    do throws(RegistryError) { try service.open() } catch { throw .registry(error) }
    // Beyond this machine nothing is served without tokens.
    guard !address.isLoopback, service.snapshot?.isOpen == true else { return }
    throw .exposedAddress(
      "'\(address)' can be reached from elsewhere, and no service is enrolled",
      hint: "'stet service add' makes a token; without one, listen on 127.0.0.1")
  }
}
