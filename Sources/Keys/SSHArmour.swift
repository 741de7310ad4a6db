/// Base64 in lines of 70 columns between two marker lines, as `ssh-keygen` writes keys and
/// signatures.
struct SSHArmour {
  static let signature = SSHArmour(label: "SSH SIGNATURE")
  static let privateKey = SSHArmour(label: "OPENSSH PRIVATE KEY")

  private static let columns = 70

  private let first: [UInt8]
  private let last: [UInt8]

  private init(label: String) {
    first = Array("-----BEGIN \(label)-----\n".utf8)
    last = Array("-----END \(label)-----\n".utf8)
  }

  func close(_ bytes: [UInt8]) -> [UInt8] {
    let text = Base64.text(bytes)
    var result = first
    for start in stride(from: 0, to: text.count, by: Self.columns) {
      result += text[start..<min(start + Self.columns, text.count)]
      result.append(UInt8(ascii: "\n"))
    }
    return result + last
  }

  /// The bytes inside; nil unless `close` would give exactly this text again.
  func open(_ text: [UInt8]) -> [UInt8]? {
    guard text.starts(with: first), text.count >= first.count + last.count else { return nil }
    let body = text[first.count..<text.count - last.count].filter { $0 != UInt8(ascii: "\n") }
    guard let bytes = Base64.bytes(body), close(bytes) == text else { return nil }
    return bytes
  }
}
