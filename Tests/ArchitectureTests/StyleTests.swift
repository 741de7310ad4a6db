import Testing

struct StyleTests {
  private static let all = Repository.sources + Repository.tests

  @Test func `files stay short, functions shorter, and lines narrow`() {
    expectNone(Self.all.flatMap(StyleRules.tooLong))
    expectNone(
      findings(in: Self.all, of: StyleRules.longFunctions, exceptIn: Debts.longFunctions))
    expectNone(Self.all.flatMap(StyleRules.tooWide))
  }

  @Test func `functions take few parameters`() {
    expectNone(
      findings(
        in: Repository.sources, of: StyleRules.manyParameters, exceptIn: Debts.manyParameters))
  }

  @Test func `whatever others see has a sentence above it`() {
    let requirements = Set(Repository.sources.flatMap(Declarations.requirements))
    expectNone(Repository.sources.flatMap { StyleRules.undocumented($0, requirements) })
  }

  @Test func `nothing is put off and no way leads round the compiler`() {
    expectNone(Self.all.flatMap(StyleRules.forbidden))
    expectNone(Repository.sources.flatMap(StyleRules.silentTries))
  }

  @Test func `unsafe code stays in its homes`() {
    expectNone(Repository.sources.flatMap(StyleRules.unsafeAbroad))
  }

  @Test func `only the façade for services is public`() {
    expectNone(Repository.sources.flatMap(StyleRules.publicAbroad))
  }
}

/// Each rule finds what breaks it, and leaves alone what does not.
struct StyleRuleTests {
  @Test func `a file of 401 lines is too long`() {
    let line = "let x = 1\n"
    #expect(StyleRules.tooLong(sample(String(repeating: line, count: 401))).count == 1)
    #expect(StyleRules.tooLong(sample(String(repeating: line, count: 400))) == [])
  }

  @Test func `a line of 101 columns is too wide`() {
    #expect(StyleRules.tooWide(sample(String(repeating: "é", count: 101))).count == 1)
    #expect(StyleRules.tooWide(sample(String(repeating: "é", count: 100))) == [])
    #expect(StyleRules.tooWide(sample(String(repeating: "é", count: 100) + " \\")) == [])
  }

  @Test(arguments: [
    "func f() {", "package static func f(\n_ x: Int\n) throws(E) -> Int {",
    "init(_ x: Int = { 1 }()) {",
    "private var x: Int {", "  deinit {", "subscript(x: Int) -> Int {",
  ])
  func `a function of 51 lines is too long`(head: String) {
    let lines = head.split(separator: "\n").count
    for (count, findings) in [(51, 1), (50, 0)] {
      let body = Array(repeating: "if a { b() } // }", count: count - lines - 1).joined(
        separator: "\n")
      let file = sample("\(head)\n\(body)\n}\nlet after = \"{\"\n")
      #expect(StyleRules.longFunctions(file).count == findings)
    }
  }

  @Test func `a function of five parameters has too many`() {
    let five = "func f(\n_ a: Int, b: (Int, Int), c: [Int: Int], d: Int,\ne: (Int) -> Void\n) {}"
    #expect(StyleRules.manyParameters(sample(five)).count == 1)
    #expect(
      StyleRules.manyParameters(sample("func f(a: (Int, Int), b: Int, c: Int, d: Int) {}")) == [])
    #expect(StyleRules.manyParameters(sample("func f() { g(1, 2, 3, 4, 5) }")) == [])
  }

  @Test(arguments: [
    "package func f() {}", "  package static let x = 1", "package final class C {}",
    "@safe package struct S {}", "/// About S.\n\npackage struct S {}",
    "// Not a sentence for others.\npackage var x: Int { 1 }",
    "public init?(x: Int) {}", "package init(x: Int) { self.x = x + 1 }",
  ])
  func `a visible declaration without a sentence is found`(text: String) {
    #expect(StyleRules.undocumented(sample(text)).count == 1)
  }

  @Test(arguments: [
    "/// About f.\npackage func f() {}", "/// About S.\n@frozen\npackage struct S {}",
    "package import Notation", "func f() {}", "  package let x: Int",
    "  package private(set) var x = 1",
    "package static func == (l: S, r: S) -> Bool { true }",
    "let text = \"package struct S\"", "package init() { start() }",
    "package init(\n  x: Int,\n  y: Int\n) {\n  self.x = x\n  self.y = y\n}",
  ])
  func `a documented, an inner and a fixed declaration are fine`(text: String) {
    #expect(StyleRules.undocumented(sample(text)) == [])
  }

  @Test func `what a protocol explains need not be explained again`() {
    let reader = sample("package protocol Reader {\n  /// Reads.\n  func read(at: Int) -> Int\n}")
    let requirements = Set(Declarations.requirements(in: reader))
    let file = sample("package func read(at: Int) -> Int {}\npackage func write() {}")
    #expect(StyleRules.undocumented(file, requirements).map(\.line) == [2])
  }

  @Test(arguments: [
    "// TO" + "DO later", "let x = try! f()", "fatalError(\"no\")", "let y = x as! Int",
    "final class C: @unchecked Sendable {}", "nonisolated(unsafe) var x = 1",
  ])
  func `a word that is not used is found`(text: String) {
    #expect(StyleRules.forbidden(sample(text)).count == 1)
  }

  @Test func `HTTP alone may tell the compiler that it knows better`() {
    let text = "final class C: @unchecked Sendable {}"
    #expect(StyleRules.forbidden(SwiftFile(path: "Sources/HTTP/C.swift", text)) == [])
  }

  @Test func `an error thrown away without a word is found`() {
    #expect(StyleRules.silentTries(sample("let a = 1\nlet b = 2\nlet x = try? f()")).count == 1)
    #expect(StyleRules.silentTries(sample("// Nobody is left to tell.\ntry? f()")) == [])
    #expect(StyleRules.silentTries(sample("let text = \"try? again\"")) == [])
  }

  @Test func `unsafe code is found where it does not live, words about it are not`() {
    let text = "unsafe f()\nlet p: UnsafePointer<Int>\n// unsafe\nlet s = \"unsafe\""
    #expect(StyleRules.unsafeAbroad(sample(text)).map(\.line) == [1, 2])
    #expect(StyleRules.unsafeAbroad(SwiftFile(path: "Sources/Git/A.swift", text)) == [])
  }

  @Test func `a public declaration is found outside the façade`() {
    #expect(StyleRules.publicAbroad(sample("public struct S {}")).count == 1)
    #expect(
      StyleRules.publicAbroad(SwiftFile(path: "Sources/PromptReading/A.swift", "public let a = 1"))
        == [])
  }

  @Test func `code inside a literal's interpolation is code, its text is not`() {
    let file = sample(##"let a = "x \(try! f("}")) try!"; let b = #"try! \#(try! g())"#"##)
    #expect(file.code[0].split(separator: "try!").count == 3)
    let block = sample(
      "let a = \"\"\"\n  try! \"quoted\"\n  \"\"\"\ntry! f() /* try! /* try! */ */")
    #expect(block.lines(containing: "try!") == [4])
  }

  private func sample(_ text: String) -> SwiftFile {
    SwiftFile(path: "Sources/Templates/A.swift", text)
  }
}
