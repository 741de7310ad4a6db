import Testing
import TestSupport

@testable import Notation

@Suite struct BufferTests {
  @Test func whatIsAppendedStandsThereInOrderHoweverOftenItGrows() {
    var random = SeededGenerator(seed: 41)
    let source = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
    for _ in 0..<200 {
      var buffer = Buffer<UInt8>(capacity: Int.random(in: 0...40, using: &random))
      var expected: [UInt8] = []
      for _ in 0..<30 {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
          buffer.append(7)
          expected.append(7)
        case 1:
          let count = Int.random(in: 0...20, using: &random)
          buffer.append(repeating: 9, count: count)
          expected += Array(repeating: 9, count: count)
        case 2:
          buffer.append("naïve ✓")
          expected += Array("naïve ✓".utf8)
        case 3:
          let place = Int.random(in: 0...expected.count, using: &random)
          #expect(buffer.cut(to: place) == Array(expected[place...]))
          expected.removeSubrange(place...)
        default:
          let first = Int.random(in: 0...source.count, using: &random)
          let count = Int.random(in: 0...min(40, source.count - first), using: &random)
          buffer.append(source.span, from: first, count: count)
          expected += source[first..<first + count]
        }
        #expect(buffer.count == expected.count)
      }
      #expect(buffer.finish() == expected)
    }
  }

  @Test func theLastIsTakenBackAndPlacesAreRead() {
    var buffer = Buffer<Int>(capacity: 1)
    for number in 0..<10 { buffer.append(number) }
    #expect(buffer.removeLast() == 9)
    #expect(buffer[8] == 8)
    #expect(buffer.count == 9)
  }

  @Test func aPlaceOutsideOfWhatWasWrittenTraps() async {
    await #expect(processExitsWith: .failure) {
      let buffer = Buffer<UInt8>(capacity: 8)
      _ = buffer[0]
    }
    await #expect(processExitsWith: .failure) {
      var buffer = Buffer<UInt8>(capacity: 8)
      buffer.append([1, 2, 3].span, from: 2, count: 2)
    }
  }

  @Test func theFirstByteToEscapeIsFoundWhereverItStands() {
    let signs: [UInt8] = [0, 0x1F, UInt8(ascii: "\""), UInt8(ascii: "\\")]
    for length in 0..<70 {
      let plain = (0..<length).map {
        UInt8([0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xFF][$0 % 8])
      }
      #expect(plain.span.firstEscape(from: 0, to: length) == length)
      for place in 0..<length {
        for sign in signs {
          var bytes = plain
          bytes[place] = sign
          #expect(bytes.span.firstEscape(from: 0, to: length) == place)
          #expect(bytes.span.firstEscape(from: 0, to: place) == place)
          #expect(bytes.span.firstEscape(from: place + 1, to: length) == length)
        }
      }
    }
  }
}
