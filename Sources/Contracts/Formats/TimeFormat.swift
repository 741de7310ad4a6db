/// Dates, times and durations as RFC 3339 writes them.
enum TimeFormat {
  static func isDate(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    return takeDate(&scanner) && scanner.isAtEnd
  }

  static func isTime(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    return takeTime(&scanner) && scanner.isAtEnd
  }

  static func isDateTime(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    return takeDate(&scanner) && scanner.takeAny(of: "Tt") != nil && takeTime(&scanner)
      && scanner.isAtEnd
  }

  private static func takeDate(_ scanner: inout FormatScanner) -> Bool {
    guard let year = scanner.takeNumber(digits: 4), scanner.take("-"),
      let month = scanner.takeNumber(digits: 2), scanner.take("-"),
      let day = scanner.takeNumber(digits: 2), (1...12).contains(month)
    else { return false }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  private static func takeTime(_ scanner: inout FormatScanner) -> Bool {
    guard let hour = scanner.takeNumber(digits: 2), scanner.take(":"),
      let minute = scanner.takeNumber(digits: 2), scanner.take(":"),
      let second = scanner.takeNumber(digits: 2), hour < 24, minute < 60, second <= 60
    else { return false }
    if scanner.take("."), scanner.takeDigits() == 0 { return false }
    guard let offset = takeOffset(&scanner) else { return false }
    // A leap second is the last one of a day in UTC.
    let minutesOfDay = 24 * 60
    let utc = (hour * 60 + minute - offset + minutesOfDay) % minutesOfDay
    return second < 60 || utc == minutesOfDay - 1
  }

  /// Minutes east of UTC.
  private static func takeOffset(_ scanner: inout FormatScanner) -> Int? {
    guard let sign = scanner.takeAny(of: "Zz+-") else { return nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return 0 }
    guard let hours = scanner.takeNumber(digits: 2), scanner.take(":"),
      let minutes = scanner.takeNumber(digits: 2), hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (sign == UInt8(ascii: "+") ? 1 : -1)
  }

  /// Units follow each other without a gap: years, months, days, then hours, minutes, seconds; or
  /// weeks alone.
  static func isDuration(_ text: String) -> Bool {
    var scanner = FormatScanner(text)
    guard scanner.take("P") else { return false }
    var weeks = scanner
    if weeks.takeDigits() > 0, weeks.take("W") { return weeks.isAtEnd }
    let hasDate = takeUnits("YMD", &scanner)
    guard scanner.take("T") else { return hasDate && scanner.isAtEnd }
    return takeUnits("HMS", &scanner) && scanner.isAtEnd
  }

  private static func takeUnits(_ units: String, _ scanner: inout FormatScanner) -> Bool {
    var left = Array(units.unicodeScalars)[...]
    var isFirst = true
    while !left.isEmpty {
      var ahead = scanner
      guard ahead.takeDigits() > 0 else { break }
      guard let place = left.firstIndex(where: { ahead.take($0) }) else { return false }
      guard isFirst || place == left.startIndex else { return false }
      left = left[(place + 1)...]
      isFirst = false
      scanner = ahead
    }
    return !isFirst
  }
}
