package import Notation

/// One message of a conversation.
package struct Message: Hashable, Sendable {
  /// Who says it.
  package let role: Role
  /// What is said, in order.
  package let content: [Part]
  /// What a caller's message carries besides, and `purpose: history` where the template put it in.
  package let metadata: ValueMap?

  /// One part of a message.
  package enum Part: Hashable, Sendable {
    case text(String)
    case media(url: String, contentType: String?)
    /// A place for something that is to come: `{{section "name"}}`.
    case section(String)
    /// A part of a caller's message that is none of these, as it was given.
    case other(Value)
  }
}

extension Message {
  /// The message as Dotprompt writes it in JSON.
  package var value: Value {
    var map = ValueMap([
      ("role", .string(role.rawValue)), ("content", .list(content.map(\.value))),
    ])
    if let metadata { map["metadata"] = .map(metadata) }
    return .map(map)
  }
}

extension Message.Part {
  /// The part as Dotprompt writes it in JSON.
  package var value: Value {
    switch self {
    case .text(let text): return ["text": .string(text)]
    case .media(let url, let contentType):
      var media = ValueMap([("url", .string(url))])
      if let contentType { media["contentType"] = .string(contentType) }
      return ["media": .map(media)]
    case .section(let name): return ["metadata": ["purpose": .string(name), "pending": true]]
    case .other(let value): return value
    }
  }

  /// A part of a caller's message.
  init(_ value: Value) {
    guard let map = value.map, map.count == 1 else {
      self = .other(value)
      return
    }
    if let text = map["text"]?.string {
      self = .text(text)
    } else if let media = map["media"]?.map, let url = media["url"]?.string, media.count == 1 {
      self = .media(url: url, contentType: nil)
    } else if let media = map["media"]?.map, let url = media["url"]?.string, media.count == 2,
      let contentType = media["contentType"]?.string
    {
      self = .media(url: url, contentType: contentType)
    } else {
      self = .other(value)
    }
  }
}
