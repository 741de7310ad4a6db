import Platform
import Testing

@testable import HTTP

struct WatchTests {
  private static let second: Int64 = 1_000_000_000

  @Test func `an empty line or a handshake, and then nothing, is no request line`() {
    for (start, spared) in [(Drip.plain, 1), (Drip.secure, 3)] {
      var drip = start
      for number in 1...spared {
        drip.note(Int64(number) * Self.second, in: 0)
        // Looked at again before anything else has arrived.
        drip.note(Int64(number) * Self.second + Drip.tolerance, in: 0)
      }
      #expect(drip.start(in: 0) == nil)
      drip.note(40 * Self.second, in: 0)
      drip.note(41 * Self.second, in: 0)
      #expect(drip.start(in: 0) == 40 * Self.second)
    }
  }

  @Test func `what arrived in one rest is nothing of the next`() {
    var drip = Drip.plain
    for number in 1...3 { drip.note(Int64(number) * Self.second, in: 0) }
    #expect(drip.start(in: 0) == 2 * Self.second)
    #expect(drip.start(in: 5 * Self.second) == nil)
    drip.note(5 * Self.second, in: 5 * Self.second)
    drip.note(6 * Self.second, in: 5 * Self.second)
    #expect(drip.start(in: 5 * Self.second) == nil)
  }

  @Test func `a request lasts from the end of its line, however slowly that came`() {
    let watch = Watch(socket: -1, .plain)
    let before = Clock.monotonicNanoseconds()
    for number in 1...3 { watch.note(before + Int64(number) * Self.second) }
    watch.begin()
    #expect((before...Clock.monotonicNanoseconds()).contains(watch.startedAt))
  }
}
