import Git

/// The files of one tree in git.
struct GitTree: TreeReader {
  let store: ObjectStore
  let root: ObjectID

  func blob(at path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    do throws(GitError) {
      return try store.with { r throws(GitError) in
        try r.file(at: path, in: root, limit: limit)
      }
    } catch .tooLarge {
      throw .tooLarge(path: path, limit: limit)
    } catch {
      throw .git(error)
    }
  }

  func children(of folder: String) throws(LedgerError) -> [TreeChild] {
    do throws(GitError) {
      return try store.with { r throws(GitError) in
        guard let id = try Self.folder(folder, in: root, r) else { return [] }
        return try r.tree(id, at: folder).entries.map {
          TreeChild(name: $0.name, isFolder: $0.kind == .folder)
        }
      }
    } catch {
      throw .git(error)
    }
  }

  func content(at path: String) throws(LedgerError) -> ContentID? {
    do throws(GitError) {
      let id = try store.with { r throws(GitError) in
        path.isEmpty ? root : try r.entry(at: path, in: root)?.id
      }
      return id.map { ContentID($0.bytes) }
    } catch {
      throw .git(error)
    }
  }

  func holds(_ bytes: [UInt8]?, at path: String) throws(LedgerError) -> Bool {
    do throws(GitError) {
      let id = try bytes.map { bytes throws(GitError) in try ObjectID.of(.blob, bytes) }
      return try store.with { r throws(GitError) in try r.entry(at: path, in: root)?.id } == id
    } catch {
      throw .git(error)
    }
  }

  private static func folder(
    _ path: String, in root: ObjectID, _ repository: borrowing Repository
  ) throws(GitError) -> ObjectID? {
    if path.isEmpty { return root }
    guard let entry = try repository.entry(at: path, in: root), entry.kind == .folder else {
      return nil
    }
    return entry.id
  }
}
