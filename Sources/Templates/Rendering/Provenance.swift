package import Notation

/// Where one run of bytes in one part of one message came from.
package struct Provenance: Hashable, Sendable {
  /// What the bytes are.
  package enum Origin: Hashable, Sendable {
    /// Text of the template or partial itself.
    case source
    /// A value of the variables: the steps to it.
    case variable([PathStep])
    /// A value of the caller's `@` variables.
    case context([PathStep])
    /// A value that no input holds: a counter, a literal argument, a length.
    case computed
    /// White space that a partial's place in its line put in front of the line.
    case indentation
    /// A message, or a part of one, of the conversation so far.
    case conversation(index: Int)
  }

  /// The message, counted from 0.
  package let message: Int
  /// The part of the message, counted from 0.
  package let part: Int
  /// The bytes of the part's text; empty where the part has none.
  package let range: Range<Int>
  /// Where the bytes came from.
  package let origin: Origin
  /// The file or partial that wrote the bytes; nil for the conversation.
  package let template: String?
  /// Where in that file.
  package let position: Position?
}

extension Rendering {
  /// Where every byte of every message came from, in order.
  ///
  /// Costs a walk over the input and over the sources; rendering itself has paid for nothing.
  package var provenance: [Provenance] {
    var tracer = ProvenanceTracer(self)
    for (index, message) in layout.messages.enumerated() {
      tracer.trace(message, index)
    }
    return tracer.found
  }
}

/// Goes through a rendering and looks up where its bytes came from.
private struct ProvenanceTracer {
  private(set) var found: [Provenance] = []
  private let rendering: Rendering
  /// For each entry of the input: the entry of the list or map that it is a member of.
  private let parents: [UInt32]
  private var nextSegment = 0
  /// Where the next segment begins.
  private var segmentStart: Int32 = 0
  private var places: [Int32: Position] = [:]

  init(_ rendering: Rendering) {
    self.rendering = rendering
    let entries = rendering.input.tape.entries
    var parents = [UInt32](repeating: 0, count: entries.count)
    for (index, entry) in entries.enumerated() {
      guard entry.cell.kind == .list || entry.cell.kind == .map else { continue }
      for member in entry.cell.offset..<entry.cell.end {
        parents[member] = UInt32(truncatingIfNeeded: index)
      }
    }
    self.parents = parents
  }

  mutating func trace(_ message: MessageLayout.MessageSpan, _ index: Int) {
    switch message.origin {
    case .history(let source, _):
      found.append(
        Provenance(
          message: index, part: 0, range: 0..<0, origin: .conversation(index: Int(source)),
          template: nil, position: nil))
    case .rendered(let first, let end):
      for part in first..<end {
        trace(rendering.layout.parts[Int(part)], index, Int(part - first))
      }
    }
  }

  private mutating func trace(_ part: MessageLayout.PartSpan, _ message: Int, _ index: Int) {
    if case .mark(let mark) = part.content {
      append(rendering.marks[Int(mark)].op, .source, Spot(message: message, part: index))
      return
    }
    while nextSegment < rendering.segments.count {
      let segment = rendering.segments[nextSegment]
      if segmentStart >= part.end { return }
      let start = max(segmentStart, part.start)
      let end = min(segment.end, part.end)
      if start < end {
        let range = Int(start - part.start)..<Int(end - part.start)
        append(
          segment.op, origin(of: segment), Spot(message: message, part: index, range: range))
      }
      if segment.end > part.end { return }
      segmentStart = segment.end
      nextSegment += 1
    }
  }

  /// Bytes of one part of one message.
  private struct Spot {
    let message: Int
    let part: Int
    var range = 0..<0
  }

  private mutating func append(_ op: Int32, _ origin: Provenance.Origin, _ spot: Spot) {
    let site = rendering.shared.program.sites[Int(op)]
    let template = rendering.shared.program.sources[Int(site.source)]
    let position = places[op] ?? template.position(at: Int(site.start))
    places[op] = position
    found.append(
      Provenance(
        message: spot.message, part: spot.part, range: spot.range, origin: origin,
        template: template.name,
        position: position))
  }

  private func origin(of segment: Segment) -> Provenance.Origin {
    switch rendering.shared.program.ops[Int(segment.op)].code {
    case .text: .source
    case .call: .indentation
    case .print, .escape, .json: segment.place == 0 ? .computed : path(to: Int(segment.place))
    case .push, .jump, .branch, .branchZero, .branchEqual, .each, .with, .section, .leave,
      .lookup, .pushJSON, .drop, .role, .roleNamed, .history, .part, .media, .define, .undefine,
      .finish, .missingHelper:
      .computed
    }
  }

  /// The steps from the variables, or from the context, to an entry of the input.
  private func path(to entry: Int) -> Provenance.Origin {
    let tape = rendering.input.tape
    var steps: [PathStep] = []
    var member = entry
    while true {
      let parent = Int(parents[member])
      let holder = parent == 0 ? holder(of: member) : tape.entries[parent].cell
      guard let holder else { return .computed }
      steps.append(step(member, in: holder))
      if holder.payload == rendering.input.variables.payload {
        return .variable(steps.reversed())
      }
      if holder.payload == rendering.input.context.payload { return .context(steps.reversed()) }
      guard parent != 0 else { return .computed }
      member = parent
    }
  }

  /// The variables or the context, which are members of nothing.
  private func holder(of member: Int) -> Cell? {
    [rendering.input.variables, rendering.input.context].first { holder in
      (holder.kind == .map || holder.kind == .list)
        && (holder.offset..<holder.end).contains(member)
    }
  }

  private func step(_ member: Int, in holder: Cell) -> PathStep {
    guard holder.kind == .map else { return .index(member - holder.offset) }
    let tape = rendering.input.tape
    return .key(String(decoding: tape.text(of: tape.entries[member].key), as: UTF8.self))
  }
}
