import Contracts
import PromptRegistry
import Synchronization
import Templates

/// A version ready to be rendered and to have outputs held to it.
struct CompiledVersion: Sendable {
  let prompt: CompiledPrompt
  let contract: PromptContract
  /// What every answer to a rendering says.
  let frame: RenderFrame
  /// The entry that published it.
  let entry: Int?
}

/// The versions that were rendered lately; a version never changes, so nothing here goes stale.
final class CompiledCache: Sendable {
  private let versions = Mutex<[Headline.Publication: CompiledVersion]>([:])

  /// Versions that are kept; when there are more, all are forgotten.
  static let limit = 512

  /// The version, compiled now where it was not before.
  func version(
    _ resolved: Resolved, in tip: RegistryTip, _ registry: Registry
  ) throws(RegistryError) -> CompiledVersion {
    let key = Headline.Publication(name: resolved.name, version: resolved.version)
    if let known = versions.withLock({ $0[key] }) { return known }
    let prompt = try tip.state.frozenText(of: resolved).compiled(resolved)
    let entry = try registry.publication(of: resolved.name, resolved.version, from: tip.entry)
    let made = CompiledVersion(
      prompt: prompt, contract: try PromptContract(prompt.prompt),
      frame: RenderFrame(resolved, prompt.metadata, entry: entry), entry: entry)
    versions.withLock { versions in
      if versions.count >= Self.limit { versions = [:] }
      versions[key] = made
    }
    return made
  }
}
