import Foundation
import TestSupport

extension Topic {
  /// A service of a large registry. Goals, at 10 000 prompts with 10 versions each: 1 s from start
  /// to ready, also after kill -9; 150 MB without prepared answers. With 100 versions each: 4 s.
  static let starting = Topic(name: "starting") { report in
    guard (try? Program("curl").run(["--version"]).succeeded) == true else {
      return report.skip("the start of the service", because: "there is no curl")
    }
    let long = try BenchRegistry()
    try StartingBenchmark(long, "\(BenchRegistry.prompts) prompts in \(long.entries) entries")
      .measure(report)
    for versions in [10, 100] {
      let registry = try BenchRegistry(versions: versions)
      try StartingBenchmark(registry, "\(BenchRegistry.prompts) x \(versions) versions")
        .measure(report)
    }
  }
}

private struct StartingBenchmark {
  private static let rounds = 5
  private static let reads = 100
  private static let port = 18_490

  private let registry: BenchRegistry
  private let size: String
  private var state: String { registry.folder + "/state-of-service" }

  init(_ registry: BenchRegistry, _ size: String) {
    self.registry = registry
    self.size = size
  }

  func measure(_ report: Report) throws {
    try? FileManager.default.removeItem(atPath: state)  // nothing is there the first time
    // All of it is verified, and the index made on the way.
    let first = try start()
    report.print("first start, \(size)", first.startSeconds, "s")
    first.stop()
    var seconds: [Double] = []
    var megabytes = 0.0
    for _ in 0..<Self.rounds {
      // Its end is a kill -9.
      let service = try start()
      seconds.append(service.startSeconds)
      for number in 0..<Self.reads {
        _ = try service.read("/v1/prompts/area-\(number % 100)/prompt-\(number)@1.0.0")
      }
      megabytes = max(megabytes, try service.megabytes())
    }
    report.print("start again after kill -9, \(size)", Stopwatch.median(seconds), "s")
    report.print("memory without prepared answers, \(size)", megabytes, "MB")
  }

  private func start() throws -> Serving {
    let program = Checkout.root.appendingPathComponent(".build/release/stet-serve").path
    return try Serving(
      [
        program, "--ledger", registry.ledger, "--state", state, "--cache", "0MB", "--listen",
        "127.0.0.1:\(Self.port)",
      ], at: "http://127.0.0.1:\(Self.port)", ready: "/readyz")
  }
}
