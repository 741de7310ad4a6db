import CGit2

/// An object in a file of its own, read and written without libgit2.
///
/// Where the compressed data of such a file lacks its end, libgit2 1.5 waits for more of it for
/// ever. A disk or a neighbour may do that to a file, so we read it ourselves, strictly: one zlib
/// stream, nothing behind it, a header in its one form, and the name that the content has. We write
/// it ourselves because libgit2 waits for the disk twice with each object.
enum LooseObject {
  /// The longest header: a kind, a blank, the digits of a size, and a zero.
  private static let headerLimit = 32

  /// The content, if it is what is demanded; nil where the object has no file of its own.
  static func read(
    _ id: ObjectID, _ demand: Demand, in folder: String
  ) throws(GitError) -> [UInt8]? {
    let hex = id.hex
    let path = path(id, in: folder)
    // A byte more than what is demanded can take, so that a file that is longer is seen to be.
    let limit = Int(compressBound(UInt(demand.limit + headerLimit))) + 1
    guard let packed = try RepositoryFiles.content(path, limit: limit) else { return nil }
    guard let header = header(packed) else { throw .corrupt(subject: hex) }
    try demand.check(id, header)
    let head = Self.header(header.kind, header.size)
    guard let whole = inflated(packed, head.count + header.size), whole.starts(with: head) else {
      throw .corrupt(subject: hex)
    }
    let content = Array(whole.dropFirst(head.count))
    guard try ObjectID.of(header.kind, content) == id else { throw .corrupt(subject: hex) }
    return content
  }

  /// Where the file of an object lies, if it has one.
  static func path(_ id: ObjectID, in folder: String) -> String {
    let hex = id.hex
    return "\(folder)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// What the file of an object holds.
  static func encoded(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> [UInt8] {
    let whole = header(kind, bytes.count) + bytes
    var size = compressBound(UInt(whole.count))
    var code = Z_OK
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      unsafe code = compress2(
        buffer.baseAddress, &size, whole, UInt(whole.count), Z_BEST_SPEED)
      count = code == Z_OK ? Int(size) : 0
    }
    guard code == Z_OK else { throw .corrupt(subject: "zlib") }
    return packed
  }

  private static func header(_ kind: ObjectKind, _ size: Int) -> [UInt8] {
    Array("\(kind.rawValue) \(size)\0".utf8)
  }

  /// What the first bytes say; nil where they are no header.
  private static func header(_ packed: [UInt8]) -> ObjectHeader? {
    var made = UInt(headerLimit)
    var consumed = UInt(packed.count)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: headerLimit) { buffer, count in
      let code = unsafe uncompress2(buffer.baseAddress, &made, packed, &consumed)
      count = code == Z_OK || code == Z_BUF_ERROR ? Int(made) : 0
    }
    guard let end = bytes.firstIndex(of: 0), let blank = bytes[..<end].firstIndex(of: 32),
      let kind = ObjectKind(rawValue: String(decoding: bytes[..<blank], as: UTF8.self)),
      let size = size(bytes[(blank + 1)..<end])
    else { return nil }
    return ObjectHeader(kind: kind, size: size)
  }

  /// Decimal digits and nothing else; the form without leading zeros is compared by the caller.
  private static func size(_ digits: ArraySlice<UInt8>) -> Int? {
    var size = 0
    for digit in digits {
      let value = Int(digit) - Int(UInt8(ascii: "0"))
      guard (0...9).contains(value), size < 1 << 50 else { return nil }
      size = size * 10 + value
    }
    return digits.isEmpty ? nil : size
  }

  /// What the bytes expand to if they are one whole stream that expands to exactly that many.
  private static func inflated(_ packed: [UInt8], _ size: Int) -> [UInt8]? {
    var consumed = UInt(packed.count)
    var made = UInt(size)
    var isWhole = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let code = unsafe uncompress2(buffer.baseAddress, &made, packed, &consumed)
      isWhole = code == Z_OK && consumed == packed.count && made == size
      count = isWhole ? size : 0
    }
    return isWhole ? bytes : nil
  }
}
