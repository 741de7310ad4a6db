import Contracts
import Keys
import Ledger
import PromptReading
import PromptRegistry

/// Where pinned versions come from: a registry on this machine, or a service that answers for one.
protocol PinSource {
  /// Where the service answers; nil for a folder, whose path means nothing elsewhere.
  var url: String? { get }
  /// Which registry it is, and its newest entry.
  func standing() throws(CommandError) -> RegistryStanding
  /// The version that a reference means there, its digest computed from its bytes.
  func version(_ reference: Reference) throws(CommandError) -> FoundVersion
}

/// Which registry answers, and how far it has come.
struct RegistryStanding: Hashable {
  let id: Digest
  let entry: Int
}

/// A version with all that a pin and a vendored folder need of it.
struct FoundVersion {
  let version: PinnedVersion
  let text: PinnedText
  /// The variables, as a pin lists them.
  let inputs: [String]
  /// What whoever pins it should know; nil where there is nothing.
  let caution: Caution?
}

/// A registry of this machine, verified.
struct LedgerSource: PinSource {
  private let opened: Opened
  let url: String? = nil

  init(_ opened: Opened) { self.opened = opened }

  func standing() throws(CommandError) -> RegistryStanding {
    RegistryStanding(id: opened.tip.entry.ledgerID, entry: opened.state.entry)
  }

  func version(_ reference: Reference) throws(CommandError) -> FoundVersion {
    let (resolved, frozen) = try opened.explaining { () throws(RegistryError) in
      let resolved = try opened.state.resolve(reference)
      return (resolved, try opened.state.frozenText(of: resolved))
    }
    let text = PinnedText(
      source: frozen.source,
      includes: Dictionary(frozen.includes.map { ($0.include.name.text, $0.source) }) { $1 })
    let includes = resolved.record.includes.map {
      Pin.Include(name: $0.name.text, version: $0.version, digest: $0.source)
    }
    return FoundVersion(
      version: PinnedVersion(
        name: resolved.name.text, version: resolved.version, text, includes: includes),
      text: text, inputs: InputNames.names(in: resolved.record.input),
      caution: resolved.caution)
  }
}
