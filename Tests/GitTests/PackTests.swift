import Foundation
@testable import Git
import Testing

/// Packs as git writes them, read without libgit2, beside what libgit2 reads.
@Suite struct PackTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private var folder: String { fixture.path + "/objects/pack" }

  /// Many editions of one text, all in one pack, each stored as a difference from another.
  private func pack(editions: Int, _ options: String...) throws -> [ObjectID: [UInt8]] {
    let repository = try fixture.open()
    var contents: [ObjectID: [UInt8]] = [:]
    for edition in 0..<editions {
      let lines = (0..<400).map { "line \($0 * ($0 % 7 == edition % 7 ? edition : 1))" }
      let bytes = Array(lines.joined(separator: "\n").utf8)
      contents[try repository.write(.blob, bytes)] = bytes
    }
    let names = contents.keys.map { "\($0) text\n" }.joined()
    try fixture.run(
      "git", ["--git-dir", fixture.path, "pack-objects", "-q"] + options + [folder + "/pack"],
      input: names)
    try fixture.git("prune-packed", "-q")
    return contents
  }

  /// What our own reader says of each object, in an order of its own.
  private func read(_ contents: [ObjectID: [UInt8]], limit: Int = 1 << 20) throws -> [[UInt8]?] {
    let packs = PackFolder(in: fixture.path)
    return try contents.keys.map { try packs.read($0, Demand(kind: .blob, limit: limit)) }
  }

  @Test(arguments: [["--delta-base-offset"], [], ["--index-version=2,0x40"], ["--depth=0"]])
  func `every object is what was written, however git refers to its base`(
    _ options: [String]
  ) throws {
    let contents = try pack(editions: 60, options.first ?? "--window=10")
    #expect(try read(contents) == contents.values.map { $0 })
  }

  @Test func `objects that are differences of differences are read from both ends`() throws {
    let contents = try pack(editions: 200, "--depth=150")
    let chains = try fixture.git("verify-pack", "-s", try #require(try files(".idx").first))
    #expect(chains.contains("chain length = 12"))
    let packs = PackFolder(in: fixture.path)
    for id in contents.keys.sorted() + contents.keys.sorted().reversed() {
      #expect(try packs.read(id, Demand(kind: .blob, limit: 1 << 20)) == contents[id])
    }
  }

  @Test func `kind and size are looked at before anything is unpacked`() throws {
    let contents = try pack(editions: 3)
    let packs = PackFolder(in: fixture.path)
    for (id, bytes) in contents {
      #expect(throws: GitError.wrongKind(id, found: .blob)) {
        try packs.read(id, Demand(kind: .tree, limit: 1 << 20))
      }
      #expect(throws: GitError.tooLarge(id, size: bytes.count, limit: 9)) {
        try packs.read(id, Demand(kind: .blob, limit: 9))
      }
    }
  }

  @Test func `what is in no pack is nil, and found where it is`() throws {
    _ = try pack(editions: 3)
    let repository = try fixture.open()
    let loose = try repository.write(.blob, [1, 2, 3])
    let demand = Demand(kind: .blob, limit: 9)
    #expect(try PackFolder(in: fixture.path).read(loose, demand) == nil)
    #expect(try repository.read(loose, .blob, limit: 9) == [1, 2, 3])
  }

  @Test func `an index of another version is left to libgit2`() throws {
    let contents = try pack(editions: 3, "--index-version=1")
    #expect(try read(contents).allSatisfy { $0 == nil })
    let repository = try fixture.open()
    for (id, bytes) in contents {
      #expect(try repository.read(id, .blob, limit: 1 << 20) == bytes)
    }
  }

  @Test func `a pack that came later is found`() throws {
    let repository = try fixture.open()
    _ = try repository.write(.blob, [7])
    #expect(throws: GitError.self) { try repository.read(.zero, .blob, limit: 9) }
    for (id, bytes) in try pack(editions: 3) {
      #expect(try repository.read(id, .blob, limit: 1 << 20) == bytes)
    }
  }

  @Test func `what came since is read by us, and not only known of`() throws {
    let packs = PackFolder(in: fixture.path)
    let demand = Demand(kind: .blob, limit: 1 << 20)
    #expect(try packs.read(.zero, demand) == nil)
    #expect(try packs.readArrivals(.zero, demand) == nil)
    for (number, (id, bytes)) in try pack(editions: 3).enumerated() {
      if number == 0 {
        #expect(try packs.read(id, demand) == nil)
        #expect(try packs.readArrivals(id, demand) == bytes)
      }
      #expect(try packs.read(id, demand) == bytes)
    }
    #expect(try packs.readArrivals(.zero, demand) == nil)
  }

  @Test func `a base that is too large is named, also in a pack that came since`() throws {
    let repository = try fixture.open()
    #expect(throws: GitError.self) { try repository.read(.zero, .blob, limit: 9) }
    let large = [UInt8](repeating: 7, count: Tree.sizeLimit + 1)
    let small = Array(large.prefix(Tree.sizeLimit - 1))
    let ids = try [large, small].map { try repository.write(.blob, $0) }
    try fixture.run(
      "git", ["--git-dir", fixture.path, "pack-objects", "-q", folder + "/pack"],
      input: ids.map { "\($0) text\n" }.joined())
    try fixture.git("prune-packed", "-q")
    #expect(throws: GitError.tooLarge(ids[0], size: large.count, limit: Tree.sizeLimit)) {
      try repository.read(ids[1], .blob, limit: 1 << 30)
    }
  }

  @Test func `a push in quarantine is read by us`() throws {
    let contents = try pack(editions: 3)
    let host = try Fixture()
    let packs = PackFolder(in: host.path, quarantine: fixture.path + "/objects")
    for (id, bytes) in contents {
      #expect(try packs.read(id, Demand(kind: .blob, limit: 1 << 20)) == bytes)
    }
  }

  @Test func `a pack that ends too early is damage, and no wait`() throws {
    let contents = try pack(editions: 3)
    let path = try #require(try files(".pack").first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try fixture.run("chmod", ["u+w", path])
    for count in stride(from: 0, to: whole.count - 20, by: 97) {
      try whole.prefix(count).write(to: URL(fileURLWithPath: path))
      #expect(throws: GitError.self, "\(count)") { try read(contents) }
    }
  }

  private func files(_ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }
      .map { "\(folder)/\($0)" }
  }
}

/// The differences that git stores, byte by byte.
@Suite struct DeltaTests {
  private static let base = Array("0123456789".utf8)

  private func applied(_ bytes: [UInt8], limit: Int = 100) throws(Delta.Flaw) -> [UInt8] {
    var delta = Delta(bytes)
    return try delta.applied(to: Self.base, limit: limit)
  }

  @Test func `pieces are copied and inserted`() throws {
    // From 2 copy 3, insert "ab", from 0 copy 1.
    let delta: [UInt8] = [10, 6, 0x91, 2, 3, 2, 0x61, 0x62, 0x90, 1]
    #expect(try applied(delta) == Array("234ab0".utf8))
  }

  @Test(
    arguments: [
      ("another base", [9, 0]), ("a base that is not named", []),
      ("more than there is to copy", [10, 5, 0x91, 8, 5]),
      ("more than there is to insert", [10, 5, 5, 0x61]),
      ("more than was promised", [10, 1, 0x90, 2]), ("less than was promised", [10, 3, 0x90, 2]),
      ("a reserved code", [10, 1, 0]), ("a count without its bytes", [10, 1, 0x91, 1]),
      ("64 KiB, which a missing count stands for", [10, 1, 0x80]),
      ("a size without end", Array(repeating: 0xff, count: 12)),
    ] as [(String, [UInt8])])
  func `nothing comes of a delta with`(_ what: String, _ delta: [UInt8]) {
    #expect(throws: Delta.Flaw.self) { try applied(delta) }
  }

  @Test func `what would be too large is refused before it is made`() throws {
    do throws(Delta.Flaw) {
      _ = try applied([10, 0xff, 0xff, 0x7f], limit: 9)
      Issue.record("it was made")
    } catch {
      guard case .tooLarge(let size) = error else { throw error }
      #expect(size == 0x1fffff)
    }
  }
}

/// What is kept of what was used.
@Suite struct RecentTests {
  @Test func `what is used stays, and no more is kept than fits`() {
    var recent = Recent<Int, Int>(sizeLimit: 100)
    for key in 0..<1_000 {
      recent.keep(key, size: 10, for: key)
      #expect(recent[0] == 0, "\(key)")
    }
    #expect((1..<1_000).count { recent[$0] != nil } < 10)
    #expect(recent[999] == 999)
  }

  @Test func `what takes too much room is not kept`() {
    var recent = Recent<Int, Int>(sizeLimit: 100)
    recent.keep(1, size: 25, for: 1)
    #expect(recent[1] == nil)
  }
}
