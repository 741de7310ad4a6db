import CGit2

/// The name of a git object: the SHA-1 of its header and content, 20 bytes held inline.
package struct ObjectID: Hashable, Comparable, Sendable {
  // Big-endian, so that comparing the three numbers compares the bytes.
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// Length in bytes; in hex it is twice that.
  package static let size = 20

  /// The name of no object: what git writes where there is nothing.
  package static let zero = ObjectID(Array(repeating: 0, count: size), at: 0)

  /// The 20 bytes from `start`; there must be that many.
  package init(_ bytes: [UInt8], at start: Int) {
    first = Self.number(bytes, start..<start + 8)
    second = Self.number(bytes, start + 8..<start + 16)
    third = UInt32(Self.number(bytes, start + 16..<start + 20))
  }

  /// The first 20 of these bytes; there must be that many.
  init(_ bytes: UnsafeRawBufferPointer) {
    first = unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    second = unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    third = unsafe UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// The byte by which git sorts names into folders.
  var firstByte: UInt8 { UInt8(truncatingIfNeeded: first >> 56) }

  /// Reads exactly 40 lower-case hex digits.
  package init?(hex: some StringProtocol) {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in hex.utf8 {
      guard let digit = Self.value(character) else { return nil }
      if let known = high {
        bytes.append(known << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard bytes.count == Self.size, high == nil else { return nil }
    self.init(bytes, at: 0)
  }

  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }
}

extension ObjectID {
  /// The 20 bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    append(to: &bytes)
    return bytes
  }

  /// 40 lower-case hex digits.
  package var hex: String {
    let size = Self.size
    return unsafe String(unsafeUninitializedCapacity: 2 * size) { buffer in
      for (place, byte) in bytes.enumerated() {
        unsafe buffer[2 * place] = Self.digit(byte >> 4)
        unsafe buffer[2 * place + 1] = Self.digit(byte & 15)
      }
      return 2 * size
    }
  }

  func append(to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: first >> shift))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: second >> shift))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: third >> shift))
    }
  }

  private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var number: UInt64 = 0
    for place in range { number = number << 8 | UInt64(bytes[place]) }
    return number
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}

extension ObjectID {
  init(_ raw: git_oid) {
    self = unsafe withUnsafeBytes(of: raw.id) { unsafe ObjectID($0) }
  }

  var raw: git_oid {
    var raw = git_oid()
    unsafe withUnsafeMutableBytes(of: &raw.id) { bytes in
      unsafe bytes.storeBytes(of: first.bigEndian, as: UInt64.self)
      unsafe bytes.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
      unsafe bytes.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }
}
