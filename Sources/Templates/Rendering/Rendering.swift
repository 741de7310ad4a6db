import Notation

/// A rendered template: its bytes, its messages, and where each byte came from.
package struct Rendering: Sendable {
  /// The rendered text in UTF-8, without any structure.
  package let bytes: [UInt8]
  let segments: [Segment]
  let marks: [Mark]
  let labels: [UInt8]
  let layout: MessageLayout
  let input: RenderInput
  let shared: SharedProgram

  /// The rendered text, as a general Handlebars gives it.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// How many messages there are.
  package var messageCount: Int { layout.messages.count }

  /// The messages, made anew at each call.
  package var messages: [Message] { layout.messages.map(message) }

  private func message(_ span: MessageLayout.MessageSpan) -> Message {
    switch span.origin {
    case .rendered(let first, let end):
      let parts = layout.parts[Int(first)..<Int(end)].map(part)
      return Message(role: span.role, content: parts, metadata: nil)
    case .history(let index, let placement):
      let value = input.tape.value(of: historyCell(index))
      var metadata = value["metadata"]?.map
      if placement == .byTemplate {
        metadata = metadata ?? ValueMap()
        metadata?["purpose"] = "history"
      }
      return Message(
        role: span.role, content: (value["content"]?.list ?? []).map(Message.Part.init),
        metadata: metadata)
    }
  }

  private func part(_ span: MessageLayout.PartSpan) -> Message.Part {
    guard case .mark(let index) = span.content else {
      return .text(String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self))
    }
    let mark = marks[Int(index)]
    return mark.kind == .media
      ? .media(url: label(mark.label), contentType: mark.contentType.map(label))
      : .section(label(mark.label))
  }

  private func label(_ range: LabelRange) -> String {
    String(decoding: labels[Int(range.start)..<Int(range.end)], as: UTF8.self)
  }

  func historyCell(_ index: Int32) -> Cell {
    input.tape.entries[input.messages.offset + Int(index)].cell
  }
}
