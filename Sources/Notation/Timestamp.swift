/// A moment, to the second, in the years 0000 to 9999 of UTC.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970, without leap seconds.
  package let seconds: Int64

  /// A moment outside the years that RFC 3339 can write becomes the nearest inside them.
  package init(seconds: Int64) {
    self.seconds = min(max(seconds, Self.earliest), Self.latest)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.seconds < right.seconds
  }

  private static let earliest = CivilDate(year: 0, month: 1, day: 1).daysSince1970 * daySeconds
  private static let latest =
    CivilDate(year: 10_000, month: 1, day: 1).daysSince1970 * daySeconds - 1
  fileprivate static let daySeconds: Int64 = 86_400
}

extension Timestamp {
  /// Reads RFC 3339 with `Z` or an offset; a fraction is read as the second that it lies in. Leap
  /// seconds, which this type cannot hold, are refused.
  package init?(rfc3339 text: String) {
    var fields = FieldReader(Array(text.utf8))
    guard let year = fields.number(digits: 4), fields.take("-"),
      let month = fields.number(digits: 2), (1...12).contains(month), fields.take("-"),
      let day = fields.number(digits: 2), day >= 1,
      day <= CivilDate.dayCount(ofMonth: month, year: year),
      fields.take("T") || fields.take("t"),
      let hour = fields.number(digits: 2), hour < 24, fields.take(":"),
      let minute = fields.number(digits: 2), minute < 60, fields.take(":"),
      let second = fields.number(digits: 2), second < 60,
      fields.skipFraction(), let offset = fields.offsetSeconds(), fields.isAtEnd
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    let seconds = days * Self.daySeconds + hour * 3600 + minute * 60 + second - offset
    guard (Self.earliest...Self.latest).contains(seconds) else { return nil }
    self.seconds = seconds
  }
}

extension Timestamp: CustomStringConvertible {
  /// `2026-11-21T09:00:00Z`
  package var description: String {
    let time = seconds - days * Self.daySeconds
    let clock = [time / 3600, time / 60 % 60, time % 60].map { $0.padded(to: 2) }
    return "\(day)T\(clock.joined(separator: ":"))Z"
  }

  /// `2026-11-21`
  package var day: String {
    let date = CivilDate(daysSince1970: days)
    return "\(date.year.padded(to: 4))-\(date.month.padded(to: 2))-\(date.day.padded(to: 2))"
  }

  private var days: Int64 {
    (seconds - seconds.mod(Self.daySeconds)) / Self.daySeconds
  }
}

/// A day of the Gregorian calendar, also before its introduction.
private struct CivilDate {
  var year: Int64
  var month: Int64
  var day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days are counted from 1 March of year 0, so that a leap day is the last of its year: then
  /// month m of 0...11 begins on day (153 m + 2) / 5.
  init(daysSince1970 days: Int64) {
    let shifted = days + Self.epochShift
    let era = (shifted - shifted.mod(Self.eraDays)) / Self.eraDays
    let dayOfEra = shifted.mod(Self.eraDays)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear - shiftedYear.mod(400)) / 400
    let yearOfEra = shiftedYear.mod(400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.eraDays + dayOfEra - Self.epochShift
  }

  static func dayCount(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days in 400 years.
  private static let eraDays: Int64 = 146_097
  /// Days from 1 March of year 0 to 1 January 1970.
  private static let epochShift: Int64 = 719_468
}

/// Takes fields of fixed width from ASCII text.
private struct FieldReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(digits: Int) -> Int64? {
    let field = rest.prefix(digits)
    guard field.count == digits, field.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    rest.removeFirst(digits)
    return field.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// False where a point has no digit behind it.
  mutating func skipFraction() -> Bool {
    guard take(".") else { return true }
    guard number(digits: 1) != nil else { return false }
    rest = rest.drop { (0x30...0x39).contains($0) }
    return true
  }

  mutating func offsetSeconds() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hour = number(digits: 2), hour < 24, take(":"),
      let minute = number(digits: 2), minute < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hour * 3600 + minute * 60)
  }
}

extension Int64 {
  /// The remainder that is never negative.
  fileprivate func mod(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  fileprivate func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
