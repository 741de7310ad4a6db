/// Reads the data types of RFC 4251: bytes, 32-bit numbers and strings with their length before.
struct WireReader {
  /// The data ended before what it promised.
  struct Truncated: Error {}

  private let data: [UInt8]
  private var offset = 0

  init(_ data: [UInt8]) { self.data = data }

  var isAtEnd: Bool { offset == data.count }
  var rest: ArraySlice<UInt8> { data[offset...] }

  mutating func bytes(_ count: Int) throws(Truncated) -> [UInt8] {
    guard count <= data.count - offset else { throw Truncated() }
    defer { offset += count }
    return Array(data[offset..<offset + count])
  }

  mutating func byte() throws(Truncated) -> UInt8 { try bytes(1)[0] }

  mutating func number() throws(Truncated) -> UInt32 {
    try bytes(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func string() throws(Truncated) -> [UInt8] { try bytes(Int(number())) }
}

/// Writes what `WireReader` reads.
struct WireWriter {
  private(set) var data: [UInt8] = []

  mutating func bytes(_ bytes: some Sequence<UInt8>) { data.append(contentsOf: bytes) }

  mutating func number(_ number: UInt32) {
    for shift in [24, 16, 8, 0] { data.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }

  mutating func string(_ bytes: [UInt8]) {
    number(UInt32(bytes.count))
    data.append(contentsOf: bytes)
  }

  mutating func string(_ text: String) { string(Array(text.utf8)) }
}
