import CGit2

/// The file of a pack: objects one after the other, each a head and a zlib stream.
@safe final class PackFile {
  /// What stands before a stream.
  struct Head {
    let content: Content
    /// How many bytes the stream expands to.
    let size: Int
    /// Where the stream begins.
    let start: Int
  }

  /// What a stream expands to.
  enum Content {
    case whole(ObjectKind)
    /// What is to be done to the object that begins at an offset.
    case delta(base: Int)
    /// What is to be done to the object of a name.
    case namedDelta(base: ObjectID)
  }

  /// How much is read at a time; most objects are smaller.
  private static let windowSize = 4096

  private let file: UnsafeMutablePointer<FILE>
  private let stream: UnsafeMutablePointer<z_stream>
  private var window = [UInt8](repeating: 0, count: windowSize)
  /// Which bytes of the file the window has.
  private var held = 0..<0

  /// Opens the file; nil where that cannot be.
  init?(_ path: String) {
    guard let file = unsafe fopen(path, "re") else { return nil }
    unsafe self.file = file
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit_(stream, ZLIB_VERSION, size) == Z_OK else { return nil }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
    unsafe fclose(file)
  }

  /// The head of the object that begins at an offset; nil where there is none.
  func head(at offset: Int) -> Head? {
    var place = offset
    guard var byte = take(&place) else { return nil }
    let code = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      guard shift < 53, let next = take(&place) else { return nil }
      byte = next
      size |= Int(byte & 0x7f) << shift
      shift += 7
    }
    guard let content = content(code, of: offset, &place) else { return nil }
    return Head(content: content, size: size, start: place)
  }

  private func content(_ code: UInt8, of offset: Int, _ place: inout Int) -> Content? {
    switch code {
    case 1: return .whole(.commit)
    case 2: return .whole(.tree)
    case 3: return .whole(.blob)
    case 4: return .whole(.tag)
    case 6: return distance(&place).map { .delta(base: offset - $0) }
    case 7:
      var name: [UInt8] = []
      while name.count < ObjectID.size {
        guard let byte = take(&place) else { return nil }
        name.append(byte)
      }
      return .namedDelta(base: ObjectID(name, at: 0))
    case _: return nil
    }
  }

  /// How far before a delta its base begins, in the one way in which git writes that.
  private func distance(_ place: inout Int) -> Int? {
    guard var byte = take(&place) else { return nil }
    var distance = Int(byte & 0x7f)
    while byte & 0x80 != 0 {
      guard distance < 1 << 53, let next = take(&place) else { return nil }
      byte = next
      distance = (distance + 1) << 7 | Int(byte & 0x7f)
    }
    return distance
  }

  /// What a stream expands to; nil where it does not expand to exactly what its head says.
  func content(of head: Head) -> [UInt8]? {
    guard unsafe inflateReset(stream) == Z_OK else { return nil }
    var place = head.start
    var isWhole = false
    // A byte more than there should be, so that a stream that goes on is seen to.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: head.size + 1) { buffer, count in
      unsafe stream.pointee.next_out = buffer.baseAddress
      unsafe stream.pointee.avail_out = UInt32(head.size + 1)
      var code = Z_OK
      while code == Z_OK, held.contains(place) || fill(from: place) {
        code = inflate(&place)
      }
      isWhole = unsafe code == Z_STREAM_END && stream.pointee.total_out == head.size
      count = isWhole ? head.size : 0
    }
    return isWhole ? bytes : nil
  }

  /// Expands what the window has from a place on, and moves the place behind it.
  private func inflate(_ place: inout Int) -> Int32 {
    let rest = held.upperBound - place
    let code = unsafe window.withUnsafeMutableBufferPointer { window in
      unsafe stream.pointee.next_in = window.baseAddress.map {
        unsafe $0 + (held.count - rest)
      }
      unsafe stream.pointee.avail_in = UInt32(rest)
      return unsafe CGit2.inflate(stream, Z_NO_FLUSH)
    }
    place += rest - Int(unsafe stream.pointee.avail_in)
    return code
  }

  private func take(_ place: inout Int) -> UInt8? {
    guard held.contains(place) || fill(from: place) else { return nil }
    defer { place += 1 }
    return window[place - held.lowerBound]
  }

  private func fill(from place: Int) -> Bool {
    guard place >= 0 else { return false }
    let count = unsafe window.withUnsafeMutableBytes {
      unsafe pread(fileno(file), $0.baseAddress, $0.count, place)
    }
    held = place..<place + max(0, count)
    return count > 0
  }
}
