import Notation
import Patterns

extension SchemaTables {
  func checkList(_ index: Int, _ list: [Value], _ run: inout ValidationRun) -> Bool {
    let count = lists[index].count
    if list.count < count.least {
      guard run.goesOn(after: .minItems(count.least)) else { return false }
    }
    if let most = count.most, list.count > most {
      guard run.goesOn(after: .maxItems(most)) else { return false }
    }
    if lists[index].isUnique, !isUnique(list, &run) {
      guard run.goesOn(after: .uniqueItems) else { return false }
    }
    let prefixCount = lists[index].prefix.count
    for place in 0..<min(list.count, prefixCount) {
      let goesOn = run.part(.index(place)) { check(lists[index].prefix[place], list[place], &$0) }
      guard goesOn else { return false }
      if run.isMarking { run.marks.insert(place) }
    }
    if let rest = lists[index].rest, list.count > prefixCount {
      for place in prefixCount..<list.count {
        let goesOn = run.part(.index(place)) {
          checkPart(rest, list[place], .rest(lists[index].restKeyword), &$0)
        }
        guard goesOn else { return false }
      }
      if run.isMarking { run.marks.insertAll() }
    }
    guard let contains = lists[index].contains else { return true }
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

extension SchemaTables {
  func checkMap(
    _ index: Int, _ map: ValueMap, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
    let count = mapRows[index].count
    if map.count < count.least {
      guard run.goesOn(after: .minProperties(count.least)) else { return false }
    }
    if let most = count.most, map.count > most {
      guard run.goesOn(after: .maxProperties(most)) else { return false }
    }
    guard checkEntries(index, map, &run) else { return false }
    return !mapRows[index].hasDependencies || checkDependencies(maps[index], map, value, &run)
  }

  private func checkDependencies(
    _ rules: MapRules, _ map: ValueMap, _ value: Value, _ run: inout ValidationRun
  ) -> Bool {
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
    _ index: Int, _ map: ValueMap, _ run: inout ValidationRun
  ) -> Bool {
    var required = 0
    var expected = mapRows[index].properties.lowerBound
    for place in map.entries.indices {
      var isKnown = false
      if let property = property(map.entries[place].key, of: index, expected: expected) {
        expected = property + 1
        if properties[property].isRequired { required += 1 }
        if let node = properties[property].node {
          isKnown = true
          let goesOn = run.part(.key(map.entries[place].key)) {
            check(node, map.entries[place].value, &$0)
          }
          guard goesOn else { return false }
        }
      }
      if !isKnown || mapRows[index].looksBeyondProperties {
        guard checkBeyond(index, map.entries[place], &isKnown, &run) else { return false }
      }
      if isKnown, run.isMarking { run.marks.insert(place) }
    }
    return required == mapRows[index].requiredCount || checkRequired(index, map, &run)
  }

  /// What else than `properties` speaks about one entry.
  private func checkBeyond(
    _ index: Int, _ entry: ValueMap.Entry, _ isKnown: inout Bool, _ run: inout ValidationRun
  ) -> Bool {
    for (pattern, node) in maps[index].patterns where matches(pattern, entry.key, &run) {
      isKnown = true
      guard run.part(.key(entry.key), { check(node, entry.value, &$0) }) else { return false }
    }
    if !isKnown, let node = maps[index].additional {
      isKnown = true
      let goesOn = run.part(.key(entry.key)) {
        checkPart(node, entry.value, .additionalProperties(entry.key), &$0)
      }
      guard goesOn else { return false }
    }
    guard let names = maps[index].names else { return true }
    return checkName(entry.key, names, &run)
  }

  private func checkName(
    _ name: String, _ node: NodeIndex, _ run: inout ValidationRun
  ) -> Bool {
    run.probePart { check(node, .string(name), &$0) }
      || run.part(.key(name)) { $0.goesOn(after: .propertyNames(name)) }
  }

  private func checkRequired(
    _ index: Int, _ map: ValueMap, _ run: inout ValidationRun
  ) -> Bool {
    for property in maps[index].properties.properties
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
