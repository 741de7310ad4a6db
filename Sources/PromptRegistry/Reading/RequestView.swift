import Contracts
package import Notation

/// An open request in the list of those that wait.
package struct WaitingRequest: Hashable, Sendable {
  package let id: Int
  package let author: MemberName
  package let reason: String
  package let environment: EnvironmentName?
  package let names: [PromptName]
  package let isStale: Bool
  package let waitsForYou: Bool
  package let missing: [Missing]

  /// What it asks for, in a few words.
  package var title: String {
    guard let environment else { return "a change of the policy" }
    let others = names.count > 1 ? " and \(names.count - 1) more" : ""
    return "\(names.first?.text ?? "")\(others) to \(environment)"
  }

  /// The element of `requests` that `review --json` answers.
  package var value: Value {
    [
      "request": Field.number(id), "environment": Field.text(environment),
      "names": .list(names.map { .string($0.text) }), "author": .string(author.text),
      "reason": Field.text(reason.isEmpty ? nil : reason), "stale": .bool(isStale),
      "waits_for_you": .bool(waitsForYou),
      "missing": .list(missing.map(\.value)),
    ]
  }
}

extension State {
  /// The open requests, first those that the member could help, then by number.
  package func waitingRequests(
    for member: MemberName?, at time: Timestamp
  ) throws(RegistryError) -> [WaitingRequest] {
    var waiting: [WaitingRequest] = []
    for id in try requests() {
      let request = try requireRequest(id)
      let missing = try missing(for: request, at: time)
      let isStale = try isStale(request)
      let helps = member.map { member in missing.contains { $0.members.contains(member) } }
      var environment: EnvironmentName?
      var names: [PromptName] = []
      if case .promotion(let place, let changes) = request.record.subject {
        (environment, names) = (place, changes.map(\.name))
      }
      waiting.append(
        WaitingRequest(
          id: id, author: request.record.author, reason: request.record.reason,
          environment: environment, names: names, isStale: isStale,
          waitsForYou: !isStale && helps == true, missing: missing))
    }
    return waiting.sorted { ($0.waitsForYou ? 0 : 1, $0.id) < ($1.waitsForYou ? 0 : 1, $1.id) }
  }
}

/// One request as it would go live: what changes, who said what, what is missing.
package struct RequestView: Sendable {
  private let request: NumberedRequest
  private let changes: [ChangeView]
  private let policyDiff: TextDiff?
  private let reviews: [Review]
  private let missing: [Missing]

  /// Reads all of it from one state.
  package init(
    _ request: NumberedRequest, in state: State, at time: Timestamp
  ) throws(RegistryError) {
    self.request = request
    reviews = try state.reviews(of: request.id)
    missing = try state.missing(for: request, at: time)
    switch request.record.subject {
    case .promotion(_, let changes):
      self.changes = try changes.map { change throws(RegistryError) in
        try ChangeView(change, in: state)
      }
      policyDiff = nil
    case .policy:
      changes = []
      let proposed = try state.proposedPolicy(request.id) ?? state.policy
      policyDiff = TextDiff(
        from: PolicyText.text(state.policy), to: PolicyText.text(proposed))
    }
  }

  /// The object that `review <id> --json` answers.
  package var value: Value {
    var environment: EnvironmentName?
    if case .promotion(let name, _) = request.record.subject { environment = name }
    return [
      "request": Field.number(request.id), "environment": Field.text(environment),
      "author": .string(request.record.author.text),
      "reason": Field.text(request.record.reason.isEmpty ? nil : request.record.reason),
      "changes": .list(changes.map(\.value)),
      "policy": policyDiff.map { .string($0.unified(from: "policy", to: "proposed")) } ?? .null,
      "reviews": .list(
        reviews.map { review in
          [
            "member": .string(review.member.text),
            "decision": .string(review.record.decision.rawValue),
            "entry": Field.number(review.record.entry),
          ]
        }),
      "missing": .list(missing.map(\.value)), "subject": Field.text(request.record.digest),
    ]
  }

  /// What a person reads, line by line.
  package var lines: [String] {
    var lines = ["request \(request.id) by \(request.record.author)"]
    lines += request.record.reason.split(separator: "\n").map { "  \($0)" }
    for change in changes { lines += [""] + change.lines }
    if let policyDiff {
      lines += policyDiff.unified(from: "policy", to: "proposed").split(separator: "\n")
        .map(String.init)
    }
    lines.append("")
    for review in reviews {
      lines.append("\(review.member): \(review.record.decision) (entry \(review.record.entry))")
    }
    lines += missing.isEmpty ? ["nothing is missing"] : missing.map { "missing: \($0.line)" }
    lines.append("subject \(request.record.digest)")
    return lines
  }
}

/// One pin that a request would move, with everything that would change with it.
private struct ChangeView: Sendable {
  private let change: RequestedChange
  private let difference: Difference

  init(_ change: RequestedChange, in state: State) throws(RegistryError) {
    self.change = change
    let old = try Self.side(change.base?.live?.version, of: change.name, in: state)
    let new = try Self.side(change.target?.version, of: change.name, in: state)
    difference = try Difference(
      from: old ?? .nothing(beside: new), to: new ?? .nothing(beside: old))
  }

  private static func side(
    _ version: SemanticVersion?, of name: PromptName, in state: State
  ) throws(RegistryError) -> DiffSide? {
    guard let version else { return nil }
    return try state.side(try state.resolve(Reference(name: name, selector: .exact(version))))
  }

  var value: Value {
    [
      "name": .string(change.name.text), "base": change.base?.value ?? .null,
      "target": change.target?.value ?? .null, "diff": difference.value,
    ]
  }

  var lines: [String] {
    let from = change.base?.live.map { "\($0.version)" } ?? "nothing"
    let to = change.target.map { "\($0.version) \($0.digest)" } ?? "nothing"
    var lines = ["\(change.name): \(from) -> \(to)"]
    lines += difference.summary.map { "  \($0)" }
    for file in difference.files { lines += Self.lines(of: file.diff, file.file) }
    for test in difference.cases where test.isChange {
      lines.append("what a model would see in case '\(test.name)':")
      lines += Self.lines(of: test.diff, test.name)
    }
    return lines
  }

  private static func lines(of diff: TextDiff, _ title: String) -> [String] {
    diff.unified(from: title, to: title).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}
