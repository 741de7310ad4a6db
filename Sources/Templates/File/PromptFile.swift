import Notation

/// A prompt file taken apart: what it says about itself, and its template.
package struct PromptFile: Sendable {
  /// The most bytes a prompt or partial may have.
  package static let sizeLimit = 1 << 20
  /// The most bytes between the two fences.
  package static let frontMatterSizeLimit = 64 << 10

  package let source: SourceText
  /// The lines in front of the first fence: a licence, or nothing.
  package let header: String
  /// Nil where the file is a template and nothing else, as every partial is.
  package let frontMatter: FrontMatter?
  /// Where the template stands among the bytes of the source.
  package let body: Range<Int>

  /// The text of the template.
  package var bodyText: String { String(decoding: source.bytes[body], as: UTF8.self) }

  /// Reads the file of a prompt.
  package static func parse(_ source: SourceText) throws(PromptError) -> PromptFile {
    try checkText(source)
    let parts: FileParts
    do {
      parts = try FileParts(of: source)
    } catch {
      throw PromptError(.unclosedFence, in: source, at: source.position(at: error.offset))
    }
    return try PromptFile(source, parts)
  }

  /// Reads the file of a partial, which has no front matter: a fence in it is text.
  package static func parsePartial(_ source: SourceText) throws(PromptError) -> PromptFile {
    try checkText(source)
    return try PromptFile(source, FileParts(ofPartial: source))
  }

  private init(_ source: SourceText, _ parts: FileParts) throws(PromptError) {
    self.source = source
    header = String(decoding: source.bytes[parts.header], as: UTF8.self)
    body = parts.body
    frontMatter =
      if let range = parts.frontMatter {
        try FrontMatter(Self.document(in: source, range), in: source)
      } else {
        nil
      }
  }

  /// The YAML between the fences.
  static func document(
    in source: SourceText, _ range: Range<Int>
  ) throws(PromptError) -> Document {
    let start = source.position(at: range.lowerBound)
    guard range.count <= frontMatterSizeLimit else {
      throw PromptError(.frontMatterTooLarge(limit: frontMatterSizeLimit), in: source, at: start)
    }
    do {
      return try YAML.parse(Array(source.bytes[range]), from: start)
    } catch {
      throw PromptError(.frontMatter(error), in: source, at: error.position)
    }
  }

  /// Refuses what cannot be read as a text at all: too long, or no UTF-8.
  static func checkReadable(_ source: SourceText) throws(PromptError) {
    guard source.bytes.count <= sizeLimit else {
      throw PromptError(.sourceTooLarge(limit: sizeLimit), in: source, at: source.position(at: 0))
    }
    if let offset = source.firstInvalidByte {
      throw PromptError(.notUTF8, in: source, at: source.position(at: offset))
    }
  }

  private static func checkText(_ source: SourceText) throws(PromptError) {
    try checkReadable(source)
    if let first = Invisible.occurrences(in: source).first {
      throw PromptError(
        .invisible(first.scalar), in: source, at: source.position(at: first.offset))
    }
  }
}
