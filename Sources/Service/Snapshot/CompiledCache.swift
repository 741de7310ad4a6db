import Contracts
import HTTP
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
  /// Counts what is answered with it.
  let tally: HTTP.Tally

  init(
    _ version: Resolved, _ prompt: CompiledPrompt, entry: Int?, tally: HTTP.Tally
  ) throws(RegistryError) {
    self.prompt = prompt
    contract = try PromptContract(prompt.prompt)
    promise = try PromptContract(version.record, defaults: ValueMap())
    frame = RenderFrame(version, prompt.metadata, entry: entry)
    self.entry = entry
    self.tally = tally
  }
}

/// The versions that were rendered lately; a version never changes, so nothing here goes stale.
final class CompiledCache: Sendable {
  private let versions = Mutex<[Headline.Publication: CompiledVersion]>([:])

  private let limit: Int
  private let reads: ReadMetrics

  /// When there are more than `limit` versions, all are forgotten; what is answered with one is
  /// counted among `reads`.
  init(limit: Int, _ reads: ReadMetrics) {
    self.limit = limit
    self.reads = reads
  }

  /// The version, compiled now where it was not before.
  func version(
    _ resolved: Resolved, in tip: RegistryTip, _ registry: Registry
  ) throws(RegistryError) -> CompiledVersion {
    let key = resolved.publication
    if let known = versions.withLock({ $0[key] }) { return known }
    let prompt = try tip.state.frozenText(of: resolved).compiled(resolved)
    let entry = try registry.publication(of: resolved.name, resolved.version, from: tip.entry)
    let tally = reads.tally("\(resolved.name)", "\(resolved.version)")
    let made = try CompiledVersion(resolved, prompt, entry: entry, tally: tally)
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
