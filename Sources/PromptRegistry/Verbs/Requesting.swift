package import Contracts
import Keys
import Notation

/// What somebody wants to be live: a version, or nothing.
package struct Wish: Hashable, Sendable {
  package let name: PromptName
  package let version: SemanticVersion?

  package init(name: PromptName, version: SemanticVersion?) {
    self.name = name
    self.version = version
  }
}

extension State {
  /// Asks for pins of one environment to be moved, all in one request. An older request of the same
  /// author for any of the same prompts there is replaced.
  package func requesting(
    _ wishes: [Wish], in environment: EnvironmentName, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<NumberedRequest> {
    let changes = try self.changes(for: wishes, in: environment)
    let subject = RequestRecord.Subject.promotion(environment, changes)
    try require(pen, .request(subject))
    let superseded = try supersededRequests(by: subject, author: pen.member)
    let record = RequestRecord(author: pen.member, reason: reason, subject: subject)
    return try plan(record, superseding: superseded, extra: [:], pen)
  }

  /// Asks for the policy to be replaced.
  package func requesting(
    _ policy: Policy, reason: String, _ pen: Pen
  ) throws(RegistryError) -> Plan<NumberedRequest> {
    let policy = try following(policy)
    let subject = RequestRecord.Subject.policy(
      base: Digest(of: self.policy.bytes), target: Digest(of: policy.bytes))
    try require(pen, .request(subject))
    try requireSound(policy, author: pen.member, at: nil)
    let superseded = try supersededRequests(by: subject, author: pen.member)
    let record = RequestRecord(author: pen.member, reason: reason, subject: subject)
    return try plan(
      record, superseding: superseded, extra: [.requestPolicy(pen.entry): policy.bytes], pen)
  }

  /// What the wishes would change, sorted by name; refused where one changes nothing.
  package func changes(
    for wishes: [Wish], in environment: EnvironmentName
  ) throws(RegistryError) -> [RequestedChange] {
    _ = try requireEnvironment(environment)
    guard wishes.count <= RequestRecord.targetLimit else {
      throw .limit("prompts in one request", RequestRecord.targetLimit)
    }
    try requireOnce(wishes)
    var changes: [RequestedChange] = []
    var unchanged: [PromptName] = []
    for wish in wishes.sorted(by: { $0.name < $1.name }) {
      try requirePublished(wish.name)
      guard !wish.name.isPartial else { throw .conflict(.partialNotPromoted(wish.name)) }
      let pin = try pin(wish.name, in: environment)
      let target = try target(of: wish)
      if target != nil { try requireOffered(wish.name) }
      if target == pin?.live {
        guard target != nil else {
          throw .nothingChanged(.nothingLive(wish.name, environment))
        }
        unchanged.append(wish.name)
        continue
      }
      changes.append(
        RequestedChange(name: wish.name, base: pin.map { PinMark($0) }, target: target))
    }
    guard !changes.isEmpty else { throw .nothingChanged(.alreadyLive(unchanged, environment)) }
    return changes
  }

  /// Refuses wishes of which two are about the same prompt.
  func requireOnce(_ wishes: [Wish]) throws(RegistryError) {
    var seen: Set<PromptName> = []
    for wish in wishes where !seen.insert(wish.name).inserted {
      throw .conflict(.namedTwice(wish.name))
    }
  }

  private func target(of wish: Wish) throws(RegistryError) -> VersionMark? {
    guard let version = wish.version else { return nil }
    let record = try existingRecord(of: wish.name, version)
    if let yank = try yank(of: wish.name, version) {
      throw .yanked(wish.name, version, why: yank.why)
    }
    return VersionMark(version: version, digest: record.digest)
  }

  /// The author's own older requests for the same thing.
  private func supersededRequests(
    by subject: RequestRecord.Subject, author: MemberName
  ) throws(RegistryError) -> [Int] {
    let open = try requests()
    var mine: [Int] = []
    var superseded: [Int] = []
    for id in open {
      guard let request = try request(id), request.author == author else { continue }
      mine.append(id)
      if subject.concernsSame(as: request.subject) { superseded.append(id) }
    }
    guard open.count - superseded.count < RequestRecord.openLimit else {
      throw .limit("open requests", RequestRecord.openLimit)
    }
    guard mine.count - superseded.count < RequestRecord.openPerAuthorLimit else {
      throw .limit("open requests of one author", RequestRecord.openPerAuthorLimit)
    }
    return superseded
  }

  private func plan(
    _ record: RequestRecord, superseding: [Int], extra: [Slot: [UInt8]?], _ pen: Pen
  ) throws(RegistryError) -> Plan<NumberedRequest> {
    var edits = extra
    edits[.request(pen.entry)] = record.bytes
    for id in superseding {
      for slot in try slots(ofRequest: id) { edits[slot] = .some(nil) }
    }
    return Plan(
      .request(record.subject), text: record.reason, edits: edits,
      answer: NumberedRequest(id: pen.entry, record: record))
  }
}

extension RequestRecord.Subject {
  /// Whether two requests cannot both be wanted: same prompts in one place, or both the policy.
  fileprivate func concernsSame(as other: RequestRecord.Subject) -> Bool {
    switch (self, other) {
    case (.policy, .policy): true
    case (.promotion(let here, let mine), .promotion(let there, let theirs)):
      here == there && !Set(mine.map(\.name)).isDisjoint(with: theirs.map(\.name))
    case (.policy, .promotion), (.promotion, .policy): false
    }
  }
}
