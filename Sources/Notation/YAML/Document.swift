/// How a list or a map was written.
package enum CollectionStyle: Hashable, Sendable {
  /// By indentation.
  case block
  /// With brackets.
  case flow
}

/// How a scalar was written.
package enum ScalarStyle: Hashable, Sendable {
  /// Without any mark; its kind follows from its characters.
  case plain
  /// In single or double quotes.
  case quoted
  /// Below a `|` or `>`.
  case block
}

/// A value read from YAML that knows where, and how, each part of it was written.
package struct Document: Sendable {
  /// What was read; null if the text holds nothing.
  package let value: Value
  let root: Place

  /// Where the value at this path begins; nil if there is none.
  package func position(of path: [PathStep]) -> Position? {
    place(at: path)?.position
  }

  /// Where the key of the last step stands; nil if that step is no key.
  package func keyPosition(of path: [PathStep]) -> Position? {
    place(at: path)?.key?.position
  }

  /// Whether the list or map at this path stands in brackets; nil for a scalar.
  package func collectionStyle(of path: [PathStep]) -> CollectionStyle? {
    place(at: path)?.style
  }

  /// How the scalar at this path was written; nil for a list or a map.
  package func scalarStyle(of path: [PathStep]) -> ScalarStyle? {
    guard case .scalar(let style, _) = place(at: path)?.content else { return nil }
    return style
  }

  /// The plain scalars, keys among them, that YAML 1.1 reads differently, in their order.
  package var ambiguousScalars: [AmbiguousScalar] {
    var found: [AmbiguousScalar] = []
    visit { path, place in
      if let key = place.key, key.style == .plain,
        let scalar = AmbiguousScalar(key.text, .key, of: path, at: key.position)
      {
        found.append(scalar)
      }
      if case .scalar(.plain, let text) = place.content,
        let scalar = AmbiguousScalar(text, .value, of: path, at: place.position)
      {
        found.append(scalar)
      }
    }
    return found
  }

  /// The lists and maps in brackets that stand in no other brackets, in their order.
  package var flowCollections: [(path: [PathStep], position: Position)] {
    var found: [(path: [PathStep], position: Position)] = []
    visit { path, place in
      guard place.style == .flow else { return }
      let isInside = found.last.map { path.starts(with: $0.path) } ?? false
      if !isInside { found.append((path, place.position)) }
    }
    return found
  }

  /// Calls with each part of the value, parents first, and the path to it.
  private func visit(_ body: ([PathStep], Place) -> Void) {
    func visit(_ place: Place, _ path: [PathStep]) {
      body(path, place)
      switch place.content {
      case .scalar: break
      case .list(_, let places):
        for (index, place) in places.enumerated() { visit(place, path + [.index(index)]) }
      case .map(_, let places):
        for place in places { visit(place, path + [.key(place.key?.text ?? "")]) }
      }
    }
    visit(root, [])
  }

  private func place(at path: [PathStep]) -> Place? {
    var place = root
    for step in path {
      switch (step, place.content) {
      case (.key(let key), .map(_, let places)):
        guard let next = places.first(where: { $0.key?.text.hasSameBytes(as: key) == true })
        else { return nil }
        place = next
      case (.index(let index), .list(_, let places)):
        guard places.indices.contains(index) else { return nil }
        place = places[index]
      case (.key, .list), (.key, .scalar), (.index, .map), (.index, .scalar): return nil
      }
    }
    return place
  }
}

/// The written side of one value; the places of a collection are in the order of its value.
struct Place: Sendable {
  let position: Position
  let content: Content
  /// The key of a map under which it stands.
  var key: Key?

  enum Content: Sendable {
    case scalar(ScalarStyle, String)
    case list(CollectionStyle, [Place])
    case map(CollectionStyle, [Place])
  }

  /// How a collection is written; nil for a scalar.
  var style: CollectionStyle? {
    switch content {
    case .list(let style, _), .map(let style, _): style
    case .scalar: nil
    }
  }

  struct Key: Sendable {
    let text: String
    let style: ScalarStyle
    let position: Position
  }
}
