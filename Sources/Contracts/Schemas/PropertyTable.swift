import Notation

/// The properties that a schema names, each with its schema and whether it is required.
struct PropertyTable: Sendable {
  struct Property: Sendable {
    let name: String
    /// Nil for a name that only `required` has.
    var node: NodeIndex?
    var isRequired = false
    private let isASCII: Bool

    init(name: String, node: NodeIndex?, isRequired: Bool = false) {
      self.name = name
      self.node = node
      self.isRequired = isRequired
      isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    }

    /// Texts of as many bytes that Swift holds for equal are the same bytes if one is ASCII, and
    /// Swift compares faster.
    @inline(__always)
    func isNamed(_ other: String) -> Bool {
      guard name.utf8.count == other.utf8.count else { return false }
      return isASCII ? name == other : name.hasSameBytes(as: other)
    }
  }

  private(set) var properties: [Property] = []
  private(set) var requiredCount = 0
  private var places: [Name: Int] = [:]

  /// Up to this many names a scan is faster than a hash.
  static let scanLimit = 8

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

  func place(of name: String) -> Int? { places[Name(text: name)] }

  /// A text that is told apart by its bytes.
  private struct Name: Hashable {
    let text: String

    static func == (left: Name, right: Name) -> Bool { left.text.hasSameBytes(as: right.text) }

    func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  }
}
