/// Who says a message.
package enum Role: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case user, model, tool, system

  /// The role that was probably meant; other vendors have other words for it.
  static func nearest(to name: String) -> String? {
    let word = name.lowercased()
    return (otherWords[word] ?? Role(rawValue: word))?.rawValue
      ?? Nearest.to(word, among: allCases.map(\.rawValue))
  }

  private static let otherWords: [String: Role] = [
    "assistant": .model, "ai": .model, "bot": .model, "developer": .system, "human": .user,
    "function": .tool,
  ]
}
