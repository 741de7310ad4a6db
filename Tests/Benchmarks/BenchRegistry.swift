import Foundation
import TestSupport

/// A large registry of ten thousand prompts in a hundred folders, made once and kept below
/// `.build`.
struct BenchRegistry {
  static let prompts = 10_000

  /// Holds the ledger, and room for what a topic keeps beside it.
  let folder: String
  let entries: Int
  var ledger: String { folder + "/ledger.git" }

  /// One of many entries, which publish a version each; `STET_BENCH_ENTRIES` says how many.
  init() throws {
    let wanted = ProcessInfo.processInfo.environment["STET_BENCH_ENTRIES"].flatMap { Int($0) }
    try self.init(together: 1, entries: wanted ?? 100_000, in: "bench-history")
  }

  /// One of so many versions of each prompt, where the hundred prompts of a folder are released
  /// together.
  init(versions: Int) throws {
    let entries = MillPace(prompts: Self.prompts, together: 100).entries(forVersions: versions)
    try self.init(together: 100, entries: entries, in: "bench-releases")
  }

  private init(together: Int, entries: Int, in name: String) throws {
    self.entries = entries
    folder = Checkout.root.appendingPathComponent(".build/\(name)-\(entries)").path
    guard !FileManager.default.fileExists(atPath: folder + "/ledger.git") else { return }
    let draft = folder + ".new"
    try? FileManager.default.removeItem(atPath: draft)  // nothing is there the first time
    try FileManager.default.createDirectory(
      atPath: draft, withIntermediateDirectories: true)
    let pace = MillPace(prompts: Self.prompts, together: together)
    try RegistryMill(draft + "/ledger.git", pace).grow(to: entries)
    // One pack, as after any `git gc`.
    _ = try Program("git", in: draft + "/ledger.git").run(["repack", "-a", "-d", "-q"])
    try FileManager.default.moveItem(atPath: draft, toPath: folder)
  }
}
