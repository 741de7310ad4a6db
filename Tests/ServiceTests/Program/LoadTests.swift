import Foundation
import Keys
import Platform
import PromptRegistry
import Synchronization
import TestSupport
import Testing

/// Readers at full speed while somebody promotes and git tidies up: `LOAD_SECONDS` long, `LOAD_WRK`
/// for wrk beside the readers that check.
struct LoadTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let seconds = variables["LOAD_SECONDS"].flatMap { Int($0) } ?? 4
  private static let readers = 4
  private static let second = Served.triage + "Be kind.\n"
  private static let bodies = [
    "1.0.0": Array(Served.triage.utf8), "1.0.1": Array(second.utf8),
  ]
  /// What is read, and the version that it has to be; nil for what is live.
  private static let paths: [(path: String, version: String?)] = [
    ("/v1/prompts/support/triage@1.0.0/source", "1.0.0"),
    ("/v1/prompts/support/triage@staging/source", nil),
    ("/v1/prompts/support/triage@1.0.1/source", "1.0.1"),
    ("/v1/prompts/support%2Ftriage@staging/source", nil),
  ]
  /// Memory is compared once caches are full and allocators warm.
  private static let warmSeconds = 120

  @Test func `under load no byte is wrong, nothing fails and memory does not grow`() throws {
    let served = try Served()
    try served.promote("support/triage", "1.0.0", to: "staging")
    try served.publish("support/triage", Self.second, from: "1.0.0")
    let program = try ServeProcess(served)
    let url = try program.url()
    let end = ContinuousClock.now + .seconds(Self.seconds)
    let tally = Tally()
    let group = DispatchGroup()
    for reader in 0..<Self.readers {
      Self.start(group, tally) { try Self.read(url, from: reader, until: end, tally) }
    }
    let ledger = served.folder.path + "/registry"
    Self.start(group, tally) { try Self.tidy(ledger, until: end) }
    if Self.variables["LOAD_WRK"] != nil {
      Self.start(group, tally) { tally.wrk = try Self.wrk(url) }
    }
    try Self.promote(served, url, until: end, tally)
    group.wait()
    #expect(tally.failures.isEmpty, "\(tally.failures)")
    #expect(tally.answers > 100 * Self.seconds)
    #expect(tally.versions == ["1.0.0", "1.0.1"])
    let errors = try Self.errors(url)
    #expect(errors.isEmpty, "\(errors)")
    Self.report(tally)
    if Self.seconds > 2 * Self.warmSeconds {
      let second = Self.mean(tally.memory[60..<120])
      let last = Self.mean(tally.memory.suffix(60))
      #expect(last < second * 1.05, "\(second) -> \(last) bytes")
    }
  }
}

// MARK: - What runs at once

extension LoadTests {
  /// Asks for exact and for movable reads in turn; every body has the digest that it names, and is
  /// that of the version that it names.
  private static func read(
    _ url: String, from first: Int, until end: ContinuousClock.Instant, _ tally: Tally
  ) throws {
    let client = try RawClient(url)
    var turn = first
    while ContinuousClock.now < end {
      let (path, expected) = paths[turn % paths.count]
      turn += 1
      guard let answer = try client.get(path) else { return tally.fail("closed at \(path)") }
      guard answer.status == 200, let version = answer.headers["stet-version"],
        expected == nil || version == expected, bodies[version] == answer.body,
        answer.headers["etag"] == "\"sha256-\(Digest(of: answer.body).hex)\""
      else { return tally.fail("\(path): \(answer)") }
      tally.add(expected == nil ? version : nil)
    }
  }

  /// Moves a pin once a second, as another process would, and looks at the memory.
  private static func promote(
    _ served: Served, _ url: String, until end: ContinuousClock.Instant, _ tally: Tally
  ) throws {
    let pace = try Bell()
    var next = ContinuousClock.now
    for number in 0... where next < end {
      try served.promote(
        "support/triage", number.isMultiple(of: 2) ? "1.0.1" : "1.0.0", to: "staging")
      tally.sample(try memory(url))
      next += .seconds(1)
      let rest = next - ContinuousClock.now
      _ = pace.wait(milliseconds: max(0, Int(rest / .milliseconds(1))))
      if next >= end { return }
    }
  }

  private static func tidy(_ ledger: String, until end: ContinuousClock.Instant) throws {
    while ContinuousClock.now < end {
      let outcome = try Program("git", in: ledger).run(["gc", "--quiet"])
      guard outcome.succeeded else { throw RawClient.Failure.noAnswer(outcome.errors) }
    }
  }

  private static func wrk(_ url: String) throws -> String {
    try Program("wrk").run(["-t1", "-c32", "-d\(seconds)s", "--latency", url + paths[0].path]).text
  }

  private static func start(
    _ group: DispatchGroup, _ tally: Tally, _ body: @escaping @Sendable () throws -> Void
  ) {
    group.enter()
    Thread.detachNewThread {
      do { try body() } catch { tally.fail("\(error)") }
      group.leave()
    }
  }
}

// MARK: - What is found

extension LoadTests {
  private static func metrics(_ url: String) throws -> [Substring] {
    let answer = try RawClient(url).get("/metrics", ["Connection: close"])
    return String(decoding: answer?.body ?? [], as: UTF8.self).split(separator: "\n")
  }

  private static func memory(_ url: String) throws -> Int? {
    try metrics(url).first { $0.hasPrefix("process_resident_memory_bytes ") }
      .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) }
  }

  private static func errors(_ url: String) throws -> [Substring] {
    try metrics(url).filter {
      $0.hasPrefix("stet_http_requests_total") && $0.contains("status=\"5") && !$0.hasSuffix(" 0")
    }
  }

  private static func mean(_ values: some Collection<Int>) -> Double {
    Double(values.reduce(0, +)) / Double(max(1, values.count))
  }

  private static func report(_ tally: Tally) {
    let memory = tally.memory.enumerated().filter { $0.offset.isMultiple(of: 30) }
    print(
      "figure: \(seconds) s of load, \(tally.answers) answers checked, \(tally.memory.count) "
        + "promotions, memory every 30 s in MB: "
        + memory.map { "\($0.element >> 20)" }.joined(separator: " "))
    if let wrk = tally.wrk { print("figure: wrk beside them\n\(wrk)") }
  }
}

/// What the readers found, counted together.
private final class Tally: Sendable {
  private struct Found {
    var answers = 0
    var versions: Set<String> = []
    var failures: [String] = []
    var memory: [Int] = []
    var wrk: String?
  }

  private let found = Mutex(Found())

  var answers: Int { found.withLock { $0.answers } }
  var versions: Set<String> { found.withLock { $0.versions } }
  var failures: [String] { found.withLock { $0.failures } }
  /// What the server's process had after each promotion, in bytes.
  var memory: [Int] { found.withLock { $0.memory } }
  var wrk: String? {
    get { found.withLock { $0.wrk } }
    set { found.withLock { $0.wrk = newValue } }
  }

  func add(_ version: String? = nil) {
    found.withLock { found in
      found.answers += 1
      if let version { found.versions.insert(version) }
    }
  }

  func sample(_ bytes: Int?) { found.withLock { $0.memory.append(bytes ?? 0) } }

  func fail(_ what: String) { found.withLock { $0.failures.append(what) } }
}
