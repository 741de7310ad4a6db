import Notation

/// A template with its partials, ready to be rendered any number of times, from any thread.
package struct CompiledTemplate: Sendable {
  private let shared: SharedProgram

  /// Compiles a template and the partials it reaches.
  ///
  /// Every partial that is named must be among `partials` by the time it is rendered; a missing
  /// one is no error before.
  package init(
    _ template: Template, partials: [String: Template] = [:]
  ) throws(TemplateError) {
    shared = SharedProgram(try Compiler.compile(template, partials: partials))
  }

  /// Renders to messages.
  package func render(
    _ input: RenderInput, limits: TemplateLimits = .standard
  ) throws(RenderError) -> Rendering {
    var machine = Machine(shared.program, input, limits: limits)
    try machine.run(shared.program, input.tape)
    let history = try machine.historyRoles(shared.program, input)
    let bytes = machine.output.finish()
    let layout = MessageLayout(bytes, machine.marks, history: history)
    return Rendering(
      bytes: bytes, segments: machine.segments.finish(), marks: machine.marks,
      labels: machine.labels,
      layout: layout, input: input, shared: shared)
  }
}

extension Machine {
  /// The roles of the caller's messages, which must be messages.
  fileprivate func historyRoles(
    _ program: borrowing Program, _ input: RenderInput
  ) throws(RenderError) -> [Role] {
    guard !input.messages.isMissing else { return [] }
    let messages = input.messages
    guard messages.kind == .list else {
      throw error(.historyNotMessages(index: nil), 0, program)
    }
    var roles: [Role] = []
    for index in 0..<messages.count {
      let message = input.tape.entries[messages.offset + index].cell
      let role = input.tape.member("role", of: message)
      guard role.kind == .string, input.tape.member("content", of: message).kind == .list else {
        throw error(.historyNotMessages(index: index), 0, program)
      }
      let name = input.tape.string(of: role)
      guard let role = Role(rawValue: name) else {
        throw error(.historyRole(name, index: index), 0, program)
      }
      roles.append(role)
    }
    return roles
  }
}
