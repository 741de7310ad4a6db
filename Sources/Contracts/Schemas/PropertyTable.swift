import Notation

/// The properties that a schema names, each with its schema and whether it is required.
struct PropertyTable: Sendable {
  struct Property: Sendable {
    let name: String
    /// Nil for a name that only `required` has.
    var node: NodeIndex?
    var isRequired = false
  }

  private(set) var properties: [Property] = []
  private(set) var requiredCount = 0
  private var places: [Name: Int] = [:]

  /// Up to this many names a scan is faster than a hash.
  private static let scanLimit = 8

  mutating func add(_ name: String, _ node: NodeIndex) {
    places[Name(text: name)] = properties.count
    properties.append(Property(name: name, node: node))
  }

  mutating func require(_ name: String) {
    if let place = places[Name(text: name)] {
      guard !properties[place].isRequired else { return }
      properties[place].isRequired = true
    } else {
      places[Name(text: name)] = properties.count
      properties.append(Property(name: name, node: nil, isRequired: true))
    }
    requiredCount += 1
  }

  /// The place of a name; `hint` is where it stands if the object has the order of the schema.
  func place(of name: String, hint: Int) -> Int? {
    if hint < properties.count, properties[hint].name.hasSameBytes(as: name) { return hint }
    guard properties.count > Self.scanLimit else {
      return properties.firstIndex { $0.name.hasSameBytes(as: name) }
    }
    return places[Name(text: name)]
  }

  /// A text that is told apart by its bytes.
  private struct Name: Hashable {
    let text: String

    static func == (left: Name, right: Name) -> Bool { left.text.hasSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  }
}
