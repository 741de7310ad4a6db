import CGit2

/// The index of a pack, version 2: the sorted names of its objects, and where each one begins.
@safe final class PackIndex {
  private static let mark: [UInt8] = [0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]
  /// For each first byte of a name, how many names have that one or a lower one.
  private static let fanCount = 256
  private static let fanEnd = mark.count + 4 * fanCount
  /// A name, a checksum and an offset.
  private static let rowSize = ObjectID.size + 4 + 4
  /// The checksums of the pack and of the index.
  private static let tailSize = 2 * ObjectID.size

  private let map: UnsafeRawBufferPointer
  private let count: Int

  /// Maps the file into memory; nil where it is not of the form that git writes today, which
  /// libgit2 may still be able to read.
  init?(_ path: String) {
    guard let file = unsafe fopen(path, "re") else { return nil }
    defer { unsafe fclose(file) }
    guard unsafe fseek(file, 0, SEEK_END) == 0, case let size = unsafe ftell(file),
      size >= Self.fanEnd + Self.tailSize,
      let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, fileno(file), 0),
      unsafe start != UnsafeMutableRawPointer(bitPattern: -1)
    else { return nil }
    unsafe map = UnsafeRawBufferPointer(start: start, count: size)
    unsafe count = Int(Self.number(map, Self.mark.count + 4 * (Self.fanCount - 1)))
    let isOurs = unsafe map.starts(with: Self.mark)
    guard isOurs, count <= (size - Self.fanEnd - Self.tailSize) / Self.rowSize, isFanRising else {
      return nil
    }
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: map.baseAddress), map.count) }

  /// Where the object begins in the pack; nil where the pack does not have it.
  func offset(of id: ObjectID) -> Int? {
    let first = Int(id.firstByte)
    var low = first == 0 ? 0 : fan(first - 1)
    var high = fan(first)
    while low < high {
      let middle = (low + high) / 2
      let name = name(middle)
      if name == id { return offset(middle) }
      if name < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The object that begins at an offset of the pack, found the long way: only errors ask.
  func name(at offset: Int) -> ObjectID? {
    (0..<count).first { self.offset($0) == offset }.map(name)
  }
}

extension PackIndex {
  private var isFanRising: Bool {
    (1..<Self.fanCount).allSatisfy { fan($0 - 1) <= fan($0) }
  }

  private func fan(_ byte: Int) -> Int {
    unsafe Int(Self.number(map, Self.mark.count + 4 * byte))
  }

  private func name(_ row: Int) -> ObjectID {
    unsafe ObjectID(
      UnsafeRawBufferPointer(rebasing: map[(Self.fanEnd + row * ObjectID.size)...]))
  }

  /// Offsets above 2 GiB stand in a list of their own, and what stands in the row is their place.
  private func offset(_ row: Int) -> Int? {
    let offsets = Self.fanEnd + count * (ObjectID.size + 4)
    let short = unsafe Self.number(map, offsets + 4 * row)
    guard short & 0x8000_0000 != 0 else { return Int(short) }
    let place = offsets + 4 * count + 8 * Int(short & 0x7fff_ffff)
    guard unsafe place + 8 + Self.tailSize <= map.count else { return nil }
    let (high, low) = unsafe (Self.number(map, place), Self.number(map, place + 4))
    return Int(exactly: UInt64(high) << 32 | UInt64(low))
  }

  private static func number(_ map: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
    unsafe UInt32(bigEndian: map.loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }
}
