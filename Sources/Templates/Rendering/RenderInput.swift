package import Notation

/// What a template is rendered with.
package struct RenderInput: Sendable {
  let tape: Tape
  /// What names in the template mean.
  let variables: Cell
  /// The `@` variables of the caller: a map.
  let context: Cell
  /// The conversation so far: a list, or missing.
  let messages: Cell

  /// The input that lies in a tape, without context and conversation.
  init(_ tape: Tape, variables: Cell) {
    self.tape = tape
    self.variables = variables
    (context, messages) = (.missing, .missing)
  }

  /// The input that values make up.
  package init(
    variables: Value, context: ValueMap = ValueMap(), messages: [Value]? = nil
  ) {
    var builder = TapeBuilder()
    self.variables = builder.add(variables)
    self.context = builder.add(.map(context))
    self.messages = messages.map { builder.add(.list($0)) } ?? .missing
    tape = builder.tape
  }

  /// What a JSON text holds.
  package enum Layout: Sendable {
    /// The variables themselves.
    case variables
    /// A map of `input`, `messages` and `context`, each of which may be missing.
    case data
  }

  /// The input that a JSON text is, with defaults under its variables and more `@` variables.
  package init(
    json: [UInt8], _ layout: Layout = .variables, defaults: ValueMap = ValueMap(),
    context: ValueMap = ValueMap()
  ) throws(NotationError) {
    var builder = TapeBuilder(try Tape(json: json))
    let root = builder.tape.root
    var (variables, given) = (root, Cell.missing)
    switch layout {
    case .variables: messages = .missing
    case .data:
      variables = builder.tape.member("input", of: root)
      given = builder.tape.member("context", of: root)
      messages = builder.tape.member("messages", of: root)
    }
    if !defaults.isEmpty { variables = builder.merge(variables, under: defaults) }
    if !context.isEmpty { given = builder.merge(given, under: context) }
    self.variables = variables
    self.context = given
    tape = builder.tape
  }
}
