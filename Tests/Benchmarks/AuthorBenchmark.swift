import Contracts
import Foundation
import Git
import Keys
import Ledger
import Notation
import PromptRegistry
import TestSupport

extension Topic {
  /// What an author waits for. Goals: publishing costs at most 1.5 of the same in a registry of ten
  /// prompts and of a C program's libgit2 calls, as a process no more than git's add and commit; a
  /// read 0.2 ms, as a process 1.5 of `git show`; a folder of 10 000 prompts 15 s; 1.5 KB an entry;
  /// 80 MB a command.
  static let authors = Topic(name: "authors") { report in
    let bench = try AuthorBenchmark()
    try bench.publish(report)
    try bench.publishAsProcess(report)
    try bench.read(report)
    try bench.readAsProcess(report)
    try bench.size(report)
    try bench.memory(report)
    try bench.begin(report)
  }
}

/// The registry of `BenchRegistry`, a copy of it to write to, and a small one beside.
private struct AuthorBenchmark {
  private static let rounds = 15
  private static let warmingRounds = 30

  private let stet = Checkout.root.appendingPathComponent(".build/release/stet").path
  private let scratch: TemporaryFolder
  private let large: BenchRegistry
  private let people: People
  private var copy: String { scratch.path + "/large.git" }
  private var key: String { scratch.path + "/key" }
  private var environment: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": scratch.path, "STET_KEY": key,
      "STET_STATE": scratch.path + "/state",
    ]
  }

  init() throws {
    scratch = try TemporaryFolder()
    people = try People()
    large = try BenchRegistry()
    try FileManager.default.copyItem(atPath: large.ledger, toPath: copy)
    let file = Data(people.alice.key.openSSHFile(comment: "alice").utf8)
    try file.write(to: URL(fileURLWithPath: key))
    chmod(key, 0o600)
    try remember()
  }

  /// This machine has seen all of it: the mill's word is enough.
  private func remember() throws {
    guard let tip = try Repository.open(copy).reference("refs/heads/main") else { throw Jam() }
    let registry = try Registry.open(copy, memory: nil)
    try Memory(folder: scratch.path + "/state", place: copy)
      .remember(Remembered(try registry.journal.entry(tip)))
  }

  // MARK: - Writing

  /// Signed and on the disk, in turns: a large registry, one of ten prompts, and libgit2 from C.
  func publish(_ report: Report) throws {
    let memory = Memory(folder: scratch.path + "/state", place: copy)
    let many = try Registry.open(copy, memory: memory)
    _ = try many.tip()
    let few = try Registry.found(
      scratch.path + "/small.git", memory: nil,
      founding: Founding(policy: people.policy(), founder: people.alice.name),
      people.order(people.alice, at: Int64(People.start), 1)
    ).registry
    for number in 0..<10 { try publish("area-\(number)/prompt-\(number)", "First", few) }
    // Both have their folders for new objects when the time is taken.
    for number in 0..<Self.warmingRounds {
      try publish("area-4/prompt-4", "Before \(number)", many)
      try publish("area-4/prompt-4", "Before \(number)", few)
    }
    let peer = libgit2()
    if peer == nil { report.skip("publish beside C", because: "cc or libgit2 is missing") }
    var round = 0
    let (median, ratios) = try Stopwatch.compare(
      rounds: Self.rounds,
      ours: {
        round += 1
        return try seconds { try publish("area-5/prompt-5", "Edition \(round)", many) }
      },
      peers: [
        { try? seconds { try publish("area-5/prompt-5", "Edition \(round)", few) } },
        { peer?.nanoseconds("publish", calls: 1).map { $0 / 1e9 } },
      ])
    let name = "publish in process, \(BenchRegistry.prompts) prompts"
    report.print(name, median * 1e3, "ms", ratio: ratios[0], against: "10 prompts")
    if let ratio = ratios[1] {
      report.print(name, median * 1e3, "ms", ratio: ratio, against: "libgit2 from C, with fsync")
    }
  }

  private func publish(_ name: String, _ text: String, _ registry: Registry) throws {
    let name = try PromptName(name)
    let order = people.order(
      people.alice, at: Int64(Date().timeIntervalSince1970), Int.random(in: 1 ... .max))
    _ = try registry.write(order) { state, pen throws(RegistryError) in
      let newest = try state.versions(of: name).highestRelease
      var publication = PublishOrder(
        [Draft(name: name, source: Array("\(text)\n".utf8), start: newest)],
        ChangeWords(what: text, why: nil, impact: nil))
      publication.atLeast = .major
      return try state.publishing(publication, pen)
    }
  }

  /// The C program beside this file, on a repository of its own.
  private func libgit2() -> Peer? {
    let program = scratch.path + "/publish"
    let compile = try? Program("cc").run(
      ["-O2", "-o", program, Peer.program("publish.c"), "-lgit2"])
    guard compile?.succeeded == true else { return nil }
    return Peer([program, scratch.path + "/c.git"], work: [:])
  }

  /// `stet publish`, and git's `add` and signed `commit` with the same key and every fsync.
  func publishAsProcess(_ report: Report) throws {
    let draft = scratch.path + "/draft.prompt"
    let work = scratch.path + "/work"
    let git = [
      "-c", "core.fsync=all", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c",
      "gpg.format=ssh", "-c", "user.signingkey=\(key)", "-C", work,
    ]
    let environment = environment
    func run(_ arguments: [String]) throws -> Double {
      try Child("/usr/bin/git", arguments, environment: environment).seconds
    }
    _ = try run(["init", "-q", work])
    var round = 0
    let (median, ratios) = try Stopwatch.compare(
      rounds: Self.rounds,
      ours: {
        round += 1
        try Data("Edition \(round) of a process\n".utf8).write(to: URL(fileURLWithPath: draft))
        return try Child(
          stet,
          [
            "-C", copy, "publish", "area-6/prompt-6", "--file", draft, "-m", "a change", "--major",
          ], environment: environment
        ).seconds
      },
      peers: [
        {
          try? FileManager.default.removeItem(atPath: work + "/a.prompt")  // not there at first
          try? FileManager.default.copyItem(atPath: draft, toPath: work + "/a.prompt")
          return try? run(git + ["add", "a.prompt"])
            + run(git + ["commit", "-q", "-S", "-m", "a change"])
        }
      ])
    report.print(
      "publish as a process", median * 1e3, "ms", ratio: ratios[0],
      against: "git add and commit -S with core.fsync=all")
  }

  // MARK: - Reading

  /// Exact versions of random prompts, from a handle that is open.
  func read(_ report: Report) throws {
    let registry = try Registry.open(
      copy, memory: Memory(folder: scratch.path + "/state", place: copy))
    let state = try registry.tip().state
    var dice = SeededGenerator(seed: 1)
    let names = try (0..<200).map { _ in
      let number = Int.random(in: 10..<BenchRegistry.prompts, using: &dice)
      return try PromptName("area-\(number % 100)/prompt-\(number)")
    }
    let exact = SemanticVersion(1, 0, 0)
    var next = 0
    let times = try (0..<Self.rounds).map { _ in
      try Stopwatch.nanoseconds(calls: 200) {
        next = (next + 1) % names.count
        let version = try state.resolve(Reference(name: names[next], selector: .exact(exact)))
        keep(try state.frozenText(of: version).source.count)
      }
    }
    report.print("pinned read in process", Stopwatch.median(times) / 1e6, "ms")
  }

  /// `stet get` and `git show` of the same file, in turns.
  func readAsProcess(_ report: Report) throws {
    let (median, ratios) = try Stopwatch.compare(
      rounds: 5 * Self.rounds,
      ours: {
        try Child(stet, ["-C", copy, "get", "area-7/prompt-7@1.0.0"], environment: environment)
          .seconds
      },
      peers: [
        {
          try? Child(
            "/usr/bin/git",
            ["--git-dir", copy, "show", "main:versions/area-7/prompt-7/1.0.0/prompt-7.prompt"],
            environment: environment
          ).seconds
        }
      ])
    report.print(
      "get as a process", median * 1e3, "ms", ratio: ratios[0], against: "git show of the file")
  }

  // MARK: - Room

  /// An entry on the disk, everything counted, once git has packed it; six of ten are versions.
  func size(_ report: Report) throws {
    let pack = large.ledger + "/objects/pack"
    let bytes = try FileManager.default.contentsOfDirectory(atPath: pack).reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(pack)/\(name)")
      return sum + (attributes[.size] as? Int ?? 0)
    }
    report.print(
      "disk an entry, \(large.entries) entries, packed",
      Double(bytes) / Double(large.entries) / 1000, "KB")
  }

  /// The most that each command takes at once that an author runs.
  func memory(_ report: Report) throws {
    let commands = [
      ["get", "area-8/prompt-8"], ["list"], ["show", "area-8/prompt-8"], ["log"],
      ["blame", "area-8/prompt-8"], ["diff", "area-8/prompt-8@1.0.0", "@latest"], ["env"],
      ["yank", "area-8/prompt-8@1.0.1", "--why", "x"],
    ]
    for command in commands {
      let child = try Child(stet, ["-C", copy] + command, environment: environment)
      report.print("memory of \(command[0])", child.megabytes, "MB")
    }
  }

  /// A folder of prompts of two kilobytes becomes a registry.
  func begin(_ report: Report) throws {
    let source = scratch.path + "/source"
    for number in 0..<BenchRegistry.prompts {
      let folder = "\(source)/area-\(number % 100)"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let line = "Never promise what the policy of area \(number) does not say.\n"
      let text = "Answer {{question}}\n" + String(repeating: line, count: 30)
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/prompt-\(number).prompt"))
    }
    let target = scratch.path + "/begun"
    let child = try Child(
      stet, ["init", target, "--as", "alice", "--from", source], environment: environment)
    let name = "init from a folder of \(BenchRegistry.prompts) prompts"
    report.print(name, child.seconds, "s")
    report.print("memory of \(name)", child.megabytes, "MB")
    let packs = try FileManager.default.contentsOfDirectory(
      atPath: target + "/.stet/.git/objects/pack")
    report.print(
      "packs of \(name)", Double(packs.count { $0.hasSuffix(".pack") }), "packs")
    let status = try Child(stet, ["-C", target, "status"], environment: environment)
    report.print("status of such a workspace", status.seconds, "s")
    report.print("memory of it", status.megabytes, "MB")
  }

  private func seconds(_ work: () throws -> Void) rethrows -> Double {
    try Stopwatch.nanoseconds(calls: 1, work) / 1e9
  }
}
