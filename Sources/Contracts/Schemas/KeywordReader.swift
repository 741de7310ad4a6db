import Notation

/// Reads the keywords of one schema, each in the form it must have.
struct KeywordReader {
  let map: ValueMap
  let path: [PathStep]

  subscript(_ keyword: String) -> Value? { map[keyword] }

  func number(_ keyword: String) throws(SchemaError) -> Double? {
    try read(keyword, .number, \.number)
  }

  func positiveNumber(_ keyword: String) throws(SchemaError) -> Double? {
    try read(keyword, .positiveNumber) { value in value.number.flatMap { $0 > 0 ? $0 : nil } }
  }

  func count(_ keyword: String) throws(SchemaError) -> Int? {
    try read(keyword, .count) { value in
      value.number.flatMap { $0 >= 0 && $0 == $0.rounded() ? Int(exactly: $0) ?? .max : nil }
    }
  }

  func countRange(_ least: String, _ most: String) throws(SchemaError) -> CountRange {
    CountRange(least: try count(least) ?? 0, most: try count(most))
  }

  func string(
    _ keyword: String, _ expected: SchemaError.Expectation = .string
  ) throws(SchemaError) -> String? {
    try read(keyword, expected, \.string)
  }

  func truthValue(_ keyword: String) throws(SchemaError) -> Bool? {
    try read(keyword, .truthValue, \.bool)
  }

  func names(_ keyword: String) throws(SchemaError) -> [String]? {
    try read(keyword, .names, Self.names)
  }

  func namesByName(_ keyword: String) throws(SchemaError) -> [(name: String, required: [String])]? {
    try read(keyword, .namesByName) { value in
      guard let map = value.map else { return nil }
      var lists: [(name: String, required: [String])] = []
      for (name, list) in map.entries {
        guard let names = Self.names(list) else { return nil }
        lists.append((name, names))
      }
      return lists
    }
  }

  func types() throws(SchemaError) -> TypeSet? {
    try read("type", .typeName) { value in
      if let name = value.string { return TypeSet(name: name) }
      guard let names = Self.names(value), !names.isEmpty else { return nil }
      var types: TypeSet = []
      for name in names {
        guard let type = TypeSet(name: name) else { return nil }
        types.formUnion(type)
      }
      return types
    }
  }

  func list(
    _ keyword: String, _ expected: SchemaError.Expectation
  ) throws(SchemaError) -> [Value]? {
    try read(keyword, expected, \.list)
  }

  func map(_ keyword: String) throws(SchemaError) -> ValueMap? {
    try read(keyword, .schemasByName, \.map)
  }

  func error(_ keyword: String, _ expected: SchemaError.Expectation) -> SchemaError {
    SchemaError(
      problem: .keyword(keyword, expected: expected), path: path + [.key(keyword)])
  }

  private func read<Result>(
    _ keyword: String, _ expected: SchemaError.Expectation, _ read: (Value) -> Result?
  ) throws(SchemaError) -> Result? {
    guard let value = map[keyword] else { return nil }
    guard let result = read(value) else { throw error(keyword, expected) }
    return result
  }

  private static func names(_ value: Value) -> [String]? {
    guard let list = value.list else { return nil }
    let names = list.compactMap(\.string)
    return names.count == list.count && Set(list).count == list.count ? names : nil
  }
}
