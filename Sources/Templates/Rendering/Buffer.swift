import Notation

/// Grows at its end; the places behind `count` are filled already, so that a write is a plain
/// store into a span.
struct Buffer<Element: BitwiseCopyable & Sendable>: Sendable {
  /// What is written, and what is only there to be overwritten.
  var storage: [Element]
  var count = 0
  private let filler: Element

  init(repeating filler: Element, capacity: Int) {
    self.filler = filler
    storage = []
    grow(capacity)
  }

  /// Gives what was written away and is empty then.
  mutating func finish() -> [Element] {
    var written: [Element] = []
    swap(&written, &storage)
    written.removeLast(written.count - count)
    count = 0
    return written
  }

  mutating func append(_ element: Element) {
    if count == storage.count { grow(1) }
    storage[count] = element
    count += 1
  }

  mutating func removeLast() -> Element {
    count -= 1
    return storage[count]
  }

  /// Takes back what was written after `place`.
  mutating func cut(to place: Int) -> [Element] {
    let tail = Array(storage[place..<count])
    count = place
    return tail
  }

  /// Makes place for more, and for as much again.
  @inline(never)
  mutating func grow(_ size: Int) {
    let (more, filler) = (max(size, storage.count), filler)
    storage.append(addingCapacity: more) { $0.append(repeating: filler, count: more) }
  }
}

extension Buffer<UInt8> {
  init(capacity: Int) { self.init(repeating: 0, capacity: capacity) }

  mutating func append(_ source: borrowing Span<UInt8>, from first: Int, count size: Int) {
    if count + size > storage.count { grow(size) }
    let start = count
    var span = storage.mutableSpan
    span.overwrite(at: start, with: source, first..<first + size)
    count = start + size
  }

  mutating func append(_ slice: ArraySlice<UInt8>) {
    append(slice.span, from: 0, count: slice.count)
  }

  mutating func append(_ text: String) {
    let text = text.utf8
    append(text.span, from: 0, count: text.count)
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
}
