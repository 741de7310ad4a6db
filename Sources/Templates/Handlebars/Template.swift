package import Notation

/// A parsed template: one tree for rendering, lint, compatibility and diff.
package struct Template: Sendable {
  /// The file or partial name that errors carry.
  package let name: String
  /// The bytes of the whole file; every range of the tree points into them.
  package let source: [UInt8]
  /// The part of the file that is template.
  package let range: Range<Int>
  package let dialect: Dialect
  package let nodes: [TemplateNode]
  /// The literal texts of the tree.
  package let texts: [TemplateText]

  /// Reads a file, or the part of it that is template: positions always count from the file's
  /// beginning.
  package static func parse(
    _ source: [UInt8], part: Range<Int>? = nil, name: String, dialect: Dialect = .dotprompt
  ) throws(TemplateError) -> Template {
    var parser = TemplateParser(source: source, part: part, name: name, dialect: dialect)
    return try parser.template()
  }

  /// Reads a template from text.
  package static func parse(
    _ source: String, name: String = "template", dialect: Dialect = .dotprompt
  ) throws(TemplateError) -> Template {
    try parse([UInt8](source.utf8), name: name, dialect: dialect)
  }

  /// The place of a byte of the file.
  package func position(at offset: Int) -> Position {
    Position(at: offset, in: source)
  }

  /// The text of a range of the file.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: source[range.lowerBound..<range.upperBound], as: UTF8.self)
  }
}
