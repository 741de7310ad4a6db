import Glibc

/// How much of a change a loss of power cannot take back once the call has returned.
package enum Durability: Sendable {
  case contentAndName
  /// Afterwards the old content may have the name again, but never a part of the new.
  case content
}

/// Every change is durable when the call returns: the content first, then the name in its folder.
extension FileSystem {
  /// Puts bytes under a name in one step: a reader sees the old content or the new, never a part.
  ///
  /// `permissions` are those of the new file before the umask; a link is replaced, not followed.
  package static func replace(
    _ path: String, _ bytes: [UInt8], permissions: UInt32 = 0o644,
    durability: Durability = .contentAndName
  ) throws(PlatformError) {
    let draft = draftPath(beside: path)
    do throws(PlatformError) {
      try writeDraft(draft, bytes, permissions)
      if unsafe rename(draft, path) != 0 { throw .of("rename", path) }
    } catch {
      _ = unsafe unlink(draft)
      throw error
    }
    switch durability {
    case .contentAndName: try synchronizeFolder(of: path)
    case .content: break
    }
  }

  /// As `replace`, but `.exists` where the name is taken; of two callers one alone succeeds.
  package static func create(
    _ path: String, _ bytes: [UInt8], permissions: UInt32 = 0o644
  ) throws(PlatformError) {
    let draft = draftPath(beside: path)
    defer { _ = unsafe unlink(draft) }
    try writeDraft(draft, bytes, permissions)
    if unsafe link(draft, path) != 0 { throw .of("link", path) }
    try synchronizeFolder(of: path)
  }

  /// Makes the folder and those above it that are missing; a folder that is there is left alone.
  package static func createDirectories(
    _ path: String, permissions: UInt32 = 0o755
  ) throws(PlatformError) {
    var made = unsafe mkdir(path, mode_t(permissions))
    if made != 0, errno == ENOENT, parent(of: path) != path {
      try createDirectories(parent(of: path), permissions: permissions)
      // Once: where the folder above is there, some file systems still say that it is not.
      made = unsafe mkdir(path, mode_t(permissions))
    }
    if made == 0 { return try synchronizeFolder(of: path) }
    guard errno == EEXIST else { throw .of("mkdir", path) }
    guard try isDirectory(path) else { throw .wrongKind(subject: path) }
  }

  /// Moves a name within one file system; what had the new name is replaced.
  package static func move(_ path: String, to target: String) throws(PlatformError) {
    if unsafe rename(path, target) != 0 { throw .of("rename", path) }
    try synchronizeFolder(of: target)
    try synchronizeFolder(of: path)
  }

  /// Removes a file, a link or an empty folder; nothing there is no error.
  package static func remove(_ path: String) throws(PlatformError) {
    guard let kind = try kind(of: path) else { return }
    let result = kind == .directory ? unsafe rmdir(path) : unsafe unlink(path)
    if result != 0 && errno != ENOENT { throw .of("remove", path) }
    try synchronizeFolder(of: path)
  }

  /// Removes a folder with everything in it; links are removed, never followed.
  package static func removeTree(_ path: String) throws(PlatformError) {
    if try kind(of: path) == .directory {
      for entry in try list(path) { try removeTree("\(path)/\(entry.name)") }
    }
    try remove(path)
  }

  /// Sets the permission bits, exactly these, whatever the umask.
  package static func setPermissions(_ path: String, _ bits: UInt32) throws(PlatformError) {
    if unsafe chmod(path, mode_t(bits)) != 0 { throw .of("chmod", path) }
  }
}

extension FileSystem {
  private static func draftPath(beside path: String) -> String {
    "\(path).\(Random.hex(8)).tmp"
  }

  private static func writeDraft(
    _ path: String, _ bytes: [UInt8], _ permissions: UInt32
  ) throws(PlatformError) {
    let file = try Descriptor(
      opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: mode_t(permissions))
    try file.writeAll(bytes)
    try file.synchronize()
  }

  private static func synchronizeFolder(of path: String) throws(PlatformError) {
    try Descriptor(opening: parent(of: path), O_RDONLY | O_DIRECTORY).synchronize()
  }

  private static func isDirectory(_ path: String) throws(PlatformError) -> Bool {
    var status = stat()
    if unsafe stat(path, &status) != 0 { throw .of("stat", path) }
    return FileKind(mode: status.st_mode) == .directory
  }

  /// The path without its last part; a bare name lies in the working folder.
  static func parent(of path: String) -> String {
    var parts = Substring(path)
    while parts.count > 1 && parts.last == "/" { parts.removeLast() }
    guard let slash = parts.lastIndex(of: "/") else { return "." }
    return slash == parts.startIndex ? "/" : String(parts[..<slash])
  }
}
