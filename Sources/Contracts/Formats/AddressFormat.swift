/// Addresses of hosts by number, and UUIDs.
enum AddressFormat {
  /// Four numbers of 0 to 255 without leading zeros.
  static func isIPv4(_ text: Substring.UTF8View) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
        guard part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
        return Int(Substring(part)).map { $0 <= 255 } ?? false
      }
  }

  /// Eight groups of RFC 4291; `::` once for the groups left out, the last two groups as IPv4.
  static func isIPv6(_ text: Substring.UTF8View) -> Bool {
    let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard groups.count >= 3 else { return false }
    var count = 0
    var hasGap = false
    for (place, group) in groups.enumerated() {
      if group.isEmpty {
        let isEdge = place == 0 || place == groups.count - 1
        // The colon of `::` at either end leaves an empty group outside the gap.
        let isBesideGap =
          place == 0 ? groups[1].isEmpty : place == groups.count - 1 && groups[place - 1].isEmpty
        if isEdge {
          guard isBesideGap else { return false }
        } else if hasGap {
          return false
        } else {
          hasGap = true
        }
      } else if place == groups.count - 1, group.contains(UInt8(ascii: ".")) {
        guard isIPv4(group) else { return false }
        count += 2
      } else {
        guard group.count <= 4, group.allSatisfy({ $0.hexValue != nil }) else { return false }
        count += 1
      }
    }
    return hasGap ? count < 8 : count == 8
  }

  /// Eight, four, four, four and twelve hexadecimal digits.
  static func isUUID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.allSatisfy { $0.hexValue != nil } }
  }
}
