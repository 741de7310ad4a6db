import Foundation
import Synchronization

/// A network that fails: it passes bytes on to another port until its budget is spent.
public final class CuttingProxy: Sendable {
  /// What happens once the budget is spent.
  public enum Fault: Sendable {
    /// Every connection ends, and new ones are refused until the network is mended.
    case outage
    /// The connections of that moment end, and the network is whole again at once.
    case hiccup
  }

  private let state: State
  private let listener: Listener

  public init(to port: Int) throws {
    let state = State()
    self.state = state
    listener = try Listener { connection in
      guard state.isOpen, let other = Listener.connect(to: port) else {
        close(connection)
        return
      }
      state.connect(connection, other)
      Thread.detachNewThread { state.pump(from: other, to: connection) }
      state.pump(from: connection, to: other)
    }
  }

  public var port: Int { listener.port }

  /// How many bytes have passed since the network was last mended or set to fail.
  public var passed: Int { state.passed }

  /// The network fails once that many bytes have passed, both ways together.
  public func fail(after bytes: Int, _ fault: Fault) { state.set(bytes, fault) }

  /// The network is whole.
  public func mend() { state.set(.max, .outage) }
}

private final class State: Sendable {
  private struct Content {
    var budget = Int.max
    var fault = CuttingProxy.Fault.outage
    var passed = 0
    var pairs: [(Int32, Int32)] = []
  }
  private let content = Mutex(Content())

  /// A hiccup ends the connections of its moment alone.
  var isOpen: Bool { content.withLock { $0.passed < $0.budget || $0.fault == .hiccup } }
  var passed: Int { content.withLock { $0.passed } }

  func set(_ budget: Int, _ fault: CuttingProxy.Fault) {
    content.withLock { content in
      (content.budget, content.fault, content.passed) = (budget, fault, 0)
    }
  }

  func connect(_ one: Int32, _ other: Int32) { content.withLock { $0.pairs.append((one, other)) } }

  /// Passes bytes on until either side ends or the budget is spent; the last one closes both.
  func pump(from source: Int32, to target: Int32) {
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = read(source, &buffer, buffer.count)
      guard count > 0 else { break }
      let allowed = take(count)
      if allowed > 0 { _ = write(target, buffer, allowed) }
      if allowed < count { break }
    }
    end(source, target)
  }

  private func take(_ count: Int) -> Int {
    content.withLock { content in
      let allowed = min(count, content.budget - content.passed)
      content.passed += allowed
      guard allowed < count else { return allowed }
      for (one, other) in content.pairs {
        shutdown(one, Int32(SHUT_RDWR))
        shutdown(other, Int32(SHUT_RDWR))
      }
      switch content.fault {
      case .outage: break
      case .hiccup: content.budget = .max
      }
      return allowed
    }
  }

  /// Ends one direction; whoever ends the second closes the pair.
  private func end(_ source: Int32, _ target: Int32) {
    shutdown(target, Int32(SHUT_WR))
    content.withLock { content in
      let mine = content.pairs.firstIndex { $0 == (source, target) || $0 == (target, source) }
      guard let mine else {
        close(source)
        close(target)
        return
      }
      content.pairs.remove(at: mine)
    }
  }
}
