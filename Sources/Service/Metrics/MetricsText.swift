/// Metrics in the text format of Prometheus, version 0.0.4.
package struct MetricsText: Sendable {
  /// What a family of samples counts.
  package enum Kind: String, Sendable { case counter, gauge, histogram }

  /// A label's name and value.
  package typealias Label = (name: String, value: String)

  /// What was written so far; each line ends with a newline.
  package private(set) var text = ""

  /// The `Content-Type` that goes with it.
  package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// An empty text.
  package init() {}

  /// Starts a family; its samples follow at once, as the format wants them together.
  package mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// One sample of the family that was started last.
  package mutating func sample(_ name: String, _ labels: [Label] = [], _ value: Int) {
    line(name, labels, String(value))
  }

  /// One sample with a fraction.
  package mutating func sample(_ name: String, _ labels: [Label] = [], seconds: Double) {
    line(name, labels, Self.number(seconds))
  }

  static func number(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value.isNaN ? "NaN" : "\(value)"
  }

  private mutating func line(_ name: String, _ labels: [Label], _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.name)=\"\(Self.quoted($0.value))\"" }
      text += "{" + pairs.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  private static func escaped(_ text: String) -> String {
    text.flatMap { character -> String in
      switch character {
      case "\\": "\\\\"
      case "\n", "\r\n": "\\n"
      default: String(character)
      }
    }.reduce(into: "") { $0.append($1) }
  }

  private static func quoted(_ text: String) -> String {
    escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
  }
}
