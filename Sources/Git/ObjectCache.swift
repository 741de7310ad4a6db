/// What a reader is ready to take: the kind of object that its place demands, and how much of it.
struct Demand {
  let kind: ObjectKind
  let limit: Int

  /// Throws where an object is another thing, or more.
  func check(_ id: ObjectID, _ header: ObjectHeader) throws(GitError) {
    if header.kind != kind { throw .wrongKind(id, found: header.kind) }
    if header.size > limit { throw .tooLarge(id, size: header.size, limit: limit) }
  }
}

/// What was read a moment ago: one command reads the same few objects many times.
final class ObjectCache {
  /// All that is kept, in bytes; when more comes, everything before it goes.
  private static let sizeLimit = 4 << 20
  /// The largest file that is kept: records are, long texts are not.
  private static let blobSizeLimit = 32 << 10

  private var objects: [ObjectID: (kind: ObjectKind, bytes: [UInt8])] = [:]
  private var size = 0

  /// The content, if it is kept and what is demanded.
  func read(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    guard let (kind, bytes) = objects[id] else { return nil }
    try demand.check(id, ObjectHeader(kind: kind, size: bytes.count))
    return bytes
  }

  /// Keeps an object whose content is known to hash to its name.
  func keep(_ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8]) {
    switch kind {
    case .tree, .commit: if bytes.count > Self.sizeLimit / 4 { return }
    case .blob: if bytes.count > Self.blobSizeLimit { return }
    case .tag: return
    }
    if size + bytes.count > Self.sizeLimit {
      objects.removeAll(keepingCapacity: true)
      size = 0
    }
    if objects.updateValue((kind, bytes), forKey: id) == nil { size += bytes.count }
  }
}
