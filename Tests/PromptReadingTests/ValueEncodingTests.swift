import Testing

@testable import PromptReading

struct ValueEncodingTests {
  private struct Everything: Encodable {
    enum Mood: String, Encodable { case calm, cross }
    struct Inner: Encodable { let x: Int8, y: Float }

    let text = "é"
    let flag = true
    let whole: UInt64 = 9_007_199_254_740_992
    let part = 0.5
    let nothing: String? = nil
    let mood = Mood.cross
    let list = [Inner(x: -1, y: 1.5)]
    let map = ["key": [1, 2]]
    let given: PromptValue = ["a": nil]
  }

  private class Base: Encodable { let base = 1 }
  private final class Derived: Base {
    let derived = 2
    private enum Key: CodingKey { case derived, parts }
    override func encode(to encoder: any Encoder) throws {
      var map = encoder.container(keyedBy: Key.self)
      try map.encode(derived, forKey: .derived)
      var parts = map.nestedUnkeyedContainer(forKey: .parts)
      try parts.encodeNil()
      var inner = parts.nestedContainer(keyedBy: Key.self)
      try inner.encode("deep", forKey: .derived)
      try super.encode(to: map.superEncoder())
    }
  }

  @Test func `whatever Swift encodes becomes JSON, keys in order`() throws {
    #expect(
      try PromptValue(encoding: Everything()).json
        == #"{"text":"é","flag":true,"whole":9007199254740992,"part":0.5,"mood":"cross","#
        + #""list":[{"x":-1,"y":1.5}],"map":{"key":[1,2]},"given":{"a":null}}"#)
  }

  @Test func `containers inside containers are kept apart`() throws {
    #expect(
      try PromptValue(encoding: Derived()).json
        == #"{"derived":2,"parts":[null,{"derived":"deep"}],"super":{"base":1}}"#)
  }

  @Test func `a number that JSON cannot hold is refused with its place`() throws {
    let error = #expect(throws: ReadingError.self) {
      try PromptValue(encoding: ["a": [1, Int.max]])
    }
    #expect(error?.description.contains("/a/1") == true)
    #expect(throws: ReadingError.self) { try PromptValue(encoding: [Double.nan]) }
  }
}
