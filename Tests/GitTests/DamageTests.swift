import Foundation
@testable import Git
import TestSupport
import Testing

/// Every byte of a small repository turned around, one at a time: what is read is what was written,
/// or an error.
@Suite struct DamageTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// A history of two commits, and everything that can be read of it.
  private func prepare() throws -> [ObjectID: [UInt8]] {
    let repository = try fixture.open()
    let text = (0..<40).map { "line \($0)" }.joined(separator: "\n")
    let first = try #require(try repository.tree(of: ["a/b": text, "c": "x"]))
    let second = try #require(try repository.tree(of: ["a/b": text + "\nmore"], on: first))
    let root = try repository.commit(first)
    let tip = try repository.commit(second, parent: root)
    #expect(repository.compareAndSwap("refs/heads/main", to: tip, expecting: nil) == .swapped)
    var contents: [ObjectID: [UInt8]] = [:]
    for line in try fixture.git("rev-list", "--objects", "main").split(separator: "\n") {
      let id = try #require(ObjectID(hex: line.prefix(40)))
      let header = try repository.header(of: id)
      contents[id] = try repository.read(id, header.kind, limit: 10_000)
    }
    #expect(contents.count == 9)
    return contents
  }

  /// Turns each byte of a file around and reads everything each time; counts what was noticed.
  private func damage(_ file: URL, expecting contents: [ObjectID: [UInt8]]) throws -> Int {
    let sound = try Data(contentsOf: file)
    try fixture.run("chmod", ["u+w", file.path])
    var noticed = 0
    for place in sound.indices {
      var broken = sound
      broken[place] ^= 0xff
      try broken.write(to: file)
      if try isNoticed(contents, "\(file.lastPathComponent) byte \(place)") { noticed += 1 }
    }
    try sound.write(to: file)
    return noticed
  }

  private func isNoticed(_ contents: [ObjectID: [UInt8]], _ what: String) throws -> Bool {
    let repository = try fixture.open()
    var isNoticed = false
    for (id, content) in contents {
      do throws(GitError) {
        let header = try repository.header(of: id)
        let read = try repository.read(id, header.kind, limit: 10_000)
        #expect(read == content, "\(what) changed \(id) unnoticed")
      } catch {
        isNoticed = true
      }
    }
    return isNoticed
  }

  @Test func `no loose object is misread`() throws {
    let contents = try prepare()
    for id in contents.keys {
      let path = "\(fixture.path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
      let noticed = try damage(URL(fileURLWithPath: path), expecting: contents)
      #expect(noticed > 10)
    }
    try fixture.checkWithGit()
  }

  @Test func `nothing in a pack or its index is misread`() throws {
    let contents = try prepare()
    try fixture.git("gc", "-q", "--prune=now")
    let folder = URL(fileURLWithPath: fixture.path + "/objects/pack")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { ["pack", "idx"].contains($0.pathExtension) }
    #expect(files.count == 2)
    for file in files {
      let noticed = try damage(file, expecting: contents)
      #expect(noticed > 100, "\(file.lastPathComponent)")
    }
    try fixture.checkWithGit()
  }
}
