import Foundation
import Synchronization
import TestSupport
import Testing

/// Many processes at once, and git beside them.
@Suite struct RaceTests {
  private static let processes = 8
  private static let turns = Sweep.isWhole ? 25 : 3

  @Test func `eight processes publish beside git gc, nothing is lost and nothing comes twice`()
    throws
  {
    let site = try Site.withRegistry()
    let before = try site.entries()
    try site.write("Say something.\n", to: "text.prompt")
    let said = Mutex<[String]>([])
    let failures = Mutex<[String]>([])
    let finished = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: Self.processes + 2) { worker in
      do {
        switch worker {
        case ..<Self.processes:
          defer { finished.add(1, ordering: .relaxed) }
          for turn in 0..<Self.turns {
            let outcome = try site.succeed(
              "publish", "race/p\(worker)-\(turn)", "--file", "\(site.path)/text.prompt", "-m",
              "Turn \(turn)", "--json")
            said.withLock { $0.append(outcome.text) }
          }
        case Self.processes:
          while finished.load(ordering: .relaxed) < Self.processes { try site.git("gc", "-q") }
        default:
          while finished.load(ordering: .relaxed) < Self.processes {
            try site.git("pack-refs", "--all")
          }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let count = Self.processes * Self.turns
    let entries = said.withLock { $0 }.compactMap { text in
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return object?["entry"] as? Int
    }
    #expect(entries.sorted() == Array(before + 1...before + count))
    #expect(try site.entries() == before + count)
    let published = try site.files().split(separator: "\n").filter {
      $0.hasPrefix("versions/race/") && $0.hasSuffix(".prompt")
    }
    #expect(published.count == count)
    try site.checkObjects()
  }

  @Test func `what processes publish from one workspace at once, its record knows`() throws {
    let site = try Site.withRegistry()
    let names = (0..<6).map { "p\($0)" }
    for name in names { try site.draft(name, "Say \(name).\n") }
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: names.count) { worker in
      do { try site.succeed("publish", names[worker], "-m", "At once") } catch {
        failures.withLock { $0.append("\(error)") }
      }
    }
    #expect(failures.withLock { $0 } == [])
    let record = try String(
      contentsOfFile: "\(site.workspace)/.stet/workspace.json", encoding: .utf8)
    for name in names { #expect(record.contains("\"\(name)\": \"1.0.0\"")) }
  }

  /// Who was first decides what the others are told; no order ends in what the rules forbid.
  @Test(arguments: 0..<(Sweep.isWhole ? 25 : 3))
  func `two approve and one promotes at the same moment`(round: Int) throws {
    let site = try Site.withRegistry()
    try site.askAndShow()
    let deeds = [
      ["approve", "9", "--key", "$SITE/bob"], ["approve", "9", "--key", "$SITE/carol"],
      ["promote", "9"],
    ]
    let told = Mutex<[Int: Program.Outcome]>([:])
    DispatchQueue.concurrentPerform(iterations: deeds.count) { number in
      // A process that cannot be started leaves its place empty.
      let outcome = try? site.stet(deeds[(number + round) % deeds.count])
      told.withLock { $0[(number + round) % deeds.count] = outcome }
    }
    let outcomes = told.withLock { $0 }
    #expect(outcomes.count == deeds.count)
    let written = outcomes.values.count { $0.succeeded }
    // Entry 9 is the request; whoever was told so has written one more.
    #expect(try site.entries() == 9 + written)
    #expect(outcomes.values.allSatisfy { [0, 1].contains($0.status) })
    let approvals = (0...1).count { outcomes[$0]?.succeeded == true }
    #expect(approvals >= 1)
    let isLive = try site.files().contains("environments/production/support/reply.json")
    #expect(isLive == (outcomes[2]?.succeeded == true))
    if isLive {
      #expect(try site.files().contains("requests/") == false)
    } else {
      #expect(approvals == 2)
      try site.succeed("promote", "9")
    }
    let proof = try site.succeed("verify", "--pin", "production", "support/reply")
    #expect(proof.text.contains("approvals by others than alice: "))
    try site.checkObjects()
  }
}
