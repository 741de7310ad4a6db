import Contracts
import Notation
import PromptRegistry
import Synchronization
import Templates

/// A version ready to be rendered and to have outputs held to it.
final class CompiledVersion: Sendable {
  let prompt: CompiledPrompt
  /// What inputs are held to, in the order of the source.
  let contract: PromptContract
  /// What outputs are held to, in the order of the record, as the command line has it.
  let promise: PromptContract
  /// What every answer to a rendering says.
  let frame: RenderFrame
  /// The entry that published it.
  let entry: Int?

  init(_ version: Resolved, _ prompt: CompiledPrompt, entry: Int?) throws(RegistryError) {
    self.prompt = prompt
    contract = try PromptContract(prompt.prompt)
    promise = try PromptContract(version.record, defaults: ValueMap())
    frame = RenderFrame(version, prompt.metadata, entry: entry)
    self.entry = entry
  }
}

/// The versions that were rendered lately; a version never changes, so nothing here goes stale.
final class CompiledCache: Sendable {
  private let versions = Mutex<[Headline.Publication: CompiledVersion]>([:])

  private let limit: Int

  /// When there are more than `limit` versions, all are forgotten.
  init(limit: Int) { self.limit = limit }

  /// The version, compiled now where it was not before.
  func version(
    _ resolved: Resolved, in tip: RegistryTip, _ registry: Registry
  ) throws(RegistryError) -> CompiledVersion {
    let key = resolved.publication
    if let known = versions.withLock({ $0[key] }) { return known }
    let prompt = try tip.state.frozenText(of: resolved).compiled(resolved)
    let entry = try registry.publication(of: resolved.name, resolved.version, from: tip.entry)
    let made = try CompiledVersion(resolved, prompt, entry: entry)
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
