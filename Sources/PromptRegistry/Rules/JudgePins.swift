import Contracts
import Ledger

extension Judge {
  mutating func judgePromote() throws(RegistryError) {
    checkTrailers(request: heading.request != nil, review: false)
    guard let environment = try checkPinsOfOneEnvironment(), let author else { return }
    let promotion: Promotion
    var expected: Set<SlotChange> = []
    if let id = heading.request {
      guard let record = try parent.request(id),
        let asked = Promotion(NumberedRequest(id: id, record: record))
      else {
        report(.promotion, "there is no open request \(id) for a promotion")
        return
      }
      promotion = asked
      expected = try removal(of: id)
    } else {
      promotion = try unrequestedPromotion(in: environment, by: author)
    }
    for change in promotion.changes {
      let slot = Slot.pin(promotion.environment, change.name)
      let kind: PathChange.Kind = try parent.file(slot) == nil ? .added : .changed
      expected.insert(SlotChange(slot: slot, kind: kind))
      try judgePromotedPin(change, of: promotion, author)
    }
    checkDiff(isExactly: expected)
    checkHeadline(
      .promote(
        promotion.environment,
        promotion.changes.map { .init(name: $0.name, version: $0.target?.version) }))
    checkRight(.promote(promotion))
    guard policy.environment(promotion.environment) != nil else {
      report(.promotion, "there is no environment '\(promotion.environment)'")
      return
    }
    for missing in try parent.missing(for: promotion, at: heading.at) {
      report(.promotion, ErrorText.message(missing.rule))
    }
  }

  /// What an entry without a request promotes, read from the pins that it sets.
  private func unrequestedPromotion(
    in environment: EnvironmentName, by author: MemberName
  ) throws(RegistryError) -> Promotion {
    var wished: [RequestedChange] = []
    for change in changes {
      guard case .pin(_, let name) = change.slot else { continue }
      let base = try parent.pin(name, in: environment).map { PinMark($0) }
      let target = try after.pin(name, in: environment)?.live
      wished.append(RequestedChange(name: name, base: base, target: target))
    }
    return Promotion(
      environment: environment, changes: wished.sorted { $0.name < $1.name }, author: author,
      request: nil)
  }

  private mutating func judgePromotedPin(
    _ change: RequestedChange, of promotion: Promotion, _ author: MemberName
  ) throws(RegistryError) {
    check(!change.name.isPartial, .pin, "'\(change.name)' is a partial")
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
    guard let environment = try checkPinsOfOneEnvironment(), let author else { return }
    check(!heading.text.isEmpty, .revert, "revert needs a reason")
    check(policy.environment(environment) != nil, .revert, "there is no '\(environment)'")
    var moves: [Headline.Move] = []
    var expected: Set<SlotChange> = []
    for change in changes {
      guard case .pin(environment, let name) = change.slot else { continue }
      expected.insert(SlotChange(slot: change.slot, kind: .changed))
      let version = try after.pin(name, in: environment)?.live?.version
      moves.append(.init(name: name, version: version))
      let mover = Mover(by: author, entry: heading.entry, request: nil, at: heading.at)
      try judgeRevertedPin(of: name, in: environment, mover)
    }
    checkDiff(isExactly: expected)
    checkHeadline(.revert(environment, moves))
    checkRight(.revert(moves.map(\.name)))
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

  /// The environment whose pins change; reported where there is none, or more than one.
  private mutating func checkPinsOfOneEnvironment() throws(RegistryError) -> EnvironmentName? {
    let environments = Set(
      changes.compactMap { change -> EnvironmentName? in
        guard case .pin(let environment, _) = change.slot else { return nil }
        return environment
      })
    guard environments.count == 1 else {
      report(.action, "an entry moves the pins of exactly one environment")
      return nil
    }
    return environments.first
  }

  mutating func judgeLock() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    checkReason()
    guard case .lock(let environment)? = changes.first?.slot else {
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
