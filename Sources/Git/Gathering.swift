import CGit2

/// The names of the objects written through one handle, in order.
final class WriteLog {
  var ids: [ObjectID] = []
}

/// A second handle on a repository whose new objects stay in memory until `finish()` writes them
/// as one pack: for thousands of objects at once.
///
/// Given up without `finish()`, nothing of it is left.
@safe package struct Gathering: ~Copyable {
  /// Reads what is stored and what was gathered; what is written to it is gathered.
  package let repository: Repository
  private let log = WriteLog()

  /// libgit2's own stores have priorities 1 and 2; the highest is asked first and written to.
  private static let priority: Int32 = 100

  /// Opens the repository whose own folder is `path`.
  package init(_ path: String) throws(GitError) {
    let opened = try Repository.open(path, log: log)
    var memory: UnsafeMutablePointer<git_odb_backend>?
    try check("git_mempack_new", path, unsafe git_mempack_new(&memory))
    // From here on the object database owns the memory.
    try check(
      "git_odb_add_backend", path,
      unsafe git_odb_add_backend(opened.objects.raw, memory, Self.priority))
    repository = opened
  }

  /// Writes everything gathered as one pack and returns how many objects it has.
  ///
  /// The pack is on the disk itself when this returns, and every handle sees its objects.
  package consuming func finish() throws(GitError) -> Int {
    if log.ids.isEmpty { return 0 }
    let path = repository.path
    let builder = try unsafe Handle("git_packbuilder_new", path, free: git_packbuilder_free) {
      [handle = unsafe repository.handle.raw] in unsafe git_packbuilder_new($0, handle)
    }
    _ = unsafe git_packbuilder_set_threads(builder.raw, 0)
    for id in log.ids {
      var raw = id.raw
      try check(
        "git_packbuilder_insert", id.hex, unsafe git_packbuilder_insert(builder.raw, &raw, nil))
    }
    try check(
      "git_packbuilder_write", path,
      unsafe git_packbuilder_write(builder.raw, nil, 0, nil, nil))
    return unsafe git_packbuilder_object_count(builder.raw)
  }
}
