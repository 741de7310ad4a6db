/// Colours for a terminal; without one every text comes out as it went in.
struct Ink: Sendable {
  /// Whether there are colours at all.
  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// What a stretch of text is, not how it looks.
  enum Role: Sendable {
    case heading, strong, faint, good, warning, bad
    case removed, added, removedWord, addedWord

    fileprivate var code: String {
      switch self {
      case .heading: "36"
      case .strong: "1"
      case .faint: "2"
      case .good, .added: "32"
      case .warning: "33"
      case .bad, .removed: "31"
      case .removedWord: "1;7;31"
      case .addedWord: "1;7;32"
      }
    }
  }

  /// The text in the colour of its role.
  func paint(_ text: String, _ role: Role) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(role.code)m\(text)\u{1B}[0m" : text
  }
}
