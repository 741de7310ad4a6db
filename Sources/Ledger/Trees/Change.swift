package import Keys

/// What one entry writes: for each path the file that shall lie there, or that none shall.
package struct Change: Hashable, Sendable {
  /// One path of a change.
  package struct Edit: Hashable, Sendable {
    /// The path from the top of the tree.
    package let path: String
    /// The file's bytes; nil where the file shall be gone.
    package let content: [UInt8]?
  }

  private var contents: [String: [UInt8]?] = [:]

  package init() {}

  /// Puts a file at a path.
  package mutating func set(_ path: String, to content: [UInt8]) {
    contents.updateValue(content, forKey: path)
  }

  /// Takes the file at a path away.
  package mutating func remove(_ path: String) { contents.updateValue(nil, forKey: path) }

  /// Whether it would leave the tree as it is.
  package var isEmpty: Bool { contents.isEmpty }
  /// How many paths it touches.
  package var count: Int { contents.count }

  /// The edits, each path once, sorted by the path's bytes.
  package var edits: [Edit] {
    contents.map { Edit(path: $0.key, content: $0.value) }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// What `Ledger-Change` says if each edit changes something.
  package var digest: Digest {
    var stream = ChangeDigest()
    for edit in edits { stream.add(edit.path, edit.content.map { Digest(of: $0) }) }
    return stream.finish()
  }
}

/// The SHA-256 behind `Ledger-Change`: of `path NUL digest LF` for each changed path, a dash where
/// the file is gone. Paths come sorted by their bytes.
struct ChangeDigest: ~Copyable {
  private var stream = DigestStream()

  mutating func add(_ path: String, _ digest: Digest?) {
    stream.update(Array("\(path)\0\(digest?.description ?? "-")\n".utf8))
  }

  mutating func finish() -> Digest { stream.finish() }
}
