import Foundation
import Keys
import Synchronization
import TestSupport

extension Topic {
  /// Many machines around one host. Goals: `pull` with nothing new takes at most 100 ms more than
  /// `git fetch`; four machines publish at least 10 entries a second; after `gc` no read takes more
  /// than 1.5 of what it does from one pack.
  static let sharing = Topic(name: "sharing") { report in
    let bench = try SharingBenchmark()
    try bench.pull(report)
    try bench.race(report)
    try bench.read(report)
  }

  /// A first `clone` of a long ledger takes at most 1.5 of `git clone` and `verify`.
  static let cloning = Topic(name: "cloning") { report in
    try SharingBenchmark().clone(BenchRegistry(), report)
  }
}

/// A host that git serves, and processes of the built program around it.
private struct SharingBenchmark {
  private static let rounds = 15
  private static let machines = 4
  private static let entriesEach = 15
  private static let name = "prompts.git"

  private let host: GitHost
  private let folder: TemporaryFolder
  private let stet = Checkout.root.appendingPathComponent(".build/release/stet").path
  private var url: String { host.url(Self.name) }

  init() throws {
    host = try GitHost()
    folder = try TemporaryFolder()
    let key = try PrivateKey.generate(random: [UInt8](repeating: 1, count: 32))
    try Data(key.openSSHFile(comment: "alice").utf8)
      .write(to: folder.url.appendingPathComponent("key"))
    _ = try run(stet, ["host", "init", host.path(Self.name)])
    _ = try run(stet, ["init", path("first"), "--remote", url, "--as", "alice"])
  }

  /// Nothing new at the host, beside git asking the same.
  func pull(_ report: Report) throws {
    let ledger = path("first") + "/.stet/.git"
    let (ours, ratio) = try compare(
      ours: { try run(stet, ["-C", path("first"), "pull"]) },
      theirs: { try run("git", ["--git-dir", ledger, "fetch", "-q", url, "main"]) })
    report.print("pull with nothing new", ours * 1e3, "ms", ratio: ratio, against: "git fetch")
    report.print("of that beyond git fetch", ours * (1 - ratio) * 1e3, "ms")
  }

  /// Each machine publishes one prompt after the other, all at once.
  func race(_ report: Report) throws {
    let homes = try (0..<Self.machines).map { number in
      let home = path("machine-\(number)")
      _ = try run(stet, ["clone", url, home])
      return home
    }
    let seconds =
      try Stopwatch.nanoseconds(calls: 1) {
        let failures = Failures()
        DispatchQueue.concurrentPerform(iterations: homes.count) { number in
          failures.catching { try publish(in: homes[number], as: number) }
        }
        try failures.rethrow()
      } / 1e9
    let entries = Self.machines * Self.entriesEach
    let there = try host.git(Self.name, "rev-list", "--count", "main")
    guard there == "\(1 + entries)" else { throw Jam() }
    report.print(
      "\(Self.machines) machines publishing at once", Double(entries) / seconds, "entries/s")
  }

  private func publish(in home: String, as number: Int) throws {
    for entry in 0..<Self.entriesEach {
      let name = "machine-\(number)/note-\(entry)"
      let file = URL(fileURLWithPath: "\(home)/prompts/\(name).prompt")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("Note \(entry) of \(number)\n".utf8).write(to: file)
      _ = try run(stet, ["-C", home, "publish", name, "-m", "Note \(entry)"])
    }
  }

  /// A long history, on a machine that has never seen it.
  func clone(_ registry: BenchRegistry, _ report: Report) throws {
    try FileManager.default.createSymbolicLink(
      atPath: host.path("history.git"), withDestinationPath: registry.ledger)
    let from = host.url("history.git")
    let git = try run("git", ["clone", "-q", "--bare", from, path("plain.git")])
    let verify = try run(stet, ["-C", path("plain.git"), "verify"])
    let ours = try run(stet, ["clone", from, path("cloned")])
    report.print(
      "first clone of \(registry.entries) entries, verified", ours, "s",
      ratio: (git + verify) / ours,
      against: "git clone --bare and stet verify")
  }

  /// One version, from what `gc` leaves and from one pack.
  func read(_ report: Report) throws {
    let packed = path("machine-0") + "/.stet/.git"
    _ = try run(stet, ["-C", path("machine-0"), "pull"])
    try FileManager.default.copyItem(atPath: packed, toPath: path("one-pack.git"))
    _ = try run("git", ["--git-dir", path("one-pack.git"), "repack", "-a", "-d", "-q"])
    _ = try run(stet, ["-C", path("machine-0"), "gc"])
    let read = ["get", "machine-1/note-1"]
    let (ours, ratio) = try compare(
      ours: { try run(stet, ["-C", packed] + read) },
      theirs: { try run(stet, ["-C", path("one-pack.git")] + read) })
    report.print("get after gc", ours * 1e3, "ms", ratio: ratio, against: "the same in one pack")
  }
}

extension SharingBenchmark {
  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func compare(
    ours: () throws -> Double, theirs: () throws -> Double
  ) throws -> (median: Double, ratio: Double) {
    var (times, ratios) = ([Double](), [Double]())
    for _ in 0..<Self.rounds {
      let time = try ours()
      times.append(time)
      ratios.append(try theirs() / time)
    }
    return (Stopwatch.median(times), Stopwatch.median(ratios))
  }

  /// The seconds that a program takes; it must do what it was asked.
  private func run(_ program: String, _ arguments: [String]) throws -> Double {
    let environment = [
      "HOME": folder.path, "STET_STATE": path("state"), "STET_KEY": path("key"),
    ]
    var outcome: Program.Outcome?
    let time = try Stopwatch.nanoseconds(calls: 1) {
      outcome = try Program(program).run(arguments, environment: environment)
    }
    guard let outcome, outcome.succeeded else {
      FileHandle.standardError.write(Data((outcome?.errors ?? "").utf8))
      throw Jam()
    }
    return time / 1e9
  }
}

/// The first error of work on several threads.
private final class Failures: Sendable {
  private let first = Mutex<(any Error)?>(nil)

  func catching(_ work: () throws -> Void) {
    do { try work() } catch { first.withLock { $0 = $0 ?? error } }
  }

  func rethrow() throws {
    if let first = first.withLock({ $0 }) { throw first }
  }
}
