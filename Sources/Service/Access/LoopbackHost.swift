/// Names by which a browser on this machine means this machine.
///
/// While the service is open, a page from elsewhere could give its own name this machine's address
/// and read everything; what is asked under such a name is refused.
enum LoopbackHost {
  /// Whether the value of `Host` is such a name, or missing.
  static func isOne(_ host: Span<UInt8>) -> Bool {
    var text: [UInt8] = []
    for index in host.indices { text.append(host[index]) }
    return isOne(String(decoding: text, as: UTF8.self))
  }

  /// The same of a text.
  static func isOne(_ host: String) -> Bool {
    var name = host[...]
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { name = host[..<colon] }
    if name.isEmpty || name == "localhost" || name == "[::1]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
