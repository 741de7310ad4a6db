import Foundation
import Platform
import Testing

@Suite struct ClockTests {
  @Test func `the clock agrees with Foundation's to a second`() {
    #expect(abs(Clock.now() - Int64(Date().timeIntervalSince1970)) <= 1)
  }

  @Test func `a pause lasts at least as long as asked`() {
    let start = Clock.monotonicNanoseconds()
    Clock.pause(nanoseconds: 2_000_000)
    #expect(Clock.monotonicNanoseconds() - start >= 2_000_000)
  }

  @Test func `a wall-clock reading leads back to its moment`() {
    for seconds in [0, 1_000_000_000, 1_795_251_600, Clock.now()] as [Int64] {
      #expect(LocalTime(seconds: seconds).seconds == seconds)
    }
  }

  @Test func `a wall clock agrees with Foundation's calendar`() {
    let parts = Calendar.current.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSince1970: 1_795_251_600))
    let time = LocalTime(seconds: 1_795_251_600)
    #expect(parts.year == time.year && parts.month == time.month && parts.day == time.day)
    #expect(parts.hour == time.hour && parts.minute == time.minute && parts.second == time.second)
  }

  @Test func `a day that no month has is no time`() {
    var time = LocalTime(seconds: 1_795_251_600)
    time.month = 4
    time.day = 31
    #expect(time.seconds == nil)
  }
}

@Suite struct RandomTests {
  @Test func `random text has the length asked for and never comes twice`() {
    let texts = (0..<100).map { _ in Random.hex(16) }
    #expect(Set(texts).count == 100)
    #expect(texts.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
    #expect(Random.bytes(5).count == 5)
  }
}

@Suite struct EnvironmentTests {
  @Test func `variables, folders and names agree with Foundation's`() throws {
    let process = ProcessInfo.processInfo
    #expect(Environment.variables() == process.environment)
    #expect(try Environment.workingFolder() == FileManager.default.currentDirectoryPath)
    #expect(Environment.loginName() == NSUserName())
    #expect(Environment.processNumber() == process.processIdentifier)
  }
}
