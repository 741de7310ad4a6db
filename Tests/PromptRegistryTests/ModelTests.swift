import Contracts
import Keys
import Ledger
import Notation
import TestSupport
import Testing

@testable import PromptRegistry

/// A registry as somebody would keep it on paper: what is published, live and asked for, and which
/// of it each verb may change. It knows no records, no trees and no signatures.
struct PaperRegistry: Equatable {
  /// Versions of each prompt in order, and who published them.
  var versions: [String: [String]] = [:]
  var publishers: [String: String] = [:]
  var yanked: Set<String> = []
  var retired: Set<String> = []
  /// Environment and prompt, and what was live there, the newest last.
  var live: [String: [String]] = [:]
  /// Each pin that a request was made onto is told apart by how often it has moved.
  var moves: [String: Int] = [:]
  var locked: Set<String> = []
  var requests: [Int: PaperRequest] = [:]
  var entries = 1

  struct PaperRequest: Equatable {
    let author: String
    let prompt: String
    let version: String
    let base: Int
    var approved: Set<String> = []
    var rejected: Set<String> = []
  }
}

/// What somebody may try; most of it will be refused.
enum Attempt: Hashable, Sendable {
  case publish(String)
  case yank(String, Int)
  case retire(String)
  case promote(String, Int)
  case request(String, Int)
  case approve(Int)
  case reject(Int)
  case carryOut(Int)
  case close(Int)
  case revert(String, String)
  case lock(String)
  case unlock(String)

  static func random(_ dice: inout SeededGenerator, _ open: [Int]) -> Attempt {
    let name = ["a", "b", "c"].randomElement(using: &dice) ?? "a"
    let number = Int.random(in: 0...3, using: &dice)
    let id = open.randomElement(using: &dice) ?? 0
    let place = Bool.random(using: &dice) ? "staging" : "production"
    switch Int.random(in: 0..<20, using: &dice) {
    case 0...3: return .publish(name)
    case 4: return .yank(name, number)
    case 5: return number == 0 ? .retire(name) : .publish(name)
    case 6...8: return .promote(name, number)
    case 9...11: return .request(name, number)
    case 12...13: return .approve(id)
    case 14: return number == 0 ? .reject(id) : .approve(id)
    case 15...16: return .carryOut(id)
    case 17...18: return number == 0 ? .close(id) : .revert(name, place)
    case _: return Bool.random(using: &dice) ? .lock(place) : .unlock(place)
    }
  }
}

// MARK: - What paper allows

extension PaperRegistry {
  static let people = ["alice", "bob", "carol"]
  private static let production = "production"

  /// Whether the attempt may succeed; if so, it is.
  mutating func allows(_ attempt: Attempt, by who: String) -> Bool {
    let before = self
    let isAllowed = carryOut(attempt, by: who)
    if isAllowed { entries += 1 } else { self = before }
    return isAllowed
  }

  private mutating func carryOut(_ attempt: Attempt, by who: String) -> Bool {
    switch attempt {
    case .publish(let name):
      let version = "1.0.\(versions[name, default: []].count)"
      versions[name, default: []].append(version)
      publishers["\(name)@\(version)"] = who
      retired.remove(name)
      return true
    case .yank(let name, let number):
      guard let version = version(name, number), !isLive(name, version) else { return false }
      return yanked.insert("\(name)@\(version)").inserted
    case .retire(let name):
      let isLive = ["staging", Self.production].contains { liveVersion(name, $0) != nil }
      return versions[name] != nil && !isLive && retired.insert(name).inserted
    case .promote(let name, let number):
      guard !retired.contains(name), let version = version(name, number),
        isWanted(name, version, in: "staging"),
        !locked.contains("staging")
      else { return false }
      move(name, to: version, in: "staging")
      return true
    case .request(let name, let number): return request(name, number, by: who)
    case .approve(let id): return review(id, by: who, isYes: true)
    case .reject(let id): return review(id, by: who, isYes: false)
    case .carryOut(let id): return carryOut(id)
    case .close(let id): return requests.removeValue(forKey: id) != nil
    case .revert(let name, let place): return revert(name, in: place)
    case .lock(let place): return locked.insert(place).inserted
    case .unlock(let place): return locked.remove(place) != nil
    }
  }

  private mutating func request(_ name: String, _ number: Int, by who: String) -> Bool {
    guard !retired.contains(name), let version = version(name, number),
      isWanted(name, version, in: Self.production)
    else { return false }
    requests = requests.filter { $0.value.author != who || $0.value.prompt != name }
    requests[entries + 1] = PaperRequest(
      author: who, prompt: name, version: version, base: moves[key(name, Self.production)] ?? 0)
    return true
  }

  private mutating func review(_ id: Int, by who: String, isYes: Bool) -> Bool {
    guard var request = requests[id], !(isYes && request.author == who) else { return false }
    let said = isYes ? request.approved : request.rejected
    guard !said.contains(who) else { return false }
    request.approved.remove(who)
    request.rejected.remove(who)
    if isYes { request.approved.insert(who) } else { request.rejected.insert(who) }
    requests[id] = request
    return true
  }

  private mutating func carryOut(_ id: Int) -> Bool {
    guard let request = requests[id], request.rejected.isEmpty, !request.approved.isEmpty,
      !locked.contains(Self.production), !retired.contains(request.prompt),
      request.base == moves[key(request.prompt, Self.production)] ?? 0,
      !yanked.contains("\(request.prompt)@\(request.version)"),
      live[key(request.prompt, "staging")]?.contains(request.version) == true
    else { return false }
    requests[id] = nil
    move(request.prompt, to: request.version, in: Self.production)
    return true
  }

  private mutating func revert(_ name: String, in place: String) -> Bool {
    guard !retired.contains(name), var stays = live[key(name, place)], !stays.isEmpty else {
      return false
    }
    stays.removeLast()
    while let last = stays.last, yanked.contains("\(name)@\(last)") { stays.removeLast() }
    guard !stays.isEmpty else { return false }
    live[key(name, place)] = stays
    moves[key(name, place), default: 0] += 1
    return true
  }

  private mutating func move(_ name: String, to version: String, in place: String) {
    live[key(name, place), default: []].append(version)
    // What is live, and sixteen before it.
    if let stays = live[key(name, place)], stays.count > PinRecord.beforeLimit + 1 {
      live[key(name, place)] = Array(stays.dropFirst())
    }
    moves[key(name, place), default: 0] += 1
  }

  private func key(_ name: String, _ place: String) -> String { "\(place)/\(name)" }

  private func version(_ name: String, _ number: Int) -> String? {
    guard let all = versions[name], number < all.count else { return nil }
    return all[all.count - 1 - number]
  }

  func liveVersion(_ name: String, _ place: String) -> String? { live[key(name, place)]?.last }

  private func isLive(_ name: String, _ version: String) -> Bool {
    ["staging", Self.production].contains { liveVersion(name, $0) == version }
  }

  private func isWanted(_ name: String, _ version: String, in place: String) -> Bool {
    liveVersion(name, place) != version && !yanked.contains("\(name)@\(version)")
  }
}

// MARK: - The same on a ledger

/// Members do what comes to their minds, on a ledger and on paper; both must agree on what is
/// refused and on what is there afterwards.
struct ModelTests {
  private static let steps = 120

  @Test(
    "a ledger does what paper does, step by step, and verifies",
    arguments: 1...4 as ClosedRange<UInt64>)
  func agrees(seed: UInt64) throws {
    print("model: seed \(seed)")
    var dice = SeededGenerator(seed: seed)
    var paper = PaperRegistry()
    let siege = try Siege { policy in
      policy.owners = []
      for place in policy.members.indices { policy.members[place].roles = Set(Role.allCases) }
    }
    var refused = 0
    for step in 0..<Self.steps {
      let who = PaperRegistry.people.randomElement(using: &dice) ?? "alice"
      let attempt = Attempt.random(&dice, paper.requests.keys.sorted())
      let isAllowed = paper.allows(attempt, by: who)
      let isDone = try Self.isDone(attempt, by: who, on: siege, paper)
      #expect(isDone == isAllowed, "step \(step): \(who) \(attempt)")
      if !isDone { refused += 1 }
      let state = try siege.tip().state
      try Self.compare(paper, state, "step \(step): \(who) \(attempt)")
      guard isDone == isAllowed else { return }
    }
    #expect(refused > 0 && refused < Self.steps)
    #expect(try siege.registry.journal.verify().valid == paper.entries)
    try Self.compareHistory(siege)
  }

  /// Does it with the verbs; false where they refuse.
  private static func isDone(
    _ attempt: Attempt, by who: String, on siege: Siege, _ paper: PaperRegistry
  ) throws -> Bool {
    do {
      try act(attempt, by: who, on: siege, paper)
      return true
    } catch let error as RegistryError {
      if case .ledger = error { throw error }
      return false
    }
  }

  private static func act(
    _ attempt: Attempt, by who: String, on siege: Siege, _ paper: PaperRegistry
  ) throws {
    let entry = try siege.tip().state.entry
    switch attempt {
    case .publish(let name): try siege.publish(who, name, "\(name) of entry \(entry)\n")
    case .yank(let name, let number):
      let name = try PromptName(name)
      try siege.act(who) { state, pen throws(RegistryError) in
        try state.yanking(name, try state.recent(number, of: name), why: "bad", pen)
      }
    case .retire(let name):
      let name = try PromptName(name)
      try siege.act(who) { state, pen throws(RegistryError) in
        try state.retiring(name, why: "old", pen)
      }
    case .promote(let name, let number), .request(let name, let number):
      let name = try PromptName(name)
      let wish = Wish(name: name, version: try siege.tip().state.recent(number, of: name))
      if case .promote = attempt {
        try siege.promote(who, wish, to: "staging")
      } else {
        try siege.request(who, wish, to: "production")
      }
    case .approve(let id), .reject(let id), .carryOut(let id), .close(let id):
      try act(attempt, onRequest: id, by: who, siege)
    case .revert(let name, let place):
      let wish = Wish(name: try PromptName(name), version: nil)
      let place = try EnvironmentName(place)
      try siege.act(who) { state, pen throws(RegistryError) in
        try state.reverting([wish], in: place, why: "worse", pen)
      }
    case .lock(let place), .unlock(let place):
      let place = try EnvironmentName(place)
      try siege.act(who) { state, pen throws(RegistryError) in
        if case .lock = attempt { return try state.locking(place, why: "incident", pen) }
        return try state.unlocking(place, why: "over", pen)
      }
    }
  }

  private static func act(_ attempt: Attempt, onRequest id: Int, by who: String, _ siege: Siege)
    throws
  {
    try siege.act(who) { state, pen throws(RegistryError) -> Plan<Int> in
      let request = try state.openRequest(id)
      switch attempt {
      case .approve: return try state.reviewing(request, .approve, reason: "", pen).forgetful
      case .reject: return try state.reviewing(request, .reject, reason: "no", pen).forgetful
      case .close: return try state.closing(id, reason: "no", pen).forgetful
      case _: return try state.promoting(request: id, pen).forgetful
      }
    }
  }
}

extension State {
  /// The newest release but so many.
  fileprivate func recent(
    _ number: Int, of name: PromptName
  ) throws(RegistryError) -> SemanticVersion {
    let versions = try versions(of: name).map(\.version)
    guard number < versions.count else {
      throw .unknownVersion(name, asked: "\(number) before the newest", existing: versions)
    }
    return versions[versions.count - 1 - number]
  }
}

// MARK: - What is there afterwards

extension ModelTests {
  private static func compare(_ paper: PaperRegistry, _ state: State, _ step: String) throws {
    #expect(state.entry == paper.entries, "\(step): a refusal leaves no entry")
    #expect(try state.requests() == paper.requests.keys.sorted(), "\(step)")
    for (id, request) in paper.requests {
      let voices = try state.voices(on: state.openRequest(id))
      #expect(Set(voices.approvals.map(\.text)) == request.approved, "\(step)")
      #expect(Set(voices.rejections.map(\.text)) == request.rejected, "\(step)")
    }
    for name in ["a", "b", "c"] {
      let prompt = try PromptName(name)
      let versions = try state.versions(of: prompt)
      #expect(versions.map(\.version.description) == paper.versions[name] ?? [], "\(step)")
      for version in versions {
        let mark = "\(name)@\(version.version)"
        #expect(version.isYanked == paper.yanked.contains(mark), "\(step)")
        #expect(try state.record(of: prompt, version.version)?.by.text == paper.publishers[mark])
      }
      let isOffered = paper.versions[name] != nil && !paper.retired.contains(name)
      #expect(try state.isOffered(prompt) == isOffered, "\(step)")
      for place in ["staging", "production"] {
        let pin = try state.pin(prompt, in: EnvironmentName(place))
        #expect(
          pin?.live?.version.description == paper.liveVersion(name, place), "\(step): \(place)")
      }
    }
    for place in ["staging", "production"] {
      let isLocked = try state.lock(of: EnvironmentName(place)) != nil
      #expect(isLocked == paper.locked.contains(place), "\(step)")
    }
  }

  /// What the index finds is what a walk finds.
  private static func compareHistory(_ siege: Siege) throws {
    let tip = try siege.tip().entry
    let actions = Set(try siege.registry.history(HistoryQuery(), from: tip).map(\.action))
    #expect(actions.isSuperset(of: [.publish, .promote, .request, .review]))
    for name in ["a", "b"] {
      for place in [nil, "staging", "production"] {
        var query = HistoryQuery()
        query.name = try PromptName(name)
        query.environment = try place.map { try EnvironmentName($0) }
        var walked: [HistoryEntry] = []
        try siege.registry.walk(from: tip) { entry, _ in
          if query.matches(entry) { walked.append(entry) }
          return .further
        }
        #expect(try siege.registry.history(query, from: tip) == walked)
      }
    }
  }
}
