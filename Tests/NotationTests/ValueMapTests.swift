import Notation
import TestSupport
import Testing

@Suite struct ValueMapTests {
  @Test func aMapAgreesWithAListOfPairs() {
    let seed: UInt64 = 3
    var random = SeededGenerator(seed: seed)
    var map = ValueMap()
    var pairs: [(key: String, value: Value)] = []
    for round in 0..<5_000 {
      let key = "k\(Int.random(in: 0..<40, using: &random))"
      let place = pairs.firstIndex { $0.key == key }
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        map[key] = nil
        if let place { pairs.remove(at: place) }
      case 1:
        let isNew = map.add(key, .number(Double(round)))
        #expect(isNew == (place == nil), "seed \(seed)")
        if place == nil { pairs.append((key, .number(Double(round)))) }
      default:
        map[key] = .number(Double(round))
        if let place {
          pairs[place].value = .number(Double(round))
        } else {
          pairs.append((key, .number(Double(round))))
        }
      }
      #expect(map.keys == pairs.map(\.key), "seed \(seed), round \(round)")
      #expect(map.values == pairs.map(\.value), "seed \(seed), round \(round)")
      #expect(map[key] == pairs.first { $0.key == key }?.value, "seed \(seed), round \(round)")
    }
  }

  @Test func theOrderOfKeysMakesNoDifferenceToEquality() {
    let one: Value = ["a": 1, "b": [2]]
    let other: Value = ["b": [2], "a": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != ["a": 1, "b": [3]])
    #expect(one != ["a": 1, "c": [2]])
  }

  @Test func textsAreEqualOnlyByteForByte() {
    #expect(Value.string("\u{E9}") != Value.string("e\u{301}"))
    #expect(Value.string("\u{1EA}\u{302}\u{323}") != Value.string("\u{1EA}\u{323}\u{302}"))
    #expect(Set<Value>(["\u{E9}", "e\u{301}", "\u{E9}"]).count == 2)
  }
}
