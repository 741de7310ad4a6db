import Notation

// Every check below answers whether to go on: false only where something is broken and the first
// break is enough.

extension Schema {
  /// Whether the value holds under one schema; breaks are recorded in the run where it collects.
  func check(_ index: NodeIndex, _ value: Value, _ run: inout ValidationRun) -> Bool {
    defer { run.leave() }
    guard run.enter() else { return false }
    let failures = run.failures
    let entersResource = !dynamicTargets.isEmpty && run.scope.last != nodes[index].resource
    if entersResource { run.scope.append(nodes[index].resource) }
    defer { if entersResource { run.scope.removeLast() } }
    let goesOn =
      hasUnevaluated(index, value)
      ? run.marking { checkUnevaluated(index, value, &$0) }
      : checkRules(index, value, &run)
    return goesOn && run.failures == failures
  }

  private func checkRules(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    if nodes[index].types != .all {
      guard checkTypes(nodes[index].types, value, &run) else { return false }
    }
    if let choice = nodes[index].choice, !choice.values.contains(value) {
      guard run.goesOn(after: .choice(choice.keyword, choice.values)) else { return false }
    }
    guard checkKind(index, value, &run) else { return false }
    guard let rules = nodes[index].inPlace else { return true }
    return checkInPlace(rules, value, &run)
  }

  private func checkTypes(
    _ types: TypeSet, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    if types.holds(value) { return true }
    return types.isEmpty
      ? run.goesOn(after: .never)
      : run.goesOn(after: .type(types, found: TypeSet(of: value)))
  }

  /// The keywords that speak about values of this kind alone.
  private func checkKind(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    switch value {
    case .null, .bool: return true
    case .number(let number):
      guard let rules = nodes[index].number else { return true }
      return checkNumber(rules, number, &run)
    case .string(let text):
      guard let rules = nodes[index].string else { return true }
      return checkString(rules, text, &run)
    case .list(let list):
      guard let rules = nodes[index].list else { return true }
      return checkList(rules, list, &run)
    case .map(let map):
      guard let rules = nodes[index].map else { return true }
      return checkMap(rules, map, value, &run)
    }
  }
}

extension Schema {
  private func checkInPlace(
    _ rules: InPlaceRules, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    for node in rules.all where !check(node, value, &run) && !run.isCollecting { return false }
    if let dynamic = rules.dynamic {
      let node = target(of: dynamic, run)
      if !check(node, value, &run), !run.isCollecting { return false }
    }
    if !rules.any.isEmpty {
      guard checkAny(rules.any, value, &run) else { return false }
    }
    if !rules.one.isEmpty {
      guard checkOne(rules.one, value, &run) else { return false }
    }
    if let node = rules.not {
      guard checkNot(node, value, &run) else { return false }
    }
    guard let condition = rules.condition else { return true }
    let branch =
      run.probe { check(condition.test, value, &$0) } ? condition.then : condition.otherwise
    guard let branch else { return true }
    return check(branch, value, &run) || run.isCollecting
  }

  private func checkAny(
    _ nodes: [NodeIndex], _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    var holds = false
    for node in nodes where run.probe({ check(node, value, &$0) }) {
      holds = true
      if !run.isMarking { break }
    }
    return holds || explain(.any(nodes.count), by: nodes, value, &run)
  }

  private func checkOne(
    _ nodes: [NodeIndex], _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    var count = 0
    for node in nodes where run.probe({ check(node, value, &$0) }) { count += 1 }
    switch count {
    case 1: return true
    case 0: return explain(.one(nodes.count, found: 0), by: nodes, value, &run)
    default: return run.goesOn(after: .one(nodes.count, found: count))
    }
  }

  /// Where only one alternative is for this kind of value, what it misses says more than that no
  /// alternative fits.
  private func explain(
    _ breach: Breach, by alternatives: [NodeIndex], _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    guard run.isCollecting else { return run.goesOn(after: breach) }
    let fitting = alternatives.filter { kinds($0).holds(value) }
    guard fitting.count == 1 else { return run.goesOn(after: breach) }
    return check(fitting[0], value, &run) || run.isCollecting
  }

  /// The kinds a schema says it is for, also where it says so by a plain reference.
  private func kinds(_ index: NodeIndex) -> TypeSet {
    var types = nodes[index].types
    for node in nodes[index].inPlace?.all ?? [] { types.formIntersection(nodes[node].types) }
    return types
  }

  private func checkNot(
    _ node: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    let marks = run.marks
    let holds = run.probe { check(node, value, &$0) }
    run.marks = marks
    return !holds || run.goesOn(after: .not)
  }

  /// The outermost resource on the way here that has the anchor decides.
  private func target(
    of reference: InPlaceRules.DynamicReference, _ run: ValidationRun
  ) -> NodeIndex {
    guard let targets = dynamicTargets[reference.anchor] else { return reference.fallback }
    for resource in run.scope {
      if let target = targets[resource] { return target }
    }
    return reference.fallback
  }
}

extension Schema {
  private func hasUnevaluated(_ index: NodeIndex, _ value: Value) -> Bool {
    switch value {
    case .list: nodes[index].list?.unevaluated != nil
    case .map: nodes[index].map?.unevaluated != nil
    case .null, .bool, .number, .string: false
    }
  }

  /// Checks everything else first, then what nothing else has looked at.
  private func checkUnevaluated(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    guard checkRules(index, value, &run) else { return false }
    defer { run.marks.insertAll() }
    switch value {
    case .list(let list):
      guard let node = nodes[index].list?.unevaluated else { return true }
      for place in list.indices where !run.marks.contains(place) {
        let goesOn = run.part(.index(place)) {
          checkPart(node, list[place], .unevaluatedItems, &$0)
        }
        guard goesOn else { return false }
      }
    case .map(let map):
      guard let node = nodes[index].map?.unevaluated else { return true }
      for (place, (key, member)) in map.entries.enumerated() where !run.marks.contains(place) {
        let goesOn = run.part(.key(key)) {
          checkPart(node, member, .unevaluatedProperties(key), &$0)
        }
        guard goesOn else { return false }
      }
    case .null, .bool, .number, .string: break
    }
    return true
  }

  /// Checks a part that a keyword for leftovers speaks about: where it allows none, the break is
  /// that keyword's.
  @inline(__always)
  func checkPart(
    _ node: NodeIndex, _ value: Value, _ breach: @autoclosure () -> Breach,
    _ run: inout ValidationRun
  ) -> Bool {
    guard !nodes[node].types.isEmpty else { return run.goesOn(after: breach()) }
    return check(node, value, &run)
  }
}
