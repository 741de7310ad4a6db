import Glibc

/// An IP address and a port, such as `127.0.0.1:7878` or `[::1]:0`.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address as 4 or 16 bytes in network order.
  package let octets: [UInt8]
  /// 0 asks the system to choose.
  package let port: UInt16

  /// Reads `address:port`; an IPv6 address stands in brackets, and `localhost` is 127.0.0.1.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      guard let octets = Self.octets(host.dropFirst().dropLast(), AF_INET6, 16) else { return nil }
      self.octets = octets
    } else {
      guard let octets = Self.octets(host == "localhost" ? "127.0.0.1" : host, AF_INET, 4) else {
        return nil
      }
      self.octets = octets
    }
    self.port = port
  }

  /// 127.0.0.1, which only this machine can reach.
  package static func loopback(port: UInt16) -> SocketAddress {
    SocketAddress(octets: [127, 0, 0, 1], port: port)
  }

  private init(octets: [UInt8], port: UInt16) {
    self.octets = octets
    self.port = port
  }

  package var description: String {
    let family = isIPv6 ? AF_INET6 : AF_INET
    let host = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { room in
      guard let start = room.baseAddress,
        unsafe inet_ntop(family, octets, start, socklen_t(room.count)) != nil
      else { preconditionFailure("64 characters hold every address") }
      return unsafe String(cString: start)
    }
    return isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    if !isIPv6 { return octets[0] == 127 }
    let isMapped = octets[..<12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    return isMapped
      ? octets[12] == 127 : octets.dropLast().allSatisfy { $0 == 0 } && octets[15] == 1
  }

  var isIPv6: Bool { octets.count == 16 }

  private static func octets(
    _ host: some StringProtocol, _ family: Int32, _ count: Int
  ) -> [UInt8]? {
    var octets = [UInt8](repeating: 0, count: count)
    return unsafe inet_pton(family, String(host), &octets) == 1 ? octets : nil
  }
}

extension SocketAddress {
  /// Gives the address in the form that system calls take.
  func withSystemForm<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: octets) }
      return unsafe Self.rebinding(&address, body)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: octets) }
    return unsafe Self.rebinding(&address, body)
  }

  /// Reads what a system call has filled in; `nil` for a family that is not IP.
  init?(systemForm: UnsafePointer<sockaddr>) {
    switch Int32(unsafe systemForm.pointee.sa_family) {
    case AF_INET:
      let address = unsafe UnsafeRawPointer(systemForm).loadUnaligned(as: sockaddr_in.self)
      octets = unsafe withUnsafeBytes(of: address.sin_addr) { unsafe Array($0) }
      port = UInt16(bigEndian: address.sin_port)
    case AF_INET6:
      let address = unsafe UnsafeRawPointer(systemForm).loadUnaligned(as: sockaddr_in6.self)
      octets = unsafe withUnsafeBytes(of: address.sin6_addr) { unsafe Array($0) }
      port = UInt16(bigEndian: address.sin6_port)
    default: return nil
    }
  }

  private static func rebinding<Form, Result>(
    _ form: inout Form, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    unsafe withUnsafePointer(to: &form) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<Form>.size))
      }
    }
  }
}
