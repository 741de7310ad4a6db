import Notation
import Platform
import PromptRegistry

/// A time as people type it: RFC 3339, `14:05` today, or `7d` ago; local unless it says otherwise.
struct Moment: ArgumentValue, Hashable {
  private let text: String

  init(argument: String, of name: String) { text = argument }

  /// The time that it means now.
  func time(_ surroundings: Surroundings) throws(CommandError) -> Timestamp {
    let now = surroundings.now()
    if let time = Timestamp(rfc3339: text) { return time }
    if let seconds = Soak.seconds(text) { return Timestamp(seconds: now.seconds - Int64(seconds)) }
    if let time = minute(text, onTheDayOf: now) { return time }
    // A time without a zone or without seconds is read as RFC 3339 with what is left out.
    for ending in [":00Z", "Z"] where !text.hasSuffix("Z") {
      if let time = Timestamp(rfc3339: text + ending) { return local(time) }
    }
    if text.hasSuffix("Z"), let time = Timestamp(rfc3339: text.dropLast() + ":00Z") { return time }
    if let time = Timestamp(rfc3339: text + "T00:00:00Z") { return local(time) }
    throw .registry(.badTime(text))
  }

  private func minute(_ text: String, onTheDayOf now: Timestamp) -> Timestamp? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    var today = LocalTime(seconds: now.seconds)
    (today.hour, today.minute, today.second) = (hour, minute, 0)
    return today.seconds.map { Timestamp(seconds: $0) }
  }

  /// The moment at which the clocks of this place show what is written.
  private func local(_ written: Timestamp) -> Timestamp {
    let shown = written.description.split { !$0.isNumber }.compactMap { Int($0) }
    guard shown.count == 6 else { return written }
    var time = LocalTime(seconds: written.seconds)
    (time.year, time.month, time.day) = (shown[0], shown[1], shown[2])
    (time.hour, time.minute, time.second) = (shown[3], shown[4], shown[5])
    return time.seconds.map { Timestamp(seconds: $0) } ?? written
  }
}
