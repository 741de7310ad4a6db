import Glibc

/// The machine's clocks, and waiting.
package enum Clock {
  /// Whole seconds since 1970, UTC.
  package static func now() -> Int64 { reading(CLOCK_REALTIME) / 1_000_000_000 }

  /// Nanoseconds since some moment in the past; never goes back, and nobody can set it.
  package static func monotonicNanoseconds() -> Int64 { reading(CLOCK_MONOTONIC) }

  /// Waits at least that long, whatever signals arrive.
  package static func pause(nanoseconds: Int64) {
    var rest = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    while true {
      let wish = rest
      if unsafe withUnsafePointer(to: wish, { unsafe nanosleep($0, &rest) }) == 0 { return }
      if errno != EINTR { return }
    }
  }

  private static func reading(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    guard unsafe clock_gettime(clock, &time) == 0 else {
      preconditionFailure("a clock that every Linux has cannot be read")
    }
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// A moment as the wall clock of this machine's time zone shows it.
package struct LocalTime: Hashable, Sendable {
  /// Full year, as in 2026.
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  /// 0 to 23.
  package var hour: Int
  /// 0 to 59.
  package var minute: Int
  /// 0 to 60.
  package var second: Int

  /// The wall-clock reading `seconds` after the start of 1970.
  package init(seconds: Int64) {
    var moment = time_t(seconds)
    var parts = unsafe tm()
    unsafe localtime_r(&moment, &parts)
    year = unsafe Int(parts.tm_year) + 1900
    month = unsafe Int(parts.tm_mon) + 1
    day = unsafe Int(parts.tm_mday)
    hour = unsafe Int(parts.tm_hour)
    minute = unsafe Int(parts.tm_min)
    second = unsafe Int(parts.tm_sec)
  }

  /// Seconds since 1970, or nil for a reading that no clock here ever shows, such as 31 April or
  /// an hour that summer time skips. Of an hour that comes twice the system's choice counts.
  package var seconds: Int64? {
    var parts = unsafe tm()
    unsafe parts.tm_year = Int32(clamping: year - 1900)
    unsafe parts.tm_mon = Int32(clamping: month - 1)
    unsafe parts.tm_mday = Int32(clamping: day)
    unsafe parts.tm_hour = Int32(clamping: hour)
    unsafe parts.tm_min = Int32(clamping: minute)
    unsafe parts.tm_sec = Int32(clamping: second)
    unsafe parts.tm_isdst = -1
    let seconds = Int64(unsafe mktime(&parts))
    return LocalTime(seconds: seconds) == self ? seconds : nil
  }
}
