import Foundation
import HTTP
import TestSupport

extension Topic {
  /// Prepared answers against nginx serving the same bytes as a file: one core for either server,
  /// the other for wrk, rounds of both one after the other, as the machine drifts.
  static let serving = Topic(name: "serving") { report in
    let needed = ["taskset", "nginx", "wrk"]
    if let missing = needed.first(where: { !ServingBenchmark.isThere($0) }) {
      return report.skip("prepared answers against nginx", because: "there is no \(missing)")
    }
    try ServingBenchmark().compare(report)
  }
}

private struct ServingBenchmark {
  static let rounds = 5
  static let connections = 32
  static let seconds = 3

  let folder: TemporaryFolder
  let ours: Serving
  let nginx: Serving
  /// The tag that nginx gives the file.
  let nginxTag: String

  init() throws {
    folder = try TemporaryFolder()
    ours = try Serving(
      ["taskset", "--cpu-list", "0", CommandLine.arguments[0], ServingServer.word],
      at: "http://127.0.0.1:\(ServingServer.port)\(ServingServer.target)")
    let port = ServingServer.port + 1
    try Data(ServingServer.body).write(to: folder.url.appendingPathComponent("file"))
    let configuration = folder.url.appendingPathComponent("nginx.conf")
    try Data(Self.configuration(folder.path, port).utf8).write(to: configuration)
    nginx = try Serving(
      ["taskset", "--cpu-list", "0", "nginx", "-p", folder.path, "-c", configuration.path],
      at: "http://127.0.0.1:\(port)/file")
    nginxTag = try nginx.tag()
  }

  static func isThere(_ name: String) -> Bool {
    (try? Program("sh").run(["-c", "command -v \(name)"]).succeeded) == true
  }

  func compare(_ report: Report) throws {
    try compare("a pinned read of 2.7 KB", [], [], report)
    try compare(
      "304 on If-None-Match", ["If-None-Match: \(ServingServer.tag)"],
      ["If-None-Match: \(nginxTag)"], report)
  }

  private func compare(
    _ name: String, _ ourHeaders: [String], _ theirHeaders: [String], _ report: Report
  ) throws {
    var runs: [(ours: Load, theirs: Load)] = []
    for _ in 0..<Self.rounds {
      runs.append((try load(ours, ourHeaders), try load(nginx, theirHeaders)))
    }
    report.print(
      "\(name), requests", Stopwatch.median(runs.map(\.ours.perSecond)), "1/s",
      ratio: Stopwatch.median(runs.map { $0.ours.perSecond / $0.theirs.perSecond }),
      against: "nginx")
    report.print(
      "\(name), p99", Stopwatch.median(runs.map(\.ours.p99)), "us",
      ratio: Stopwatch.median(runs.map { $0.theirs.p99 / $0.ours.p99 }), against: "nginx")
  }

  private func load(_ server: Serving, _ headers: [String]) throws -> Load {
    let options = ["-t1", "-c\(Self.connections)", "-d\(Self.seconds)s", "--latency"]
    let outcome = try Program("taskset").run(
      ["--cpu-list", "1", "wrk"] + options + headers.flatMap { ["-H", $0] } + [server.url])
    return try Load(wrk: outcome.text)
  }

  /// As an operator would set it for small files that are read often.
  private static func configuration(_ folder: String, _ port: UInt16) -> String {
    """
    daemon off; master_process off; pid \(folder)/pid; error_log /dev/null crit;
    events { worker_connections 1024; use epoll; }
    http {
      access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
      keepalive_timeout 65; keepalive_requests 1000000000;
      default_type application/json; open_file_cache max=1000 inactive=60s;
      server { listen 127.0.0.1:\(port); root \(folder); }
    }
    """
  }
}

/// What one run of wrk found.
private struct Load {
  let perSecond: Double
  /// Microseconds.
  let p99: Double

  init(wrk text: String) throws {
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

private enum BenchmarkError: Error {
  case unreadable(String)
  case silent(String)
}

extension [String] {
  fileprivate func value(after word: String) -> String? {
    firstIndex(of: word).flatMap { $0 + 1 < count ? self[$0 + 1] : nil }
  }
}

/// A server that runs as long as somebody holds this.
private final class Serving {
  let url: String
  private let process = Process()

  init(_ command: [String], at url: String) throws {
    self.url = url
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard try answer().succeeded else { throw BenchmarkError.silent(url) }
  }

  deinit { kill(process.processIdentifier, SIGKILL) }

  func tag() throws -> String {
    let words = try answer().text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let tag = words.value(after: "ETag:") else { throw BenchmarkError.silent(url) }
    return tag
  }

  private func answer() throws -> Program.Outcome {
    try Program("curl").run([
      "--silent", "--head", "--max-time", "30", "--retry", "20", "--retry-connrefused",
      "--retry-delay", "1", url,
    ])
  }
}
