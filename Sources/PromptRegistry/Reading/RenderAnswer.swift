import Contracts
import Keys
package import Notation
package import Templates

/// What rendering a prompt answers, the same from the command line and from the service.
package struct RenderAnswer: Sendable {
  private let rendered: RenderedPrompt
  private let input: ValueMap

  /// `input` is what the caller gave; its digest lets a run be found again.
  package init(_ rendered: RenderedPrompt, input: ValueMap) {
    self.rendered = rendered
    self.input = input
  }

  /// The object; `prompt` names the version where one was rendered.
  package func value(of prompt: Resolved?, _ detail: Detail) -> Value {
    var answer = Self.fields(rendered.metadata)
    answer["messages"] = .list(rendered.rendering.messages.map(\.value))
    answer["prompt"] = prompt.map(Self.name) ?? .null
    answer["input_digest"] = Field.text(Digest(of: RecordForm.bytes(.map(input))))
    answer["provenance"] = Self.provenance(rendered.rendering, detail)
    return .map(answer)
  }

  /// How much is told.
  package enum Detail: Sendable {
    case messages
    /// Also where every byte came from.
    case provenance
  }

  /// What is told before the messages, the same for every input.
  static func fields(_ metadata: PromptMetadata) -> ValueMap {
    var fields = ValueMap([
      ("model", .null), ("config", .map(ValueMap())), ("tools", .null), ("toolDefs", .null),
      ("ext", .map(ValueMap())), ("metadata", .map(ValueMap())),
    ])
    for (key, value) in metadata.rendered.entries { fields[key] = value }
    return fields
  }

  /// Which version was rendered.
  static func name(_ prompt: Resolved) -> Value {
    [
      "name": .string(prompt.name.text), "version": Field.text(prompt.version),
      "digest": Field.text(prompt.record.digest),
    ]
  }

  static func provenance(_ rendering: Rendering, _ detail: Detail) -> Value {
    switch detail {
    case .messages: .null
    case .provenance: .list(rendering.provenance.map(\.value))
    }
  }
}

extension Provenance {
  /// One span of `provenance`.
  package var value: Value {
    var kind = "source"
    var path: [PathStep] = []
    var index: Int?
    switch origin {
    case .source: break
    case .variable(let steps): (kind, path) = ("input", steps)
    case .context(let steps): (kind, path) = ("context", steps)
    case .computed: kind = "computed"
    case .indentation: kind = "indentation"
    case .conversation(let message): (kind, index) = ("conversation", message)
    }
    return [
      "message": Field.number(message), "part": Field.number(part),
      "start": Field.number(range.lowerBound), "end": Field.number(range.upperBound),
      "kind": .string(kind), "path": path.isEmpty ? .null : .string(Self.text(path)),
      "history": Field.number(index), "file": Field.text(template),
      "line": Field.number(position?.line), "column": Field.number(position?.column),
    ]
  }

  private static func text(_ path: [PathStep]) -> String {
    path.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}
