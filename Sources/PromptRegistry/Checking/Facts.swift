package import Contracts
import Notation
package import Templates

/// What one source promises and needs, read without rendering it.
package struct Facts: Sendable {
  /// What its callers and the readers of its output feel.
  package let contract: Contract
  /// Every partial it includes, directly and through others, sorted.
  package let closure: [PromptName]

  /// Gives the source of a partial, or nil where there is none.
  package typealias PartialSource = (PromptName) throws(RegistryError) -> [UInt8]?

  /// Reads a prompt or a partial together with what it includes.
  ///
  /// Throws `.badInput` with the place of the first fault, and `.conflict` for a partial that is
  /// missing or cannot be known before rendering.
  package init(
    of name: PromptName, source: [UInt8], partial: PartialSource
  ) throws(RegistryError) {
    let text = SourceText(name: Slot.prompt(name).path, bytes: source)
    var failure: RegistryError?
    do throws(PromptError) {
      if name.isPartial {
        let template = try Prompt.template(ofPartial: text)
        let found = try Templates.Closure(of: template, candidates: nil) {
          include throws(PromptError) in
          try Self.load(include, partial, &failure).map { source throws(PromptError) in
            try Prompt.template(ofPartial: source)
          }
        }
        closure = try Self.names(in: found)
        contract = Self.contract(ofPartial: template, found)
      } else {
        let prompt = try Prompt.parse(text)
        let found = try prompt.closure { include throws(PromptError) in
          Self.load(include, partial, &failure)
        }
        closure = try Self.names(in: found)
        contract = Self.contract(of: prompt, found)
      }
    } catch {
      throw .badInput(Complaint(error))
    }
    if let failure { throw failure }
  }
}

extension Facts {
  private static func load(
    _ include: String, _ partial: PartialSource, _ failure: inout RegistryError?
  ) -> SourceText? {
    do throws(RegistryError) {
      let name = try partialName(include)
      return try partial(name).map {
        SourceText(name: Slot.prompt(name).path, bytes: $0)
      }
    } catch {
      failure = failure ?? error
      return nil
    }
  }

  private static func partialName(_ include: String) throws(RegistryError) -> PromptName {
    do throws(InvalidName) {
      return try PromptName(including: include)
    } catch {
      throw .badName(error)
    }
  }

  private static func names(in closure: Templates.Closure) throws(PromptError) -> [PromptName] {
    // Whatever was loaded had a name that could be read.
    closure.names.compactMap { try? PromptName(including: $0) }.sorted()
  }

  private static func contract(of prompt: Prompt, _ closure: Templates.Closure) -> Contract {
    var contract = Contract()
    contract.variables = Set(prompt.reads(closure).variables)
    contract.roles = prompt.roles(closure)
    contract.input = prompt.inputSchema?.value
    contract.output = prompt.outputSchema?.value
    guard let front = prompt.file.frontMatter else { return contract }
    contract.defaults = front.input.defaults
    contract.outputFormat = front.output.format
    contract.model = front.model
    contract.config = front.config
    if front.tools != nil || front.toolDefs != nil {
      contract.tools = [
        "tools": .list((front.tools ?? []).map { .string($0) }),
        "toolDefs": .list(front.toolDefs ?? []),
      ]
    }
    return contract
  }

  private static func contract(
    ofPartial template: Template, _ closure: Templates.Closure
  ) -> Contract {
    var contract = Contract()
    contract.variables = Set(template.reads(partials: closure.partials).variables)
    contract.roles = template.rolesOfPartial(partials: closure.partials)
    return contract
  }
}

extension Complaint {
  /// A fault of a prompt file.
  package init(_ error: PromptError) {
    self.init(
      file: error.source.name, position: error.position, message: error.problem.message,
      hint: error.problem.hint)
    kind = error.problem.isLimit ? .limit : .fault
    excerpt = Excerpt(of: error.source, at: error.position).lines
  }
}
