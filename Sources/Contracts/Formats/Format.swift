/// The formats of JSON Schema that can be asserted.
enum Format: String, CaseIterable, Sendable {
  case dateTime = "date-time"

  /// Whether a text has this format.
  func accepts(_ text: String) -> Bool { true }
}
