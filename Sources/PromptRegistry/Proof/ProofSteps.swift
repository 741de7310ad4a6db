import Keys
import Ledger
import Notation

/// What identifies an entry to somebody who wants to look at it himself, with git or with us.
struct EntryMark: Sendable {
  let number: Int
  let headline: String
  let by: String
  let at: Timestamp
  let fingerprint: String
  let digest: Digest
  let commit: String

  /// Checks the signature once more, to say whose key it is.
  init(_ entry: SignedEntry) throws(RegistryError) {
    number = entry.entry.number
    headline = entry.entry.headline
    by = entry.entry.member
    at = entry.entry.time
    digest = entry.digest
    commit = "\(entry.id)"
    do throws(Ledger.Violation) {
      fingerprint = try entry.verifiedSigner().fingerprint
    } catch {
      throw .ledger(.broken(BrokenEntry(number: number, commit: entry.id, [error])))
    }
  }

  var lines: [String] {
    [
      "entry \(number): \(headline)",
      "  written by \(by) at \(at), signed with \(fingerprint)",
      "  \(digest), commit \(commit)",
    ]
  }

  var value: Value {
    [
      "entry": Field.number(number), "headline": .string(headline), "by": .string(by),
      "at": Field.text(at), "key": .string(fingerprint), "digest": Field.text(digest),
      "commit": .string(commit),
    ]
  }
}

/// An entry that put a pin back to what had been live.
struct RevertProof: Sendable {
  /// When what is live again was live before.
  let stay: Stay
  private let mark: EntryMark
  private let why: String
  private let left: VersionMark?

  init(
    of name: PromptName, in environment: EnvironmentName, _ pin: PinRecord, set entry: SignedEntry,
    on before: State
  ) throws(RegistryError) {
    let old = try before.pin(name, in: environment)
    let mover = Mover(by: pin.by, entry: pin.entry, request: nil, at: pin.since)
    let places = (old?.before ?? []).indices
    guard let old, let place = places.first(where: { old.reverted(toElement: $0, mover) == pin })
    else { throw .conflict(.nothingBefore(name, environment)) }
    stay = old.before[place]
    left = old.live
    mark = try EntryMark(entry)
    why = entry.entry.text
  }

  var lines: [String] {
    mark.lines + [
      "  because: \(ErrorText.oneLine(why))",
      "  went back from \(left.map { "\($0.version)" } ?? "nothing") to \(stay.mark.version), "
        + "which was live from \(stay.since) to \(stay.until)",
    ]
  }

  var value: Value {
    [
      "kind": "revert", "entry": mark.value, "why": .string(why),
      "from": left?.value ?? .null, "to": stay.mark.value, "since": Field.text(stay.since),
      "until": Field.text(stay.until),
    ]
  }
}
