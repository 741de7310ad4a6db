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
}
