import Foundation
import TestSupport

/// One call with which a program changes files.
struct FileCall: Hashable {
  /// The call's name, such as `fsync`.
  let name: String
  /// The file it is about.
  let path: String
  /// The second file of a call that has two: the new name.
  let target: String?

  init(_ line: Substring) {
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(words[0])
    let paths = words.count > 1 ? words[1].components(separatedBy: " -> ") : [""]
    path = paths[0]
    target = paths.count > 1 ? paths[1] : nil
  }
}

/// At which of its calls a program is killed, and how far that call came.
struct Death: Hashable, CustomStringConvertible {
  enum Extent: String { case whole, half }
  /// Only calls on files with this in their path are counted.
  var place = ""
  /// Which of them, counted from 1.
  let number: Int
  /// `whole`: the call was not made at all; `half`: half of the bytes were written.
  var extent = Extent.whole

  var description: String {
    "call \(number) on '\(place)'\(extent == .half ? ", half written" : "")"
  }
}

extension Site {
  /// Runs `stet` to its end and returns every call with which it changed a file.
  func calls(of words: [String]) throws -> [FileCall] {
    let outcome = try runUnderKiller(words, Death(number: 0))
    guard outcome.succeeded else {
      throw Failure("\(words): \(outcome.status) \(outcome.errors)")
    }
    return try notes()
  }

  /// Runs `stet` and kills it, unless it comes to its end before: objects have other names each
  /// time, so the number of calls is not always the same.
  func kill(_ words: [String], at death: Death) throws {
    let outcome = try runUnderKiller(words, death)
    guard [0, 128 + SIGKILL].contains(outcome.status) else {
      throw Failure("\(words) until \(death): \(outcome.status) \(outcome.errors)")
    }
  }

  private func runUnderKiller(_ words: [String], _ death: Death) throws -> Program.Outcome {
    try Program(Programs.killer).run(
      [notesFile, death.place, "\(death.number)", death.extent.rawValue, Programs.stet]
        + inPlace(words),
      environment: environment)
  }

  private var notesFile: String { "\(folder.path)/notes" }

  private func notes() throws -> [FileCall] {
    try String(contentsOfFile: notesFile, encoding: .utf8).split(separator: "\n").map {
      FileCall($0)
    }
  }
}

extension [FileCall] {
  /// Where to kill: at every call; or for a short run at one of so many, and at those that swap the
  /// reference.
  func deaths(oneOf step: Int = 40) -> [Death] {
    let everywhere = deaths(at: "").enumerated().filter {
      Sweep.isWhole || $0.offset % step == step / 2
    }
    return everywhere.map(\.element) + deaths(at: "/refs/heads")
  }

  private func deaths(at place: String) -> [Death] {
    let calls = filter { "\($0.path) \($0.target ?? "")".contains(place) }
    return calls.enumerated().flatMap { index, call in
      let death = Death(place: place, number: index + 1)
      var half = death
      half.extent = .half
      return ["write", "pwrite64"].contains(call.name) ? [death, half] : [death]
    }
  }
}
