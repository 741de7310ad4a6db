/// Where a value comes from, as far as the tree tells.
indirect enum ReferencePlace: Hashable {
  case input(TemplateReference.Source, [TemplateReference.Step])
  /// The context of a partial with `key=value` laid over it.
  case overlaid(ReferencePlace, [String: ReferencePlace])
  /// A literal, a counter, or something only a rendering knows.
  case none

  func appending(_ step: TemplateReference.Step) -> ReferencePlace {
    switch (self, step) {
    case (.input(let source, let steps), _): .input(source, steps + [step])
    case (.overlaid(let base, let names), .key(let name)):
      names[name] ?? base.appending(step)
    case (.overlaid(let base, _), _): base.appending(step)
    case (.none, _): .none
    }
  }
}

/// What names mean at one point of a template.
struct ReferenceScope {
  var place: ReferencePlace
  /// The contexts that `../` reaches, nearest first.
  var parents: [ReferencePlace] = []
  /// The names of `as |item|`.
  var names: [String: ReferencePlace] = [:]
  /// The block that `{{> @partial-block}}` stands for.
  var block: Body?

  /// Nodes, and the template in which they were written.
  struct Body {
    let branch: Branch
    let template: Template
  }

  var blockNames: [String] { Array(names.keys) }

  func entering(_ inner: ReferencePlace) -> ReferenceScope {
    guard inner != place else { return self }
    var scope = self
    scope.parents.insert(place, at: 0)
    scope.place = inner
    return scope
  }

  func naming(_ parameters: [BlockParameter], _ places: [ReferencePlace]) -> ReferenceScope {
    var scope = self
    for (index, parameter) in parameters.enumerated() {
      scope.names[parameter.name] = index < places.count ? places[index] : ReferencePlace.none
    }
    return scope
  }

  func place(of path: TemplatePath) -> ReferencePlace {
    var steps = path.steps[...]
    var place: ReferencePlace
    switch path.root {
    case .data:
      guard let first = steps.first?.name, !Self.counters.contains(first) else { return .none }
      if first == "root" { steps.removeFirst() }
      place = .input(first == "root" ? .variables : .context, [])
    case .context:
      if path.depth > 0 {
        place = path.depth <= parents.count ? parents[path.depth - 1] : .none
      } else if !path.isScoped, let first = steps.first?.name, let named = names[first] {
        steps.removeFirst()
        place = named
      } else {
        place = self.place
      }
    }
    for step in steps { place = place.appending(.key(step.name)) }
    return place
  }

  private static let counters: Set<String> = ["index", "key", "first", "last"]
}
