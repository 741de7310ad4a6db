import Foundation
import Notation

/// Figures that belong together.
struct Topic: Sendable {
  let name: String
  let run: @Sendable (Report) throws -> Void
}

/// Prints figures.
struct Report {
  let topic: String

  /// Prints a figure; `ratio` says how many times better than `against` it is.
  func print(
    _ name: String, _ value: Double, _ unit: String, ratio: Double? = nil, against: String? = nil
  ) {
    var line = ValueMap([
      ("name", .string("\(topic): \(name)")), ("value", .number(Self.rounded(value))),
      ("unit", .string(unit)),
    ])
    if let ratio { line["ratio"] = .number(Self.rounded(ratio)) }
    if let against { line["against"] = .string(against) }
    FileHandle.standardOutput.write(Data((JSON.text(.map(line)) + "\n").utf8))
  }

  /// Says in one visible line why a figure is missing.
  func skip(_ name: String, because reason: String) {
    let line: Value = ["name": .string("\(topic): \(name)"), "skipped": .string(reason)]
    FileHandle.standardOutput.write(Data((JSON.text(line) + "\n").utf8))
  }

  private static func rounded(_ value: Double) -> Double {
    let scale = pow(10, max(0, 3 - floor(log10(max(abs(value), 1e-9))) - 1))
    return (value * scale).rounded() / scale
  }
}

/// Times of one piece of work.
enum Stopwatch {
  /// Nanoseconds that one call takes, over so many calls.
  static func nanoseconds(calls: Int, _ work: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure {
      for _ in 0..<calls { try work() }
    }
    let (seconds, attoseconds) = duration.components
    return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(calls)
  }

  /// Rounds of ours and of a peer's, one after the other, since the machine drifts: the median of
  /// ours, and the median of what a peer's time is of ours.
  static func compare(
    rounds: Int, ours: () throws -> Double, peers: [() -> Double?]
  ) rethrows -> (median: Double, ratios: [Double?]) {
    var times: [Double] = []
    var ratios = peers.map { _ in [Double]() }
    for _ in 0..<rounds {
      let time = try ours()
      times.append(time)
      for (index, peer) in peers.enumerated() {
        if let other = peer() { ratios[index].append(other / time) }
      }
    }
    return (median(times), ratios.map { $0.isEmpty ? nil : median($0) })
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted[sorted.count / 2]
  }
}

/// Makes a result count for something, so that no work is left out.
@inline(never)
func keep(_ value: Int) { if value == .min { print(value) } }
