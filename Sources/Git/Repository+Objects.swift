import CGit2

extension Repository {
  /// Kind and size of an object, without its content; `.missing` where there is none.
  package borrowing func header(of id: ObjectID) throws(GitError) -> ObjectHeader {
    var raw = id.raw
    var size = 0
    var type = GIT_OBJECT_INVALID
    try check(
      "git_odb_read_header", id,
      unsafe git_odb_read_header(&size, &type, objects.raw, &raw))
    guard let kind = ObjectKind(type) else { throw .corrupt(subject: id.hex) }
    return ObjectHeader(kind: kind, size: size)
  }

  /// The content of an object that hashes to its name; its size is looked at first.
  package borrowing func read(
    _ id: ObjectID, _ kind: ObjectKind, limit: Int
  ) throws(GitError) -> [UInt8] {
    let demand = Demand(kind: kind, limit: limit)
    if let known = try cache.read(id, demand) { return known }
    let bytes = try stored(id, demand)
    cache.keep(id, kind, bytes)
    return bytes
  }

  /// As `read`, and nothing is kept in mind.
  borrowing func stored(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8] {
    if let bytes = try packs.read(id, demand) { return bytes }
    if let bytes = try LooseObject.read(id, demand, in: path) { return bytes }
    if let bytes = try packs.readArrivals(id, demand) { return bytes }
    return try elsewhere(id, demand)
  }

  /// What libgit2 finds: in a file of its own in the quarantine of a push, or in a pack whose index
  /// is of another version than ours.
  private borrowing func elsewhere(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8] {
    try demand.check(id, try header(of: id))
    var raw = id.raw
    let object = try unsafe Handle("git_odb_read", id.hex, free: git_odb_object_free) {
      [objects = unsafe objects.raw] in unsafe git_odb_read($0, objects, &raw)
    }
    let bytes = unsafe UnsafeRawBufferPointer(
      start: git_odb_object_data(object.raw), count: git_odb_object_size(object.raw))
    return unsafe Array(bytes)
  }

  /// Whether the object is there; its content is not looked at.
  package borrowing func contains(_ id: ObjectID) -> Bool {
    var raw = id.raw
    return unsafe git_odb_exists(objects.raw, &raw) == 1
  }

  /// Stores an object and returns its name; it is on the disk itself when this returns.
  ///
  /// What is there already is only marked as used. The bytes of trees and commits are the
  /// caller's business: nothing here looks at them.
  @discardableResult
  package borrowing func write(
    _ kind: ObjectKind, _ bytes: [UInt8]
  ) throws(GitError) -> ObjectID {
    var raw = git_oid()
    let code = unsafe bytes.withUnsafeBytes {
      unsafe git_odb_write(&raw, objects.raw, $0.baseAddress, $0.count, kind.raw)
    }
    try check("git_odb_write", kind.rawValue, code)
    let id = ObjectID(raw)
    log?.ids.append(id)
    return id
  }
}

extension ObjectID {
  /// The name that content of that kind has; nothing is stored.
  package static func of(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    try Library.start()
    var raw = git_oid()
    let code = unsafe bytes.withUnsafeBytes {
      unsafe git_odb_hash(&raw, $0.baseAddress, $0.count, kind.raw)
    }
    try check("git_odb_hash", kind.rawValue, code)
    return ObjectID(raw)
  }
}
