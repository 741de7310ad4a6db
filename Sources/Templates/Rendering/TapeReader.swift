import Notation

/// Lays JSON out as a tape in one pass; strings stay where they stand in the text.
///
/// It reads what is plainly well formed and gives up on everything else: then the careful reader
/// of `Notation` decides, and words the error.
struct TapeReader {
  private var tape: Tape
  private var open: [Entry] = []
  private var cursor = 0
  private let end: Int

  /// The tape, or nil where the careful reader must look.
  static func read(_ json: [UInt8]) -> Tape? {
    guard isUTF8(json) else { return nil }
    var reader = TapeReader(json)
    guard let root = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.cursor == reader.end else { return nil }
    reader.tape.root = root
    return reader.tape
  }

  private init(_ json: [UInt8]) {
    end = json.count
    tape = Tape(json, room: json.count / Self.bytesAnEntry)
    tape.isVerbatim = true
    open.reserveCapacity(Self.spareEntries)
  }

  /// First guesses; each grows when it must.
  private static let bytesAnEntry = 12
  private static let spareEntries = 32

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      return false
    }
  }

  private mutating func value(depth: Int) -> Cell? {
    skipSpace()
    guard cursor < end else { return nil }
    switch tape.bytes[cursor] {
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "{"): return map(depth: depth + 1)
    case UInt8(ascii: "["): return list(depth: depth + 1)
    case UInt8(ascii: "t"): return word("true", Cell(true))
    case UInt8(ascii: "f"): return word("false", Cell(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func list(depth: Int) -> Cell? {
    guard depth <= TemplateLimits.standard.valueDepth else { return nil }
    let start = open.count
    cursor += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return close(.list, from: start) }
    repeat {
      guard let cell = value(depth: depth) else { return nil }
      open.append(Entry(key: .none, cell: cell))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { return nil }
    return close(.list, from: start)
  }

  private mutating func map(depth: Int) -> Cell? {
    guard depth <= TemplateLimits.standard.valueDepth else { return nil }
    let start = open.count
    cursor += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return close(.map, from: start) }
    repeat {
      skipSpace()
      guard cursor < end, tape.bytes[cursor] == UInt8(ascii: "\""), let name = string()
      else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let cell = value(depth: depth) else { return nil }
      let key = Key(tape.bytes.span, offset: name.offset, count: name.count, .input)
      guard isNew(key, since: start) else { return nil }
      open.append(Entry(key: key, cell: cell))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { return nil }
    return close(.map, from: start)
  }

  private mutating func close(_ kind: Cell.Kind, from start: Int) -> Cell {
    tape.close(kind, &open, from: start)
  }

  /// Maps of more members than this go to the careful reader, which looks keys up by hash.
  private static let scanLimit = 64

  private func isNew(_ key: Key, since start: Int) -> Bool {
    guard open.count - start < Self.scanLimit else { return false }
    for index in start..<open.count where open[index].key.mayEqual(key) {
      if !key.isLong || tape.text(of: open[index].key) == tape.text(of: key) { return false }
    }
    return true
  }
}

extension TapeReader {
  private mutating func string() -> Cell? {
    cursor += 1
    let start = cursor
    cursor = tape.bytes.span.firstEscape(from: start, to: end)
    guard cursor < end else { return nil }
    if tape.bytes[cursor] == UInt8(ascii: "\\") { return escapedString(from: start) }
    guard take(UInt8(ascii: "\"")) else { return nil }
    return Cell(.string, .input, offset: start, count: cursor - 1 - start)
  }

  /// Decodes escapes over the text itself: what they stand for is never longer.
  private mutating func escapedString(from start: Int) -> Cell? {
    tape.isVerbatim = false
    var target = cursor
    while cursor < end {
      let byte = tape.bytes[cursor]
      cursor += 1
      switch byte {
      case UInt8(ascii: "\""):
        return Cell(.string, .input, offset: start, count: target - start)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        for unit in UTF8.encode(scalar).map(Array.init) ?? [] {
          tape.bytes[target] = unit
          target += 1
        }
      case 0..<0x20: return nil
      default:
        tape.bytes[target] = byte
        target += 1
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard cursor < end else { return nil }
    let byte = tape.bytes[cursor]
    cursor += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return nil
    }
  }

  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = hexUnit() else { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let next = hexUnit(),
      UTF16.isTrailSurrogate(next)
    else {
      return nil
    }
    let high = UInt32(unit - 0xD800) << 10
    return Unicode.Scalar(0x10000 + high + UInt32(next - 0xDC00))
  }

  private mutating func hexUnit() -> UInt16? {
    guard cursor + 4 <= end else { return nil }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(tape.bytes[cursor])).hexDigitValue else {
        return nil
      }
      unit = unit << 4 | UInt16(digit)
      cursor += 1
    }
    return unit
  }
}

extension TapeReader {
  /// Digits that a binary64 holds exactly, whatever they are.
  private static let exactDigits = 15

  private mutating func number() -> Cell? {
    let start = cursor
    let isNegative = take(UInt8(ascii: "-"))
    guard let whole = digits(), whole.count == 1 || tape.bytes[whole.start] != UInt8(ascii: "0")
    else { return nil }
    let isWhole = cursor >= end || !isFraction(tape.bytes[cursor])
    if isWhole, whole.count <= Self.exactDigits {
      return Cell(Double(isNegative ? -whole.value : whole.value))
    }
    if take(UInt8(ascii: ".")) { guard digits() != nil else { return nil } }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      guard digits() != nil else { return nil }
    }
    let text = String(decoding: tape.bytes[start..<cursor], as: UTF8.self)
    return Double(text).flatMap { $0.isFinite ? Cell($0) : nil }
  }

  private mutating func digits() -> (start: Int, count: Int, value: Int)? {
    let start = cursor
    var value = 0
    while cursor < end {
      let digit = tape.bytes[cursor] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      cursor += 1
    }
    return cursor > start ? (start, cursor - start, value) : nil
  }

  private func isFraction(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
  }

  private mutating func word(_ word: String, _ cell: Cell) -> Cell? {
    for byte in word.utf8 {
      guard cursor < end, tape.bytes[cursor] == byte else { return nil }
      cursor += 1
    }
    return cell
  }

  @inline(__always)
  private mutating func take(_ sign: UInt8) -> Bool {
    guard cursor < end, tape.bytes[cursor] == sign else { return false }
    cursor += 1
    return true
  }

  @inline(__always)
  private mutating func skipSpace() {
    while cursor < end, tape.bytes[cursor] <= UInt8(ascii: " "), isSpace(tape.bytes[cursor]) {
      cursor += 1
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\t")
  }
}
