import Notation

// `{{json value indent=2}}`, by the rules of `JSON.stringify`.

extension Machine {
  mutating func printJSON(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let start = offset
    let cell = try operand(op, program, tape)
    writeJSON(op, cell, program, tape)
    note(index, from: start, place: cell.place)
  }

  mutating func pushJSON(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let start = output.count
    writeJSON(op, try operand(op, program, tape), program, tape)
    let text = output.cut(to: start)
    guard scratch.count + text.count <= limits.outputSize else {
      throw error(.outputTooLarge(limit: limits.outputSize), index, program)
    }
    stepsLeft -= text.count / Self.bytesInStep
    stack.append(Cell(.string, .made, offset: scratch.count, count: text.count))
    scratch.append(contentsOf: text)
  }

  /// So many bytes of a text that is made on the way count as one step.
  private static let bytesInStep = 16

  private mutating func writeJSON(
    _ op: Op, _ cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    let indent = op.flags.contains(.hasMore) ? stack.popLast() ?? .missing : .missing
    let unit = indentUnit(indent, program, tape)
    if cell.kind == .missing {
      output.append("undefined")
    } else {
      append(json: cell, JSONIndent(unit: unit), program, tape)
    }
  }

  /// `JSON.stringify` indents by no more than this.
  private static let indentLimit = 10

  private func indentUnit(
    _ cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> [UInt8] {
    switch cell.kind {
    case .number:
      let width = min(max(cell.number.isNaN ? 0 : cell.number, 0), Double(Self.indentLimit))
      return Array(repeating: UInt8(ascii: " "), count: Int(width))
    case .string:
      let text = String(decoding: bytes(of: cell, program, tape), as: UTF8.self)
      var units = 0
      return Array(
        String(
          String.UnicodeScalarView(
            text.unicodeScalars.prefix { scalar in
              units += UTF16.width(scalar)
              return units <= Self.indentLimit
            })
        ).utf8)
    case .missing, .null, .no, .yes, .list, .map: return []
    }
  }

  private mutating func append(
    json cell: Cell, _ indent: JSONIndent, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    switch cell.kind {
    case .missing, .null: output.append("null")
    case .no: output.append("false")
    case .yes: output.append("true")
    case .number: output.append(number: cell.number)
    case .string: appendQuoted(cell, program, tape)
    case .list, .map:
      let isMap = cell.kind == .map
      output.append(isMap ? UInt8(ascii: "{") : UInt8(ascii: "["))
      let inner = indent.deeper
      for index in 0..<cell.count where output.count <= limits.outputSize {
        let entry = entry(cell, index, tape)
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output.append(inner.line[...])
        if isMap {
          appendQuoted(entry.key.cell, program, tape)
          output.append(inner.line.isEmpty ? ":" : ": ")
        }
        append(json: entry.cell, inner, program, tape)
      }
      if cell.count > 0 { output.append(indent.line[...]) }
      output.append(isMap ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }
  }
}

extension Machine {
  private mutating func appendQuoted(
    _ cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) {
    let bytes = bytes(of: cell, program, tape)
    output.append(json: bytes.span, from: 0, to: bytes.count)
  }
}

/// How the lines of a JSON text begin; without a unit there is one line.
private struct JSONIndent {
  private let unit: [UInt8]
  /// The line end and the indent behind it.
  let line: [UInt8]

  init(unit: [UInt8]) { self.init(unit: unit, line: unit.isEmpty ? [] : [UInt8(ascii: "\n")]) }

  private init(unit: [UInt8], line: [UInt8]) {
    self.unit = unit
    self.line = line
  }

  /// One level further in.
  var deeper: JSONIndent { JSONIndent(unit: unit, line: line + unit) }
}

extension Buffer<UInt8> {
  @inline(never)
  mutating func append(escape byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append("u00")
      for digit in [byte >> 4, byte & 15] {
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}
