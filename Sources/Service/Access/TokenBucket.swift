import Synchronization

/// How often the holder of one token may ask: so many requests a second, and a few more at once.
package final class TokenBucket: Sendable {
  private struct State {
    var level: Double
    var filledAt: Int64
  }

  private let perSecond: Double
  private let capacity: Double
  private let state: Mutex<State>

  /// A full bucket; `now` is a reading of the monotonic clock, in nanoseconds.
  package init(perSecond: Int, burst: Int, now: Int64) {
    self.perSecond = Double(max(1, perSecond))
    capacity = Double(max(1, burst))
    state = Mutex(State(level: capacity, filledAt: now))
  }

  /// Takes one request out; if there is none, says in how many whole seconds there is.
  package func take(now: Int64) -> Admission {
    state.withLock { state in
      let elapsed = Double(max(0, now - state.filledAt)) / 1e9
      state.level = min(capacity, state.level + elapsed * perSecond)
      state.filledAt = max(now, state.filledAt)
      guard state.level < 1 else {
        state.level -= 1
        return .admitted
      }
      return .refused(retryAfterSeconds: max(1, Int(((1 - state.level) / perSecond).rounded(.up))))
    }
  }

  /// Whether a request may go on.
  package enum Admission: Hashable, Sendable {
    case admitted
    case refused(retryAfterSeconds: Int)
  }
}
