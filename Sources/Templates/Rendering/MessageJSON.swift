package import Notation

extension Rendering {
  /// The messages as compact JSON.
  package var messagesJSON: [UInt8] {
    var output = Buffer<UInt8>(capacity: bytes.count * 9 / 8)
    append(messagesJSONTo: &output)
    return output.finish()
  }

  /// Writes the messages as compact JSON, `[{"role":…,"content":[…]},…]`, without a value in
  /// between.
  package func append(messagesJSONTo output: inout Buffer<UInt8>) {
    output.append("[")
    for (index, message) in layout.messages.enumerated() {
      if index > 0 { output.append(",") }
      output.append("{\"role\":\"")
      output.append(message.role.jsonName)
      output.append("\",\"content\":[")
      switch message.origin {
      case .rendered(let first, let end):
        for part in first..<end {
          if part > first { output.append(",") }
          append(layout.parts[Int(part)], to: &output)
        }
        output.append("]}")
      case .history(let index, let placement): append(index, placement, to: &output)
      }
    }
    output.append("]")
  }

  private func append(_ part: MessageLayout.PartSpan, to output: inout Buffer<UInt8>) {
    switch part.content {
    case .text:
      output.append("{\"text\":")
      output.append(json: bytes.span, from: Int(part.start), to: Int(part.end))
      output.append("}")
    case .mark(let index):
      let mark = marks[Int(index)]
      guard mark.kind == .media else {
        output.append("{\"metadata\":{\"purpose\":")
        append(mark.label, to: &output)
        output.append(",\"pending\":true}}")
        return
      }
      output.append("{\"media\":{\"url\":")
      append(mark.label, to: &output)
      if let contentType = mark.contentType {
        output.append(",\"contentType\":")
        append(contentType, to: &output)
      }
      output.append("}}")
    }
  }

  private func append(_ label: LabelRange, to output: inout Buffer<UInt8>) {
    output.append(json: labels.span, from: Int(label.start), to: Int(label.end))
  }

  /// The rest of a caller's message, behind `"content":[`.
  private func append(
    _ index: Int32, _ placement: MessageLayout.MessageSpan.Placement, to output: inout Buffer<UInt8>
  ) {
    let tape = input.tape
    let message = historyCell(index)
    let content = tape.member("content", of: message)
    for place in content.offset..<content.end {
      if place > content.offset { output.append(",") }
      output.append(json: tape.entries[place].cell, tape)
    }
    output.append("]")
    let metadata = tape.member("metadata", of: message)
    switch placement {
    case .byDefault:
      if metadata.kind == .map {
        output.append(",\"metadata\":")
        output.append(json: metadata, tape)
      }
    case .byTemplate:
      var map = tape.value(of: metadata).map ?? ValueMap()
      map["purpose"] = "history"
      output.append(",\"metadata\":")
      output.append(JSON.bytes(.map(map))[...])
    }
    output.append("}")
  }
}

extension Role {
  fileprivate var jsonName: String {
    switch self {
    case .user: "user"
    case .model: "model"
    case .tool: "tool"
    case .system: "system"
    }
  }
}

extension Buffer<UInt8> {
  /// Appends a text in quotes, with the escapes that JSON asks for and no others.
  mutating func append(json text: borrowing Span<UInt8>, from start: Int, to end: Int) {
    append(UInt8(ascii: "\""))
    var place = start
    while true {
      let next = text.firstEscape(from: place, to: end)
      append(text, from: place, count: next - place)
      guard next < end else { break }
      append(escape: text[next])
      place = next + 1
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a string of an input in quotes.
  @inline(__always)
  mutating func append(json offset: Int, count size: Int, of tape: borrowing Tape) {
    if tape.isVerbatim {
      append(tape.bytes.span, from: offset - 1, count: size + 2)
    } else {
      append(json: tape.bytes.span, from: offset, to: offset + size)
    }
  }

  /// Appends a value of an input as compact JSON.
  mutating func append(json cell: Cell, _ tape: borrowing Tape) {
    switch cell.kind {
    case .missing, .null: append("null")
    case .no: append("false")
    case .yes: append("true")
    case .number: append(number: cell.number)
    case .string: append(json: cell.offset, count: cell.count, of: tape)
    case .list, .map:
      append(cell.kind == .map ? UInt8(ascii: "{") : UInt8(ascii: "["))
      for index in cell.offset..<cell.end {
        if index > cell.offset { append(UInt8(ascii: ",")) }
        let entry = tape.entries[index]
        if cell.kind == .map {
          append(json: entry.key.offset, count: entry.key.count, of: tape)
          append(UInt8(ascii: ":"))
        }
        append(json: entry.cell, tape)
      }
      append(cell.kind == .map ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }
  }
}
