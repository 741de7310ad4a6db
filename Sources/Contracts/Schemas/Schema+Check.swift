import Notation

// Every check below answers whether to go on: false only where something is broken and the first
// break is enough.

extension SchemaTables {
  /// Whether the value holds under one schema; breaks are recorded in the run where it collects.
  func check(_ index: NodeIndex, _ value: Value, _ run: inout ValidationRun) -> Bool {
    if rows[index].isPlain, rows[index].types.holds(value) { return true }
    defer { run.leave() }
    guard run.enter() else { return false }
    let failures = run.failures
    let entersResource = hasDynamicScope && run.scope.last != rows[index].resource
    if entersResource { run.scope.append(rows[index].resource) }
    defer { if entersResource { run.scope.removeLast() } }
    let goesOn =
      rows[index].hasUnevaluated
      ? checkUnevaluated(index, value, &run) : checkRules(index, value, &run)
    return goesOn && run.failures == failures
  }

  private func checkRules(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    if !rows[index].types.holds(value) {
      guard run.goesOn(after: breach(of: rows[index].types, value)) else { return false }
    }
    let choice = Int(rows[index].choice)
    if choice >= 0, !choices[choice].values.contains(value) {
      let breach = Breach.choice(choices[choice].keyword, choices[choice].values)
      guard run.goesOn(after: breach) else { return false }
    }
    guard checkKind(index, value, &run) else { return false }
    let inPlace = Int(rows[index].inPlace)
    return inPlace < 0 || checkInPlace(inPlace, value, &run)
  }

  private func breach(of types: TypeSet, _ value: Value) -> Breach {
    types.isEmpty ? .never : .type(types, found: TypeSet(of: value))
  }

  /// The keywords that speak about values of this kind alone.
  private func checkKind(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    switch value {
    case .null, .bool: return true
    case .number(let number):
      let rules = Int(rows[index].number)
      return rules < 0 || checkNumber(rules, number, &run)
    case .string(let text):
      let rules = Int(rows[index].string)
      return rules < 0 || checkString(rules, text, &run)
    case .list(let list):
      let rules = Int(rows[index].list)
      return rules < 0 || checkList(rules, list, &run)
    case .map(let map):
      let rules = Int(rows[index].map)
      return rules < 0 || checkMap(rules, map, value, &run)
    }
  }
}

extension SchemaTables {
  private func checkInPlace(
    _ index: Int, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    for node in inPlaces[index].all where !check(node, value, &run) && !run.isCollecting {
      return false
    }
    return !inPlaces[index].hasOthers || checkOthers(inPlaces[index], value, &run)
  }

  private func checkOthers(
    _ rules: InPlaceRules, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
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
    let types = rows[index].types
    guard rows[index].inPlace != Self.none else { return types }
    return inPlaces[Int(rows[index].inPlace)].all.reduce(types) { types, node in
      types.intersection(rows[node].types)
    }
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

extension SchemaTables {
  /// Checks everything else first, then what nothing else has looked at.
  private func checkUnevaluated(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    run.marking { checkMarking(index, value, &$0) }
  }

  private func checkMarking(
    _ index: NodeIndex, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    guard checkRules(index, value, &run) else { return false }
    defer { run.marks.insertAll() }
    switch value {
    case .list(let list):
      guard let node = unevaluatedItems(index) else { return true }
      for place in list.indices where !run.marks.contains(place) {
        let goesOn = run.part(.index(place)) {
          checkPart(node, list[place], .unevaluatedItems, &$0)
        }
        guard goesOn else { return false }
      }
    case .map(let map):
      guard let node = unevaluatedProperties(index) else { return true }
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

  private func unevaluatedItems(_ index: NodeIndex) -> NodeIndex? {
    rows[index].list == Self.none ? nil : lists[Int(rows[index].list)].unevaluated
  }

  private func unevaluatedProperties(_ index: NodeIndex) -> NodeIndex? {
    rows[index].map == Self.none ? nil : maps[Int(rows[index].map)].unevaluated
  }

  /// Checks a part that a keyword for leftovers speaks about: where it allows none, the break is
  /// that keyword's.
  @inline(__always)
  func checkPart(
    _ node: NodeIndex, _ value: Value, _ breach: @autoclosure () -> Breach,
    _ run: inout ValidationRun
  ) -> Bool {
    guard !rows[node].types.isEmpty else { return run.goesOn(after: breach()) }
    return check(node, value, &run)
  }
}
