import Notation

/// A schema before it is compiled: what it says and where it stands.
struct SchemaSource {
  let value: Value
  let place: SchemaPlace
  let resource: Int
}

/// A place in one of the documents that a compilation has read.
struct SchemaPlace: Hashable {
  let document: Int
  var path: [PathStep]
}

/// A part of a document that has an identity of its own, as `$id` gives it.
struct SchemaResource {
  let base: URIReference
  let root: SchemaPlace
  let dialect: Dialect
  var anchors: [String: SchemaPlace] = [:]
  var dynamicAnchors: [String: SchemaPlace] = [:]
}

/// Every document that a compilation has read, and the identifiers in them.
struct SchemaLibrary {
  /// Finds a document that is not at hand; outside the tests nothing is ever found.
  typealias Remotes = (String) -> Value?

  private(set) var resources: [SchemaResource] = []
  private var documents: [Value] = []
  private var byURI: [String: Int] = [:]
  private var byRoot: [SchemaPlace: Int] = [:]
  private let remotes: Remotes

  init(remotes: @escaping Remotes) { self.remotes = remotes }

  /// Takes a document in, with all identifiers in it, and gives its root.
  mutating func add(_ document: Value, uri: String) throws(SchemaError) -> SchemaSource {
    let place = SchemaPlace(document: documents.count, path: [])
    documents.append(document)
    let resource = try addResource(
      document, at: place, base: URIReference(uri), inheriting: .standard)
    try index(document, at: place, in: resource)
    return SchemaSource(value: document, place: place, resource: resource)
  }

  /// The schema that a reference inside of `source` names.
  mutating func resolve(
    _ reference: String, from source: SchemaSource
  ) throws(SchemaError) -> SchemaSource {
    let path = source.place.path
    let target = URIReference(reference).resolved(against: resources[source.resource].base)
    let resource = try resource(target.withoutFragment.description, path: path)
    let fragment = target.fragment?.percentDecoded ?? ""
    if fragment.isEmpty { return self.source(at: resources[resource].root, in: resource) }
    if let place = resources[resource].anchors[fragment] {
      return self.source(at: place, in: resource)
    }
    guard let found = follow(fragment, in: resource) else {
      throw SchemaError(problem: .danglingReference(reference), path: path)
    }
    return found
  }

  /// The schema one or more steps below another one, which may begin a resource of its own.
  func child(of source: SchemaSource, _ value: Value, _ steps: PathStep...) -> SchemaSource {
    let place = SchemaPlace(document: source.place.document, path: source.place.path + steps)
    return SchemaSource(value: value, place: place, resource: byRoot[place] ?? source.resource)
  }

  /// The schemas that a `$dynamicRef` to this anchor may mean, one a resource that has it.
  func dynamicTargets(_ anchor: String) -> [SchemaSource] {
    resources.indices.compactMap { resource in
      resources[resource].dynamicAnchors[anchor].map { source(at: $0, in: resource) }
    }
  }

  /// Whether the reference names a dynamic anchor, so that the dynamic scope decides.
  func isDynamic(_ anchor: String, at place: SchemaPlace, in resource: Int) -> Bool {
    resources[resource].dynamicAnchors[anchor] == place
  }
}

extension SchemaLibrary {
  private mutating func resource(
    _ uri: String, path: [PathStep]
  ) throws(SchemaError) -> Int {
    if let known = byURI[uri] { return known }
    guard let document = Metaschema.document(uri) ?? remotes(uri) else {
      throw SchemaError(problem: .remoteReference(uri), path: path)
    }
    let added = try add(document, uri: uri).resource
    byURI[uri] = added
    return added
  }

  private func follow(_ pointer: String, in resource: Int) -> SchemaSource? {
    guard let tokens = JSONPointer.tokens(pointer) else { return nil }
    var current = source(at: resources[resource].root, in: resource)
    for token in tokens {
      guard let (step, value) = current.value.child(token) else { return nil }
      current = child(of: current, value, step)
    }
    return current
  }

  private func source(at place: SchemaPlace, in resource: Int) -> SchemaSource {
    var value = documents[place.document]
    for step in place.path {
      switch step {
      case .key(let key): value = value[key] ?? .null
      case .index(let index): value = value.list?[index] ?? .null
      }
    }
    return SchemaSource(value: value, place: place, resource: resource)
  }

  private mutating func addResource(
    _ value: Value, at place: SchemaPlace, base: URIReference, inheriting outer: Dialect
  ) throws(SchemaError) -> Int {
    let dialect = try dialect(of: value, at: place, inheriting: outer)
    let id = Self.identifier(in: value, dialect: dialect)
    let uri = (id ?? base).resolved(against: base).withoutFragment
    let resource = resources.count
    resources.append(SchemaResource(base: uri, root: place, dialect: dialect))
    guard byURI.updateValue(resource, forKey: uri.description) == nil else {
      throw SchemaError(
        problem: .duplicateIdentifier(uri.description), path: place.path + [.key("$id")])
    }
    byRoot[place] = resource
    return resource
  }

  private mutating func dialect(
    of value: Value, at place: SchemaPlace, inheriting outer: Dialect
  ) throws(SchemaError) -> Dialect {
    guard let named = value["$schema"] else { return outer }
    let path = place.path + [.key("$schema")]
    guard let uri = named.string else {
      throw SchemaError(problem: .keyword("$schema", expected: .reference), path: path)
    }
    if let dialect = Dialect(schema: uri) { return dialect }
    guard let dialect = remotes(uri).flatMap(Dialect.init(metaschema:)) else {
      throw SchemaError(problem: .unknownDialect(uri), path: path)
    }
    return dialect
  }

  /// What `$id` says, unless it is draft 7's way to spell an anchor or stands beside its `$ref`.
  private static func identifier(in value: Value, dialect: Dialect) -> URIReference? {
    guard let id = value["$id"]?.string else { return nil }
    if dialect.draft == .seven, value["$ref"] != nil { return nil }
    let reference = URIReference(id)
    return reference.withoutFragment.description.isEmpty ? nil : reference
  }
}

extension SchemaLibrary {
  /// Notes the identifiers of a schema and of all schemas below it.
  private mutating func index(
    _ value: Value, at place: SchemaPlace, in outer: Int
  ) throws(SchemaError) {
    guard place.path.count <= Schema.depthLimit else {
      throw SchemaError(problem: .tooDeep(limit: Schema.depthLimit), path: place.path)
    }
    guard case .map(let map) = value else { return }
    var resource = outer
    let dialect = resources[outer].dialect
    if byRoot[place] == nil, Self.identifier(in: value, dialect: dialect) != nil {
      resource = try addResource(
        value, at: place, base: resources[outer].base, inheriting: dialect)
    }
    try noteAnchors(of: value, at: place, in: resource)
    for (keyword, shape) in resources[resource].dialect.applicators {
      guard let below = map[keyword] else { continue }
      let under = SchemaPlace(document: place.document, path: place.path + [.key(keyword)])
      try index(below, shape, at: under, in: resource)
    }
  }

  private mutating func index(
    _ value: Value, _ shape: Dialect.Shape, at place: SchemaPlace, in resource: Int
  ) throws(SchemaError) {
    switch (shape, value) {
    case (.schema, _): try index(value, at: place, in: resource)
    case (.schemas, .list(let list)):
      for (index, item) in list.enumerated() {
        try self.index(item, at: place.below(.index(index)), in: resource)
      }
    case (.schemasByName, .map(let map)):
      for (key, member) in map.entries {
        try index(member, at: place.below(.key(key)), in: resource)
      }
    case (.schemas, _), (.schemasByName, _): break
    }
  }

  private mutating func noteAnchors(
    of value: Value, at place: SchemaPlace, in resource: Int
  ) throws(SchemaError) {
    var names: [String] = []
    switch resources[resource].dialect.draft {
    case .seven:
      if let id = value["$id"]?.string, id.utf8.first == UInt8(ascii: "#"), id.utf8.count > 1 {
        names = [String(id.dropFirst())]
      }
    case .twentyTwelve:
      if let name = value["$anchor"]?.string { names.append(name) }
      if let name = value["$dynamicAnchor"]?.string {
        resources[resource].dynamicAnchors[name] = place
        names.append(name)
      }
    }
    for name in names {
      let former = resources[resource].anchors.updateValue(place, forKey: name)
      guard former == nil || former == place else {
        throw SchemaError(problem: .duplicateIdentifier(name), path: place.path)
      }
    }
  }
}

extension SchemaPlace {
  fileprivate func below(_ step: PathStep) -> SchemaPlace {
    SchemaPlace(document: document, path: path + [step])
  }
}

extension String {
  /// The text with `%41` read as `A`; what is no UTF-8 afterwards stays as it was.
  var percentDecoded: String {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    let bytes = Array(utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self) ?? self
  }
}
