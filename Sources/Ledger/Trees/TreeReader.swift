/// The files of one state, read when they are asked for: a tree of git, or a dictionary in tests.
///
/// Paths are joined by `/` and neither begin nor end with it; the empty path is the top.
package protocol TreeReader: Sendable {
  /// The bytes of a file; nil where no file lies. Throws `.tooLarge` before reading beyond `limit`.
  func blob(at path: String, limit: Int) throws(LedgerError) -> [UInt8]?

  /// What lies directly in a folder, in an order of the reader's own; none where no folder is.
  func children(of folder: String) throws(LedgerError) -> [TreeChild]

  /// Names the content of a file or a whole folder without reading it; nil where nothing lies.
  ///
  /// Two answers of readers of the same kind are equal if and only if the contents are: this is
  /// what to key caches with, and how to see that a folder has not changed.
  func content(at path: String) throws(LedgerError) -> ContentID?

  /// Whether exactly these bytes lie there, found out without reading what does; nil asks whether
  /// nothing lies there.
  func holds(_ bytes: [UInt8]?, at path: String) throws(LedgerError) -> Bool
}

/// One name in a folder.
package struct TreeChild: Hashable, Sendable {
  /// The last part of its path.
  package let name: String
  /// Whether it is a folder and no file.
  package let isFolder: Bool

  package init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}

/// Stands for the content of a file or folder.
package struct ContentID: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
