import CGit2

/// An object in a file of its own, read without libgit2.
///
/// Where the compressed data of such a file lacks its end, libgit2 1.5 waits for more of it for
/// ever. A disk or a neighbour may do that to a file, so we read it ourselves, strictly: one zlib
/// stream, nothing behind it, a header in its one form, and the name that the content has.
enum LooseObject {
  /// The content; nil where the object has no file of its own.
  static func read(
    _ id: ObjectID, _ header: ObjectHeader, in folder: String
  ) throws(GitError) -> [UInt8]? {
    let hex = id.hex
    let path = "\(folder)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    let head = Array("\(header.kind.rawValue) \(header.size)\0".utf8)
    let size = head.count + header.size
    // A byte more than the longest form, so that a file that is longer is seen to be.
    let limit = Int(compressBound(UInt(size))) + 1
    guard let packed = try RepositoryFiles.content(path, limit: limit) else { return nil }
    guard let whole = inflated(packed, size), whole.starts(with: head) else {
      throw .corrupt(subject: hex)
    }
    let content = Array(whole.dropFirst(head.count))
    guard try ObjectID.of(header.kind, content) == id else { throw .corrupt(subject: hex) }
    return content
  }

  /// What the bytes expand to if they are one whole stream that expands to exactly that many.
  private static func inflated(_ packed: [UInt8], _ size: Int) -> [UInt8]? {
    var consumed = UInt(packed.count)
    var made = UInt(size)
    var isWhole = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let code = unsafe uncompress2(buffer.baseAddress, &made, packed, &consumed)
      isWhole = code == Z_OK && consumed == packed.count && made == size
      count = isWhole ? size : 0
    }
    return isWhole ? bytes : nil
  }
}
