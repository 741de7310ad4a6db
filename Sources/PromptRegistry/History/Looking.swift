package import Ledger
import Notation

/// What entries of a registry are looked up by; raise the edition with any change.
enum HistoryKeys {
  static let indexing = Indexing(edition: 3) { step throws(LedgerError) in
    let told = HistoryEntry(step, about: try request(of: step))
    var keys = [HistoryKeys.member(told.by)] + told.names.map { HistoryKeys.name($0) }
    keys += told.published.map { HistoryKeys.version($0) }
    if let environment = told.environment { keys.append(HistoryKeys.environment(environment)) }
    if let request = told.request { keys.append(HistoryKeys.request(request)) }
    return keys
  }

  /// The request that an entry is about; nil too where it cannot be read, as everything else of the
  /// entry is still asked for.
  private static func request(of step: EntryStep) throws(LedgerError) -> RequestRecord? {
    do throws(RegistryError) { return try step.request() } catch {
      if case .ledger(let error) = error { throw error }
      return nil
    }
  }

  static func member(_ name: String) -> Keyword { Keyword("member \(name)") }
  static func name(_ name: PromptName) -> Keyword { Keyword("name \(name)") }
  static func environment(_ name: EnvironmentName) -> Keyword { Keyword("environment \(name)") }
  static func request(_ id: Int) -> Keyword { Keyword("request \(id)") }
  static func version(_ version: Headline.Publication) -> Keyword {
    Keyword("version \(version.name)@\(version.version)")
  }
}

extension Registry {
  /// Brings the index of the past up to an entry, so that what is asked next is answered at once.
  package func prepareHistory(
    upTo tip: SignedEntry,
    _ progress: @escaping @Sendable (VerificationProgress) -> Void
  ) throws(RegistryError) {
    do throws(LedgerError) {
      _ = try journal.index(upTo: tip, progress)
    } catch {
      throw .ledger(error)
    }
  }

  /// Runs a search in the index; if that turns out to be wrong, in one that is made anew.
  func looking<Found>(
    upTo tip: SignedEntry, _ search: (Lookup) throws(RegistryError) -> Found
  ) throws(RegistryError) -> Found {
    do throws(RegistryError) {
      return try search(try lookup(upTo: tip))
    } catch {
      guard case .ledger(.wrongIndex) = error else { throw error }
      journal.discardIndex()
      return try search(try lookup(upTo: tip))
    }
  }

  private func lookup(upTo tip: SignedEntry) throws(RegistryError) -> Lookup {
    do throws(LedgerError) {
      return Lookup(index: try journal.index(upTo: tip), registry: self)
    } catch {
      throw .ledger(error)
    }
  }
}

/// An index together with the ledger that it is of: it finds, the ledger says.
struct Lookup {
  let index: EntryIndex
  private let registry: Registry

  init(index: EntryIndex, registry: Registry) {
    self.index = index
    self.registry = registry
  }

  /// An entry, read from its commit.
  func entry(_ number: Int) throws(RegistryError) -> SignedEntry {
    do throws(LedgerError) {
      return try registry.journal.entry(number, in: index)
    } catch {
      throw .ledger(error)
    }
  }

  /// What an entry did, read from the trees on both sides of it.
  func told(_ entry: SignedEntry) throws(RegistryError) -> HistoryEntry {
    try HistoryEntry(try registry.step(to: entry, from: try registry.parent(of: entry)))
  }

  /// The number of the entry that published a version; nil where none did.
  ///
  /// Looks for its record in the trees on both sides of an entry, which may have published
  /// thousands of others.
  func publication(of version: Headline.Publication) throws(RegistryError) -> Int? {
    for number in index.numbers(about: [HistoryKeys.version(version)]) {
      let entry = try entry(number)
      guard try holds(entry, version) else { continue }
      let parent = try registry.parent(of: entry)
      if try parent.map({ parent throws(RegistryError) in try holds(parent, version) }) != true {
        return number
      }
    }
    return nil
  }

  private func holds(
    _ entry: SignedEntry, _ version: Headline.Publication
  ) throws(RegistryError) -> Bool {
    let record = Slot.version(version.name, version.version, .record)
    do throws(LedgerError) {
      return try registry.journal.tree(of: entry).content(at: record.path) != nil
    } catch {
      throw .ledger(error)
    }
  }

  /// Shows entries that have all these keys, newest first, until `body` has seen enough.
  func forEach(
    about keys: [Keyword], _ body: (HistoryEntry, SignedEntry) throws(RegistryError) -> WalkStep
  ) throws(RegistryError) {
    for number in index.numbers(about: keys) {
      let entry = try entry(number)
      if try body(try told(entry), entry) == .enough { return }
    }
  }
}
