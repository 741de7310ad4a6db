/// Who says a message.
package enum Role: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case user, model, tool, system

  /// The role that was probably meant; other vendors call the model an assistant.
  static func nearest(to name: String) -> String? {
    if name.lowercased() == "assistant" { return Role.model.rawValue }
    return Nearest.to(name.lowercased(), among: allCases.map(\.rawValue))
  }
}
