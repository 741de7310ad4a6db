import HTTP
import Platform
import PromptRegistry
import Service

/// A service of a registry on disk, in this process and on a real socket.
final class RunningService {
  let url: String
  private let service: PromptService
  private let server: Server

  init(ledger: String, state: String, _ options: ServerOptions = ServerOptions()) throws {
    service = PromptService(try Registry.open(ledger, rememberingIn: state))
    try service.open()
    server = try Server(service.application, at: .loopback(port: 0), options)
    url = "\(options.tls == nil ? "http" : "https")://\(server.address)"
  }

  deinit { stop() }

  /// Takes what was written since.
  func refresh() { service.refresh() }

  /// Answers no more; to stop twice is no error.
  func stop() { server.stop(deadlineSeconds: 0) }
}
