import Notation
import Templates

/// What a model is to be sent.
public struct RenderedMessages: Sendable {
  /// The messages in order.
  public let messages: [PromptMessage]
  /// The model that the prompt names, if it names one.
  public let model: String?
  /// The settings that the prompt gives, such as `temperature`.
  public let config: PromptValue
  /// The digest of the input, by which a run can be found again without keeping the input.
  public let inputDigest: String
  /// Everything as Dotprompt writes it in JSON: messages, model, config, tools, output schema.
  public let json: String

  init(_ rendered: RenderedPrompt, inputDigest: String) {
    let value = rendered.value
    messages = rendered.rendering.messages.map { PromptMessage($0) }
    model = value["model"]?.string
    config = PromptValue(value["config"] ?? [:])
    json = JSON.text(value)
    self.inputDigest = inputDigest
  }
}

/// One message of a conversation.
public struct PromptMessage: Hashable, Sendable {
  /// `system`, `user`, `model` or `tool`.
  public let role: String
  /// What it consists of.
  public let content: [Part]

  /// One part of a message.
  public enum Part: Hashable, Sendable {
    case text(String)
    case media(url: String, contentType: String?)
    /// Any other part of Dotprompt, such as a tool's answer, as it is in JSON.
    case other(PromptValue)
  }

  /// A message of a conversation so far.
  public init(role: String, content: [Part]) {
    self.role = role
    self.content = content
  }

  /// A message that is one text.
  public init(role: String, text: String) { self.init(role: role, content: [.text(text)]) }

  /// Its texts, one after the other.
  public var text: String {
    content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }
}

extension PromptMessage {
  init(_ message: Message) {
    role = message.role.rawValue
    content = message.content.map { part in
      switch part {
      case .text(let text): .text(text)
      case .media(let url, let contentType): .media(url: url, contentType: contentType)
      case .section, .other: .other(PromptValue(part.value))
      }
    }
  }

  /// The message as Dotprompt writes it in JSON.
  var value: Value {
    let parts = content.map { part in
      switch part {
      case .text(let text): Message.Part.text(text).value
      case .media(let url, let type): Message.Part.media(url: url, contentType: type).value
      case .other(let value): value.value
      }
    }
    return ["role": .string(role), "content": .list(parts)]
  }
}
