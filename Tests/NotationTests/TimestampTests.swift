import Foundation
import Notation
import TestSupport
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-21T09:00:00Z", 1_795_251_600),
      ("2000-02-29T23:59:59Z", 951_868_799), ("1969-12-31T23:59:59Z", -1),
      ("0000-01-01T00:00:00Z", -62_167_219_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func secondsAndTextAreOneMoment(text: String, seconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.seconds == seconds)
    #expect(Timestamp(seconds: seconds).description == text)
  }

  @Test func anOffsetIsTakenOff() {
    #expect(Timestamp(rfc3339: "2026-11-21T10:30:00+01:30")?.description == "2026-11-21T09:00:00Z")
    #expect(Timestamp(rfc3339: "2026-11-20t23:00:00-10:00")?.description == "2026-11-21T09:00:00Z")
  }

  @Test(arguments: [
    "2026-11-21T09:00:00.000Z", "2026-11-21T09:00:00.5Z", "2026-11-21T10:00:00.999999999999+01:00",
  ])
  func aFractionIsReadAsTheSecondThatItLiesIn(text: String) {
    #expect(Timestamp(rfc3339: text)?.description == "2026-11-21T09:00:00Z")
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T09:00:00", "2026-11-21 09:00:00Z", "2026-11-21T09:00:00.Z",
    "2026-11-21T09:00:00,5Z", "2026-11-21T09:00.5Z", "2026-11-21T09:00:00.5",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
    "2016-12-31T23:59:60Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00+24:00",
    "2026-1-01T00:00:00Z",
    "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "+026-01-01T00:00:00Z",
  ])
  func whatIsNoTimeOfRFC3339IsRefused(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func aMomentOutOfRangeIsTheNearestInside() {
    #expect(Timestamp(seconds: .max).description == "9999-12-31T23:59:59Z")
    #expect(Timestamp(seconds: .min).description == "0000-01-01T00:00:00Z")
  }

  @Test func datesAgreeWithFoundation() {
    var random = SeededGenerator(seed: 99)
    let formatter = ISO8601DateFormatter()
    for _ in 0..<2_000 {
      let seconds = Int64.random(in: -11_000_000_000...200_000_000_000, using: &random)
      let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(Timestamp(seconds: seconds).description == expected, "seed 99")
      #expect(Timestamp(rfc3339: expected)?.seconds == seconds, "seed 99")
    }
  }
}
