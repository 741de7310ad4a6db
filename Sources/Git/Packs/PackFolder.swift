/// The packs of a repository, and of a push to it that is in quarantine, read without libgit2.
///
/// libgit2 looks an object's size up by following its differences to their base, and then does it
/// again for the content; it maps a large pack in pieces; and it unpacks bases of any size. What is
/// in no pack here is looked for elsewhere.
final class PackFolder {
  /// The folders that hold packs.
  private let folders: [String]
  /// The one that was read from last is asked first.
  private lazy var packs: [Pack] = {
    _ = list()
    return unread()
  }()
  /// Every pack that was there when the folders were last listed, by its path without an ending.
  private var listed: Set<String> = []
  /// Those of them that are new.
  private var arrivals: [String] = []
  private let unpacked = UnpackedObjects()
  private var packCount = 0

  /// `quarantine` is the folder for objects of a push that is being judged.
  init(in repository: String, quarantine: String? = nil) {
    folders = (["\(repository)/objects", quarantine].compactMap(\.self)).map { "\($0)/pack" }
  }

  /// The content of an object that hashes to its name, if it is what is demanded; nil where none of
  /// the packs has it that are known.
  func read(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    for place in packs.indices {
      guard let bytes = try packs[place].read(id, demand) else { continue }
      packs.swapAt(0, place)
      guard try ObjectID.of(demand.kind, bytes) == id else { throw .corrupt(subject: id.hex) }
      return bytes
    }
    return nil
  }

  /// The same, from packs that came since the folders were last looked at.
  func readArrivals(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    guard list() else { return nil }
    packs.insert(contentsOf: unread(), at: 0)
    return try read(id, demand)
  }

  /// Looks at the folders; whether there are packs that were not there before.
  private func list() -> Bool {
    var names: Set<String> = []
    for folder in folders {
      // A folder that cannot be listed is libgit2's to complain of.
      for name in (try? RepositoryFiles.names(in: folder)) ?? [] where name.hasSuffix(".idx") {
        names.insert("\(folder)/\(name.dropLast(".idx".count))")
      }
    }
    arrivals = names.subtracting(listed).sorted()
    listed = names
    return !arrivals.isEmpty
  }

  private func unread() -> [Pack] {
    arrivals.compactMap { path in
      packCount += 1
      return Pack(path, number: packCount, keepingIn: unpacked)
    }
  }
}

/// What was unpacked a moment ago, of all packs together: what is near it in time is stored as a
/// difference from it.
final class UnpackedObjects {
  /// How much is kept, in bytes.
  private static let sizeLimit = 8 << 20

  private var objects = Recent<Place, Object>(sizeLimit: sizeLimit)

  struct Object {
    let kind: ObjectKind
    let bytes: [UInt8]
  }

  /// Where an object begins, in the pack of a number.
  struct Place: Hashable {
    let pack: Int
    let offset: Int
  }

  subscript(place: Place) -> Object? { objects[place] }

  func keep(_ object: Object, at place: Place) {
    objects.keep(object, size: object.bytes.count, for: place)
  }
}
