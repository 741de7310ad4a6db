package import Platform
import Synchronization

/// Why a server could not start, or could not change its certificate.
package enum ServerError: Error, Hashable, Sendable {
  case platform(PlatformError)
  /// The certificate or the key cannot be read, or they do not belong together.
  case badCertificate
  /// The library refused, having too few descriptors or threads.
  case cannotStart
  /// It has been stopped, or never had a certificate that could be changed.
  case cannotReload
}

/// A running HTTP server, which stops when the last reference goes.
package final class Server: Sendable {
  /// Where it listens, with the port that was chosen.
  package let address: SocketAddress

  private let core: Core
  private let daemons: DaemonSet
  private let ticker: Ticker
  /// Nobody listens once the server has stopped.
  private let socket: Mutex<ListeningSocket?>

  /// Serves `application` at `address` from now on.
  package init(
    _ application: Application, at address: SocketAddress,
    _ options: ServerOptions = ServerOptions()
  ) throws(ServerError) {
    do throws(PlatformError) {
      core = try Core(application, options.limits)
      let socket = try ListeningSocket(address)
      self.address = socket.address
      let daemons = DaemonSet(core, options)
      self.daemons = daemons
      ticker = try Ticker(everyMilliseconds: options.tickMilliseconds) { daemons.tick() }
      self.socket = Mutex(socket)
    } catch {
      throw .platform(error)
    }
    try start(options.tls)
  }

  deinit { stop(deadlineSeconds: 0) }

  /// Shows another certificate from now on; connections and streams that are open go on.
  package func reload(_ tls: TLSMaterial) throws(ServerError) {
    try start(tls)
  }

  /// Accepts no more, finishes what is under way, and ends what is not done at the deadline.
  ///
  /// Streams end after what is queued. Call it from no handler. A second call does nothing.
  package func stop(deadlineSeconds: Int) {
    ticker.stop()
    daemons.stop(
      deadline: Clock.monotonicNanoseconds() + Int64(deadlineSeconds) * 1_000_000_000)
    socket.withLock { $0 = nil }
  }

  /// Counts for metrics.
  package var counts: ServerCounts {
    ServerCounts(
      requests: core.requests.count, connections: core.connections.count,
      openConnections: daemons.openConnections, openStreams: core.openStreams)
  }

  private func start(_ tls: TLSMaterial?) throws(ServerError) {
    try socket.withLock { socket throws(ServerError) in
      switch socket {
      case .some(let socket): try daemons.start(socket, tls)
      case .none: throw .cannotReload
      }
    }
  }
}

/// How a server is to run.
package struct ServerOptions: Sendable {
  /// Threads that serve connections; each serves many.
  package var threads = 1
  /// How much it takes on.
  package var limits = ServerLimits()
  /// Without it the server speaks plain HTTP.
  package var tls: TLSMaterial?

  /// How often deadlines and readers are looked after; tests are less patient.
  var tickMilliseconds = 1000

  /// A server of one thread without a certificate.
  package init() {}
}

/// What a server counted; the first two only grow.
package struct ServerCounts: Hashable, Sendable {
  /// Requests that have ended.
  package let requests: Int
  /// Connections that have begun.
  package let connections: Int
  /// Connections that are open now.
  package let openConnections: Int
  /// Event streams that are open now.
  package let openStreams: Int
}
