import Foundation
import Platform
import TestSupport
import Testing

@Suite struct FileSystemTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `what was put under a name is read back whole`() throws {
    let path = folder.path + "/a"
    for content in ["", "first", String(repeating: "x", count: 300_000)] {
      try FileSystem.replace(path, Array(content.utf8))
      #expect(try FileSystem.read(path, limit: 1_000_000) == Array(content.utf8))
    }
    #expect(try FileSystem.list(folder.path).map(\.name) == ["a"])
  }

  @Test func `a file beyond the limit is refused and one at the limit is read`() throws {
    let path = folder.path + "/a"
    try FileSystem.replace(path, [1, 2, 3])
    #expect(try FileSystem.read(path, limit: 3) == [1, 2, 3])
    #expect(throws: PlatformError.tooLarge(subject: path, limit: 2)) {
      try FileSystem.read(path, limit: 2)
    }
  }

  @Test func `only plain files are read by name, and a pipe does not block`() throws {
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: PlatformError.wrongKind(subject: pipe)) {
      try FileSystem.read(pipe, limit: 10)
    }
    #expect(throws: PlatformError.wrongKind(subject: folder.path)) {
      try FileSystem.read(folder.path, limit: 10)
    }
    #expect(throws: PlatformError.missing(subject: folder.path + "/b")) {
      try FileSystem.read(folder.path + "/b", limit: 10)
    }
  }

  @Test func `a link is followed unless it is refused, and a pipe with a name is no stream`() throws
  {
    let (path, link, pipe) = (folder.path + "/a", folder.path + "/link", folder.path + "/pipe")
    try FileSystem.replace(path, [1])
    #expect(symlink(path, link) == 0)
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(try FileSystem.read(link, limit: 9) == [1])
    #expect(try FileSystem.read(path, limit: 9, links: .refused) == [1])
    #expect(throws: PlatformError.wrongKind(subject: link)) {
      try FileSystem.read(link, limit: 9, links: .refused)
    }
    #expect(try FileSystem.readStream(link, limit: 9) == [1])
    #expect(throws: PlatformError.wrongKind(subject: pipe)) {
      try FileSystem.readStream(pipe, limit: 9)
    }
  }

  @Test func `a folder that cannot be made is an error, even where the one above is there`() {
    #expect(throws: PlatformError.self) { try FileSystem.createDirectories("/proc/stet") }
    #expect(throws: PlatformError.self) { try FileSystem.createDirectories("/proc/stet/a/b") }
    var batch = FileBatch(draftPrefix: folder.path + "/draft-")
    batch.add("/proc/stet/a/file", [1])
    let ready = batch
    #expect(throws: PlatformError.self) { try ready.create() }
  }

  @Test func `create takes a free name once and leaves a taken one alone`() throws {
    let path = folder.path + "/key"
    try FileSystem.create(path, [1], permissions: 0o600)
    #expect(throws: PlatformError.exists(subject: path)) { try FileSystem.create(path, [2]) }
    #expect(try FileSystem.read(path, limit: 9) == [1])
    #expect(try FileSystem.status(of: path)?.permissions == 0o600)
    #expect(try FileSystem.list(folder.path).map(\.name) == ["key"])
  }

  @Test func `of many that create one name at once, one succeeds`() async throws {
    let path = folder.path + "/race"
    let winners = await withTaskGroup(of: Int.self) { group in
      for number in 0..<8 {
        group.addTask { (try? FileSystem.create(path, [UInt8(number)])) == nil ? 0 : 1 }
      }
      return await group.reduce(0, +)
    }
    #expect(winners == 1)
  }

  @Test func `a replaced link is replaced itself and its target stays`() throws {
    let target = folder.path + "/target"
    let link = folder.path + "/link"
    try FileSystem.replace(target, [1])
    #expect(symlink(target, link) == 0)
    #expect(try FileSystem.kind(of: link) == .link)
    try FileSystem.replace(link, [2])
    #expect(try FileSystem.read(target, limit: 9) == [1])
    #expect(try FileSystem.kind(of: link) == .file)
  }

  @Test func `a list names kinds without following links, in byte order`() throws {
    try FileSystem.createDirectories(folder.path + "/b/c")
    try FileSystem.replace(folder.path + "/a", [])
    try FileSystem.replace(folder.path + "/B", [])
    #expect(symlink("/", folder.path + "/l") == 0)
    let entries = try FileSystem.list(folder.path)
    #expect(entries.map(\.name) == ["B", "a", "b", "l"])
    #expect(entries.map(\.kind) == [.file, .file, .directory, .link])
  }

  @Test func `removing a tree leaves what its links point at`() throws {
    try FileSystem.createDirectories(folder.path + "/kept")
    try FileSystem.replace(folder.path + "/kept/file", [7])
    try FileSystem.createDirectories(folder.path + "/gone/deep")
    #expect(symlink(folder.path + "/kept", folder.path + "/gone/deep/link") == 0)
    try FileSystem.removeTree(folder.path + "/gone")
    try FileSystem.removeTree(folder.path + "/gone")
    #expect(try FileSystem.exists(folder.path + "/gone") == false)
    #expect(try FileSystem.read(folder.path + "/kept/file", limit: 9) == [7])
  }

  @Test func `a folder path through a file is an error, and an existing folder is none`() throws {
    try FileSystem.replace(folder.path + "/file", [])
    try FileSystem.createDirectories(folder.path)
    #expect(throws: PlatformError.wrongKind(subject: folder.path + "/file")) {
      try FileSystem.createDirectories(folder.path + "/file")
    }
    #expect(throws: PlatformError.self) {
      try FileSystem.createDirectories(folder.path + "/file/below")
    }
  }

  @Test func `a real path has no links and no dots`() throws {
    try FileSystem.createDirectories(folder.path + "/a/b")
    #expect(symlink("a", folder.path + "/l") == 0)
    let real = try FileSystem.realPath(folder.path)
    #expect(try FileSystem.realPath(folder.path + "/l/./b/../b") == real + "/a/b")
  }
}
