/// New objects that are stored together: naming them costs nothing yet, and nothing sees them.
package struct ObjectBatch: Sendable {
  /// One of them.
  struct Object: Sendable {
    let id: ObjectID
    let kind: ObjectKind
    let bytes: [UInt8]
  }

  private(set) var objects: [Object] = []
  private var known: Set<ObjectID> = []

  package init() {}

  /// Takes an object and returns the name that it will have.
  package mutating func add(
    _ kind: ObjectKind, _ bytes: [UInt8]
  ) throws(GitError) -> ObjectID {
    let id = try ObjectID.of(kind, bytes)
    if known.insert(id).inserted { objects.append(Object(id: id, kind: kind, bytes: bytes)) }
    return id
  }
}

/// The file that an object shall have for itself; whoever stores it writes and syncs it.
package struct LooseFile: Hashable, Sendable {
  /// The whole path.
  package let path: String
  /// The compressed content.
  package let bytes: [UInt8]
}

extension Repository {
  /// More objects than this become one pack: thousands of files would slow every later command.
  private static let looseLimit = 100

  /// Stores a large batch as one pack, and of a small one returns the files that are still to be
  /// written, each named by `LooseFile.path` once its content is on the disk.
  package borrowing func files(
    storing batch: ObjectBatch
  ) throws(GitError) -> [LooseFile] {
    guard batch.objects.count <= Self.looseLimit else {
      let gathering = try Gathering(path)
      for object in batch.objects { try gathering.repository.write(object.kind, object.bytes) }
      _ = try gathering.finish()
      return []
    }
    var files: [LooseFile] = []
    for object in batch.objects {
      if contains(object.id) {
        // Marks it as used, so that git does not prune it before something leads to it.
        try write(object.kind, object.bytes)
      } else {
        files.append(
          LooseFile(
            path: LooseObject.path(object.id, in: path),
            bytes: try LooseObject.encoded(object.kind, object.bytes)))
      }
    }
    return files
  }
}
