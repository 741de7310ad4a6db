import Glibc
import Synchronization

/// Several new files that come together, so that the disk is waited for once and not for each.
package struct FileBatch: Sendable {
  /// So many syncs are asked for at once. A journaling file system makes one commit of those that
  /// wait together; one after the other they take ten to twenty times as long.
  private static let syncsAtOnce = 16
  /// Of more files than this the system is asked to write everything that it holds: it waits for
  /// the disk as well, but only a later reader notices a disk that fails.
  private static let bulkLimit = 200

  /// Where contents lie until they have their names: the start of a path in the same file system.
  private let draftPrefix: String
  private var files: [(path: String, bytes: [UInt8], permissions: UInt32)] = []

  package init(draftPrefix: String) { self.draftPrefix = draftPrefix }

  /// Takes a file, with its permissions before the umask; nothing is written yet.
  package mutating func add(_ path: String, _ bytes: [UInt8], permissions: UInt32 = 0o644) {
    files.append((path, bytes, permissions))
  }

  /// Writes all of them. No file has its name before the contents of all are on the disk, and when
  /// this returns the names are there too. Folders that are missing are made; a name that is taken
  /// is taken over.
  package func create() throws(PlatformError) {
    let staged = try stage()
    do throws(PlatformError) { try staged.name() } catch {
      // Those that have their names already are no drafts any more.
      Self.remove(staged.drafts)
      throw error
    }
  }

  /// Contents that are on the disk and have no names yet.
  package struct Staged: Sendable {
    fileprivate let batch: FileBatch
    fileprivate let drafts: [String]

    /// Gives each file its name.
    package func name() throws(PlatformError) { try batch.name(drafts) }
  }

  /// The first half of `create`, for whoever has something else to do before the names are given.
  /// Until then all that is there lies where the drafts do.
  package func stage() throws(PlatformError) -> Staged {
    let drafts = files.map { _ in "\(draftPrefix)\(Random.hex(8))" }
    do throws(PlatformError) { try write(drafts) } catch {
      Self.remove(drafts)
      throw error
    }
    return Staged(batch: self, drafts: drafts)
  }

  private static func remove(_ drafts: [String]) {
    for draft in drafts { _ = unsafe unlink(draft) }
  }

  private func write(_ drafts: [String]) throws(PlatformError) {
    for (draft, file) in zip(drafts, files) {
      let descriptor = try Descriptor(
        opening: draft, O_WRONLY | O_CREAT | O_EXCL, mode: mode_t(file.permissions))
      try descriptor.writeAll(file.bytes)
    }
    try Self.synchronize(drafts)
  }

  private func name(_ drafts: [String]) throws(PlatformError) {
    var changed: Set<String> = []
    for (draft, file) in zip(drafts, files) {
      let folder = FileSystem.parent(of: file.path)
      if changed.insert(folder).inserted { try Self.make(folder, &changed) }
      if unsafe rename(draft, file.path) != 0 { throw .of("rename", file.path) }
    }
    try Self.synchronize(changed.sorted())
  }

  /// Makes a folder and those above it that are missing, and notes where there are new names.
  private static func make(
    _ folder: String, _ changed: inout Set<String>
  ) throws(PlatformError) {
    let above = FileSystem.parent(of: folder)
    var made = unsafe mkdir(folder, 0o777)
    if made != 0, errno == ENOENT, above != folder {
      try make(above, &changed)
      made = unsafe mkdir(folder, 0o777)
    }
    if made == 0 {
      changed.insert(above)
    } else if errno != EEXIST {
      throw .of("mkdir", folder)
    }
  }

  /// Returns once every one of these files and folders is on the disk itself.
  private static func synchronize(_ paths: [String]) throws(PlatformError) {
    if paths.count > bulkLimit { return sync() }
    let failure = Mutex<PlatformError?>(nil)
    let width = min(paths.count, syncsAtOnce)
    Parallel.run(width) { first in
      do throws(PlatformError) {
        for index in stride(from: first, to: paths.count, by: width) {
          try Descriptor(opening: paths[index], O_RDONLY).synchronize()
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
