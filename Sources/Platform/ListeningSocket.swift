package import Glibc

/// Sole owner of a TCP socket that listens; closed exactly once.
package struct ListeningSocket: ~Copyable, Sendable {
  private let descriptor: Descriptor
  /// Where it listens, with the port that the system chose if 0 was asked for.
  package let address: SocketAddress

  /// How many connections may wait to be accepted.
  package static let backlog: Int32 = 4096

  /// Listens at `address`; an IPv6 wildcard takes IPv4 too.
  package init(_ address: SocketAddress) throws(PlatformError) {
    let subject = address.description
    let family = address.isIPv6 ? AF_INET6 : AF_INET
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let opened = socket(family, type, 0)
    guard opened >= 0 else { throw .of("socket", subject) }
    let descriptor = Descriptor(owning: opened, subject: subject)
    try Sockets.set(opened, SOL_SOCKET, SO_REUSEADDR, 1)
    if address.isIPv6 { try Sockets.set(opened, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
    let bound = unsafe address.withSystemForm { unsafe bind(opened, $0, $1) }
    guard bound == 0 else { throw .of("bind", subject) }
    guard listen(opened, Self.backlog) == 0 else { throw .of("listen", subject) }
    self.address = try Sockets.ownAddress(of: opened)
    self.descriptor = descriptor
  }

  /// Another descriptor of the same socket, for a library that accepts and closes it.
  package borrowing func duplicate() throws(PlatformError) -> Int32 {
    let copy = fcntl(descriptor.raw, F_DUPFD_CLOEXEC, 0)
    if copy < 0 { throw .of("fcntl", descriptor.subject) }
    return copy
  }
}

/// What can be done to a socket that somebody else owns.
package enum Sockets {
  /// Closes a descriptor that a library has given back.
  package static func close(_ raw: Int32) { _ = Glibc.close(raw) }

  /// Ends both directions; whoever waits on the socket wakes up.
  package static func hangUp(_ raw: Int32) { _ = shutdown(raw, Int32(SHUT_RDWR)) }

  /// Ends reading once what has arrived is read.
  package static func stopReading(_ raw: Int32) { _ = shutdown(raw, Int32(SHUT_RD)) }

  /// Whether the other side will send no more and everything it sent has been read.
  package static func isReadToEnd(_ raw: Int32) -> Bool {
    var byte: UInt8 = 0
    return unsafe recv(raw, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0
  }

  /// `POLLRDHUP`, which the system's module leaves out.
  private static let pollReadHangUp: Int16 = 0x2000

  /// Whether the other side will send no more, whatever of it is still to be read.
  package static func isHalfClosed(_ raw: Int32) -> Bool {
    var wish = pollfd(fd: raw, events: pollReadHangUp, revents: 0)
    return unsafe poll(&wish, 1, 0) > 0
  }

  /// How long ago the other side sent something last; nil where the system does not know.
  package static func millisecondsSinceArrival(_ raw: Int32) -> Int? {
    var info = tcp_info()
    var size = socklen_t(MemoryLayout<tcp_info>.size)
    guard unsafe getsockopt(raw, Int32(IPPROTO_TCP), TCP_INFO, &info, &size) == 0 else {
      return nil
    }
    return Int(info.tcpi_last_data_recv)
  }

  /// Keeps the system from holding more than about `bytes` that the other side has not read.
  package static func limitSendBuffer(_ raw: Int32, bytes: Int32) throws(PlatformError) {
    try set(raw, SOL_SOCKET, SO_SNDBUF, bytes)
  }

  /// The address of the other side as a library hands it over.
  package static func address(_ form: UnsafePointer<sockaddr>) -> SocketAddress? {
    unsafe SocketAddress(systemForm: form)
  }

  static func set(
    _ raw: Int32, _ level: Int32, _ option: Int32, _ value: Int32
  ) throws(PlatformError) {
    var value = value
    let size = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe setsockopt(raw, level, option, &value, size) == 0 else {
      throw .of("setsockopt", "socket")
    }
  }

  static func ownAddress(of raw: Int32) throws(PlatformError) -> SocketAddress {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let address = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { form in
        unsafe getsockname(raw, form, &size) == 0 ? SocketAddress(systemForm: form) : nil
      }
    }
    guard let address else { throw .of("getsockname", "socket") }
    return address
  }
}
