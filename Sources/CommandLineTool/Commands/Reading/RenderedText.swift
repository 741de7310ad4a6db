import Notation
import PromptRegistry
import Templates

extension Session {
  /// Messages for a person: a heading for each, its parts below.
  func answer(_ rendered: RenderedPrompt, _ detail: RenderAnswer.Detail) {
    for (index, message) in rendered.rendering.messages.enumerated() {
      if index > 0 { console.answer("") }
      console.answer(ink.paint("[\(message.role.rawValue)]", .heading))
      for part in message.content {
        switch part {
        case .text(let text): console.answer(text.visible)
        case .media, .section, .other: console.answer(JSON.text(part.value).visible)
        }
      }
    }
    guard case .provenance = detail else { return }
    console.answer("")
    for span in rendered.rendering.provenance {
      let place = [span.template, span.position.map { "\($0.line):\($0.column)" }]
        .compactMap { $0 }.joined(separator: ":")
      console.answer(
        "message \(span.message) part \(span.part) bytes \(span.range.lowerBound)"
          + "..<\(span.range.upperBound)  \(JSON.text(span.value["path"] ?? .null))  \(place)")
    }
  }
}
