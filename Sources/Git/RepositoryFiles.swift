import CGit2

/// The few files of a repository that libgit2 does not show.
enum RepositoryFiles {
  /// The first `limit` bytes of a file; nil where there is none.
  static func content(_ path: String, limit: Int) throws(GitError) -> [UInt8]? {
    guard let file = unsafe fopen(path, "re") else {
      if stet_git_was_absent() == 1 { return nil }
      throw .unreadable(path: path)
    }
    defer { unsafe fclose(file) }
    // Only what can be measured is read, and no more room is taken than it needs.
    guard unsafe fseek(file, 0, SEEK_END) == 0, case let size = unsafe ftell(file), size >= 0
    else { throw .unreadable(path: path) }
    unsafe rewind(file)
    let room = min(size, limit)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      unsafe count = fread(buffer.baseAddress, 1, room, file)
    }
    if unsafe ferror(file) != 0 { throw .unreadable(path: path) }
    return bytes
  }

  /// The names in a folder; none where there is no such folder.
  static func names(in path: String) throws(GitError) -> [String] {
    guard let stream = unsafe opendir(path) else {
      if stet_git_was_absent() == 1 { return [] }
      throw .unreadable(path: path)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
