/// Elements written one behind the other, in memory that belongs to nobody else.
///
/// An array asks before each append whether somebody else holds it too, which takes longer than
/// the append; rendering does little else. Without `@usableFromInline` on the type itself nothing
/// of it is inlined in another module.
@usableFromInline @safe
package struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var filled = 0

  /// An empty one with room for so much; it grows when it must.
  @inlinable package init(capacity: Int) {
    self.capacity = max(1, capacity)
    unsafe start = .allocate(capacity: self.capacity)
  }

  @inlinable deinit { unsafe start.deallocate() }

  /// How much was written.
  @inlinable package var count: Int { filled }

  /// What was written; traps outside of it.
  @inlinable @inline(__always)
  package subscript(place: Int) -> Element {
    precondition(place >= 0 && place < filled, "outside of what was written")
    return unsafe start[place]
  }

  /// Writes one more.
  @inlinable @inline(__always)
  package mutating func append(_ element: Element) {
    if filled == capacity { grow(1) }
    unsafe start[filled] = element
    filled &+= 1
  }

  /// Writes the same so many times.
  @inlinable
  package mutating func append(repeating element: Element, count more: Int) {
    precondition(more >= 0, "nothing is written less than never")
    if more > capacity - filled { grow(more) }
    unsafe (start + filled).update(repeating: element, count: more)
    filled += more
  }

  /// Takes back the last.
  @inlinable
  package mutating func removeLast() -> Element {
    let last = self[filled - 1]
    filled -= 1
    return last
  }

  /// Takes back what was written from `place` on.
  @inlinable
  package mutating func cut(to place: Int) -> [Element] {
    precondition(place >= 0 && place <= filled, "outside of what was written")
    let tail = unsafe Array(UnsafeBufferPointer(start: start + place, count: filled - place))
    filled = place
    return tail
  }

  /// What was written.
  @inlinable
  package consuming func finish() -> [Element] { cut(to: 0) }

  /// Makes room for more, and for as much again.
  @inline(never) @usableFromInline
  mutating func grow(_ more: Int) {
    let larger = max(2 * capacity, filled + more)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe moved.update(from: start, count: filled)
    unsafe start.deallocate()
    unsafe start = moved
    capacity = larger
  }
}

extension Buffer<UInt8> {
  /// Writes a part of other bytes; traps outside of them.
  ///
  /// A part is mostly a word or two: one store of 16 bytes, of which the last do not count, takes
  /// a third of the time of a loop.
  @inlinable @inline(__always)
  package mutating func append(_ source: borrowing Span<UInt8>, from first: Int, count size: Int) {
    precondition(
      first >= 0 && size >= 0 && first <= source.count &- size, "outside of the source")
    if size > capacity &- filled { grow(size) }
    let isShort =
      size <= 16 && first <= source.count &- 16 && filled <= capacity &- 16
    unsafe source.withUnsafeBytes { source in
      guard let from = source.baseAddress else { return }
      let target = unsafe UnsafeMutableRawPointer(start + filled)
      if isShort {
        let bytes = unsafe source.loadUnaligned(fromByteOffset: first, as: SIMD16<UInt8>.self)
        unsafe target.storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      } else {
        unsafe target.copyMemory(from: from + first, byteCount: size)
      }
    }
    filled &+= size
  }

  /// Writes all of other bytes.
  @inlinable
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    append(bytes.span, from: 0, count: bytes.count)
  }

  /// Writes a text in UTF-8.
  @inlinable
  package mutating func append(_ text: String) {
    let text = text.utf8
    append(text.span, from: 0, count: text.count)
  }
}
