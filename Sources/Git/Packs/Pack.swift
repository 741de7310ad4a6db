/// One pack of a repository.
final class Pack {
  /// The largest object that anything we read may be stored as a difference from.
  private static let baseSizeLimit = Tree.sizeLimit
  /// The longest chain of differences that git makes.
  private static let depthLimit = 4095

  private let index: PackIndex
  private let path: String
  private lazy var file = PackFile(path)
  /// Which of all packs it is.
  private let number: Int
  private let unpacked: UnpackedObjects

  private typealias Unpacked = UnpackedObjects.Object

  /// Opens the pack of this name without an ending; nil where it is not for us to read.
  init?(_ path: String, number: Int, keepingIn unpacked: UnpackedObjects) {
    guard let index = PackIndex("\(path).idx") else { return nil }
    self.index = index
    self.path = "\(path).pack"
    self.number = number
    self.unpacked = unpacked
  }

  /// The content of an object, not yet compared with its name; nil where the pack does not have it.
  func read(_ id: ObjectID, _ demand: Demand) throws(GitError) -> [UInt8]? {
    // A pack that git has just replaced may be gone.
    guard let offset = index.offset(of: id), let file else { return nil }
    let wanted = Wanted(id: id, demand: demand)
    var chain = try chain(to: offset, wanted, in: file)
    if chain.base.kind != demand.kind { throw .wrongKind(id, found: chain.base.kind) }
    var bytes = chain.base.bytes
    while let step = chain.steps.popLast() {
      let limit = wanted.limit(before: chain.steps.count)
      guard step.head.size <= Self.baseSizeLimit, let delta = file.content(of: step.head) else {
        throw .corrupt(subject: id.hex)
      }
      bytes = try applied(Delta(delta), to: bytes, limit, of: name(at: step.offset, wanted))
      keep(Unpacked(kind: demand.kind, bytes: bytes), at: step.offset)
    }
    try demand.check(id, ObjectHeader(kind: demand.kind, size: bytes.count))
    return bytes
  }

  /// What somebody asked for.
  private struct Wanted {
    let id: ObjectID
    let demand: Demand

    /// The most bytes that an object may have that so many differences lead away from.
    func limit(before steps: Int) -> Int { steps == 0 ? demand.limit : baseSizeLimit }
  }

  /// An object that is known or stored whole, and the differences that lead from it to another, the
  /// last of them first.
  private struct Chain {
    let base: Unpacked
    var steps: [Step]

    struct Step {
      let offset: Int
      let head: PackFile.Head
    }
  }

  private func chain(
    to offset: Int, _ wanted: Wanted, in file: PackFile
  ) throws(GitError) -> Chain {
    var steps: [Chain.Step] = []
    var place = offset
    while steps.count <= Self.depthLimit {
      if let known = unpacked[.init(pack: number, offset: place)] {
        return Chain(base: known, steps: steps)
      }
      guard let head = file.head(at: place) else { break }
      let base: Int?
      switch head.content {
      case .whole(let kind):
        // What is a difference from another is of its kind.
        guard kind == wanted.demand.kind else { throw .wrongKind(wanted.id, found: kind) }
        let limit = wanted.limit(before: steps.count)
        guard head.size <= limit else {
          throw .tooLarge(name(at: place, wanted), size: head.size, limit: limit)
        }
        guard let bytes = file.content(of: head) else { throw .corrupt(subject: wanted.id.hex) }
        let whole = Unpacked(kind: kind, bytes: bytes)
        keep(whole, at: place)
        return Chain(base: whole, steps: steps)
      case .delta(let offset): base = offset
      case .namedDelta(let name): base = index.offset(of: name)
      }
      guard let base else { break }
      steps.append(Chain.Step(offset: place, head: head))
      place = base
    }
    throw .corrupt(subject: wanted.id.hex)
  }

  private func keep(_ object: Unpacked, at offset: Int) {
    unpacked.keep(object, at: .init(pack: number, offset: offset))
  }

  /// What begins at an offset, which may be something on the way to what is wanted.
  private func name(at offset: Int, _ wanted: Wanted) -> ObjectID {
    index.name(at: offset) ?? wanted.id
  }

  private func applied(
    _ delta: consuming Delta, to base: [UInt8], _ limit: Int, of id: @autoclosure () -> ObjectID
  ) throws(GitError) -> [UInt8] {
    do throws(Delta.Flaw) {
      return try delta.applied(to: base, limit: limit)
    } catch {
      switch error {
      case .broken: throw .corrupt(subject: id().hex)
      case .tooLarge(let size): throw .tooLarge(id(), size: size, limit: limit)
      }
    }
  }
}
