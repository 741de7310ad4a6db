// Structure: roles, history, media, parts. It is kept beside the bytes, never among them.

extension Machine {
  mutating func mark(_ mark: Mark, _ program: borrowing Program) {
    marks.append(mark)
  }

  mutating func markRole(_ role: Role, _ index: Int, _ program: borrowing Program) {
    writeIndentation(program)
    marks.append(
      Mark(kind: .role, role: role, op: Int32(truncatingIfNeeded: index), offset: offset))
  }

  mutating func markRoleNamed(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let cell = try operand(op, program, tape)
    guard cell.kind == .string else { throw error(.roleNotText, index, program) }
    let name = String(decoding: bytes(of: cell, program, tape), as: UTF8.self)
    guard let role = Role(rawValue: name) else {
      throw error(.unknownRole(name, nearest: Role.nearest(to: name)), index, program)
    }
    markRole(role, index, program)
  }

  mutating func markPart(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    writeIndentation(program)
    let cell = try operand(op, program, tape)
    guard cell.kind == .string else { throw error(.sectionWithoutName, index, program) }
    let label = label(cell, program, tape)
    mark(Mark(kind: .part, op: Int32(index), offset: offset, label: label), program)
  }

  mutating func markMedia(
    _ op: Op, _ index: Int, _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    writeIndentation(program)
    let url = try operand(op, program, tape)
    guard url.kind == .string else { throw error(.mediaWithoutURL, index, program) }
    let type = op.flags.contains(.hasMore) ? stack.popLast() ?? .missing : .missing
    let label = label(url, program, tape)
    let contentType = type.isMissing ? nil : self.label(type, program, tape)
    mark(
      Mark(
        kind: .media, op: Int32(index), offset: offset, label: label, contentType: contentType),
      program)
  }

  private mutating func label(
    _ cell: Cell, _ program: borrowing Program, _ tape: borrowing Tape
  ) -> LabelRange {
    let start = Int32(truncatingIfNeeded: labels.count)
    labels.append(contentsOf: text(of: cell, program, tape))
    return LabelRange(start: start, end: Int32(truncatingIfNeeded: labels.count))
  }
}
