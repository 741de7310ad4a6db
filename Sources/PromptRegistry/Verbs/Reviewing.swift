import Keys

extension State {
  /// Says yes or no to a request as it was seen, in the reviewer's own words.
  package func reviewing(
    _ request: NumberedRequest, _ decision: ReviewRecord.Decision, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<Review> {
    let id = request.id
    guard try requireRequest(id).record == request.record else { throw .conflict(.notShown(id)) }
    try require(pen, .review(request.record.subject))
    let mine = try reviews(of: id).first { $0.member == pen.member }?.record
    // Whoever rejected his own request takes that back so; his approval counts for nothing more.
    guard decision == .reject || mayApprove(request.record, pen.member) || mine?.decision == .reject
    else {
      throw .conflict(.ownRequest(id))
    }
    let subject = request.record.digest
    if let mine, mine.decision == decision, mine.subject == subject, mine.key == pen.key {
      throw .nothingChanged(.alreadyDecided(id))
    }
    let record = ReviewRecord(
      decision: decision, entry: pen.entry, key: pen.key, subject: subject)
    var plan = Plan(
      .review(decision, id), text: reason, edits: [.review(id, pen.member): record.bytes],
      answer: Review(member: pen.member, record: record))
    plan.request = id
    plan.review = ReviewMark(decision: decision, subject: subject)
    return plan
  }

  /// Closes a request without carrying it out.
  package func closing(
    _ id: Int, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<NumberedRequest> {
    let request = try requireRequest(id)
    if try !isStale(request) { try require(pen, .close(request.record)) }
    var plan = Plan(
      .close(id), text: reason, edits: try deletions(of: id), answer: request)
    plan.request = id
    return plan
  }

  /// Whether a request can never be carried out, because something it was made onto has moved.
  package func isStale(_ request: NumberedRequest) throws(RegistryError) -> Bool {
    switch request.record.subject {
    case .policy(let base, _): return Digest(of: policy.bytes) != base
    case .promotion(let environment, let changes):
      for change in changes where try !baseStands(change, in: environment) { return true }
      return false
    }
  }

  /// The edits that take a request and its reviews away.
  func deletions(of id: Int) throws(RegistryError) -> [Slot: [UInt8]?] {
    var edits: [Slot: [UInt8]?] = [:]
    for slot in try slots(ofRequest: id) { edits[slot] = .some(nil) }
    return edits
  }

  /// One's own request may be approved only where the environment lets that count.
  private func mayApprove(_ request: RequestRecord, _ member: MemberName) -> Bool {
    guard request.author == member else { return true }
    return switch request.subject {
    case .promotion(let environment, _): policy.environment(environment)?.selfApproval ?? false
    case .policy: false
    }
  }
}
