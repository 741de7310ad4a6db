package import Contracts
import Notation

/// One place in the ledger's tree. This file alone knows how a tree is laid out.
package enum Slot: Hashable, Sendable {
  case ledger
  case policy
  case services
  case allowedSigners
  /// The text of the highest release.
  case prompt(PromptName)
  case version(PromptName, SemanticVersion, VersionFile)
  case yanked(PromptName, SemanticVersion)
  case pin(EnvironmentName, PromptName)
  case lock(EnvironmentName)
  case request(Int)
  case requestPolicy(Int)
  case review(Int, MemberName)
}

/// The files of one version.
package enum VersionFile: String, CaseIterable, Sendable {
  case source = ".prompt"
  case record = ".json"
  case cases = ".cases.yaml"
  case brief = ".brief.md"

  /// The way to the file that a draft has of this kind, from the top of a workspace.
  package func path(of name: PromptName) -> String { "\(Folder.prompts.path)/\(name)\(rawValue)" }
}

extension Slot {
  /// The way to the file from the top of the tree.
  package var path: String {
    switch self {
    case .ledger: "ledger.json"
    case .policy: "policy/policy.json"
    case .services: "policy/services.json"
    case .allowedSigners: "policy/allowed_signers"
    case .prompt(let name): "prompts/\(name).prompt"
    case .version(let name, let version, let file):
      "\(Folder.version(name, version).path)/\(name.leaf)\(file.rawValue)"
    case .yanked(let name, let version): "versions/\(name)/\(version)\(Self.yankedSuffix)"
    case .pin(let environment, let name): "environments/\(environment)/\(name).json"
    case .lock(let environment): "environments/\(environment)\(Self.lockedSuffix)"
    case .request(let id): "requests/\(id)/request.json"
    case .requestPolicy(let id): "requests/\(id)/policy.json"
    case .review(let id, let member): "requests/\(id)/reviews/\(member).json"
    }
  }

  /// Nil for every path that no entry may hold.
  package init?(path: String) {
    guard let slot = Self.parsed(path), slot.path == path else { return nil }
    self = slot
  }

  /// The largest file that may stand there, in bytes.
  package var byteLimit: Int {
    switch self {
    case .prompt, .version(_, _, .source), .version(_, _, .cases), .version(_, _, .brief):
      Self.sourceByteLimit
    case .ledger, .policy, .services, .allowedSigners, .version(_, _, .record), .yanked, .pin,
      .lock, .request, .requestPolicy, .review:
      Self.recordByteLimit
    }
  }

  /// The largest source, and the largest file of cases or brief.
  package static let sourceByteLimit = 1 << 20
  /// The largest record.
  package static let recordByteLimit = 256 << 10

  fileprivate static let yankedSuffix = ".yanked"
  private static let lockedSuffix = ".locked"
}

/// A folder of the ledger's tree that is listed.
package enum Folder: Hashable, Sendable {
  case prompts
  case versions
  case versionsOf(PromptName)
  case version(PromptName, SemanticVersion)
  case environments
  case pins(EnvironmentName)
  case requests
  case reviews(Int)

  /// The way to the folder from the top of the tree.
  package var path: String {
    switch self {
    case .prompts: "prompts"
    case .versions: "versions"
    case .versionsOf(let name): "versions/\(name)"
    case .version(let name, let version): "versions/\(name)/\(version)"
    case .environments: "environments"
    case .pins(let environment): "environments/\(environment)"
    case .requests: "requests"
    case .reviews(let id): "requests/\(id)/reviews"
    }
  }
}

/// What stands in the folder of one name, read from the names of its children.
package enum VersionChild: Hashable, Sendable {
  case version(SemanticVersion)
  case yanked(SemanticVersion)

  /// Nil for the folder of a longer name.
  package init?(_ child: String) {
    let suffix = Slot.yankedSuffix.utf8
    if child.utf8.suffix(suffix.count).elementsEqual(suffix),
      let version = SemanticVersion(String(child.dropLast(suffix.count)))
    {
      self = .yanked(version)
    } else if let version = SemanticVersion(child) {
      self = .version(version)
    } else {
      return nil
    }
  }
}

// MARK: - Reading paths

extension Slot {
  private static func parsed(_ path: String) -> Slot? {
    let parts = path.parts(between: "/")
    guard let top = parts.first else { return nil }
    let rest = parts.dropFirst()
    switch top {
    case "ledger.json": return .ledger
    case "policy": return policyFile(rest)
    case "prompts": return name(rest, ".prompt").map { .prompt($0) }
    case "versions": return versionFile(rest)
    case "environments": return environmentFile(rest)
    case "requests": return requestFile(rest)
    case _: return nil
    }
  }

  private static func policyFile(_ parts: ArraySlice<Substring>) -> Slot? {
    guard parts.count == 1 else { return nil }
    return switch parts.first {
    case "policy.json": .policy
    case "services.json": .services
    case "allowed_signers": .allowedSigners
    case _: nil
    }
  }

  private static func versionFile(_ parts: ArraySlice<Substring>) -> Slot? {
    guard let last = parts.last else { return nil }
    if last.hasSuffix(yankedSuffix) {
      guard let version = SemanticVersion(String(last.dropLast(yankedSuffix.count))),
        let name = name(parts.dropLast(), "")
      else { return nil }
      return .yanked(name, version)
    }
    guard parts.count >= 3, let version = SemanticVersion(String(parts[parts.endIndex - 2])),
      let name = name(parts.dropLast(2), ""),
      let file = VersionFile.allCases.first(where: { last == name.leaf + $0.rawValue })
    else { return nil }
    return .version(name, version, file)
  }

  private static func environmentFile(_ parts: ArraySlice<Substring>) -> Slot? {
    guard let first = parts.first else { return nil }
    if parts.count == 1 {
      guard first.hasSuffix(lockedSuffix) else { return nil }
      return environment(first.dropLast(lockedSuffix.count)).map { .lock($0) }
    }
    guard let environment = environment(first), let name = name(parts.dropFirst(), ".json") else {
      return nil
    }
    return .pin(environment, name)
  }

  private static func requestFile(_ parts: ArraySlice<Substring>) -> Slot? {
    guard let id = parts.first.flatMap({ Int($0) }), id > 0 else { return nil }
    let rest = Array(parts.dropFirst())
    if rest == ["request.json"] { return .request(id) }
    if rest == ["policy.json"] { return .requestPolicy(id) }
    guard rest.count == 2, rest[0] == "reviews", rest[1].hasSuffix(".json"),
      // A spelling that is no member's name is no slot.
      let member = try? MemberName(String(rest[1].dropLast(5)))
    else { return nil }
    return .review(id, member)
  }

  private static func name(_ parts: ArraySlice<Substring>, _ suffix: String) -> PromptName? {
    let text = parts.joined(separator: "/")
    guard text.hasSuffix(suffix) else { return nil }
    // A spelling that is no name is no slot.
    return try? PromptName(String(text.dropLast(suffix.count)))
  }

  private static func environment(_ text: Substring) -> EnvironmentName? {
    // As above.
    try? EnvironmentName(String(text))
  }
}
