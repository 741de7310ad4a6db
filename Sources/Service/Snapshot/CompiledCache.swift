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

  private let limit: Int

  /// When there are more than `limit` versions, all are forgotten.
  init(limit: Int) { self.limit = limit }

  /// The version, if it is still there.
  func find(_ key: Headline.Publication) -> CompiledVersion? { versions.withLock { $0[key] } }

  /// The version, compiled now where it was not before.
  func version(
    _ resolved: Resolved, in tip: RegistryTip, _ registry: Registry
  ) throws(RegistryError) -> CompiledVersion {
    let key = resolved.publication
    if let known = find(key) { return known }
    let prompt = try tip.state.frozenText(of: resolved).compiled(resolved)
    let entry = try registry.publication(of: resolved.name, resolved.version, from: tip.entry)
    let made = CompiledVersion(
      prompt: prompt, contract: try PromptContract(prompt.prompt),
      frame: RenderFrame(resolved, prompt.metadata, entry: entry), entry: entry)
    versions.withLock { versions in
      if versions.count >= limit { versions = [:] }
      versions[key] = made
    }
    return made
  }
}

extension Resolved {
  /// What it is called for ever, whichever reference led to it.
  var publication: Headline.Publication { Headline.Publication(name: name, version: version) }
}
