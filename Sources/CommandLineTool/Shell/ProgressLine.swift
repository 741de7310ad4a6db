import Synchronization

/// One line on a terminal that says how far long work has come; nothing anywhere else.
///
/// Any thread may report. The line changes at whole percents, so reporting each step costs little.
final class ProgressLine: Sendable {
  private let channel: Channel
  private let what: String
  private let shownPercent = Mutex<Int?>(nil)

  init(_ what: String, on channel: Channel) {
    self.what = what
    self.channel = channel
  }

  /// So much of so much is done.
  func report(_ done: Int, of total: Int) {
    guard channel.isTerminal, total > 0 else { return }
    let percent = done * 100 / total
    shownPercent.withLock { shown in
      if shown == nil || shown != percent {
        shown = percent
        channel.tell("\r\(what): \(done) of \(total), \(percent) %\u{1B}[K")
      }
    }
  }

  /// Takes the line away.
  func end() {
    shownPercent.withLock { shown in
      if shown != nil { channel.tell("\r\u{1B}[K") }
      shown = nil
    }
  }
}
