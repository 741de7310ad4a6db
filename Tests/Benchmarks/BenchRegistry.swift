import Foundation
import TestSupport

/// A long registry, made once and kept below `.build`; `STET_BENCH_ENTRIES` says how long it is.
struct BenchRegistry {
  /// In a hundred folders.
  static let prompts = 10_000

  let entries: Int
  /// Holds the ledger, and room for what a topic keeps beside it.
  let folder: String
  var ledger: String { folder + "/ledger.git" }

  init() throws {
    let wanted = ProcessInfo.processInfo.environment["STET_BENCH_ENTRIES"].flatMap { Int($0) }
    entries = wanted ?? 100_000
    folder = Checkout.root.appendingPathComponent(".build/bench-history-\(entries)").path
    guard !FileManager.default.fileExists(atPath: folder + "/ledger.git") else { return }
    let draft = folder + ".new"
    try? FileManager.default.removeItem(atPath: draft)  // nothing is there the first time
    try FileManager.default.createDirectory(
      atPath: draft, withIntermediateDirectories: true)
    try RegistryMill(draft + "/ledger.git", prompts: Self.prompts).grow(to: entries)
    // One pack, as after any `git gc`.
    _ = try Program("git", in: draft + "/ledger.git").run(["repack", "-a", "-d", "-q"])
    try FileManager.default.moveItem(atPath: draft, toPath: folder)
  }
}
