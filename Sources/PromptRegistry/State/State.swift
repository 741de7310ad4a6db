package import Contracts
import Keys
package import Ledger
package import Notation

/// One state of a registry: the tree after an entry, read on demand.
///
/// Decisions are functions of a state; they read nothing else. Whatever is read is parsed strictly,
/// and a file that is not what it should be is `.broken` with its path.
package struct State {
  /// The entry after which the tree stands; 0 before the first.
  package let entry: Int
  /// The time of that entry.
  package let time: Timestamp
  /// The members, owners and environments.
  package let policy: Policy
  private let tree: any TreeReader
  /// Reviews that are not written, by their requests: what is asked is how it would be with them.
  private var foreseen: [Int: Review] = [:]

  /// Reads the policy at once, the rest when it is asked for.
  package init(entry: Int, time: Timestamp, tree: any TreeReader) throws(RegistryError) {
    self.entry = entry
    self.time = time
    self.tree = tree
    guard let policy: Policy = try Self.record(.policy, in: tree) else {
      throw .broken(
        path: Slot.policy.path, RecordError(place: [], problem: .missing))
    }
    self.policy = policy
  }

  /// The same where the policy has been read from this tree, or from one with the same.
  init(entry: Int, time: Timestamp, policy: Policy, tree: any TreeReader) {
    self.entry = entry
    self.time = time
    self.policy = policy
    self.tree = tree
  }
}

// MARK: - Prompts and versions

extension State {
  /// Every name that was ever published, partials and retired ones included, sorted.
  package func names() throws(RegistryError) -> [PromptName] {
    var names: [PromptName] = []
    try collectNames(in: Folder.versions.path, prefix: "", into: &names)
    return names.sorted()
  }

  /// Whether the name is offered: published and not retired.
  package func isOffered(_ name: PromptName) throws(RegistryError) -> Bool {
    try file(.prompt(name)) != nil
  }

  /// The numbers ever used by a name, rising; pre-releases and yanked ones included.
  package func versions(of name: PromptName) throws(RegistryError) -> [PublishedVersion] {
    var versions: [SemanticVersion] = []
    var yanked: Set<SemanticVersion> = []
    for child in try children(of: .versionsOf(name)) {
      switch VersionChild(child.name) {
      case .version(let version): versions.append(version)
      case .yanked(let version): yanked.insert(version)
      case nil: break
      }
    }
    return versions.sorted().map {
      PublishedVersion(version: $0, isYanked: !yanked.isEmpty && yanked.contains($0))
    }
  }

  /// The record of a version, or nil where there is none.
  package func record(
    of name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> VersionRecord? {
    try Self.record(.version(name, version, .record), in: tree)
  }

  /// One file of a version, or nil where there is none.
  package func file(
    _ file: VersionFile, of name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> [UInt8]? {
    try self.file(.version(name, version, file))
  }

  /// Why and by whom a version was yanked, or nil where it was not.
  package func yank(
    of name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> YankRecord? {
    try Self.record(.yanked(name, version), in: tree)
  }
}

/// A number that a name has used.
package struct PublishedVersion: Hashable, Sendable {
  package let version: SemanticVersion
  package let isYanked: Bool

  package init(version: SemanticVersion, isYanked: Bool) {
    self.version = version
    self.isYanked = isYanked
  }
}

extension [PublishedVersion] {
  /// The highest release, yanked or not: numbers go on from it.
  package var highestRelease: SemanticVersion? {
    last(where: { $0.version.isRelease })?.version
  }

  /// The highest release that is still offered.
  package var newestUnyanked: SemanticVersion? {
    last(where: { $0.version.isRelease && !$0.isYanked })?.version
  }
}

// MARK: - Environments

extension State {
  /// The pin of a prompt in an environment, withdrawn ones included.
  package func pin(
    _ name: PromptName, in environment: EnvironmentName
  ) throws(RegistryError) -> PinRecord? {
    try Self.record(.pin(environment, name), in: tree)
  }

  /// The names that have a pin in an environment, withdrawn ones included, sorted.
  package func pinnedNames(
    in environment: EnvironmentName
  ) throws(RegistryError) -> [PromptName] {
    var names: [PromptName] = []
    try collectPins(in: Folder.pins(environment).path, prefix: "", into: &names)
    return names.sorted()
  }

  /// Who locked an environment and why, or nil where nobody did.
  package func lock(of environment: EnvironmentName) throws(RegistryError) -> LockRecord? {
    try Self.record(.lock(environment), in: tree)
  }

  /// The environments in which a version is live.
  package func environments(
    holding name: PromptName, _ version: SemanticVersion
  ) throws(RegistryError) -> [EnvironmentName] {
    var found: [EnvironmentName] = []
    for environment in policy.environments.map(\.name) {
      if try pin(name, in: environment)?.live?.version == version { found.append(environment) }
    }
    return found
  }

  /// The environments in which anything is live.
  package func liveEnvironments() throws(RegistryError) -> [EnvironmentName] {
    var found: [EnvironmentName] = []
    for environment in policy.environments.map(\.name) {
      for name in try pinnedNames(in: environment) {
        guard try pin(name, in: environment)?.live != nil else { continue }
        found.append(environment)
        break
      }
    }
    return found
  }
}

// MARK: - Requests

extension State {
  /// The numbers of the open requests, rising.
  package func requests() throws(RegistryError) -> [Int] {
    try children(of: .requests).compactMap { Int($0.name) }.sorted()
  }

  /// An open request, or nil where none has this number.
  package func request(_ id: Int) throws(RegistryError) -> RequestRecord? {
    try Self.record(.request(id), in: tree)
  }

  /// The policy that a request proposes.
  package func proposedPolicy(_ id: Int) throws(RegistryError) -> Policy? {
    try Self.record(.requestPolicy(id), in: tree)
  }

  /// What each member last decided about a request, sorted by member.
  package func reviews(of id: Int) throws(RegistryError) -> [Review] {
    var reviews: [Review] = []
    for child in try children(of: .reviews(id)).sorted(by: { $0.name < $1.name }) {
      guard case .review(_, let member) = Slot(path: "\(Folder.reviews(id).path)/\(child.name)"),
        let record: ReviewRecord = try Self.record(.review(id, member), in: tree)
      else { continue }
      reviews.append(Review(member: member, record: record))
    }
    guard let review = foreseen[id] else { return reviews }
    return (reviews.filter { $0.member != review.member } + [review])
      .sorted { $0.member.text < $1.member.text }
  }

  /// The same as it would be with one more review of a request.
  package func foreseeing(_ review: Review, of id: Int) -> State {
    var state = self
    state.foreseen[id] = review
    return state
  }

  /// Every file of an open request.
  package func slots(ofRequest id: Int) throws(RegistryError) -> [Slot] {
    var slots: [Slot] = [.request(id)]
    if try file(.requestPolicy(id)) != nil { slots.append(.requestPolicy(id)) }
    return slots + (try reviews(of: id)).map { .review(id, $0.member) }
  }
}

/// A review together with whose it is.
package struct Review: Hashable, Sendable {
  package let member: MemberName
  package let record: ReviewRecord

  package init(member: MemberName, record: ReviewRecord) {
    self.member = member
    self.record = record
  }
}

// MARK: - Services

extension State {
  /// The programs that may read.
  package func services() throws(RegistryError) -> ServicesRecord {
    try Self.record(.services, in: tree) ?? ServicesRecord()
  }
}

// MARK: - Reading

extension State {
  /// The bytes that stand in a slot, or nil where nothing does.
  package func file(_ slot: Slot) throws(RegistryError) -> [UInt8]? {
    try Self.file(slot, in: tree)
  }

  /// Whether exactly these bytes stand in a slot, or nothing does where nil is given; cheaper than
  /// reading it.
  func holds(_ bytes: [UInt8]?, in slot: Slot) throws(RegistryError) -> Bool {
    do throws(LedgerError) {
      return try tree.holds(bytes, at: slot.path)
    } catch {
      throw .ledger(error)
    }
  }

  private static func file(
    _ slot: Slot, in tree: any TreeReader
  ) throws(RegistryError) -> [UInt8]? {
    do throws(LedgerError) {
      return try tree.blob(at: slot.path, limit: slot.byteLimit)
    } catch {
      throw .ledger(error)
    }
  }

  private static func record<R: Record>(
    _ slot: Slot, in tree: any TreeReader
  ) throws(RegistryError) -> R? {
    guard let bytes = try file(slot, in: tree) else { return nil }
    do throws(RecordError) {
      return try R(bytes: bytes)
    } catch {
      throw .broken(path: slot.path, error)
    }
  }

  private func children(of folder: Folder) throws(RegistryError) -> [TreeChild] {
    try children(of: folder.path)
  }

  private func children(of path: String) throws(RegistryError) -> [TreeChild] {
    do throws(LedgerError) {
      return try tree.children(of: path)
    } catch {
      throw .ledger(error)
    }
  }

  private func collectNames(
    in path: String, prefix: String, into names: inout [PromptName]
  ) throws(RegistryError) {
    var isName = false
    for child in try children(of: path) where child.isFolder {
      if VersionChild(child.name) != nil {
        isName = true
      } else {
        try collectNames(
          in: "\(path)/\(child.name)", prefix: "\(prefix)\(child.name)/", into: &names)
      }
    }
    // A folder that holds versions is a name; a spelling that is none is found by `verify`.
    if isName, let name = try? PromptName(String(prefix.dropLast())) { names.append(name) }
  }

  private func collectPins(
    in path: String, prefix: String, into names: inout [PromptName]
  ) throws(RegistryError) {
    for child in try children(of: path) {
      if child.isFolder {
        try collectPins(
          in: "\(path)/\(child.name)", prefix: "\(prefix)\(child.name)/", into: &names)
      } else if child.name.hasSuffix(".json"),
        // As above.
        let name = try? PromptName(prefix + child.name.dropLast(5))
      {
        names.append(name)
      }
    }
  }
}

extension State {
  /// `ledger.json`, or nil where it is missing.
  package func ledger() throws(RegistryError) -> LedgerRecord? {
    try Self.record(.ledger, in: tree)
  }
}
