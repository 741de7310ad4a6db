/// The packs that a repository had when it was first read from, read without libgit2.
///
/// libgit2 looks an object's size up by following its differences to their base, and then does it
/// again for the content; it maps a large pack in pieces; and it unpacks bases of any size. What is
/// in no pack here, or came later, is looked for elsewhere.
final class PackFolder {
  /// Unpacked objects that are kept of all packs together, in bytes.
  private static let keptLimit = 24 << 20

  private let path: String
  /// The one that was read from last is asked first.
  private lazy var packs: [Pack] = {
    // A folder that cannot be listed is libgit2's to complain of.
    let names = (try? RepositoryFiles.names(in: path)) ?? []
    let indexes = names.filter { $0.hasSuffix(".idx") }
    return indexes.compactMap {
      Pack("\(path)/\($0.dropLast(4))", keeping: Self.keptLimit / indexes.count)
    }
  }()

  init(in repository: String) { path = "\(repository)/objects/pack" }

  /// The content of an object that hashes to its name, if it is what is demanded; nil where none of
  /// the packs has it.
  func read(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    for place in packs.indices {
      guard let bytes = try packs[place].read(id, demand) else { continue }
      packs.swapAt(0, place)
      guard try ObjectID.of(demand.kind, bytes) == id else { throw .corrupt(subject: id.hex) }
      return bytes
    }
    return nil
  }
}
