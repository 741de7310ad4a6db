import Notation

/// Takes typed fields out of the YAML of the front matter and says where one has a wrong type.
struct FrontMatterReader {
  let raw: ValueMap
  private let document: Document
  private let source: SourceText

  init(_ document: Document, in source: SourceText) throws(PromptError) {
    self.document = document
    self.source = source
    switch document.value {
    case .null: raw = ValueMap()
    case .map(let map): raw = map
    case .bool, .number, .string, .list:
      throw PromptError(
        .frontMatterNotMap(found: document.value.kindName), in: source,
        at: document.position(of: []) ?? source.position(at: 0))
    }
  }

  /// A text at the top level.
  func text(_ key: String) throws(PromptError) -> String? { try text([key]) }

  /// A text within a map at the top level.
  func text(_ key: String, of parent: String) throws(PromptError) -> String? {
    try text([parent, key])
  }

  /// The version, whose YAML is often a number; then it is the text that stands there: `1.10`.
  func version() throws(PromptError) -> String? {
    guard case .number(let number)? = raw["version"] else { return try text("version") }
    guard let position = document.position(of: [.key("version")]) else {
      return JSON.text(.number(number))
    }
    let text = source.bytes[position.offset...].prefix { byte in
      byte.isAlphanumeric || "+-._".utf8.contains(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A map at a path of keys.
  func map(_ path: [String]) throws(PromptError) -> ValueMap? {
    guard let value = try value(path) else { return nil }
    guard case .map(let map) = value else { throw wrongType(path, "a map", value) }
    return map
  }

  /// Whatever stands under a key of a map at the top level.
  func member(_ key: String, of parent: String) throws(PromptError) -> Value? {
    try value([parent, key])
  }

  /// A list of texts.
  func names(_ path: [String]) throws(PromptError) -> [String]? {
    guard let value = try value(path) else { return nil }
    guard case .list(let list) = value else { throw wrongType(path, "a list of names", value) }
    return try texts(list, at: path.map(PathStep.key))
  }

  /// The tools that are defined in place; each has at least a name.
  func toolDefinitions() throws(PromptError) -> [Value]? {
    guard let value = try value(["toolDefs"]) else { return nil }
    guard case .list(let list) = value else {
      throw wrongType(["toolDefs"], "a list of tools", value)
    }
    for (index, tool) in list.enumerated() where tool["name"]?.string == nil {
      let path = [PathStep.key("toolDefs"), .index(index)]
      throw wrongType(path, "a map with a 'name'", tool)
    }
    return list
  }

  /// The keys with a dot, each under what stands in front of its last one.
  func extensions() -> ValueMap {
    var result = ValueMap()
    for (key, value) in raw.entries {
      guard let (space, name) = Self.split(key) else { continue }
      var members = result[space]?.map ?? ValueMap()
      members[name] = value
      result[space] = .map(members)
    }
    return result
  }
}

extension FrontMatterReader {
  private static func split(_ key: String) -> (space: String, name: String)? {
    guard let dot = key.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    return (String(key[..<dot]), String(key[key.utf8.index(after: dot)...]))
  }

  private func text(_ path: [String]) throws(PromptError) -> String? {
    guard let value = try value(path) else { return nil }
    guard case .string(let text) = value else { throw wrongType(path, "a text", value) }
    return text
  }

  private func texts(_ list: [Value], at path: [PathStep]) throws(PromptError) -> [String] {
    var texts: [String] = []
    for (index, element) in list.enumerated() {
      guard case .string(let text) = element else {
        throw wrongType(path + [.index(index)], "a name", element)
      }
      texts.append(text)
    }
    return texts
  }

  /// The value at a path of keys; nil for null, and an error where a step leads into no map.
  private func value(_ path: [String]) throws(PromptError) -> Value? {
    var value = Value.map(raw)
    for (depth, key) in path.enumerated() {
      guard case .map(let map) = value else {
        throw wrongType(Array(path[..<depth]), "a map", value)
      }
      guard let next = map[key], next != .null else { return nil }
      value = next
    }
    return value
  }

  private func wrongType(_ path: [String], _ expected: String, _ found: Value) -> PromptError {
    wrongType(path.map(PathStep.key), expected, found)
  }

  private func wrongType(
    _ path: [PathStep], _ expected: String, _ found: Value
  ) -> PromptError {
    PromptError(
      .wrongType(field: path.dotted, expected: expected, found: found.kindName), in: source,
      at: document.position(of: path) ?? source.position(at: 0))
  }
}
