import Contracts
import Keys
import Testing

@testable import Ledger
@testable import PromptRegistry

/// What entries are looked up by.
struct HistoryKeysTests {
  @Test("an entry whose request cannot be read is still found by everything else")
  func unreadableRequest() throws {
    let bench = try Bench()
    try bench.publish([try bench.draft("support/triage", "Hi\n")], at: 1)
    let wish = Wish(name: try PromptName("support/triage"), version: SemanticVersion(1, 0, 0))
    let place = try EnvironmentName("production")
    _ = try bench.registry.write(Bench.order(bench.key, 2)) { state, pen throws(RegistryError) in
      try state.requesting([wish], in: place, reason: "please", pen)
    }
    let entry = try bench.registry.tip().entry
    let number = entry.entry.number
    let whole = try bench.registry.step(to: entry, from: bench.registry.parent(of: entry))
    let keys = try HistoryKeys.indexing.keywords(whole)
    #expect(keys.contains(HistoryKeys.name(wish.name)))

    let damaged = EntryStep(
      entry: entry, before: MemoryTree(),
      after: MemoryTree([Slot.request(number).path: Array("{".utf8)]), changes: [])
    #expect(throws: RegistryError.self) { try HistoryEntry(damaged) }
    let left = [HistoryKeys.member("alice"), HistoryKeys.request(number)]
    #expect(try HistoryKeys.indexing.keywords(damaged) == left)
  }
}
