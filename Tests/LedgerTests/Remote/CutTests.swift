import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// The network fails at every step of a write, in a coarse sweep over the bytes that pass.
@Suite struct CutTests {
  private static let steps = 14
  /// The step at which a write just fits; those behind it leave it room.
  private static let last = 12

  private struct Line {
    let share: Share
    let proxy: CuttingProxy
    /// How many bytes one whole write takes.
    let size: Int

    init() throws {
      let proxy = Mutex<CuttingProxy?>(nil)
      share = try Share { host in
        let made = try CuttingProxy(to: host.port)
        proxy.withLock { $0 = made }
        return made.port
      }
      self.proxy = try #require(proxy.withLock { $0 })
      self.proxy.mend()
      try share.two.write("first", nonce: "f")
      size = self.proxy.passed
    }
  }

  @Test func anOutageLeavesAnEntryThereOnceOrNotAtAll() throws {
    let line = try Line()
    let share = line.share
    var (arrived, refused, open) = (0, 0, 0)
    for step in 0...Self.steps {
      line.proxy.fail(after: line.size * step / Self.last, .outage)
      let note = "outage-\(step)"
      var claim: Bool?
      do {
        try share.two.write(note, nonce: "a\(step)")
        claim = true
      } catch LedgerError.remote(_, .unsettled) {
        #expect(try share.two.waiting() == 1)
      } catch LedgerError.remote(_, let problem) {
        #expect(problem.isOfTheNetwork, "\(problem)")
        claim = false
      }
      line.proxy.mend()
      let isThere = try share.verified().notes().contains(note)
      switch claim {
      case true?: arrived += 1
      case false?: refused += 1
      case nil: open += 1
      }
      if let claim { #expect(isThere == claim, "step \(step) was misreported") }
      try share.two.pull()
      #expect(try share.two.waiting() == 0)
      let isThereNow = try share.verified().notes().contains(note)
      #expect(isThereNow == (claim ?? true), "step \(step) was not finished")
    }
    print("figure: outages: \(arrived) arrived, \(refused) not sent, \(open) finished by pull")
    #expect(refused > 0 && open > 0 && arrived > 0)
    try checkChain(share)
  }

  @Test func aHiccupLosesNothingAndWritesNothingTwice() throws {
    let line = try Line()
    let share = line.share
    for step in 0...Self.steps {
      line.proxy.fail(after: line.size * step / Self.last, .hiccup)
      let note = "hiccup-\(step)"
      var claim = true
      do { try share.two.write(note, nonce: "b\(step)") } catch LedgerError.remote(_, let problem) {
        #expect(problem.isOfTheNetwork, "\(problem)")
        claim = false
      }
      line.proxy.mend()
      #expect(try share.two.waiting() == 0)
      #expect(try share.verified().notes().contains(note) == claim)
    }
    try checkChain(share)
  }

  @Test func aLedgerThatIsSentWholeIsThereOrNotAndSaidToBe() throws {
    let line = try Line()
    func machine(_ name: String) throws -> Machine {
      try line.share.host.makeRepository(name)
      let machine = try Machine(line.share.host.url(name, port: line.proxy.port))
      try machine.found("0")
      try machine.writeAlone(["notes/a": "x"], nonce: "1")
      return machine
    }
    let first = try machine("first.git")
    line.proxy.mend()
    try first.journal.send(to: first.remote)
    let size = line.proxy.passed
    var outcomes: Set<Bool?> = []
    for step in 0...Self.steps {
      let name = "whole-\(step).git"
      let machine = try machine(name)
      line.proxy.fail(after: size * step / Self.last, .outage)
      let claim = try claim { try machine.journal.send(to: machine.remote) }
      line.proxy.mend()
      let isThere = try !line.share.host.git(name, "for-each-ref").isEmpty
      if let claim { #expect(isThere == claim, "step \(step) was misreported") }
      outcomes.insert(claim)
      // Whatever became of it, asking again settles it.
      #expect(
        try machine.journal.share(through: machine.remote, insteadOf: nil).tip?.entry.number == 2)
      #expect(try line.share.host.git(name, "rev-list", "--count", "main") == "2")
    }
    #expect(outcomes == [true, false, nil])
  }

  /// Whether something is at the host by what was said of it; nil where nobody knows.
  private func claim(_ body: () throws -> Void) throws -> Bool? {
    do { try body() } catch LedgerError.remote(_, let problem) {
      if case .perhapsShared(let words) = problem {
        #expect(!words.isEmpty)
        return nil
      }
      #expect(problem.isOfTheNetwork, "\(problem)")
      return false
    }
    return true
  }

  /// No operation stands twice in the host's chain, and git finds nothing wrong.
  private func checkChain(_ share: Share) throws {
    let reader = try share.verified()
    var operations: [OperationID] = []
    var next = try reader.tip()
    while let entry = next {
      operations.append(entry.entry.operation)
      next = try reader.journal.parent(of: entry)
    }
    #expect(Set(operations).count == operations.count)
    try share.check()
  }
}

extension RemoteProblem {
  /// Whether it is about the way to the host, and not about what was asked of it.
  fileprivate var isOfTheNetwork: Bool {
    switch self {
    case .unreachable, .lost, .failed: true
    case .noRepository, .empty, .noLedger, .taken, .needsPassword, .denied, .changedHostKey,
      .unknownHostKey, .refused, .overtaken, .unsettled, .perhapsShared, .strayed:
      false
    }
  }
}
