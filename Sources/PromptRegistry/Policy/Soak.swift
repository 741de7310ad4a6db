/// A length of time as people write it in a policy: `90s`, `30m`, `1h`, `7d`.
package enum Soak {
  private static let units: [(letter: Character, seconds: Int)] = [
    ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// The longest time that a policy may ask for: a year.
  package static let limitSeconds = 366 * 86_400

  /// The seconds of a text; nil for anything else, or beyond the limit.
  package static func seconds(_ text: String) -> Int? {
    guard let letter = text.last, let unit = units.first(where: { $0.letter == letter }),
      let count = Int(text.dropLast()), count >= 0, text.first != "+",
      case let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds),
      !overflow, seconds <= limitSeconds
    else { return nil }
    return seconds
  }

  /// The text with the largest unit that leaves nothing over.
  package static func text(_ seconds: Int) -> String {
    guard seconds > 0, let unit = units.first(where: { seconds % $0.seconds == 0 }) else {
      return "\(seconds)s"
    }
    return "\(seconds / unit.seconds)\(unit.letter)"
  }
}
