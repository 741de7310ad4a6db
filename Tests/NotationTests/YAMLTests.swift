import Notation
import TestSupport
import Testing

@Suite struct YAMLReading {
  @Test(
    arguments: [
      ("", nil), ("# only a comment\n", nil), ("a: 1", ["a": 1]), ("- a\n- 1", ["a", 1]),
      ("\u{FEFF}a: 1", ["a": 1]), ("---\na: 1\n...\n", ["a": 1]),
      ("{\"a\": [1, null]}", ["a": [1, nil]]),
      ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", ["a": "x\ny\n", "b": "x y"]),
      ("a: \"\\u00e9\\x41\\U0001F600\"", ["a": "éA😀"]), ("'1': '2'", ["1": "2"]),
      ("\u{E9}: 1\ne\u{301}: 2", ["\u{E9}": 1, "e\u{301}": 2]),
      ("a: x\u{85}y\u{2028}z", ["a": "x\u{85}y\u{2028}z"]),
      ("a:\r\n  - 1\r\n  - 2\r\n", ["a": [1, 2]]), ("<<: 1", ["<<": 1]),
    ] as [(String, Value)])
  func aTextHasOneValue(text: String, value: Value) throws {
    #expect(try YAML.parse(text).value == value)
  }

  @Test(
    arguments: [
      ("~", nil), ("Null", nil), ("nULL", "nULL"), ("True", true), ("tRUE", "tRUE"), ("yes", "yes"),
      ("0", 0), ("-0", 0), ("+12", 12), ("017", 17), ("0o17", 15), ("0o18", "0o18"),
      ("-0o7", "-0o7"),
      ("0x1F", 31), ("0xfg", "0xfg"), ("0b11", "0b11"), ("1_000", "1_000"), ("1:30", "1:30"),
      ("1.", 1), (".5", 0.5), ("-.5e-1", -0.05), ("1e3", 1000), ("1E+3", 1000), (".", "."),
      ("+", "+"),
      ("-", "-"), ("1e", "1e"), ("1.2.3", "1.2.3"), ("e3", "e3"), ("0x", "0x"),
      ("2026-09-21", "2026-09-21"),
      ("1e-400", 0), ("infinity", "infinity"), ("nan", "nan"), ("+.nan", "+.nan"),
      ("0x1p3", "0x1p3"),
      ("12345678901234567890", 12_345_678_901_234_567_000.0), ("1٢", "1٢"),
    ] as [(String, Value)])
  func plainScalarsFollowTheCoreSchema(text: String, value: Value) throws {
    let written = text == "-" ? "'-'" : text
    #expect(try YAML.parse("a: \(written)").value["a"] == value)
  }
}

@Suite struct YAMLRefusals {
  @Test(
    arguments: [
      ("a: &x 1", .anchor("x"), 1, 4), ("&x a: 1", .anchor("x"), 1, 1),
      ("a: &x [1]", .anchor("x"), 1, 4),
      ("a: *x", .alias("x"), 1, 4), ("a: !!str 1", .tag("!!str"), 1, 4),
      ("a: ! 1", .tag("!"), 1, 4),
      ("!<tag:x> a", .tag("!<tag:x>"), 1, 1), ("- 1\n- !t {}", .tag("!t"), 2, 3),
      ("a: 1\nb: 2\na: 3", .duplicateKey("a"), 3, 1), ("{a: 1, 'a': 2}", .duplicateKey("a"), 1, 8),
      ("1: a", .keyIsNotText("1"), 1, 1), ("x:\n  null: a", .keyIsNotText("null"), 2, 3),
      ("true: a", .keyIsNotText("true"), 1, 1), (": a", .keyIsNotText(""), 1, 1),
      ("? [a]\n: 1", .keyIsCollection, 1, 3), ("{{a: b}: 1}", .keyIsCollection, 1, 2),
      ("a\n---\nb", .severalDocuments, 2, 1), ("a: .inf", .notFinite(".inf"), 1, 4),
      ("- -.INF", .notFinite("-.INF"), 1, 3), ("- .NaN", .notFinite(".NaN"), 1, 3),
      ("é: 1e999", .numberTooLarge("1e999"), 1, 4), ("a: \u{1}", .controlCharacter("\u{1}"), 1, 4),
      ("a: \"\u{7F}\"", .controlCharacter("\u{7F}"), 1, 5),
      ("\u{80}", .controlCharacter("\u{80}"), 1, 1),
      ("a:\n  - é\u{FFFF}", .controlCharacter("\u{FFFF}"), 2, 6),
      ("a\0b", .controlCharacter("\0"), 1, 2),
      ("a: [1", .endsEarly(.listEnd), 1, 6),
      ("a: \"\\q\"", .badEscape("\\q"), 1, 5),
    ] as [(String, NotationError.Problem, Int, Int)])
  func whatIsOutsideTheSubsetIsNamedWithItsPlace(
    text: String, problem: NotationError.Problem, line: Int, column: Int
  ) {
    let error = refusal { () throws(NotationError) in try YAML.parse(text) }
    #expect(error?.problem == problem)
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], 1), ([0x61, 0x3A, 0x20, 0xC3, 0x28], 3), ([0xED, 0xA0, 0x80], 0),
      ([0x61, 0xE2, 0x82], 1), ([0xC0, 0xAF], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      ([0xFF, 0xFE, 0x61, 0x00], 0),
    ] as [([UInt8], Int)])
  func bytesThatAreNotUTF8AreRefusedWhereTheyStand(bytes: [UInt8], offset: Int) {
    let error = refusal { () throws(NotationError) in try YAML.parse(bytes) }
    #expect(error?.problem == .invalidUTF8)
    #expect(error?.position.offset == offset)
  }

  @Test(arguments: ["[", "- ", "{a: "])
  func theDepthLimitIsExact(opening: String) throws {
    let closing = opening == "[" ? "]" : opening == "- " ? "" : "}"
    func nested(_ depth: Int) -> String {
      String(repeating: opening, count: depth - 1) + "[]"
        + String(repeating: closing, count: depth - 1)
    }
    _ = try YAML.parse(nested(128))
    let error = refusal { () throws(NotationError) in try YAML.parse(nested(129)) }
    #expect(error?.problem == .tooDeep(limit: 128))
    #expect(error?.position.offset == 128 * opening.utf8.count)
  }

  @Test func theSizeLimitIsNamed() {
    let limits = NotationLimits(byteCount: 3)
    let error = refusal { () throws(NotationError) in try YAML.parse("abcd", limits: limits) }
    #expect(error?.message == "the text is longer than 3 bytes")
  }

  @Test func aChangedByteGivesAValueOrARefusalInside() {
    let whole = [UInt8](
      text:
        "a: [1.5, 'x', {b: \"\\u00e9\"}]\n# c\nd: |2-\n   lit\n\n e\n? f\n: - g\n"
        + "  - - 😀\nh: >+\n i\n"
    )
    var random = SeededGenerator(seed: 11)
    for _ in 0..<5_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let interesting = [UInt8](text: "\n \t:-?[]{}#&*!|>'\"%@,a0\\é") + [0xFF, 0x00]
        bytes[Int.random(in: bytes.indices, using: &random)] =
          interesting[Int.random(in: interesting.indices, using: &random)]
      }
      let error = refusal { () throws(NotationError) in try YAML.parse(bytes) }
      #expect(error.map { (0...bytes.count).contains($0.position.offset) } ?? true, "seed 11")
    }
  }
}

@Suite struct YAMLPlaces {
  private let text = """
    # comment
    name: triage
    config:
      é: [1, {x: "2"}]
      list:
        - a
        -
          b: |
            text
    none:
    """

  @Test(
    arguments: [
      ([], nil, 2, 1), ([.key("name")], (2, 1), 2, 7), ([.key("config")], (3, 1), 4, 3),
      ([.key("config"), .key("é")], (4, 3), 4, 6),
      ([.key("config"), .key("é"), .index(0)], nil, 4, 7),
      ([.key("config"), .key("é"), .index(1)], nil, 4, 10),
      ([.key("config"), .key("é"), .index(1), .key("x")], (4, 11), 4, 14),
      ([.key("config"), .key("list"), .index(0)], nil, 6, 7),
      ([.key("config"), .key("list"), .index(1)], nil, 8, 7),
      ([.key("config"), .key("list"), .index(1), .key("b")], (8, 7), 8, 10),
      ([.key("none")], (10, 1), 10, 6),
    ] as [([PathStep], (Int, Int)?, Int, Int)])
  func everyKeyAndValueHasItsPlace(path: [PathStep], key: (Int, Int)?, line: Int, column: Int)
    throws
  {
    let document = try YAML.parse(text)
    let position = document.position(of: path)
    #expect(position?.line == line)
    #expect(position?.column == column)
    #expect(document.keyPosition(of: path)?.line == key?.0)
    #expect(document.keyPosition(of: path)?.column == key?.1)
  }

  @Test func aPathThatLeadsNowhereHasNoPlace() throws {
    let document = try YAML.parse(text)
    #expect(document.position(of: [.key("nothing")]) == nil)
    #expect(document.position(of: [.index(0)]) == nil)
    #expect(document.position(of: [.key("config"), .key("list"), .index(2)]) == nil)
    #expect(document.position(of: [.key("name"), .key("x")]) == nil)
  }

  @Test func offsetsPointIntoTheText() throws {
    let document = try YAML.parse(text)
    let offset = try #require(document.position(of: [.key("config"), .key("é")])?.offset)
    #expect(text.utf8.dropFirst(offset).first == UInt8(ascii: "["))
  }

  @Test func aTextInsideAFileHasThePlacesOfTheFile() throws {
    let start = Position(offset: 4, line: 2, column: 1)
    let document = try YAML.parse("a: 1\nb: 2", from: start)
    #expect(document.keyPosition(of: [.key("b")]) == Position(offset: 9, line: 3, column: 1))
    let error = refusal { () throws(NotationError) in try YAML.parse("a: 1\nb: *x", from: start) }
    #expect(error?.position == Position(offset: 12, line: 3, column: 4))
    let inLine = Position(offset: 10, line: 1, column: 9)
    #expect(
      try YAML.parse("x: 1", from: inLine).position(of: [.key("x")])
        == Position(offset: 13, line: 1, column: 12))
  }

  @Test func stylesAreKept() throws {
    let document = try YAML.parse("a: {b: [1]}\nc:\n  - 'd'\n  - >\n    e\n  - f\n")
    #expect(document.collectionStyle(of: []) == .block)
    #expect(document.collectionStyle(of: [.key("a")]) == .flow)
    #expect(document.collectionStyle(of: [.key("c")]) == .block)
    #expect(document.collectionStyle(of: [.key("c"), .index(0)]) == nil)
    #expect(document.scalarStyle(of: [.key("c"), .index(0)]) == .quoted)
    #expect(document.scalarStyle(of: [.key("c"), .index(1)]) == .block)
    #expect(document.scalarStyle(of: [.key("c"), .index(2)]) == .plain)
    #expect(document.scalarStyle(of: [.key("a")]) == nil)
    let flow = document.flowCollections
    #expect(flow.map(\.path) == [[.key("a")]])
    #expect(flow.first?.position == Position(offset: 3, line: 1, column: 4))
  }

  @Test func ambiguousScalarsAreFoundInKeysAndValues() throws {
    let document = try YAML.parse("on: 'yes'\na:\n  - yes\n  - \"no\"\n  - 017\n  - plain\n")
    let found = document.ambiguousScalars
    #expect(found.map(\.text) == ["on", "yes", "017"])
    #expect(found.map(\.role) == [.key, .value, .value])
    #expect(found.map(\.path) == [[.key("on")], [.key("a"), .index(0)], [.key("a"), .index(2)]])
    #expect(found.map(\.position.line) == [1, 3, 5])
    #expect(found.map(\.reading) == [.text, .text, .number(17)])
    #expect(found.map(\.olderReading) == [.bool(true), .bool(true), .number(15)])
  }

  @Test(
    arguments: [
      ("y", .bool(true)), ("NO", .bool(false)), ("Off", .bool(false)), ("0o17", .text),
      ("010", .number(8)), ("08", .text), ("0b101", .number(5)), ("-0x1F", .number(-31)),
      ("1:30", .number(90)), ("1:30:00", .number(5400)), ("-1:30", .number(-90)),
      ("1:30.5", .number(90.5)),
      ("1_000", .number(1000)), ("1_0.5_0", .number(10.5)), ("1e3", .text), ("1.5e3", .text),
      ("<<", .merge),
      ("=", .defaultValue), ("2026-09-21", .timestamp), ("2026-9-2 1:02:03.5 +01:00", .timestamp),
      ("2026-09-21T10:00:00Z", .timestamp),
    ] as [(String, PlainReading)])
  func whatTheVersionsReadDifferentlyIsAmbiguous(text: String, older: PlainReading) {
    #expect(PlainScalar.olderReading(of: text) == older)
    #expect(PlainScalar.isAmbiguous(text))
  }

  @Test(arguments: [
    "", "~", "true", "1", "0", "-12", "7", "0.5", "1.5e+3", "1.0e-7", ".5", "1.", "0x1F", "text",
    "yes!",
    "nope", "1.2.3", "1:75", "2026-09", "2026-9-2", "12:", "_1", "1e", "-", "+", ".", "07", "a1",
    ".inf",
  ])
  func whatTheVersionsReadAlikeIsNot(text: String) {
    #expect(!PlainScalar.isAmbiguous(text))
  }
}

@Suite struct YAMLByTheStandard {
  /// Texts that a widely used reader refuses, cuts or crashes on.
  @Test(
    arguments: [
      ("one:\n- 2\n-\nfour: 5\n", ["one": [2, nil], "four": 5]),
      ("--- |\nal\n \ttext\n\n\n", "al\n \ttext\n"), ("- |\n", [""]), ("a: >\n", ["a": ""]),
      ("a: |\n text", ["a": "text\n"]), ("a: |-\n text", ["a": "text"]),
      ("a: |2-\n    x\n", ["a": "  x"]), ("a: |+\n x\n\nb: 1", ["a": "x\n\n", "b": 1]),
      ("a: >\n x\n y\n\n z\n  w\n v\n", ["a": "x y\nz\n w\nv\n"]),
      ("- - 1\n  - 2\n- a: 1\n  b: 2", [[1, 2], ["a": 1, "b": 2]]),
      ("a:\n- 1\n-\n  - 2\nb: c", ["a": [1, [2]], "b": "c"]),
      ("? a\n: - 1\n  - 2\n? b\n", ["a": [1, 2], "b": nil]),
      ("a: b\n  c\n\n  d", ["a": "b c\nd"]), ("a: 'b\n\n  c  \n  d'", ["a": "b\nc d"]),
      ("a: \"b \\\n  c\\n\n  d\"", ["a": "b c\n d"]),
      ("{a: 1, b, \"c\":2, ? d : e,}", ["a": 1, "b": nil, "c": 2, "d": "e"]),
      ("[a: 1, {b: 2}, [], ? c, \"d\":x]", [["a": 1], ["b": 2], [], ["c": nil], ["d": "x"]]),
      ("a: http://x/#y # z", ["a": "http://x/#y"]), ("a: -1 - 2", ["a": "-1 - 2"]),
      ("a: ::b?c", ["a": "::b?c"]),
      ("%YAML 1.1\n%X y\n--- # c\na: 1\n... # d\n# e\n...\n", ["a": 1]),
      ("\"\\ud83d\\ude00\\x41\\e\\_\\N\"", "😀A\u{1B}\u{A0}\u{85}"),
      ("a:\t1 \t\n\t\nb:\n - \n", ["a": 1, "b": [nil]]),
    ] as [(String, Value)])
  func whatTheStandardAllowsIsRead(text: String, value: Value) throws {
    #expect(try YAML.parse(text).value == value)
  }

  @Test(
    arguments: [
      ("a: 1\n  b: 2", .keyWithinText, 2, 3), ("a:\n  b: 1\n c: 2", .wrongIndent, 3, 2),
      ("- a\n b: 1", .keyWithinText, 2, 2),
      ("foo:\nbar", .missingColon, 2, 1), ("a: [\nb]", .wrongIndent, 2, 1),
      ("a: \"b\nc\"", .wrongIndent, 2, 1),
      ("a:\n\tb: 1", .tabAsIndent, 2, 2), ("a:\n\t- 1", .tabAsIndent, 2, 2),
      ("\ta: 1", .tabAsIndent, 1, 2), ("-\t- 1", .tabAsIndent, 1, 3),
      ("a: |\n\t\nb: 1", .tabAsIndent, 2, 1), ("a: b: c", .blockInLine, 1, 4),
      ("a: - b", .blockInLine, 1, 4), ("--- a: 1", .blockInLine, 1, 5),
      ("a: 1\n- b", .itemAmongKeys, 2, 1), ("a: 1\nb", .missingColon, 2, 1),
      ("a\nb: 1", .keyWithinText, 2, 1), ("'a\nb': 1", .keyWithinText, 2, 1),
      ("[a\n b: c]", .keyWithinText, 2, 2), ("a: 'b' c", .textBehindValue, 1, 8),
      ("[a] b", .textBehindValue, 1, 5), ("a: 'b'#c", .commentWithoutSpace, 1, 7),
      ("[a,#b\n]", .commentWithoutSpace, 1, 4), ("a: @b", .reserved("@"), 1, 4),
      ("a: `b`", .reserved("`"), 1, 4), ("a: %b", .reserved("%"), 1, 4),
      ("a: ]", .reserved("]"), 1, 4), ("[a,,b]", .reserved(","), 1, 4),
      ("[-]", .reserved("-"), 1, 2), ("a: \"b\n---\nc\"", .markerInside, 2, 1),
      ("[a\n...\n]", .markerInside, 2, 1), ("a: |x\n b", .badBlockHeader, 1, 5),
      ("a: |0\n b", .badBlockHeader, 1, 5), ("a: |++\n b", .badBlockHeader, 1, 6),
      ("a: |#c\n b", .badBlockHeader, 1, 5), ("a: |\n   \n b", .blankLineDeeper, 3, 2),
      ("%YAML 2.0\n---\na", .badDirective("%YAML 2.0"), 1, 1),
      ("%YAML 1.2\n", .directiveWithoutDocument, 2, 1),
      ("%YAML 1.2\n%YAML 1.2\n---\n", .badDirective("%YAML 1.2"), 2, 1),
    ] as [(String, NotationError.Malformation, Int, Int)])
  func whatItForbidsIsNamedWithItsPlace(
    text: String, malformation: NotationError.Malformation, line: Int, column: Int
  ) {
    let error = refusal { () throws(NotationError) in try YAML.parse(text) }
    #expect(error?.problem == .malformed(malformation))
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
  }

  @Test(
    arguments: [
      ("\"a", .endsEarly(.textEnd), 1, 3), ("'a", .endsEarly(.textEnd), 1, 3),
      ("[a", .endsEarly(.listEnd), 1, 3),
      ("[", .endsEarly(.listEnd), 1, 2), ("{a: b", .endsEarly(.mapEnd), 1, 6),
      ("{a: b]", .unexpected("]", .mapEnd), 1, 6),
      ("[a} ", .unexpected("}", .listEnd), 1, 3), ("[a: b: c]", .unexpected(":", .listEnd), 1, 6),
      ("\"\\u12\"", .badEscape("\\u12"), 1, 2),
      ("\"\\é\"", .badEscape("\\é"), 1, 2), ("\"\\ud800\"", .loneSurrogate("\\ud800"), 1, 2),
      ("\"\\udc00\"", .loneSurrogate("\\udc00"), 1, 2),
      ("\"\\U00110000\"", .badEscape("\\U00110000"), 1, 2), ("{: a}", .keyIsNotText(""), 1, 2),
      ("[? ]", .keyIsNotText(""), 1, 4), ("{1: a}", .keyIsNotText("1"), 1, 2),
      ("? 1\n: a", .keyIsNotText("1"), 1, 3), ("?\n- a\n: b", .keyIsCollection, 2, 1),
      ("[[a]: b]", .keyIsCollection, 1, 2), ("a\n...\nb", .severalDocuments, 3, 1),
    ] as [(String, NotationError.Problem, Int, Int)])
  func whatEndsEarlyOrIsNoKeyIsNamedWithItsPlace(
    text: String, problem: NotationError.Problem, line: Int, column: Int
  ) {
    let error = refusal { () throws(NotationError) in try YAML.parse(text) }
    #expect(error?.problem == problem)
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
  }

  @Test func keysHaveALimit() throws {
    let longest = String(repeating: "é", count: 1023)
    let value = try YAML.parse("\(longest): 1\n\(longest.dropLast())k: 2").value
    #expect(value.map?.count == 2)
    for text in ["\(longest)ab: 1", "a: 1\n\(longest)ab: 2"] {
      let error = refusal { () throws(NotationError) in try YAML.parse(text) }
      #expect(error?.problem == .malformed(.keyTooLong(limit: 1024)))
    }
  }

  @Test func everyRefusalHasASentence() {
    let texts = [
      "a: @b", "a: b: c", "a: 1\nb", "\ta: 1", "a: *x", "1: a", "[a", "a: .inf", "a: \u{1}",
    ]
    for text in texts {
      let error = refusal { () throws(NotationError) in try YAML.parse(text) }
      #expect(error?.message.isEmpty == false)
      #expect(error?.hint?.isEmpty == false || text == "[a")
    }
  }
}
