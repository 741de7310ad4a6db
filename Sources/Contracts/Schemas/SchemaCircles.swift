import Notation

extension SchemaNode {
  /// The schemas that speak about the same value as this one.
  var inPlaceNodes: [NodeIndex] {
    var nodes = map?.dependentSchemas.map(\.node) ?? []
    guard let inPlace else { return nodes }
    nodes += inPlace.all + inPlace.any + inPlace.one
    nodes += [inPlace.dynamic?.fallback, inPlace.not].compactMap { $0 }
    if let condition = inPlace.condition {
      nodes += [condition.test, condition.then, condition.otherwise].compactMap { $0 }
    }
    return nodes
  }
}

/// Finds a schema that comes back to itself without having stepped into the value: checking a value
/// against it would never end.
struct CircleSearch {
  private enum State { case unseen, open, done }

  private let nodes: [SchemaNode]
  private var states: [State]

  init(_ nodes: [SchemaNode]) {
    self.nodes = nodes
    states = Array(repeating: .unseen, count: nodes.count)
  }

  /// A schema on a circle; nil where there is none.
  mutating func first() -> NodeIndex? {
    for start in nodes.indices where states[start] == .unseen {
      if let found = search(from: start) { return found }
    }
    return nil
  }

  private mutating func search(from start: NodeIndex) -> NodeIndex? {
    var path: [(node: NodeIndex, left: [NodeIndex])] = []
    func open(_ node: NodeIndex) { path.append((node, nodes[node].inPlaceNodes)) }
    states[start] = .open
    open(start)
    while let last = path.indices.last {
      guard let next = path[last].left.popLast() else {
        states[path.removeLast().node] = .done
        continue
      }
      switch states[next] {
      case .open: return next
      case .done: break
      case .unseen:
        states[next] = .open
        open(next)
      }
    }
    return nil
  }
}
