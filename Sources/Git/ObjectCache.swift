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
  /// Commits and files that are kept, in bytes.
  private static let sizeLimit = 4 << 20
  /// The largest file that is kept: records are, long texts are not.
  private static let blobSizeLimit = 32 << 10
  /// Trees that are kept, in bytes.
  private static let treeSizeLimit = 8 << 20

  private var objects = Recent<ObjectID, (kind: ObjectKind, bytes: [UInt8])>(sizeLimit: sizeLimit)
  private var trees = Recent<ObjectID, CheckedTree>(sizeLimit: treeSizeLimit)

  /// The content, if it is kept and what is demanded.
  func read(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    guard let (kind, bytes) = objects[id] else { return nil }
    try demand.check(id, ObjectHeader(kind: kind, size: bytes.count))
    return bytes
  }

  /// Keeps an object whose content is known to hash to its name.
  func keep(_ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8]) {
    switch kind {
    case .blob: if bytes.count > Self.blobSizeLimit { return }
    case .commit, .tree: break
    case .tag: return
    }
    objects.keep((kind, bytes), size: bytes.count, for: id)
  }

  /// The tree, if it is kept.
  func tree(_ id: ObjectID) -> CheckedTree? { trees[id] }

  /// Keeps a tree whose content is known to hash to its name.
  func keep(_ id: ObjectID, _ tree: CheckedTree) { trees.keep(tree, size: tree.size, for: id) }
}
