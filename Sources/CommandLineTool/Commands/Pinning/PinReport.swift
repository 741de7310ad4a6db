import Contracts
import Notation
import PromptReading
import PromptRegistry

/// A pin that was put into a lock, and the version that was there before.
struct PinMove {
  let pin: Pin
  let before: SemanticVersion?
}

/// What `pin` did to a lock.
struct PinReport {
  let entry: Int
  let effect: Effect
  var moves: [PinMove] = []
  var removed: [PromptName] = []
}

extension Session {
  /// Says what became of the lock.
  func answer(_ report: PinReport) {
    switch console.form {
    case .json:
      console.answer([
        "entry": Field.number(report.entry), "pinned": .list(report.moves.map(\.value)),
        "removed": .list(report.removed.map { .string($0.text) }),
      ])
    case .text:
      let isDone = report.effect == .written
      for move in report.moves { console.answer(move.line(report.effect)) }
      for name in report.removed {
        console.answer("\(name) \(isDone ? "is" : "would be") no longer pinned")
      }
    }
  }
}

extension PinMove {
  fileprivate var value: Value {
    [
      "ask": .string(pin.ask), "name": .string(pin.name), "version": .string("\(pin.version)"),
      "digest": .string("\(pin.digest)"), "previous": before.map { .string("\($0)") } ?? .null,
    ]
  }

  fileprivate func line(_ effect: Effect) -> String {
    let isDone = effect == .written
    guard let before else {
      return "\(isDone ? "pinned" : "would pin") \(pin.name) \(pin.version), as '\(pin.ask)'"
    }
    return before == pin.version
      ? "\(pin.name) stays at \(pin.version)"
      : "\(isDone ? "" : "would move ")\(pin.name) \(before) -> \(pin.version), as '\(pin.ask)'"
  }
}
