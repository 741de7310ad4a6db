import CGit2
import Foundation
import Git
import TestSupport
import Testing

@Suite struct ConfigTests {
  let fixture: Fixture
  var url: URL { URL(fileURLWithPath: fixture.path + "/config") }

  init() throws { fixture = try Fixture() }

  @Test func `the plain form that git writes is read as git reads it`() throws {
    try fixture.git("config", "receive.denyDeletes", "true")
    try fixture.git("config", "user.name", "alice b")
    try fixture.git("config", "remote.origin.url", "ssh://host/~a/b.git")
    let listed = try fixture.git("config", "--list", "--local").split(separator: "\n")
    let entries = try Config.entries(Array(try Data(contentsOf: url)))
    #expect(entries.map { "\($0.key)=\($0.value)" } == listed.map(String.init))
    _ = try fixture.open()
  }

  @Test(arguments: [
    "[include]\n\tpath = ../evil", "[includeIf \"gitdir:/\"]\n\tpath = x",
    "[core]\n\tfsmonitor = evil", "[core]\n\thooksPath = evil", "[core]\n\tsshCommand = evil",
    "[core]\n\tworktree = /", "[core]\n\tpager = evil", "[core]\n\tgitProxy = evil",
    "[core]\n\trepositoryformatversion = 1", "[extensions]\n\tobjectFormat = sha256",
    "[extensions]\n\tworktreeConfig = true", "[gpg \"ssh\"]\n\tprogram = evil",
    "[filter \"x\"]\n\tclean = evil", "[alias]\n\tlog = !evil", "[credential]\n\thelper = !evil",
    "[diff]\n\texternal = evil", "[gc]\n\trecentObjectsHook = evil",
    "[remote \"origin\"]\n\tuploadpack = evil", "[url \"ext::evil\"]\n\tinsteadOf = https",
    "[protocol \"ext\"]\n\tallow = always", "[remote \"git://h/x.git\"]\n\turl = evil",
  ])
  func `a setting that could start a program or lead elsewhere is refused before git sees it`(
    text: String
  ) throws {
    let section = text.split(separator: "\n")[0]
    let config = try Data(contentsOf: url) + Data("\(text)\n".utf8)
    try config.write(to: url)
    do {
      _ = try fixture.open()
      Issue.record("\(section) was accepted")
    } catch GitError.setting(let key) {
      #expect(text.lowercased().contains(try #require(key.split(separator: ".").last)))
    }
  }

  @Test(arguments: [
    "[core] bare = true", "bare = true", "[core]\n\tbare", "[core]\n\tbare = \"true\"",
    "[core]\n\tbare = tr\\\nue", "[core]\n\tbare = true # yes", "; comment", "[core]x",
    "[co re]", "[core \"a]", "[core.a]", "[core]\r\n\tbare = true\r", "[core]\n\t1a = b", "\u{0}",
    "[core \"a\" ]", "\u{feff}[core]",
  ])
  func `what two readers could read in two ways is refused`(text: String) throws {
    try (Data(contentsOf: url) + Data("\(text)\n".utf8)).write(to: url)
    #expect(throws: GitError.self) { _ = try fixture.open() }
    #expect(throws: GitError.self) { try Config.entries(Array("\(text)\n".utf8)) }
  }

  @Test func `a repository that leads to another is refused`() throws {
    try Data("../other\n".utf8).write(to: URL(fileURLWithPath: fixture.path + "/commondir"))
    #expect(throws: GitError.linkedRepository(path: fixture.path)) { _ = try fixture.open() }
  }

  @Test func `a file in the place of the folder is no repository`() throws {
    let path = fixture.folder.path + "/linked"
    try Data("gitdir: \(fixture.path)\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: GitError.missing(subject: path)) { _ = try Repository.open(path) }
  }

  @Test func `no configuration of the machine or the person is looked for`() throws {
    _ = try fixture.open()
    var found = git_buf()
    defer { git_buf_dispose(&found) }
    #expect(git_config_find_global(&found) == GIT_ENOTFOUND.rawValue)
    #expect(git_config_find_xdg(&found) == GIT_ENOTFOUND.rawValue)
    #expect(git_config_find_system(&found) == GIT_ENOTFOUND.rawValue)
    #expect(git_config_find_programdata(&found) < 0)
  }
}
