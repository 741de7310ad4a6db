import Ledger
package import Contracts
import Keys

/// The version that a reference means in one state.
package struct Resolved: Hashable, Sendable {
  package let name: PromptName
  package let version: SemanticVersion
  package let record: VersionRecord
  /// Why it was withdrawn; nil while it is offered.
  package let yank: YankRecord?
  /// The pin that led here; nil where no environment was named.
  package let pin: PinRecord?
  /// Whether the newest was asked for of a prompt that is no longer offered.
  package let isRetired: Bool

  /// What whoever reads it should know; nil where there is nothing.
  package var caution: Caution? {
    if let yank { return .yanked(why: yank.why) }
    return isRetired ? .retired : nil
  }
}

/// Why somebody should look for another version than the one that is read.
package enum Caution: Hashable, Sendable {
  case yanked(why: String)
  /// Nothing new will come of the prompt.
  case retired

  /// A sentence about a version of a prompt.
  package func message(_ name: String, _ version: SemanticVersion) -> String {
    switch self {
    case .yanked(let why): "'\(name)' \(version) is yanked: \(why)"
    case .retired:
      "'\(name)' was retired and nothing new will come of it; '\(name)@\(version)' stays as it is"
    }
  }
}

extension State {
  /// The version that a reference means; never another one instead. A draft is nothing that a state
  /// knows of, so it is refused here. Of a name that is not there the error has those that may be
  /// told.
  package func resolve(
    _ reference: Reference, whereToldOf mayBeTold: (PromptName) -> Bool = { _ in true }
  ) throws(RegistryError) -> Resolved {
    let name = reference.name
    let versions = try versions(of: name)
    guard !versions.isEmpty else {
      throw try unknownPrompt(name, whereToldOf: mayBeTold)
    }
    let existing = versions.map(\.version)
    let asked = reference.selector
    switch asked {
    case .latest:
      return try offered(name, versions.newestUnyanked, asked: asked, existing)
    case .exact(let version):
      return try resolved(
        name, existing.contains(version) ? version : nil, asked: asked, existing)
    case .range(let range):
      if let exact = range.exact {
        return try resolved(name, exact, asked: asked, existing)
      }
      let offered = versions.filter { !$0.isYanked }.map(\.version)
      return try self.offered(name, range.highest(in: offered), asked: asked, existing)
    case .environment(let environment):
      return try resolve(name, in: environment)
    case .digest(let digits):
      return try resolve(name, digest: digits, versions)
    case .draft:
      throw .badReference(reference.description, .draftIsNoVersion)
    }
  }

  private func resolve(
    _ name: PromptName, in environment: EnvironmentName
  ) throws(RegistryError) -> Resolved {
    _ = try requireEnvironment(environment)
    guard let pin = try pin(name, in: environment), let live = pin.live else {
      throw try notLive(name, environment)
    }
    return Resolved(
      name: name, version: live.version, record: try existingRecord(of: name, live.version),
      yank: try yank(of: name, live.version), pin: pin, isRetired: false)
  }

  /// Versions that differ in cases or brief only share a digest; the newest of them is meant.
  private func resolve(
    _ name: PromptName, digest digits: String, _ versions: [PublishedVersion]
  ) throws(RegistryError) -> Resolved {
    var found: [SemanticVersion] = []
    var digests: Set<String> = []
    for version in versions.map(\.version) {
      let digest = try existingRecord(of: name, version).digest.description.dropFirst(7)
      guard digest.hasPrefix(digits) else { continue }
      found.append(version)
      digests.insert(String(digest))
    }
    guard digests.count <= 1 else {
      throw .badReference("\(name)@sha256:\(digits)", .ambiguousDigest(found))
    }
    return try resolved(
      name, found.last, asked: .digest(digits), versions.map(\.version))
  }

  /// What is meant by whoever takes what is offered, and no version in particular.
  private func offered(
    _ name: PromptName, _ version: SemanticVersion?, asked: Reference.Selector,
    _ existing: [SemanticVersion]
  ) throws(RegistryError) -> Resolved {
    let found = try resolved(name, version, asked: asked, existing)
    return Resolved(
      name: name, version: found.version, record: found.record, yank: found.yank, pin: nil,
      isRetired: try !isOffered(name))
  }

  private func resolved(
    _ name: PromptName, _ version: SemanticVersion?, asked: Reference.Selector,
    _ existing: [SemanticVersion]
  ) throws(RegistryError) -> Resolved {
    guard let version, let record = try record(of: name, version) else {
      throw .unknownVersion(name, asked: asked.words, existing: existing)
    }
    return Resolved(
      name: name, version: version, record: record, yank: try yank(of: name, version), pin: nil,
      isRetired: false)
  }

  /// The source of a resolved version and of every partial frozen into it, each digest checked.
  package func frozenText(of resolved: Resolved) throws(RegistryError) -> FrozenText {
    let source = try checkedSource(
      of: resolved.name, resolved.version,
      digest: nil)
    var includes: [FrozenText.Part] = []
    for include in resolved.record.includes {
      includes.append(
        FrozenText.Part(
          include: include,
          source: try checkedSource(of: include.name, include.version, digest: include.source)))
    }
    let digest = VersionRecord.digest(
      source: Digest(of: source), includes: resolved.record.includes)
    guard digest == resolved.record.digest else {
      throw .broken(path: Slot.version(resolved.name, resolved.version, .source).path, .otherBytes)
    }
    return FrozenText(source: source, includes: includes)
  }

  private func checkedSource(
    of name: PromptName, _ version: SemanticVersion, digest: Digest?
  ) throws(RegistryError) -> [UInt8] {
    guard let source = try file(.source, of: name, version),
      digest.map({ $0 == Digest(of: source) }) ?? true
    else {
      throw .broken(path: Slot.version(name, version, .source).path, .otherBytes)
    }
    return source
  }
}

extension Reference.Selector {
  /// What is asked for, in the words of an error: `'support/triage' has no version …`.
  package var words: String {
    switch self {
    case .latest: "release"
    case .exact(let version): version.description
    case .range(let range): range.description
    case .environment(let environment): "that is live in '\(environment)'"
    case .digest(let digits):
      "with the digest sha256:\(digits)" + (digits.utf8.count < 2 * Digest.size ? "…" : "")
    case .draft: "that is a draft"
    }
  }
}

/// All the text that a version consists of.
package struct FrozenText: Hashable, Sendable {
  package let source: [UInt8]
  package let includes: [Part]

  /// A partial of the closure with its text.
  package struct Part: Hashable, Sendable {
    package let include: Include
    package let source: [UInt8]
  }
}
