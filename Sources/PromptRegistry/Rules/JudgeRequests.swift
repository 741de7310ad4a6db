import Contracts
import Keys
import Ledger

extension Judge {
  mutating func judgeRequest() throws(RegistryError) {
    checkTrailers(request: false, review: false)
    let added = changes.compactMap { change -> Int? in
      guard case .request(let id) = change.slot, change.kind == .added else { return nil }
      return id
    }
    guard let id = added.first else {
      report(.action, "nothing is requested")
      return
    }
    check(added == [heading.entry], .requestNumber, "request \(id) is not numbered as its entry")
    var record: RequestRecord?
    part { judge throws(RegistryError) in record = try judge.after.request(id) }
    let proposal = SlotChange(slot: .requestPolicy(id), kind: .added)
    var expected: Set<SlotChange> = [SlotChange(slot: .request(id), kind: .added)]
    switch record?.subject {
    case .policy: expected.insert(proposal)
    case .promotion: break
    // Nobody can say whether one belongs to a request that cannot be read.
    case nil: if changes.contains(proposal) { expected.insert(proposal) }
    }
    for old in try supersededRequests() { expected.formUnion(try removal(of: old)) }
    checkDiff(isExactly: expected)
    part { judge throws(RegistryError) in try judge.judgeCounts() }
    guard let record else { return }
    checkHeadline(.request(record.subject))
    checkRight(.request(record.subject))
    check(record.author == author, .records, "request \(id) names another author")
    try judgeSubject(of: record, id)
  }

  /// The requests that the entry takes away; each must be an older one of the same author.
  private mutating func supersededRequests() throws(RegistryError) -> [Int] {
    var ids: [Int] = []
    for change in changes where change.kind == .removed {
      guard case .request(let id) = change.slot, let old = try parent.request(id) else { continue }
      if old.author == author {
        ids.append(id)
      } else {
        report(.action, "request \(id) is somebody else's")
      }
    }
    return ids
  }

  private mutating func judgeSubject(
    of record: RequestRecord, _ id: Int
  ) throws(RegistryError) {
    switch record.subject {
    case .policy(let base, let target):
      check(base == Digest(of: policy.bytes), .records, "request \(id) is onto another policy")
      let proposed = try after.file(.requestPolicy(id))
      check(
        proposed.map { Digest(of: $0) } == target, .records,
        "request \(id) names another policy than it brings")
    case .promotion(let environment, let changes):
      check(policy.environment(environment) != nil, .records, "there is no '\(environment)'")
      let names = changes.map(\.name)
      check(
        !names.isEmpty && zip(names, names.dropFirst()).allSatisfy { $0 < $1 }, .records,
        "the prompts of request \(id) are not sorted, each once")
      check(
        names.count <= RequestRecord.targetLimit, .records,
        "request \(id) holds more than \(RequestRecord.targetLimit) prompts")
      for change in changes { try judgeChange(change, in: environment) }
    }
  }

  private mutating func judgeChange(
    _ change: RequestedChange, in environment: EnvironmentName
  ) throws(RegistryError) {
    check(!change.name.isPartial, .records, "'\(change.name)' is a partial")
    check(
      try parent.baseStands(change, in: environment), .records,
      "'\(change.name)' was requested onto a pin that is not live")
    guard let target = change.target else { return }
    check(
      try parent.record(of: change.name, target.version)?.digest == target.digest, .records,
      "'\(change.name)' has no \(target.version) with that digest")
    check(
      try parent.yank(of: change.name, target.version) == nil, .records,
      "'\(change.name)' \(target.version) is yanked")
  }

  private mutating func judgeCounts() throws(RegistryError) {
    let open = try after.requests()
    check(
      open.count <= RequestRecord.openLimit, .records,
      "more than \(RequestRecord.openLimit) requests are open")
    guard open.count > RequestRecord.openPerAuthorLimit else { return }
    var mine = 0
    for id in open where try after.request(id)?.author == author { mine += 1 }
    check(
      mine <= RequestRecord.openPerAuthorLimit, .records,
      "more than \(RequestRecord.openPerAuthorLimit) requests of one author are open")
  }

  mutating func judgeReview() throws(RegistryError) {
    checkTrailers(request: true, review: true)
    guard let id = heading.request, let mark = heading.review, let author else { return }
    let slot = Slot.review(id, author)
    let kind: PathChange.Kind = try parent.file(slot) == nil ? .added : .changed
    checkDiff(isExactly: [SlotChange(slot: slot, kind: kind)])
    checkHeadline(.review(mark.decision, id))
    if let request = try parent.request(id) {
      checkRight(.review(request.subject))
      check(mark.subject == request.digest, .review, "the review is of another request's bytes")
    } else {
      report(.review, "there is no open request \(id)")
    }
    let expected = ReviewRecord(
      decision: mark.decision, entry: heading.entry, key: heading.key, subject: mark.subject)
    check(
      try after.file(slot) == expected.bytes, .review, "'\(slot.path)' does not say what was signed"
    )
  }

  mutating func judgeClose() throws(RegistryError) {
    checkTrailers(request: true, review: false)
    guard let id = heading.request else { return }
    checkHeadline(.close(id))
    guard let record = try parent.request(id) else {
      report(.action, "there is no open request \(id)")
      return checkDiff(isExactly: [])
    }
    checkDiff(isExactly: try removal(of: id))
    if try !parent.isStale(NumberedRequest(id: id, record: record)) { checkRight(.close(record)) }
  }

  /// The changes that take an open request away.
  func removal(of id: Int) throws(RegistryError) -> Set<SlotChange> {
    Set(try parent.slots(ofRequest: id).map { SlotChange(slot: $0, kind: .removed) })
  }
}
