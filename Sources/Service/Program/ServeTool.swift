import HTTP
import Notation
import Platform
import PromptRegistry
import Synchronization

/// The program `stet-serve`: serves until it is asked to stop.
package enum ServeTool {
  /// How often the ledger is looked at; the look costs a few microseconds while nothing is new.
  static let lookMilliseconds = 50
  /// How long requests under way may take once the service is to stop.
  static let stopSeconds = 10
  /// The largest certificate or key.
  private static let certificateLimit = 1 << 20

  /// Runs with the words of this process; answers its exit code.
  package static func runThisProcess() -> Int32 {
    Signals.ignoreBrokenPipes()
    Signals.hold()
    let words = Environment.arguments()
    if words.contains("--help") || words.contains("-h") {
      print("'stet serve' becomes this program; 'stet help serve' says what it takes")
      return 0
    }
    do throws(ServeProblem) {
      try run(ServeArguments(words))
      return 0
    } catch {
      say(error.shown(in: words.contains("--json") ? .json : .text))
      return error.code.exitCode
    }
  }

  private static func run(_ arguments: ServeArguments) throws(ServeProblem) {
    guard let address = SocketAddress(arguments.listen) else {
      throw .usage("'\(arguments.listen)' is no address such as '127.0.0.1:7878'")
    }
    var options = arguments.service
    options.reach = address.isLoopback ? .loopback : .network
    try checkEncryption(arguments, address)
    let service = try service(arguments, options)
    _ = OpenFiles.raiseLimit()
    let log = try platform { () throws(PlatformError) in
      // A log that cannot be written must not end the service.
      try LogWriter { try? StandardStream.error.write($0) }
    }
    defer { log.stop() }
    let server = try start(service, arguments, at: address, log)
    service.counts.withLock { $0 = { server.counts } }
    let opening = Opening(service, at: address)
    let lookout = Lookout(service, log)
    let looks = try platform { () throws(PlatformError) in
      try Ticker(
        everyMilliseconds: lookMilliseconds,
        after: {
          opening.run { Self.report(server, arguments) }
          lookout.tell()
        },
        { lookout.look() })
    }
    defer { looks.stop() }
    serve(server, arguments, log)
    // Verifying cannot be given up half-way, and nobody waits for an answer but that it goes on.
    guard opening.isOver else {
      log.stop()
      Process.exit(0)
    }
    service.finish()
    service.counts.withLock { $0 = nil }
    server.stop(deadlineSeconds: stopSeconds)
    if let problem = opening.problem { throw problem }
  }

  private static func report(_ server: Server, _ arguments: ServeArguments) {
    let scheme = arguments.certificate == nil ? "http" : "https"
    print("listening on \(scheme)://\(server.address)")
  }

  private static func service(
    _ arguments: ServeArguments, _ options: ServiceOptions
  ) throws(ServeProblem) -> PromptService {
    do throws(RegistryError) {
      let registry = try Registry.open(
        arguments.ledger ?? "", rememberingIn: arguments.state ?? "")
      return PromptService(registry, options)
    } catch {
      throw .registry(error)
    }
  }

  /// Beyond this machine nothing is answered without TLS, not even that somebody has to wait: his
  /// token has travelled by then.
  private static func checkEncryption(
    _ arguments: ServeArguments, _ address: SocketAddress
  ) throws(ServeProblem) {
    guard !address.isLoopback, arguments.certificate == nil, arguments.proxy == .none else {
      return
    }
    throw .exposedAddress(
      "'\(address)' can be reached from elsewhere, and tokens would travel unencrypted",
      hint: "give --tls-cert and --tls-key, or --behind-proxy where a proxy ends TLS")
  }

  private static func start(
    _ service: PromptService, _ arguments: ServeArguments, at address: SocketAddress,
    _ log: LogWriter
  ) throws(ServeProblem) -> Server {
    var options = ServerOptions()
    options.threads = arguments.threads
    options.limits = arguments.limits
    options.tls = try material(arguments)
    var application = service.application
    if arguments.log == .requests {
      let count = application.observer
      application.observer = { done in
        count?(done)
        log.add(LogLine(done, at: Timestamp(seconds: Clock.now())).text)
      }
    }
    do throws(ServerError) { return try Server(application, at: address, options) } catch {
      throw .server(error)
    }
  }

  private static func material(_ arguments: ServeArguments) throws(ServeProblem) -> TLSMaterial? {
    guard let certificate = arguments.certificate, let key = arguments.key else { return nil }
    return try platform { () throws(PlatformError) in
      TLSMaterial(
        certificate: try FileSystem.read(certificate, limit: certificateLimit),
        key: try FileSystem.read(key, limit: certificateLimit))
    }
  }

  /// Waits for requests of the supervisor; returns when one of them is to stop.
  private static func serve(_ server: Server, _ arguments: ServeArguments, _ log: LogWriter) {
    while Signals.next() == .hangup {
      do throws(ServeProblem) {
        guard let material = try material(arguments) else { continue }
        do throws(ServerError) { try server.reload(material) } catch { throw .server(error) }
        log.add("stet serve: the certificate was read again")
      } catch {
        log.add("stet serve: the old certificate stays: \(error.message)")
      }
    }
  }

  private static func platform<Result>(
    _ body: () throws(PlatformError) -> Result
  ) throws(ServeProblem) -> Result {
    do throws(PlatformError) { return try body() } catch { throw .platform(error) }
  }

  private static func say(_ line: String) {
    // Nobody is left to be told that nobody listens.
    try? StandardStream.error.write(line + "\n")
  }

  private static func print(_ line: String) {
    // A service is as good when nobody reads where it listens.
    try? StandardStream.output.write(line + "\n")
  }
}
