import Contracts
import Foundation
import Ledger
import Notation
import PromptRegistry
import TestSupport

extension Topic {
  /// A long history of promotions. Goals: `verify` judges 4 000 entries a second in 300 MB and is
  /// 25 times as fast as git; one new entry is verified by a process in 40 ms; questions about the
  /// past are answered by a process in 100 ms; promoting costs 1.5 of what publishing does.
  static let history = Topic(name: "history") { report in
    let bench = try HistoryBenchmark()
    try bench.verify(report)
    try bench.verifyOne(report)
    try bench.ask(report)
    try bench.promote(report)
  }
}

private struct HistoryBenchmark {
  private static let rounds = 9
  /// Git checks so many entries: all of them would take a quarter of an hour.
  private static let gitEntries = 200

  private let registry: BenchRegistry
  private let stet = Checkout.root.appendingPathComponent(".build/release/stet").path
  private var entries: Int { registry.entries }
  private var folder: String { registry.folder }
  private var ledger: String { registry.ledger }
  private var state: String { folder + "/state" }

  init() throws { registry = try BenchRegistry() }

  /// The whole ledger on a machine that has never seen it, beside git.
  func verify(_ report: Report) throws {
    try? FileManager.default.removeItem(atPath: state)  // nothing is there the first time
    let verified = try run(stet, ["-C", ledger, "verify"])
    let signers = folder + "/allowed_signers"
    let shown = try Program("git", in: ledger).run(["show", "main:policy/allowed_signers"])
    try Data(shown.output).write(to: URL(fileURLWithPath: signers))
    let git = try run(
      "/usr/bin/git",
      [
        "-C", ledger, "-c", "gpg.ssh.allowedSignersFile=\(signers)", "log", "--show-signature",
        "-n", "\(Self.gitEntries)", "main",
      ])
    let perEntry = verified.seconds / Double(entries)
    report.print(
      "verify of \(entries) entries", 1 / perEntry, "entries/s",
      ratio: git.seconds / Double(Self.gitEntries) / perEntry,
      against: "git log --show-signature of \(Self.gitEntries) of them")
    report.print("its memory", verified.megabytes, "MB")
  }

  /// A process on a machine that has verified all but the newest entry.
  func verifyOne(_ report: Report) throws {
    let memory = Memory(folder: state, place: ledger)
    let registry = try Registry.open(ledger, memory: memory)
    let behind = Memory(folder: state + "-behind", place: ledger)
    guard let last = try registry.parent(of: registry.tip().entry) else { throw Jam() }
    try? FileManager.default.removeItem(atPath: behind.path)  // nothing is there the first time
    try behind.remember(Remembered(last))
    let file = try Data(contentsOf: URL(fileURLWithPath: behind.path))
    let times = try (0..<Self.rounds).map { _ in
      try file.write(to: URL(fileURLWithPath: memory.path))
      return try run(stet, ["-C", ledger, "get", "area-5/prompt-5"]).seconds
    }
    report.print("verify of one new entry, as a process", Stopwatch.median(times) * 1e3, "ms")
  }

  /// The questions of somebody on call, each as a process.
  func ask(_ report: Report) throws {
    let middle = Timestamp(seconds: Int64(People.start) + Int64(entries) * 15).description
    let end = Timestamp(seconds: Int64(People.start) + Int64(entries) * 30 - 86_400).description
    let questions = [
      ["log", "--env", "production", "--since", end],
      ["env", "production", "area-5/prompt-5", "--at", middle],
      ["show", "area-9/prompt-9"], ["blame", "area-9/prompt-9"],
    ]
    for question in questions {
      let times = try (0..<Self.rounds).map { _ in
        try run(stet, ["-C", ledger] + question).seconds
      }
      report.print(
        question.prefix(2).joined(separator: " ") + ", as a process",
        Stopwatch.median(times) * 1e3, "ms")
    }
  }

  /// Signed and on the disk, on a copy, one after the other.
  func promote(_ report: Report) throws {
    let copy = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: ledger, toPath: copy.path + "/ledger.git")
    let memory = Memory(folder: copy.path, place: "the copy")
    let original = try Registry.open(ledger, memory: Memory(folder: state, place: ledger))
    try memory.remember(Remembered(try original.tip().entry))
    let registry = try Registry.open(copy.path + "/ledger.git", memory: memory)
    let people = try People()
    let staging = try EnvironmentName("staging")
    var number = 0
    func milliseconds<Answer: Sendable>(
      _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
    ) throws -> Double {
      number += 1
      let order = people.order(
        people.alice, at: Int64(People.start + entries * 31 + number), number)
      return try Stopwatch.nanoseconds(calls: 1) { _ = try registry.write(order, decide) } / 1e6
    }
    var publishing: [Double] = []
    var ratios: [Double] = []
    for round in 0..<(3 * Self.rounds) {
      let name = try PromptName("area-\(round)/prompt-\(round)")
      let publish = try milliseconds { state, pen throws(RegistryError) in
        let newest = try state.versions(of: name).highestRelease
        var order = PublishOrder(
          [Draft(name: name, source: Array("Answer \(round)\n".utf8), start: newest)],
          ChangeWords(what: "a change", why: nil, impact: nil))
        order.atLeast = .major
        return try state.publishing(order, pen)
      }
      let promote = try milliseconds { state, pen throws(RegistryError) in
        let newest = try state.versions(of: name).highestRelease
        return try state.promoting(
          [Wish(name: name, version: newest)], in: staging, reason: "", pen)
      }
      publishing.append(publish)
      ratios.append(publish / promote)
    }
    report.print(
      "publish in process, \(BenchRegistry.prompts) prompts", Stopwatch.median(publishing), "ms")
    report.print(
      "promote in process", Stopwatch.median(publishing) / Stopwatch.median(ratios), "ms",
      ratio: Stopwatch.median(ratios), against: "publish")
  }

  private func run(_ program: String, _ arguments: [String]) throws -> Child {
    try Child(
      program, arguments, environment: ["STET_STATE": state, "GIT_CONFIG_NOSYSTEM": "1"])
  }
}
