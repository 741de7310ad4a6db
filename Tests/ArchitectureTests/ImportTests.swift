import Foundation
import Testing

struct ImportTests {
  @Test func `every source imports what the table allows its target and nothing else`() {
    expectNone(
      findings(in: Repository.sources, of: ImportTable.wrongImports, exceptIn: Debts.imports))
  }

  @Test func `the package declares exactly the edges of the table`() throws {
    let manifest = try #require(Repository.files.first { $0.path == "Package.swift" })
    #expect(ImportTable.edges(inManifest: manifest.text) == ImportTable.edges)
  }

  @Test func `the map draws the edges of the table`() throws {
    let page = try #require(Repository.files.first { $0.path == "docs/ARCHITECTURE.md" })
    #expect(ImportTable.edges(inPage: page.text) == ImportTable.edges)
  }

  @Test func `no type is named like the module that declares it`() {
    expectNone(Repository.sources.flatMap(typesNamedLikeTheirModule))
  }

  @Test(arguments: [
    ("Templates", "import Git"), ("Templates", "package import Ledger"), ("Git", "import Glibc"),
    ("Ledger", "@preconcurrency import Foundation"), ("Contracts", "import struct Git.ObjectID"),
    ("Nowhere", "import Notation"),
  ])
  func `an import beside the table is found`(target: String, line: String) {
    let file = SwiftFile(path: "Sources/\(target)/File.swift", "// import Git\n\(line)\n")
    #expect(ImportTable.wrongImports(in: file).count == 1)
  }

  @Test(arguments: [
    ("Platform", "@preconcurrency import Glibc"), ("Ledger", "package import struct Git.ObjectID"),
    ("HTTP", "import Synchronization"), ("Templates", "let text = \"import Git\""),
  ])
  func `an import of the table is fine`(target: String, line: String) {
    let file = SwiftFile(path: "Sources/\(target)/File.swift", line)
    #expect(ImportTable.wrongImports(in: file) == [])
  }

  @Test func `an edge added to the package is seen`() {
    let manifest = """
      targets: [
          library("Git", "CGit2"),
          .target(
            name: "Notation", dependencies: ["CFYAML", "Git"], swiftSettings: settings),
      """
    #expect(
      ImportTable.edges(inManifest: manifest) == ["Git": ["CGit2"], "Notation": ["CFYAML", "Git"]])
  }

  @Test func `an edge drawn in the map is seen`() {
    let page = """
      | 0 | `CGit2`, `CFYAML` | nothing |
      | 1 | `Git` | `CGit2` |
      | for | `Git` | `CFYAML` |
      """
    #expect(ImportTable.edges(inPage: page) == ["CGit2": [], "CFYAML": [], "Git": ["CGit2"]])
  }

  @Test func `a type named like its module is found`() {
    let file = SwiftFile(path: "Sources/Ledger/Ledger.swift", "package final class Ledger {}\n")
    #expect(typesNamedLikeTheirModule(file).count == 1)
  }

  private func typesNamedLikeTheirModule(_ file: SwiftFile) -> [Finding] {
    guard let target = file.target else { return [] }
    let keywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    return file.code.enumerated().compactMap { index, line in
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      let pairs = zip(words, words.dropFirst())
      guard line.first != " ", pairs.contains(where: { keywords.contains($0) && $1 == target })
      else { return nil }
      return Finding(file.file, index + 1, "a module is never named like a type of its own")
    }
  }
}
