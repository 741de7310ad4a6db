import Notation
import Patterns

extension Schema {
  func checkList(_ rules: ListRules, _ list: [Value], _ run: inout ValidationRun) -> Bool {
    if list.count < rules.count.least {
      guard run.goesOn(after: .minItems(rules.count.least)) else { return false }
    }
    if let most = rules.count.most, list.count > most {
      guard run.goesOn(after: .maxItems(most)) else { return false }
    }
    if rules.isUnique, !isUnique(list, &run) {
      guard run.goesOn(after: .uniqueItems) else { return false }
    }
    for place in 0..<min(list.count, rules.prefix.count) {
      let goesOn = run.part(.index(place)) { check(rules.prefix[place], list[place], &$0) }
      guard goesOn else { return false }
      if run.isMarking { run.marks.insert(place) }
    }
    if let rest = rules.rest, list.count > rules.prefix.count {
      for place in rules.prefix.count..<list.count {
        let goesOn = run.part(.index(place)) {
          checkPart(rest, list[place], .additionalItems, &$0)
        }
        guard goesOn else { return false }
      }
      if run.isMarking { run.marks.insertAll() }
    }
    guard let contains = rules.contains else { return true }
    return checkContains(contains, list, &run)
  }

  private func checkContains(
    _ contains: ListRules.Contains, _ list: [Value], _ run: inout ValidationRun
  ) -> Bool {
    var found = 0
    for place in list.indices {
      guard run.probePart({ check(contains.node, list[place], &$0) }) else { continue }
      found += 1
      if run.isMarking { run.marks.insert(place) }
    }
    let isEnough = found >= contains.count.least && found <= contains.count.most ?? found
    return isEnough || run.goesOn(after: .contains(contains.count, found: found))
  }

  private func isUnique(_ list: [Value], _ run: inout ValidationRun) -> Bool {
    run.spend(list.count)
    guard list.count > Self.pairwiseLimit else {
      for (place, item) in list.enumerated() where list[..<place].contains(item) { return false }
      return true
    }
    return Set(list).count == list.count
  }

  /// Up to this many items comparing each with each is faster than hashing.
  private static let pairwiseLimit = 8
}

extension Schema {
  func checkMap(
    _ rules: MapRules, _ map: ValueMap, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    if map.count < rules.count.least {
      guard run.goesOn(after: .minProperties(rules.count.least)) else { return false }
    }
    if let most = rules.count.most, map.count > most {
      guard run.goesOn(after: .maxProperties(most)) else { return false }
    }
    guard checkEntries(rules, map, &run) else { return false }
    for (name, required) in rules.dependentRequired where map[name] != nil {
      for other in required where map[other] == nil {
        guard run.goesOn(after: .dependentRequired(other, by: name)) else { return false }
      }
    }
    for (name, node) in rules.dependentSchemas where map[name] != nil {
      if !check(node, value, &run), !run.isCollecting { return false }
    }
    return true
  }

  private func checkEntries(
    _ rules: MapRules, _ map: ValueMap, _ run: inout ValidationRun
  ) -> Bool {
    var required = 0
    for (place, (key, value)) in map.entries.enumerated() {
      var isKnown = false
      if let property = rules.properties.place(of: key, hint: place) {
        if rules.properties.properties[property].isRequired { required += 1 }
        if let node = rules.properties.properties[property].node {
          isKnown = true
          guard run.part(.key(key), { check(node, value, &$0) }) else { return false }
        }
      }
      for (pattern, node) in rules.patterns where matches(pattern, key, &run) {
        isKnown = true
        guard run.part(.key(key), { check(node, value, &$0) }) else { return false }
      }
      if !isKnown, let node = rules.additional {
        isKnown = true
        let goesOn = run.part(.key(key)) {
          checkPart(node, value, .additionalProperties(key), &$0)
        }
        guard goesOn else { return false }
      }
      if isKnown, run.isMarking { run.marks.insert(place) }
      if let names = rules.names {
        guard checkName(key, names, &run) else { return false }
      }
    }
    return required == rules.properties.requiredCount || checkRequired(rules, map, &run)
  }

  private func checkName(
    _ name: String, _ node: NodeIndex, _ run: inout ValidationRun
  ) -> Bool {
    run.probePart { check(node, .string(name), &$0) }
      || run.part(.key(name)) { $0.goesOn(after: .propertyNames(name)) }
  }

  private func checkRequired(
    _ rules: MapRules, _ map: ValueMap, _ run: inout ValidationRun
  ) -> Bool {
    for property in rules.properties.properties
    where property.isRequired && map[property.name] == nil {
      guard run.goesOn(after: .required(property.name)) else { return false }
    }
    return true
  }

  func matches(_ pattern: Pattern, _ text: String, _ run: inout ValidationRun) -> Bool {
    do throws(PatternError) {
      return try pattern.matches(text)
    } catch {
      run.exhaust(.pattern(error))
      return false
    }
  }
}
