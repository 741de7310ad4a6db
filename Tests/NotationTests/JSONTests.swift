import Notation
import TestSupport
import Testing

@Suite struct JSONReading {
  @Test func everyKindOfValueIsRead() throws {
    let value = try JSON.parse(#" {"a":[null,true,false,-1.5e2,"x"],"b":{}} "#)
    #expect(value == ["a": [nil, true, false, -150, "x"], "b": [:]])
  }

  @Test func keysKeepTheirOrder() throws {
    let value = try JSON.parse(#"{"z":1,"a":2,"m":3}"#)
    #expect(value.map?.keys == ["z", "a", "m"])
  }

  @Test func escapesBecomeTheirCharacters() throws {
    let value = try JSON.parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀""#)
    let expected = "\"\\/\u{8}\u{C}\n\r\té😀é😀"
    #expect(
      value.string?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true
    )
  }

  @Test func keysThatOnlyLookAlikeAreTwoKeys() throws {
    let value = try JSON.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value.map?.count == 2)
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test(arguments: [
    ("0", 0), ("-0", -0.0), ("1e2", 100), ("1E+2", 100), ("1e-2", 0.01), ("0.1", 0.1),
    ("123456789012345678901234567890", 1.2345678901234568e29), ("5e-324", .leastNonzeroMagnitude),
    ("2.2250738585072014e-308", 2.2250738585072014e-308), ("1e-400", 0),
    ("9007199254740993", 9_007_199_254_740_992), ("1.7976931348623157e308", 1.7976931348623157e308),
    ("0.000001", 1e-6), ("1e23", 1e23), ("8.5e22", 8.5e22), ("0e99999999999999999999", 0),
  ])
  func numbersAreTheNearestBinary64(text: String, number: Double) throws {
    let read = try JSON.parse(text).number
    #expect(read?.bitPattern == number.bitPattern)
  }

  @Test func numbersReadAsTheStandardLibraryReadsThem() throws {
    var random = SeededGenerator(seed: 0x5EED)
    for _ in 0..<20_000 {
      let digits = String(random.next() >> UInt64.random(in: 0..<64, using: &random))
      let text = "\(digits).\(random.next() % 1000)e\(Int.random(in: -40...40, using: &random))"
      let read = try JSON.parse(text).number
      #expect(read == Double(text), "seed 0x5EED, \(text)")
    }
  }
}

@Suite struct JSONRefusals {
  typealias Problem = NotationError.Problem

  @Test(
    arguments: [
      ("", .endsEarly(.value), 1, 1),
      ("  \n ", .endsEarly(.value), 2, 2),
      ("[1,]", .unexpected("]", .value), 1, 4),
      ("[1", .endsEarly(.listEnd), 1, 3),
      ("[1 2]", .unexpected("2", .listEnd), 1, 4),
      ("{", .endsEarly(.firstKey), 1, 2),
      ("{a:1}", .unexpected("a", .firstKey), 1, 2),
      ("{'a':1}", .unexpected("'", .firstKey), 1, 2),
      ("{\"a\":1,}", .unexpected("}", .key), 1, 8),
      ("{\"a\" 1}", .unexpected("1", .colon), 1, 6),
      ("{\"a\":1 \"b\":2}", .unexpected("\"", .mapEnd), 1, 8),
      ("1 1", .unexpected("1", .end), 1, 3),
      ("nul", .endsEarly(.value), 1, 4),
      ("nulL", .unexpected("L", .value), 1, 4),
      ("// x\n1", .unexpected("/", .value), 1, 1),
      ("\u{A0}1", .unexpected("\u{A0}", .value), 1, 1),
      ("+1", .unexpected("+", .value), 1, 1),
      (".5", .unexpected(".", .value), 1, 1),
      ("-", .badNumber("-"), 1, 1),
      ("01", .badNumber("01"), 1, 1),
      ("-01", .badNumber("-01"), 1, 1),
      ("1.", .badNumber("1."), 1, 1),
      ("1.e3", .badNumber("1.e3"), 1, 1),
      ("1e", .badNumber("1e"), 1, 1),
      ("-Infinity", .badNumber("-Infinity"), 1, 1),
      ("NaN", .unexpected("N", .value), 1, 1),
      ("[\n 1e400]", .numberTooLarge("1e400"), 2, 2),
      ("-1e99999", .numberTooLarge("-1e99999"), 1, 1),
      ("\"a", .endsEarly(.textEnd), 1, 3),
      ("\"a\\", .endsEarly(.textEnd), 1, 4),
      ("\"a\tb\"", .controlCharacter("\t"), 1, 3),
      ("\"\\x\"", .badEscape("\\x"), 1, 2),
      ("\"\\u12g4\"", .badEscape("\\u12g"), 1, 2),
      ("\"\\u１234\"", .badEscape("\\u１"), 1, 2),
      ("\"\\é\"", .badEscape("\\é"), 1, 2),
      ("\"\\u12\"", .badEscape("\\u12"), 1, 2),
      ("\"\\ud800\"", .loneSurrogate("\\ud800"), 1, 2),
      ("\"\\ud800\\u0041\"", .loneSurrogate("\\ud800"), 1, 2),
      ("\"\\udc00\"", .loneSurrogate("\\udc00"), 1, 2),
      ("{\"é\":1,\n \"é\":2}", .duplicateKey("é"), 2, 2),
      ("\u{FEFF}1", .byteOrderMark, 1, 1),
    ] as [(String, Problem, Int, Int)])
  func eachIsNamedWithItsPlace(text: String, problem: Problem, line: Int, column: Int) {
    let error = refusal { () throws(NotationError) in try JSON.parse(text) }
    #expect(error?.problem == problem)
    #expect(error?.position.line == line)
    #expect(error?.position.column == column)
    #expect(error?.message.isEmpty == false)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC3, 0x22], 1), ([0x22, 0x61, 0xC0, 0x80, 0x22], 2),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
      ([0xFF], 0), ([0x5B, 0xC3], 1), ([0x22, 0xE2, 0x82], 1),
    ] as [([UInt8], Int)])
  func bytesThatAreNotUTF8AreRefusedWhereTheyStand(bytes: [UInt8], offset: Int) {
    let error = refusal { () throws(NotationError) in try JSON.parse(bytes) }
    let isEnd = error?.problem == .endsEarly(.textEnd)
    #expect(error?.problem == .invalidUTF8 || isEnd && bytes.last != 0x22)
    if !isEnd { #expect(error?.position.offset == offset) }
  }

  @Test func duplicatesAreFoundAmongManyKeys() {
    let members = (0..<100).map { "\"k\($0)\":0" } + ["\"k7\":1"]
    let text = "{" + members.joined(separator: ",") + "}"
    let error = refusal { () throws(NotationError) in try JSON.parse(text) }
    #expect(error?.problem == .duplicateKey("k7"))
  }

  @Test func theDepthLimitIsExact() throws {
    let allowed = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    _ = try JSON.parse(allowed)
    let error = refusal { () throws(NotationError) in try JSON.parse("[" + allowed + "]") }
    #expect(error?.problem == .tooDeep(limit: 128))
    #expect(error?.position.offset == 128)
    let endless = refusal { () throws(NotationError) in
      try JSON.parse(String(repeating: "{\"\":", count: 1_000_000))
    }
    #expect(endless?.problem == .tooDeep(limit: 128))
  }

  @Test func theSizeLimitIsExact() throws {
    let limits = NotationLimits(byteCount: 4)
    _ = try JSON.parse("1234", limits: limits)
    let error = refusal { () throws(NotationError) in try JSON.parse("12345", limits: limits) }
    #expect(error?.problem == .tooLarge(limit: 4))
    #expect(error?.message == "the text is longer than 4 bytes")
  }

  @Test func everyByteOfATextMayBeMissingOrChanged() {
    let whole = [UInt8](text: #"{"a":[1.5e3,"x\u00e9\n",true,null,{"b":-0}],"é":"😀"}"#)
    var random = SeededGenerator(seed: 7)
    for length in whole.indices {
      #expect(throws: NotationError.self) { try JSON.parse(Array(whole[..<length])) }
    }
    for _ in 0..<20_000 {
      var bytes = whole
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
      guard let value = try? JSON.parse(bytes) else { continue }  // a refusal is a good answer
      #expect((try? JSON.parse(JSON.bytes(value))) == value, "seed 7")
    }
  }
}

@Suite struct JSONWriting {
  @Test(
    arguments: [
      (nil, "null"), (true, "true"), (-0.0, "0"), (1e21, "1e+21"), ([], "[]"), ([:], "{}"),
      ([1, "a", [nil]], "[1,\"a\",[null]]"),
      (["b": 1, "a": ["c": []]], "{\"b\":1,\"a\":{\"c\":[]}}"),
      (
        "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é\u{2028}😀<",
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u{7F}é\u{2028}😀<\""
      ),
    ] as [(Value, String)])
  func compactTextIsThatOfJSONStringify(value: Value, text: String) {
    #expect(JSON.text(value) == text)
    #expect(JSON.bytes(value) == [UInt8](text: text))
  }

  @Test func anIndentSetsEachMemberOnItsLine() {
    let value: Value = ["a": [1, []], "b": [:]]
    #expect(JSON.text(value, indent: 2) == "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {}\n}")
    #expect(JSON.text([1], indent: "\t") == "[\n\t1\n]")
  }

  @Test func anIndentIsCappedAtTen() {
    #expect(JSON.text([1], indent: 99) == JSON.text([1], indent: 10))
    #expect(JSON.text([1], indent: "0123456789abc") == "[\n01234567891\n]")
    #expect(JSON.text([1], indent: "12345678😀😀") == "[\n12345678😀1\n]")
    #expect(JSON.text([1], indent: 0) == "[1]")
    #expect(JSON.text([1], indent: -3) == "[1]")
    #expect(JSON.text([1], indent: "") == "[1]")
  }
}
