import Notation

/// One value of an input, small enough to copy: a scalar itself, or where its parts lie.
struct Cell: BitwiseCopyable, Sendable {
  /// What the value is; the order matters to nothing.
  enum Kind: UInt8, BitwiseCopyable {
    case missing, null, no, yes, number, string, list, map
  }

  /// Which bytes or entries the payload points into.
  enum Space: UInt8, BitwiseCopyable {
    /// The input document.
    case input
    /// The program: literals of the template.
    case program
    /// What the rendering made on its way.
    case made
  }

  /// Kind, space and place in one number, so that a cell is two registers.
  private var shape: UInt64
  /// The bits of a number, or offset and count of a string, a list or a map.
  let payload: UInt64

  static let missing = Cell(.missing)
  static let null = Cell(.null)
  /// A map that stands nowhere in the input.
  static let noMembers = Cell(.map, .input, offset: 0, count: 0)

  private init(_ kind: Kind) { (shape, payload) = (Self.shape(kind, .input), 0) }

  init(_ bool: Bool) { self.init(bool ? .yes : .no) }

  init(_ number: Double) {
    (shape, payload) = (Self.shape(.number, .input), number.bitPattern)
  }

  init(_ kind: Kind, _ space: Space, offset: Int, count: Int) {
    shape = Self.shape(kind, space)
    let (offset, count) = (UInt32(truncatingIfNeeded: offset), UInt32(truncatingIfNeeded: count))
    payload = UInt64(offset) | UInt64(count) << 32
  }

  private static func shape(_ kind: Kind, _ space: Space) -> UInt64 {
    UInt64(kind.rawValue) | UInt64(space.rawValue) << 8
  }

  /// What the value is.
  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: shape)) ?? .missing }
  /// What the offset counts from.
  var space: Space { Space(rawValue: UInt8(truncatingIfNeeded: shape >> 8)) ?? .input }

  /// The entry of the input that holds this value, for provenance; 0 where there is none.
  var place: UInt32 {
    get { UInt32(truncatingIfNeeded: shape >> 32) }
    set { shape = shape & 0xFFFF_FFFF | UInt64(newValue) << 32 }
  }

  /// Whether it is a map of the input, and whether it is a string of it.
  var isInputMap: Bool { shape & 0xFFFF == Self.shape(.map, .input) }
  var isInputString: Bool { shape & 0xFFFF == Self.shape(.string, .input) }

  var number: Double { Double(bitPattern: payload) }
  /// The first byte of a string, the first entry of a list or map.
  var offset: Int { Int(payload & 0xFFFF_FFFF) }
  /// Bytes of a string, members of a list or map.
  var count: Int { Int(payload >> 32) }
  var end: Int { offset + count }

  var isMissing: Bool { kind == .missing || kind == .null }

  /// JavaScript's truth: `null`, nothing, `false`, 0, NaN and `""` are false.
  var isTrue: Bool {
    switch kind {
    case .missing, .null, .no: false
    case .yes, .list, .map: true
    case .number: !(number.isZero || number.isNaN)
    case .string: count > 0
    }
  }

  /// What `#if` takes for false: also a list without members.
  var isEmpty: Bool { kind == .list ? count == 0 : !isTrue }

  /// What `#with` enters: everything but what is empty; 0 is something.
  var isSomething: Bool { kind == .number && number.isZero || !isEmpty }
}

/// A member of a list or a map: its key, if it has one, and its value.
struct Entry: BitwiseCopyable, Sendable {
  var key: Key
  var cell: Cell
}

/// A name, made to be compared fast: the first eight bytes as a number, and where all of it lies.
struct Key: BitwiseCopyable, Sendable {
  let prefix: UInt64
  private let place: UInt32
  private let length: UInt32

  /// The key of a list's member.
  static let none = Key(prefix: 0, offset: 0, count: 0, .input)

  private static let programBit: UInt32 = 1 << 31

  init(prefix: UInt64, offset: Int, count: Int, _ space: Cell.Space) {
    self.prefix = prefix
    length = UInt32(truncatingIfNeeded: count)
    place = UInt32(truncatingIfNeeded: offset) | (space == .program ? Self.programBit : 0)
  }

  init(_ bytes: borrowing Span<UInt8>, offset: Int, count: Int, _ space: Cell.Space) {
    let prefix = bytes.word(at: offset, count: count)
    self.init(prefix: prefix, offset: offset, count: count, space)
  }

  var offset: Int { Int(place & ~Self.programBit) }
  var count: Int { Int(length) }
  var space: Cell.Space { place & Self.programBit == 0 ? .input : .program }

  /// The key as a value, for `@key`.
  var cell: Cell { Cell(.string, space, offset: offset, count: count) }

  /// Whether prefix and length agree; up to eight bytes that is equality.
  @inline(__always)
  func mayEqual(_ other: Key) -> Bool { prefix == other.prefix && length == other.length }

  /// Whether agreement of prefix and length is not enough.
  @inline(__always)
  var isLong: Bool { length > 8 }
}
