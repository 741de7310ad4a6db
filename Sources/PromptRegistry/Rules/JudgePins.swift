import Contracts
import Ledger

extension Judge {
  mutating func judgePromote() throws(RegistryError) {
    checkTrailers(request: heading.request != nil, review: false)
    guard let author else { return }
    guard let id = heading.request else {
      let promotions = try unrequestedPromotions(by: author)
      var expected: Set<SlotChange> = []
      for promotion in promotions { expected.formUnion(try pins(movedBy: promotion)) }
      checkDiff(isExactly: expected)
      checkOneEnvironment(promotions.map(\.environment))
      if promotions.count == 1 { judgeHeadline(of: promotions[0]) }
      for promotion in promotions { judgePromotion(promotion, by: author) }
      return
    }
    guard let record = try parent.request(id),
      let promotion = Promotion(NumberedRequest(id: id, record: record))
    else {
      report(.promotion, "there is no open request \(id) for a promotion")
      return
    }
    checkDiff(isExactly: try removal(of: id).union(pins(movedBy: promotion)))
    judgeHeadline(of: promotion)
    judgePromotion(promotion, by: author)
  }

  private mutating func judgeHeadline(of promotion: Promotion) {
    checkHeadline(
      .promote(
        promotion.environment,
        promotion.changes.map { .init(name: $0.name, version: $0.target?.version) }))
  }

  private mutating func judgePromotion(_ promotion: Promotion, by author: MemberName) {
    checkRight(.promote(promotion))
    for change in promotion.changes {
      part { judge throws(RegistryError) in
        try judge.judgePromotedPin(change, of: promotion, author)
      }
    }
    guard policy.environment(promotion.environment) != nil else {
      return report(.promotion, "there is no environment '\(promotion.environment)'")
    }
    part { judge throws(RegistryError) in try judge.judgeMissing(promotion) }
  }

  private mutating func judgeMissing(_ promotion: Promotion) throws(RegistryError) {
    for missing in try parent.missing(for: promotion, at: heading.at) {
      report(.promotion, ErrorText.message(missing.rule))
    }
  }

  private func pins(movedBy promotion: Promotion) throws(RegistryError) -> Set<SlotChange> {
    var moved: Set<SlotChange> = []
    for change in promotion.changes {
      let slot = Slot.pin(promotion.environment, change.name)
      moved.insert(
        SlotChange(slot: slot, kind: try parent.file(slot) == nil ? .added : .changed))
    }
    return moved
  }

  /// What an entry without a request promotes, read from the pins that it sets; one for each
  /// environment.
  private func unrequestedPromotions(
    by author: MemberName
  ) throws(RegistryError) -> [Promotion] {
    var wished: [EnvironmentName: [RequestedChange]] = [:]
    for (environment, name) in movedPins {
      let base = try parent.pin(name, in: environment).map { PinMark($0) }
      let target = try after.pin(name, in: environment)?.live
      wished[environment, default: []].append(
        RequestedChange(name: name, base: base, target: target))
    }
    return wished.sorted { $0.key < $1.key }.map { environment, changes in
      Promotion(
        environment: environment, changes: changes.sorted { $0.name < $1.name }, author: author,
        request: nil)
    }
  }

  /// Every pin that is not as it was.
  private var movedPins: [(environment: EnvironmentName, name: PromptName)] {
    changes.compactMap { change in
      guard case .pin(let environment, let name) = change.slot else { return nil }
      return (environment, name)
    }
  }

  /// An entry is about one environment; the pins of a second one move beside it.
  private mutating func checkOneEnvironment(_ environments: [EnvironmentName]) {
    guard environments.count != 1 else { return }
    report(.action, "an entry moves the pins of exactly one environment")
    if environments.count > 1 { report(.pinMoves, "pins of several environments change at once") }
  }

  private mutating func judgePromotedPin(
    _ change: RequestedChange, of promotion: Promotion, _ author: MemberName
  ) throws(RegistryError) {
    check(!change.name.isPartial, .pin, "'\(change.name)' is a partial")
    check(
      change.target == nil || change.target != change.base?.live, .pin,
      "'\(change.name)' goes where it is already")
    if let target = change.target {
      check(
        try parent.record(of: change.name, target.version)?.digest == target.digest, .pin,
        "'\(change.name)' has no \(target.version) with that digest")
    } else {
      check(
        try parent.pin(change.name, in: promotion.environment)?.live != nil, .pin,
        "nothing of '\(change.name)' is live in '\(promotion.environment)'")
    }
    let mover = Mover(
      by: author, entry: heading.entry, request: promotion.request?.id, at: heading.at)
    let expected = PinRecord.promoted(
      from: try parent.pin(change.name, in: promotion.environment), to: change.target, mover)
    check(
      try after.pin(change.name, in: promotion.environment) == expected, .pin,
      "the pin of '\(change.name)' is not the one that this promotion makes")
  }

  mutating func judgeRevert() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    guard let author else { return }
    check(!heading.text.isEmpty, .revert, "revert needs a reason")
    let environments = Set(movedPins.map(\.environment)).sorted()
    checkOneEnvironment(environments)
    checkDiff(
      isExactly: Set(
        movedPins.map { SlotChange(slot: .pin($0.environment, $0.name), kind: .changed) }))
    for environment in environments {
      check(policy.environment(environment) != nil, .revert, "there is no '\(environment)'")
    }
    checkRight(.revert(movedPins.map(\.name)))
    let mover = Mover(by: author, entry: heading.entry, request: nil, at: heading.at)
    for (environment, name) in movedPins {
      part { judge throws(RegistryError) in
        try judge.judgeRevertedPin(of: name, in: environment, mover)
      }
    }
    guard environments.count == 1 else { return }
    var moves: [Headline.Move] = []
    for (environment, name) in movedPins {
      let version = try after.pin(name, in: environment)?.live?.version
      moves.append(.init(name: name, version: version))
    }
    checkHeadline(.revert(environments[0], moves))
  }

  /// Some unyanked element of `before` must lead to exactly the pin that stands now.
  private mutating func judgeRevertedPin(
    of name: PromptName, in environment: EnvironmentName, _ mover: Mover
  ) throws(RegistryError) {
    let old = try parent.pin(name, in: environment)
    let new = try after.pin(name, in: environment)
    for (index, stay) in (old?.before ?? []).enumerated() {
      guard old?.reverted(toElement: index, mover) == new else { continue }
      check(
        try parent.yank(of: name, stay.mark.version) == nil, .revert,
        "'\(name)' \(stay.mark.version) is yanked")
      return
    }
    report(.revert, "the pin of '\(name)' does not go back to what was live in '\(environment)'")
  }

  mutating func judgeLock() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    checkReason()
    let locks = changes.compactMap { change -> EnvironmentName? in
      guard case .lock(let environment) = change.slot else { return nil }
      return environment
    }
    guard let environment = locks.first else {
      report(.action, "no environment is locked or unlocked")
      return
    }
    let isLock = transition.action == .lock
    checkDiff(
      isExactly: [SlotChange(slot: .lock(environment), kind: isLock ? .added : .removed)])
    checkHeadline(isLock ? .lock(environment) : .unlock(environment))
    checkRight(.lock(environment))
    check(policy.environment(environment) != nil, .records, "there is no '\(environment)'")
    if let record = try after.lock(of: environment) {
      check(
        record.by == author && record.at == heading.at && isText(record.why), .records,
        "the lock on '\(environment)' does not name this entry")
    }
  }
}
