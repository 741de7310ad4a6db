import Contracts
package import Notation
import Templates

/// What a model would see for one case, before and after.
package struct CaseDifference: Sendable {
  /// The name of the case.
  package let name: String
  private let from: RenderedCase?
  private let to: RenderedCase?

  init(_ test: PromptCase, from: CompiledPrompt?, to: CompiledPrompt?) {
    name = test.name
    self.from = from.map { RenderedCase(test, of: $0) }
    self.to = to.map { RenderedCase(test, of: $0) }
  }

  /// Whether a model would see something else.
  package var isChange: Bool { from?.text != to?.text }

  /// How the messages differ.
  package var diff: TextDiff { TextDiff(from: from?.text ?? "", to: to?.text ?? "") }

  /// One line for a person: the tokens before and after.
  var summary: String {
    let sizes = [from, to].map { side in side?.tokens.map { "\($0)" } ?? "none" }
    return "tokens of case '\(name)', estimated: \(sizes[0]) -> \(sizes[1])"
  }

  /// The element of `cases` that `diff --json` answers.
  var value: Value {
    [
      "name": .string(name), "rendered": .list(diff.hunks.map(\.value)),
      "tokens": ["from": Field.number(from?.tokens), "to": Field.number(to?.tokens)],
    ]
  }
}

/// The messages of one case, as a text that can be compared.
private struct RenderedCase: Sendable {
  let text: String
  /// An estimate; nil where the case does not render.
  let tokens: Int?

  init(_ test: PromptCase, of prompt: CompiledPrompt) {
    do throws(PromptError) {
      let messages = try prompt.render(test.data).rendering.messages
      text = messages.map(\.shown).joined(separator: "\n")
      tokens = TokenEstimate(of: messages.map(\.text).joined()).count
    } catch {
      text = "(does not render: \(error.problem.message))\n"
      tokens = nil
    }
  }
}

extension Message {
  /// The role on a line of its own, then the parts.
  fileprivate var shown: String {
    "[\(role.rawValue)]\n" + content.map(\.shown).joined() + "\n"
  }
}

extension Message.Part {
  fileprivate var shown: String {
    switch self {
    case .text(let text): text
    case .media(let url, let type): "(media \(url)\(type.map { ", \($0)" } ?? ""))"
    case .section(let name): "(section \(name))"
    case .other(let value): "(\(JSON.text(value)))"
    }
  }
}
