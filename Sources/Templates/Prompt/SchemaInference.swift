package import Notation

/// The input schema that a template seems to have, for an author who wrote none.
package enum SchemaInference {
  /// Picoschema for what is read, in the order of reading; nil where nothing is.
  package static func picoschema(for reads: TemplateReads) -> Value? {
    var root = Shape()
    for read in reads.references where read.source == .variables {
      root.note(read.steps[...], read.use)
    }
    guard !root.members.isEmpty else { return nil }
    return root.fields
  }
}

/// What the reads say of one value.
private struct Shape {
  var uses: Set<TemplateReference.Use> = []
  var members: [(name: String, shape: Shape)] = []
  var items: [Shape] = []

  mutating func note(_ steps: ArraySlice<TemplateReference.Step>, _ use: TemplateReference.Use) {
    switch steps.first {
    case nil: uses.insert(use)
    case .item, .itemOrSelf:
      var item = items.first ?? Shape()
      item.note(steps.dropFirst(), use)
      items = [item]
    case .key(let name):
      let place = members.firstIndex { $0.name.hasSameBytes(as: name) }
      var member = place.map { members[$0].shape } ?? Shape()
      member.note(steps.dropFirst(), use)
      if let place { members[place].shape = member } else { members.append((name, member)) }
    }
  }

  /// The members as the fields of an object.
  var fields: Value {
    var map = ValueMap()
    for (name, shape) in members where Self.isPlain(name) {
      map[shape.key(name)] = shape.field
    }
    return .map(map)
  }

  /// What is tested before it is used may be left out.
  private func key(_ name: String) -> String {
    let mark = uses.contains(.tested) && !isFlag ? "?" : ""
    return name + mark + (isList ? "(array)" : "")
  }

  private var field: Value {
    if isList { return items.first?.field ?? "any" }
    if !members.isEmpty { return fields }
    if isFlag { return "boolean" }
    return uses.isSubset(of: [.json, .passed]) && !uses.isEmpty ? "any" : "string"
  }

  private var isList: Bool { !items.isEmpty || uses == [.iterated] && members.isEmpty }

  private var isFlag: Bool { uses == [.tested] && members.isEmpty && items.isEmpty }

  /// A parenthesis or a question mark means something else in a field's name.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.contains { "()?,".contains($0) }
  }
}
