/// Builds the one document of a stream from its events.
struct YAMLReader: ~Copyable {
  private var parser: YAMLParser
  private var cursor: PositionCursor
  private let depthLimit: Int

  init(parser: consuming YAMLParser, cursor: PositionCursor, depthLimit: Int) {
    self.parser = parser
    self.cursor = cursor
    self.depthLimit = depthLimit
  }

  /// An empty stream is null, as an empty document is.
  mutating func document() throws(Fault) -> Document {
    var part = Part(.null, .scalar(.plain, ""), at: cursor.position(at: 0))
    var documentCount = 0
    while true {
      switch try parser.next() {
      case .streamEnd: return Document(value: part.value, root: part.place)
      case .documentStart(let offset):
        documentCount += 1
        guard documentCount == 1 else { throw Fault(.severalDocuments, at: offset) }
        part = try self.part(of: try parser.next(), depth: 0)
      case .mapStart, .listStart, .collectionEnd, .scalar:
        preconditionFailure("libfyaml gave a node outside of a document")
      }
    }
  }
}

extension YAMLReader {
  /// A value and its written side.
  private struct Part {
    let value: Value
    var place: Place

    init(_ value: Value, _ content: Place.Content, at position: Position) {
      self.value = value
      place = Place(position: position, content: content)
    }
  }

  private mutating func part(of event: YAMLEvent, depth: Int) throws(Fault) -> Part {
    switch event {
    case .scalar(let text, let style, let offset):
      let value = style == .plain ? try PlainScalar.value(of: text, at: offset) : .string(text)
      return Part(value, .scalar(style, text), at: cursor.position(at: offset))
    case .listStart(let style, let offset):
      try checkDepth(depth, at: offset)
      return try list(style, at: cursor.position(at: offset), depth: depth)
    case .mapStart(let style, let offset):
      try checkDepth(depth, at: offset)
      return try map(style, at: cursor.position(at: offset), depth: depth)
    case .documentStart, .collectionEnd, .streamEnd:
      preconditionFailure("libfyaml gave no node where one must be")
    }
  }

  private mutating func list(
    _ style: CollectionStyle, at position: Position, depth: Int
  ) throws(Fault) -> Part {
    var values: [Value] = []
    var places: [Place] = []
    while true {
      let event = try parser.next()
      if case .collectionEnd = event { break }
      let part = try part(of: event, depth: depth + 1)
      values.append(part.value)
      places.append(part.place)
    }
    return Part(.list(values), .list(style, places), at: position)
  }

  private mutating func map(
    _ style: CollectionStyle, at position: Position, depth: Int
  ) throws(Fault) -> Part {
    var map = ValueMap()
    var places: [Place] = []
    while true {
      let event = try parser.next()
      if case .collectionEnd = event { break }
      let (key, offset) = try key(of: event)
      var part = try part(of: try parser.next(), depth: depth + 1)
      guard map.add(key.text, part.value) else { throw Fault(.duplicateKey(key.text), at: offset) }
      part.place.key = key
      places.append(part.place)
    }
    return Part(.map(map), .map(style, places), at: position)
  }

  private mutating func key(of event: YAMLEvent) throws(Fault) -> (Place.Key, offset: Int) {
    switch event {
    case .scalar(let text, let style, let offset):
      guard style != .plain || PlainScalar.reading(of: text) == .text else {
        throw Fault(.keyIsNotText(text), at: offset)
      }
      return (Place.Key(text: text, style: style, position: cursor.position(at: offset)), offset)
    case .listStart(_, let offset), .mapStart(_, let offset):
      throw Fault(.keyIsCollection, at: offset)
    case .documentStart, .collectionEnd, .streamEnd:
      preconditionFailure("libfyaml gave no key where one must be")
    }
  }

  private func checkDepth(_ depth: Int, at offset: Int) throws(Fault) {
    guard depth < depthLimit else { throw Fault(.tooDeep(limit: depthLimit), at: offset) }
  }
}
