import Git
import Keys
import Notation

/// The file of an index: a head, one column after the other, and the SHA-256 of all that.
extension EntryIndex {
  private static let mark = Array("stet index 1\n".utf8)

  /// The index as it is kept.
  var bytes: [UInt8] {
    var bytes = Self.mark
    bytes.reserveCapacity(count * 48)
    Self.append(UInt64(edition), to: &bytes)
    Self.append(UInt64(count), to: &bytes)
    for commit in commits { bytes += commit.bytes }
    for time in times { Self.append(UInt64(bitPattern: time.seconds), to: &bytes) }
    for end in ends { Self.append(UInt32(truncatingIfNeeded: end), to: &bytes) }
    for keyword in keywords { Self.append(keyword.hash, to: &bytes) }
    return bytes + Digest(of: bytes).bytes
  }

  /// Reads an index back; nil where a single byte is not as it was written.
  init?(_ bytes: [UInt8]) {
    var columns = Columns(bytes)
    guard columns.areWhole, columns.take(Self.mark.count).elementsEqual(Self.mark) else {
      return nil
    }
    self.init(edition: Int(columns.number(UInt64.self)))
    let count = Int(columns.number(UInt64.self))
    commits = (0..<count).map { _ in ObjectID(bytes, at: columns.skip(ObjectID.size)) }
    times = (0..<count).map { _ in
      Timestamp(seconds: Int64(bitPattern: columns.number(UInt64.self)))
    }
    ends = (0..<count).map { _ in Int(columns.number(UInt32.self)) }
    keywords = (0..<(ends.last ?? 0)).map { _ in Keyword(hash: columns.number(UInt32.self)) }
  }

  private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }
}

/// Takes a file apart from its start; that it is whole is known before anything is taken.
private struct Columns {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the file ends with the digest of what stands before it.
  var areWhole: Bool {
    let end = bytes.count - Digest.size
    guard end > 0 else { return false }
    return Digest(of: Array(bytes[..<end])) == Digest(bytes: bytes[end...])
  }

  mutating func skip(_ count: Int) -> Int {
    defer { offset += count }
    return offset
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    let start = skip(count)
    return bytes[start..<offset]
  }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Number {
    var number: Number = 0
    for _ in 0..<Number.bitWidth / 8 {
      number = number << 8 | Number(truncatingIfNeeded: bytes[offset])
      offset += 1
    }
    return number
  }
}
