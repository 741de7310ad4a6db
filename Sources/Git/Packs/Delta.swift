/// The bytes that turn one object into another: pieces to copy, and pieces to insert.
struct Delta {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What comes of the base, if it is that of the delta and no more than `limit` bytes come of it.
  mutating func applied(to base: [UInt8], limit: Int) throws(Flaw) -> [UInt8] {
    guard try size() == base.count else { throw .broken }
    let size = try size()
    guard size <= limit else { throw .tooLarge(size) }
    var result: [UInt8] = []
    result.reserveCapacity(size)
    while offset < bytes.count {
      let piece = try piece(of: base)
      guard piece.count <= size - result.count else { throw .broken }
      result.append(contentsOf: piece)
    }
    guard result.count == size else { throw .broken }
    return result
  }

  /// Why nothing comes of it.
  enum Flaw: Error {
    case broken
    /// What would come of it has so many bytes.
    case tooLarge(Int)
  }

  private mutating func piece(of base: [UInt8]) throws(Flaw) -> ArraySlice<UInt8> {
    let code = try take()
    if code & 0x80 == 0 {
      let end = offset + Int(code)
      guard code != 0, end <= bytes.count else { throw .broken }
      defer { offset = end }
      return bytes[offset..<end]
    }
    let start = try number(code, 0..<4)
    let count = try number(code >> 4, 0..<3)
    let end = start + (count == 0 ? 0x10000 : count)
    guard end <= base.count else { throw .broken }
    return base[start..<end]
  }

  /// A number of which only those bytes are written whose bits are set.
  private mutating func number(_ bits: UInt8, _ places: Range<Int>) throws(Flaw) -> Int {
    var number = 0
    for place in places where bits >> UInt8(place) & 1 != 0 {
      number |= Int(try take()) << (8 * place)
    }
    return number
  }

  /// A number in groups of seven bits, the lowest first.
  private mutating func size() throws(Flaw) -> Int {
    var size = 0
    var shift = 0
    while true {
      let byte = try take()
      guard shift < 56 else { throw .broken }
      size |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return size }
      shift += 7
    }
  }

  private mutating func take() throws(Flaw) -> UInt8 {
    guard offset < bytes.count else { throw .broken }
    defer { offset += 1 }
    return bytes[offset]
  }
}
