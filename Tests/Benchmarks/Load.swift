import Foundation
import TestSupport

/// A program that answers HTTP for as long as somebody holds this.
final class Serving {
  let url: String
  /// Seconds from its start to its first answer.
  let startSeconds: Double
  private let process = Process()

  /// Starts it and waits until it answers for `path`.
  init(_ command: [String], at url: String, ready path: String) throws {
    self.url = url
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let clock = ContinuousClock()
    let start = clock.now
    try process.run()
    while try !Self.answers(url + path) {
      guard process.isRunning, clock.now - start < .seconds(1800) else {
        throw BenchmarkError.silent(url)
      }
    }
    startSeconds = (clock.now - start) / .seconds(1)
  }

  deinit { stop() }

  /// Ends it as a power cut would.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// What the system says it has in memory.
  func megabytes() throws -> Double {
    let file = "/proc/\(process.processIdentifier)/status"
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmRSS:") }
    guard let text = line?.split(whereSeparator: \.isWhitespace).dropFirst().first,
      let kilobytes = Double(text)
    else { throw BenchmarkError.silent(file) }
    return kilobytes / 1024
  }

  /// The body and the tag of what it answers.
  func read(_ path: String) throws -> (body: [UInt8], tag: String) {
    let head = try Program("curl").run(["--silent", "--head", url + path])
    let words = head.text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let tag = words.value(after: "ETag:") else { throw BenchmarkError.silent(url + path) }
    return (try Program("curl").run(["--silent", url + path]).output, tag)
  }

  private static func answers(_ url: String) throws -> Bool {
    try Program("curl").run(["--silent", "--fail", "--max-time", "10", url]).succeeded
  }
}

/// What one run of wrk on the second processor found.
struct Load {
  static let connections = 32
  static let seconds = 3

  let perSecond: Double
  /// Microseconds.
  let p99: Double

  /// Runs it; `words` are headers or a script.
  init(_ url: String, _ words: [String] = []) throws {
    let options = [
      "--cpu-list", "1", "wrk", "-t1", "-c\(Self.connections)", "-d\(Self.seconds)s", "--latency",
    ]
    let text = try Program("taskset").run(options + words + [url]).text
    let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let rate = fields.value(after: "Requests/sec:").flatMap(Double.init),
      let p99 = fields.value(after: "99%").flatMap(Self.microseconds),
      !text.contains("Non-2xx") && !text.contains("Socket errors")
    else { throw BenchmarkError.unreadable(text) }
    perSecond = rate
    self.p99 = p99
  }

  private static func microseconds(_ text: String) -> Double? {
    let units = [("us", 1.0), ("ms", 1e3), ("s", 1e6)]
    guard let (unit, scale) = units.first(where: { text.hasSuffix($0.0) }) else { return nil }
    return Double(text.dropLast(unit.count)).map { $0 * scale }
  }
}

/// Why a server cannot be measured.
enum BenchmarkError: Error {
  case unreadable(String)
  case silent(String)
}

extension [String] {
  fileprivate func value(after word: String) -> String? {
    firstIndex(of: word).flatMap { $0 + 1 < count ? self[$0 + 1] : nil }
  }
}
