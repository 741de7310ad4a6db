package import Notation

/// The JSON in what a model answered, which often stands in a fenced code block between remarks.
package struct ModelAnswer: Hashable, Sendable {
  /// Where the JSON was.
  package enum Place: Hashable, Sendable {
    /// The answer is JSON and nothing else.
    case whole
    /// It is in a fenced code block that begins on this line, counted from 1.
    case codeBlock(line: Int)

    /// The line of the code block, counted from 1; nil where the answer is nothing else.
    package var line: Int? {
      switch self {
      case .whole: nil
      case .codeBlock(let line): line
      }
    }
  }

  /// What the JSON says.
  package let value: Value
  /// Whether the answer held more than that.
  package let place: Place

  /// What was found elsewhere.
  package init(value: Value, place: Place) {
    self.value = value
    self.place = place
  }

  /// Reads an answer: the whole of it, or else its only code block that holds JSON, or else its
  /// only one marked `json`.
  ///
  /// Throws what is wrong with the answer as JSON where there is no such block, and with the block
  /// where a single one is marked `json`.
  package static func json(
    in text: String, limits: NotationLimits = .standard
  ) throws(NotationError) -> ModelAnswer {
    let bytes = Array(text.utf8)
    let whole: NotationError
    do {
      return ModelAnswer(value: try JSON.parse(bytes, limits: limits), place: .whole)
    } catch { whole = error }
    let blocks = CodeBlock.all(in: bytes)
    // Blocks of anything but JSON are passed over.
    let readable = blocks.compactMap { try? answer(in: $0, of: bytes, limits) }
    if readable.count == 1 { return readable[0] }
    let marked = blocks.filter { $0.language == "json" }
    guard marked.count == 1 else { throw whole }
    return try answer(in: marked[0], of: bytes, limits)
  }

  private static func answer(
    in block: CodeBlock, of bytes: [UInt8], _ limits: NotationLimits
  ) throws(NotationError) -> ModelAnswer {
    do {
      let value = try JSON.parse(Array(bytes[block.content]), limits: limits)
      return ModelAnswer(value: value, place: .codeBlock(line: block.line))
    } catch {
      let position = Position(
        offset: error.position.offset + block.content.lowerBound,
        line: error.position.line + block.line, column: error.position.column)
      throw NotationError(error.problem, at: position)
    }
  }
}

/// One fenced code block of Markdown.
struct CodeBlock {
  /// The line of the opening fence, counted from 1.
  let line: Int
  /// The first word after the fence, in lower case; empty if there is none.
  let language: String
  /// The bytes between the fences.
  private(set) var content: Range<Int>
  private let fence: ArraySlice<UInt8>

  /// The blocks of a text in order; one that is never closed ends with the text.
  static func all(in bytes: [UInt8]) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    var open: CodeBlock?
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (place, line) in lines.enumerated() {
      guard var block = open else {
        open = CodeBlock(opening: line, line: place + 1, in: bytes)
        continue
      }
      guard block.isClosed(by: line) else { continue }
      block.content = block.content.lowerBound..<line.startIndex
      blocks.append(block)
      open = nil
    }
    return blocks + (open.map { [$0] } ?? [])
  }

  private init?(opening: ArraySlice<UInt8>, line: Int, in bytes: [UInt8]) {
    let text = opening.drop(while: Self.isBlank)
    guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    fence = text.prefix { $0 == mark }
    let rest = text.dropFirst(fence.count)
    guard fence.count >= 3, !rest.contains(UInt8(ascii: "`")) else { return nil }
    let word = rest.drop(while: Self.isBlank).prefix { !Self.isBlank($0) }
    language = String(decoding: word, as: UTF8.self).lowercased()
    self.line = line
    content = min(opening.endIndex + 1, bytes.count)..<bytes.count
  }

  private func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop(while: Self.isBlank)
    guard text.starts(with: fence), let mark = fence.first else { return false }
    return text.drop { $0 == mark }.allSatisfy(Self.isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
