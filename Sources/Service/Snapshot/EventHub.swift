import HTTP
import Notation
import PromptRegistry
import Synchronization

/// Everybody who waits for entries; each is told every entry once, in order.
package final class EventHub: Sendable {
  private struct Listener {
    let stream: EventStream
    let reader: Reader
    var toldThrough: Int
  }

  private let listeners = Mutex<[Listener]>([])

  /// Entries that are told at once to somebody who was away; after them the stream ends, and he
  /// comes again for the rest.
  static let replayLimit = 2000

  /// Nobody waits yet.
  package init() {}

  /// How many wait.
  package var count: Int { listeners.withLock { $0.count } }

  /// A stream of what follows an entry; `missed` reads what is no longer at hand.
  ///
  /// One that is still to come is one that he heard of from a service that was ahead of this: it
  /// and those before it pass in silence, and he is told what follows. To refuse would be to lose
  /// him, as a browser never comes again after anything but 200.
  func listen(
    _ reader: Reader, after number: Int, _ snapshot: Snapshot,
    missed: (_ after: Int, _ limit: Int) throws(RegistryError) -> [HistoryEntry]
  ) throws(RegistryError) -> EventStream {
    let entries =
      if let recent = snapshot.recent(after: number) {
        Array(recent)
      } else {
        try missed(number, Self.replayLimit)
      }
    let replay = Self.bytes(entries, for: reader)
    let stream = EventStream(backlogLimit: EventStream.standardBacklogLimit + replay.count)
    if !replay.isEmpty { stream.send(replay) }
    guard number + entries.count >= snapshot.tip.number else {
      stream.finish()
      return stream
    }
    listeners.withLock {
      $0.append(
        Listener(
          stream: stream, reader: reader, toldThrough: max(number, snapshot.tip.number)))
    }
    return stream
  }

  /// Tells everybody what is new to him, and lets those go who left or may not listen any more.
  func tell(_ snapshot: Snapshot, mayListen: (Reader) -> Bool) {
    listeners.withLock { listeners in
      for index in listeners.indices {
        let listener = listeners[index]
        guard mayListen(listener.reader) else {
          listener.stream.finish()
          continue
        }
        guard listener.toldThrough < snapshot.tip.number else { continue }
        // Who was told less than is at hand comes again and is told the rest.
        guard let new = snapshot.recent(after: listener.toldThrough) else {
          listener.stream.finish()
          continue
        }
        let bytes = Self.bytes(new, for: listener.reader)
        if !bytes.isEmpty { listener.stream.send(bytes) }
        listeners[index].toldThrough = snapshot.tip.number
      }
      listeners.removeAll { !$0.stream.isOpen }
    }
  }

  /// Ends every stream after what is queued.
  func finish() {
    listeners.withLock { listeners in
      for listener in listeners { listener.stream.finish() }
      listeners = []
    }
  }

  private static func bytes(_ entries: some Sequence<HistoryEntry>, for reader: Reader) -> [UInt8] {
    entries.compactMap { reader.view(of: $0) }.flatMap { entry in
      ServerSentEvent(
        id: entry.number, name: entry.action.rawValue, data: JSON.text(entry.value)
      ).bytes
    }
  }
}
