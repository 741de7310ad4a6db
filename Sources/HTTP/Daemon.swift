import CMicroHTTP
import Platform
import Synchronization

/// A certificate chain and its key, both as PEM text.
package struct TLSMaterial: Sendable {
  /// The server's certificate first, then those that vouch for it.
  package let certificate: [UInt8]
  /// The private key of the first certificate.
  package let key: [UInt8]

  /// What a server shows and proves.
  package init(certificate: [UInt8], key: [UInt8]) {
    self.certificate = certificate
    self.key = key
  }
}

/// One running daemon of libmicrohttpd.
///
/// It runs until `stop`, whoever refers to it: connections must not end where the compiler finds
/// that a reference is used no more.
@safe final class Daemon: @unchecked Sendable {
  let context: DaemonContext
  /// What keeps this alive while the library may call.
  private let itself = Mutex<Daemon?>(nil)
  private let raw: OpaquePointer
  private let socket: Int32
  /// The library keeps pointers to both texts.
  private let texts: [PinnedBytes]

  /// Older versions of TLS are broken.
  private static let priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

  /// Serves connections that arrive at `listening`, new ones until `retire`.
  init(
    _ core: Core, _ listening: borrowing ListeningSocket, threads: Int, tls: TLSMaterial?
  ) throws(ServerError) {
    do throws(PlatformError) {
      socket = try listening.duplicate()
    } catch {
      throw .platform(error)
    }
    let context = DaemonContext(core, tls == nil ? .plain : .secure)
    let limits = core.limits
    let texts = [tls?.certificate, tls?.key, Array(Self.priorities.utf8)]
      .map { PinnedBytes(($0 ?? []) + [0]) }
    let started = unsafe withUnsafePointer(
      to: stet_mhd_settings(
        listen_socket: socket, threads: UInt32(threads),
        connection_limit: UInt32(max(limits.connections, threads)),
        per_address_limit: UInt32(limits.connectionsPerAddress),
        idle_seconds: UInt32(limits.idleSeconds), connection_memory: limits.connectionMemory,
        certificate: tls == nil ? nil : texts[0].text(), key: tls == nil ? nil : texts[1].text(),
        priorities: texts[2].text(),
        context: Unmanaged.passUnretained(context).toOpaque(),
        on_request: onRequest, on_target: onTarget, unescape: leaveEscaped,
        on_completed: onCompleted, on_connection: onConnection)
    ) { unsafe stet_mhd_start($0) }
    guard let started = unsafe started else {
      // The library has closed the socket.
      throw tls == nil ? .cannotStart : .badCertificate
    }
    unsafe raw = started
    self.context = context
    self.texts = texts
    itself.withLock { $0 = self }
  }

  /// Accepts no more connections, and ends each that is open with its next answer.
  func retire() {
    context.close()
    _ = unsafe MHD_quiesce_daemon(raw)
  }

  /// Ends all connections, in order if `retire` and the streams' ends came before; called once.
  func stop() {
    retire()
    unsafe MHD_stop_daemon(raw)
    // Of a daemon that has retired the socket is ours again.
    Sockets.close(socket)
    itself.withLock { $0 = nil }
  }
}
