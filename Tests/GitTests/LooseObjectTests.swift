import Foundation
import Testing

@testable import Git

@Suite struct LooseObjectTests {
  private func spoiled(_ spoil: (inout Data) -> Void) throws -> GitError? {
    let fixture = try Fixture()
    let repository = try fixture.open()
    let id = try repository.write(.blob, Array("some text, some text, some text".utf8))
    let url = URL(fileURLWithPath: "\(fixture.path)/objects/\(id.hex.prefix(2))")
      .appendingPathComponent(String(id.hex.dropFirst(2)))
    var data = try Data(contentsOf: url)
    spoil(&data)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
    try data.write(to: url)
    do throws(GitError) {
      _ = try Repository.open(fixture.path).read(id, .blob, limit: 100)
      return nil
    } catch {
      return error
    }
  }

  @Test func anUnspoiledFileIsRead() throws {
    #expect(try spoiled { _ in } == nil)
  }

  /// libgit2 would wait for the rest for ever.
  @Test func aFileThatLacksItsEndIsRefused() throws {
    for missing in 1...20 {
      #expect(try spoiled { $0.removeLast(missing) } != nil, "\(missing) bytes")
    }
  }

  @Test func aFileWithMoreThanItsObjectIsRefused() throws {
    #expect(try spoiled { $0.append(0) } != nil)
    #expect(try spoiled { $0.append($0) } != nil)
  }

  @Test func noByteOfTheFileCanBeInverted() throws {
    var size = 0
    #expect(try spoiled { size = $0.count } == nil)
    #expect(size > 20)
    for place in 0..<size { #expect(try spoiled { $0[place] ^= 0xff } != nil, "byte \(place)") }
  }
}
