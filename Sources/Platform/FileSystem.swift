import Glibc

/// What a name in a folder stands for; a link is a link, whatever it points at.
package enum FileKind: Hashable, Sendable {
  case file, directory, link, other

  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

/// One name in a folder.
package struct DirectoryEntry: Hashable, Sendable {
  /// The last part of the path; bytes that are no UTF-8 are shown as U+FFFD.
  package let name: String
  /// What the name stands for, links not followed.
  package let kind: FileKind
}

/// What the system knows of a file without opening it.
package struct FileStatus: Hashable, Sendable {
  /// What it is, links not followed.
  package let kind: FileKind
  /// Length in bytes.
  package let size: Int
  /// Last change of the content, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// The number of the user it belongs to.
  package let owner: UInt32
  /// The permission bits alone.
  package let permissions: UInt32
}

/// Files and folders by path, with errors that say which path.
package enum FileSystem {}

extension FileSystem {
  /// What is done where the last part of a path is a link.
  package enum Links: Sendable {
    case followed
    /// The link is the `.wrongKind`.
    case refused
  }

  /// The content of a plain file; `.tooLarge` beyond `limit` bytes.
  package static func read(
    _ path: String, limit: Int, links: Links = .followed
  ) throws(PlatformError) -> [UInt8] {
    let following = links == .followed ? 0 : O_NOFOLLOW
    // Without O_NONBLOCK the open of a pipe that nobody writes to would wait for ever.
    let file = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK | O_NOCTTY | following)
    let status = try file.status()
    guard FileKind(mode: status.st_mode) == .file else { throw .wrongKind(subject: path) }
    if status.st_size > limit { throw .tooLarge(subject: path, limit: limit) }
    return try file.readAll(limit: limit, expecting: Int(status.st_size))
  }

  /// The content of anything that can be read to an end: a pipe such as a shell's `<(…)` too, but
  /// no pipe with a name of its own, which nobody may ever write to.
  package static func readStream(_ path: String, limit: Int) throws(PlatformError) -> [UInt8] {
    var status = stat()
    if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
      throw .wrongKind(subject: path)
    }
    return try Descriptor(opening: path, O_RDONLY | O_NOCTTY).readAll(limit: limit)
  }

  /// The names in a folder without `.` and `..`, sorted by their bytes.
  package static func list(_ path: String) throws(PlatformError) -> [DirectoryEntry] {
    guard let folder = unsafe opendir(path) else { throw .of("opendir", path) }
    defer { unsafe closedir(folder) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe name(of: entry)
      if name == "." || name == ".." { continue }
      let kind = try unsafe kind(entry.pointee.d_type, of: "\(path)/\(name)")
      entries.append(DirectoryEntry(name: name, kind: kind))
    }
    if errno != 0 { throw .of("readdir", path) }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What the path itself stands for, links not followed; nil where there is nothing.
  package static func kind(of path: String) throws(PlatformError) -> FileKind? {
    try status(of: path)?.kind
  }

  /// Whether anything at all has that path, a broken link too.
  package static func exists(_ path: String) throws(PlatformError) -> Bool {
    try kind(of: path) != nil
  }

  /// What the system knows of the path itself, links not followed; nil where there is nothing.
  package static func status(of path: String) throws(PlatformError) -> FileStatus? {
    var status = stat()
    if unsafe lstat(path, &status) != 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .of("lstat", path)
    }
    return FileStatus(
      kind: FileKind(mode: status.st_mode), size: Int(status.st_size),
      modifiedNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000
        + Int64(status.st_mtim.tv_nsec),
      owner: status.st_uid, permissions: status.st_mode & 0o7777)
  }

  /// The absolute path without links, `.` and `..`; everything on it must exist.
  package static func realPath(_ path: String) throws(PlatformError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw .of("realpath", path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

extension FileSystem {
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
      unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
  }

  /// The folder often knows the kind already; where it does not, or the name is just gone, asks.
  private static func kind(_ type: UInt8, of path: String) throws(PlatformError) -> FileKind {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .directory
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): try kind(of: path) ?? .other
    default: .other
    }
  }
}
