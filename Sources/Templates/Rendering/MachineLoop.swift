import Notation

// What nearly every rendering does nearly all the time: literal text, strings of the input,
// conditions and loops over lists of maps. The spans are looked up once and nothing is retained,
// which makes it several times as fast; whatever is less plain is left to the careful path.

extension Machine {
  /// Runs instructions as long as they are plain; `next` is then the first that is not.
  mutating func runPlain(
    _ program: borrowing Program, _ tape: borrowing Tape
  ) throws(RenderError) {
    let ops = program.ops.span
    let texts = program.texts.span
    let keys = program.keys.span
    let entries = tape.entries.span
    let bytes = tape.bytes.span
    var (index, steps) = (next, stepsLeft)
    var context = frames[Int(registers.context)].cell
    while steps > 0, output.count <= limits.outputSize {
      let op = ops[index]
      var size = 0
      var place: UInt32 = 0
      if op.code == .text {
        size = Int(op.count)
        output.append(texts, from: Int(op.first), count: size)
      } else if op.code == .print {
        let base = op.depth == 0 ? context : frames.context(registers.context, up: op.depth)
        let cell = Self.plainMember(of: base, op, keys, entries)
        guard cell.isInputString else { break }
        size = cell.count
        place = cell.place
        output.append(bytes, from: cell.offset, count: size)
      } else if op.code == .leave, made.isEmpty, scratch.isEmpty, closures.isEmpty {
        guard let body = frames.advanceLast(entries) else { break }
        registers.context = Int32(truncatingIfNeeded: frames.count &- 1)
        context = frames[frames.count &- 1].cell
        index = body &- 1
      } else {
        break
      }
      index &+= 1
      steps &-= 1
      if size > 0 { segments.append(Segment(index &- 1, end: output.count, place: place)) }
    }
    (next, stepsLeft) = (index, steps)
    if output.count > limits.outputSize {
      throw error(.outputTooLarge(limit: limits.outputSize), index - 1, program)
    }
  }

  /// The value that a plain path leads to; something that is no string where the path is not.
  @inline(__always)
  private static func plainMember(
    of base: Cell, _ op: Op, _ keys: borrowing Span<Key>, _ entries: borrowing Span<Entry>
  ) -> Cell {
    guard op.source == .context, op.strictness == .lenient else { return .missing }
    var cell = base
    var step = Int(op.first)
    let end = step &+ Int(op.count)
    while step < end {
      guard cell.isInputMap else { return .missing }
      let key = keys[step]
      var place = cell.offset
      let last = cell.end
      while place < last, !entries[place].key.mayEqual(key) { place &+= 1 }
      guard place < last, !key.isLong else { return .missing }
      cell = entries[place].cell
      step &+= 1
    }
    return cell
  }
}

extension [Frame] {
  /// The context so many contexts up from a frame.
  @inline(__always)
  func context(_ frame: Int32, up depth: UInt16) -> Cell {
    var frame = Int(frame)
    for _ in 0..<depth where frame >= 0 { frame = Int(self[frame].parent) }
    return frame >= 0 ? self[frame].cell : .missing
  }

  /// Goes on to the next item of a list of maps; returns where the body of the loop begins.
  @inline(__always)
  mutating func advanceLast(_ entries: borrowing Span<Entry>) -> Int? {
    let last = count &- 1
    let container = self[last].container
    let index = Int(self[last].index) &+ 1
    guard self[last].kind == .list, container.space == .input, index < container.count else {
      return nil
    }
    let item = entries[container.offset &+ index].cell
    let parent = Int(self[last].parent)
    guard item.isInputMap, parent >= 0, self[parent].cell.isInputMap,
      self[parent].cell.payload != item.payload
    else { return nil }
    self[last].index = Int32(truncatingIfNeeded: index)
    self[last].cell = item
    return Int(self[last].resume)
  }
}
