import Foundation
import Glibc

@testable import Platform

/// Whether tests take the hours that `STET_LONG=1` allows them, or seconds.
enum Scale {
  static let isLong = ProcessInfo.processInfo.environment["STET_LONG"] == "1"
}

/// What this process has open, to see that nothing is left behind.
enum OpenSockets {
  /// Descriptors of a server at `address`: its listening socket and its connections.
  static func count(at address: SocketAddress) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.compactMap { Int32($0) }.filter { raw in
      (try? Sockets.ownAddress(of: raw))?.port == address.port
    }.count
  }
}
