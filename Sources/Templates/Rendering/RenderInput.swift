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

  /// The input that lies in a tape.
  init(
    _ tape: Tape, variables: Cell, context: Cell = .missing, messages: Cell = .missing
  ) {
    self.tape = tape
    self.variables = variables
    self.context = context
    self.messages = messages
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

  /// The variables that a JSON text is.
  package init(json: [UInt8]) throws(NotationError) {
    let tape = try Tape(json: json)
    self.init(tape, variables: tape.root)
  }
}
