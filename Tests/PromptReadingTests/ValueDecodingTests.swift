import Testing

@testable import PromptReading

struct ValueDecodingTests {
  private struct Everything: Codable, Equatable {
    enum Mood: String, Codable { case calm, cross }
    struct Inner: Codable, Equatable { let x: Int8, y: Float }

    var text = "é"
    var flag = true
    var whole: UInt64 = 9_007_199_254_740_992
    var part = 0.5
    var nothing: String?
    var mood = Mood.cross
    var list: [Inner?] = [Inner(x: -1, y: 1.5), nil]
    var map = ["key": [1, 2]]
  }

  private class Base: Decodable { let base: Int }
  private final class Derived: Base {
    let derived: Int
    let deep: String
    private enum Key: CodingKey { case derived, parts }
    required init(from decoder: any Decoder) throws {
      let map = try decoder.container(keyedBy: Key.self)
      derived = try map.decode(Int.self, forKey: .derived)
      var parts = try map.nestedUnkeyedContainer(forKey: .parts)
      #expect(try parts.decodeNil())
      let inner = try parts.nestedContainer(keyedBy: Key.self)
      deep = try inner.decode(String.self, forKey: .derived)
      #expect(parts.isAtEnd && parts.count == 2)
      try super.init(from: map.superDecoder())
    }
  }

  @Test func `what Swift encodes it decodes`() throws {
    let value = try PromptValue(encoding: Everything())
    #expect(try value.decoded() == Everything())
    #expect(try value.decoded(as: Everything.self) == Everything())
  }

  @Test func `containers inside containers are found`() throws {
    let value: PromptValue = [
      "derived": 2, "parts": [nil, ["derived": "deep"]], "super": ["base": 1],
    ]
    let derived = try value.decoded(as: Derived.self)
    #expect((derived.base, derived.derived, derived.deep) == (1, 2, "deep"))
  }

  @Test func `keys that a type has no property for are left out`() throws {
    let value: PromptValue = ["x": 1, "y": 2, "z": "more"]
    #expect(try value.decoded(as: Everything.Inner.self) == Everything.Inner(x: 1, y: 2))
  }

  @Test(
    arguments: [
      (["x": 1], "/", "'y' is missing"), (["x": "1", "y": 2], "/x", "it should be a number"),
      (["x": 1.5, "y": 2], "/x", "it should be a whole number that fits into Int8"),
      (["x": 128, "y": 2], "/x", "it should be a whole number that fits into Int8"),
      (["x": nil, "y": 2], "/x", "it should be a number"), ([1, 2], "/", "it should be a map"),
    ] as [(PromptValue, String, String)])
  func `what does not fit is refused with its place`(
    _ value: PromptValue, _ path: String, _ message: String
  ) {
    let error = #expect(throws: ReadingError.self) {
      try value.decoded(as: Everything.Inner.self)
    }
    #expect(error?.kind == .notDecodable)
    #expect(error?.description == "the value at '\(path)': \(message)")
  }

  @Test func `too short a list is refused with the place of what is missing`() {
    struct Pair: Decodable {
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        _ = try list.decode(Int.self)
        _ = try list.decode(Int.self)
      }
    }
    let error = #expect(throws: ReadingError.self) {
      try PromptValue(dictionaryLiteral: ("pair", [1])).decoded(as: [String: Pair].self)
    }
    #expect(error?.description == "the value at '/pair/1': it is missing")
  }
}
