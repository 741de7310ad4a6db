package import Notation

/// What asks for a rendering in JSON: an object of `input`, `messages`, `context` and the like,
/// whose bytes go into the messages without being made values first.
package struct RenderBody: Sendable {
  /// A member that the object may have; each may be missing or `null`.
  package enum Field: String, Sendable {
    case input, messages, context, provenance, docs
  }

  /// Why a text asks for nothing.
  package enum Flaw: Error, Hashable, Sendable {
    case notJSON(NotationError)
    case notAnObject
    case unknownField(String)
    case wrongKind(Field)
  }

  /// Whether it asks where every byte came from.
  package private(set) var wantsProvenance = false
  private let tape: Tape
  private var input = Cell.missing
  private var messages = Cell.missing
  private var context = Cell.missing
  private var documents = Cell.missing

  /// Reads an object that has these fields alone, each of its kind.
  package init(json: [UInt8], _ fields: [Field]) throws(Flaw) {
    do throws(NotationError) { tape = try Tape(json: json) } catch { throw .notJSON(error) }
    let root = tape.root
    guard root.kind == .map else { throw .notAnObject }
    for index in root.offset..<root.end {
      let entry = tape.entries[index]
      let name = String(decoding: tape.text(of: entry.key), as: UTF8.self)
      guard let field = Field(rawValue: name), fields.contains(field) else {
        throw .unknownField(name)
      }
      try take(entry.cell, field)
    }
  }

  private mutating func take(_ cell: Cell, _ field: Field) throws(Flaw) {
    switch (field, cell.kind) {
    case (_, .null): break
    case (.input, .map): input = cell
    case (.context, .map): context = cell
    case (.messages, .list): messages = cell
    case (.docs, .list): documents = cell
    case (.provenance, .yes), (.provenance, .no): wantsProvenance = cell.kind == .yes
    case (.input, _), (.context, _), (.messages, _), (.docs, _), (.provenance, _):
      throw .wrongKind(field)
    }
  }
}

extension RenderBody {
  /// The variables as values.
  package var variables: ValueMap { tape.value(of: input).map ?? ValueMap() }

  /// The variables as `RecordForm` writes them, which is what the digest of an input is made of.
  package var inputRecord: [UInt8] {
    var output = Buffer<UInt8>(capacity: 2 * tape.bytes.count + Self.spareSize)
    output.append(record: input.kind == .map ? input : .noMembers, tape)
    return output.finish()
  }

  private static let spareSize = 64

  /// What a template is rendered with, defaults under the variables.
  func renderInput(defaults: ValueMap) -> RenderInput {
    let context = self.context.kind == .map ? self.context : .noMembers
    if input.kind == .map && defaults.isEmpty {
      return RenderInput(tape, variables: input, context: context, messages: messages)
    }
    var builder = TapeBuilder(tape)
    let variables = builder.merge(input, under: defaults)
    return RenderInput(builder.tape, variables: variables, context: context, messages: messages)
  }

  /// The same as values.
  var data: PromptData {
    PromptData(
      input: variables, messages: tape.value(of: messages).list,
      context: tape.value(of: context).map ?? ValueMap(),
      documents: tape.value(of: documents).list)
  }
}
