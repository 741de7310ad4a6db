import Notation

/// The one buffer that a rendering writes into.
///
/// The bytes are zeroed ahead of `count`, so that a write is a plain store.
struct Output {
  private(set) var bytes: [UInt8]
  private(set) var count = 0

  init(capacity: Int) { bytes = [UInt8](repeating: 0, count: capacity) }

  /// Gives the written bytes away.
  consuming func finish() -> [UInt8] {
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  @inline(__always)
  mutating func append(_ source: borrowing Span<UInt8>, from first: Int, count size: Int) {
    let start = count
    if start + size > bytes.count { grow(size) }
    var span = bytes.mutableSpan
    for offset in 0..<size { span[start &+ offset] = source[first &+ offset] }
    count = start + size
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == bytes.count { grow(1) }
    bytes[count] = byte
    count += 1
  }

  mutating func append(_ text: StaticString) {
    for byte in text.description.utf8 { append(byte) }
  }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    append(slice.span, from: 0, count: slice.count)
  }

  mutating func append(integer number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var divisor: UInt = 1
    while number.magnitude / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number.magnitude / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a number as JavaScript prints it.
  mutating func append(number: Double) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      append(integer: whole)
    } else {
      append(Array(NumberText.text(of: number).utf8)[...])
    }
  }

  /// Takes back what was written after `offset`.
  mutating func cut(to offset: Int) -> [UInt8] {
    let tail = Array(bytes[offset..<count])
    count = offset
    return tail
  }

  @inline(never)
  private mutating func grow(_ size: Int) {
    bytes.append(contentsOf: repeatElement(0, count: max(size, bytes.count)))
  }
}
