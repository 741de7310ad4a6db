import Foundation
import TestSupport
import Testing

struct LayoutTests {
  @Test func `the top level holds what it should and nothing else`() {
    #expect(LayoutRules.strangers(among: Repository.topLevel) == [])
    #expect(LayoutRules.topLevel.subtracting(Repository.topLevel) == [])
  }

  @Test func `every link of a page leads somewhere`() {
    let exists = { (path: String) in
      FileManager.default.fileExists(atPath: Checkout.root.appendingPathComponent(path).path)
    }
    expectNone(Repository.pages.flatMap { LayoutRules.brokenLinks($0, exists: exists) })
  }

  @Test func `no file names a place on somebody's machine`() {
    expectNone(Repository.files.flatMap(LayoutRules.machinePaths))
  }

  @Test(arguments: [
    ("stet_git_enable_fsync(", "sets what libgit2 does for the whole process"),
    ("git_reference_create_matching(", "asks libgit2 to move a reference"),
    ("repository.compareAndSwap(", "moves the ledger's reference"),
    ("\"versions/", "knows the paths of the tree"),
  ])
  func `one file alone does what only one may do`(mark: String, deed: String) {
    let homes = LayoutRules.homes(of: mark, in: Repository.sources)
    #expect(homes.count == 1, "\(homes) \(deed)")
  }

  @Test func `a stranger at the top level is found`() {
    #expect(LayoutRules.strangers(among: ["Sources", ".ci", "notes.txt"]) == ["notes.txt"])
  }

  @Test func `a link to nothing is found, one to the web or to a heading is not`() {
    let page = TextFile(
      path: "docs/a.md",
      text: """
        [one](b.md) [two](../README.md#top) [web](https://example.org/x) [here](#there)
        [gone](gone.md)
        ```
        [code](nowhere.md)
        ```
        """)
    let findings = LayoutRules.brokenLinks(page) { ["docs/b.md", "README.md"].contains($0) }
    #expect(findings.map(\.line) == [2])
  }

  @Test func `a path of somebody's machine is found, a word with slashes is not`() {
    let file = TextFile(path: "docs/a.md", text: "see /" + "home/me/x\nand at/work/too\n")
    #expect(LayoutRules.machinePaths(file).map(\.line) == [1])
  }

  @Test func `a second home is found`() {
    let files = ["a", "b"].map { SwiftFile(path: "Sources/Git/\($0).swift", "call()") }
    #expect(LayoutRules.homes(of: "call(", in: files).count == 2)
  }
}
