/// Which rendered bytes make which message: structure comes from marks, never from the bytes.
struct MessageLayout: Sendable {
  private(set) var messages: [MessageSpan] = []
  private(set) var parts: [PartSpan] = []
  private var hasHistory = false

  /// One message: parts of the rendering, or a message of the conversation so far.
  struct MessageSpan: BitwiseCopyable {
    enum Origin: BitwiseCopyable {
      /// Parts `first..<end` of the layout.
      case rendered(first: Int32, end: Int32)
      /// A message of the input, put in by `{{history}}` or by itself.
      case history(index: Int32, placed: Placement)
    }

    enum Placement: UInt8, BitwiseCopyable { case byTemplate, byDefault }

    var role: Role
    var origin: Origin
  }

  /// One part of a rendered message.
  struct PartSpan: BitwiseCopyable {
    enum Content: BitwiseCopyable {
      /// Rendered bytes.
      case text
      /// The mark of a medium or of a section.
      case mark(Int32)
    }

    let content: Content
    let start: Int32
    let end: Int32
  }

  init(_ text: [UInt8], _ marks: [Mark], history: [Role]) {
    messages.reserveCapacity(marks.count + history.count + 1)
    parts.reserveCapacity(marks.count + 1)
    var role = Role.user
    var start: Int32 = 0
    var firstMark = 0
    for (index, mark) in marks.enumerated() where mark.kind == .role || mark.kind == .history {
      let piece = Piece(start: start, end: mark.offset, firstMark: firstMark, endMark: index)
      close(piece, role, text, marks)
      start = mark.offset
      firstMark = index + 1
      if mark.kind == .role {
        role = mark.role
      } else {
        insert(history, .byTemplate, at: messages.count)
        role = .model
      }
    }
    let end = Int32(truncatingIfNeeded: text.count)
    let last = Piece(start: start, end: end, firstMark: firstMark, endMark: marks.count)
    close(last, role, text, marks)
    placeHistory(history)
  }

  /// What stands between two marks that begin messages.
  private struct Piece {
    let start: Int32
    let end: Int32
    let firstMark: Int
    let endMark: Int
  }

  /// Makes a message of a piece, unless it is blank.
  private mutating func close(
    _ piece: Piece, _ role: Role, _ text: [UInt8], _ marks: [Mark]
  ) {
    let first = Int32(parts.count)
    var start = piece.start
    for index in piece.firstMark..<piece.endMark {
      appendText(start, marks[index].offset, text)
      start = marks[index].offset
      parts.append(PartSpan(content: .mark(Int32(index)), start: start, end: start))
    }
    appendText(start, piece.end, text)
    guard parts.count > first else { return }
    messages.append(
      MessageSpan(role: role, origin: .rendered(first: first, end: Int32(parts.count))))
  }

  private mutating func appendText(_ start: Int32, _ end: Int32, _ text: [UInt8]) {
    guard !isBlank(text, start, end) else { return }
    parts.append(PartSpan(content: .text, start: start, end: end))
  }

  private func isBlank(_ text: [UInt8], _ start: Int32, _ end: Int32) -> Bool {
    var place = Int(start)
    while place < Int(end) {
      let length = TemplateCharacters.whiteSpace(text, at: place, end: Int(end))
      if length == 0 { return false }
      place += length
    }
    return true
  }

  private mutating func insert(
    _ history: [Role], _ placement: MessageSpan.Placement, at place: Int
  ) {
    let messages = history.enumerated().map { index, role in
      MessageSpan(role: role, origin: .history(index: Int32(index), placed: placement))
    }
    self.messages.insert(contentsOf: messages, at: place)
    if placement == .byTemplate, !history.isEmpty { hasHistory = true }
  }

  /// A conversation that the template does not place goes before the last message of the user.
  private mutating func placeHistory(_ history: [Role]) {
    guard !hasHistory, !history.isEmpty else { return }
    let isBeforeLast = messages.last?.role == .user
    insert(history, .byDefault, at: messages.count - (isBeforeLast ? 1 : 0))
  }
}
