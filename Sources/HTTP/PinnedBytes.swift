/// Bytes that stay at one address for as long as anybody holds them, so that C may read them.
@safe final class PinnedBytes: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  let count: Int

  init(_ bytes: [UInt8]) {
    count = bytes.count
    unsafe start = UnsafeMutableRawPointer(
      UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count)))
    unsafe bytes.withUnsafeBytes { source in
      if let first = source.baseAddress {
        unsafe start.copyMemory(from: first, byteCount: source.count)
      }
    }
  }

  deinit { unsafe start.deallocate() }

  var array: [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: start, count: count)) }

  /// The text that begins at a place and ends with a NUL.
  func text(at place: Int = 0) -> UnsafePointer<CChar> {
    precondition(place < count, "outside of the bytes")
    return unsafe UnsafePointer((start + place).assumingMemoryBound(to: CChar.self))
  }
}
