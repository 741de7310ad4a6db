import Foundation
import Glibc
import PromptRegistry
import Synchronization
import TestSupport

extension Topic {
  /// From an entry that is written to its event at each of 100 open streams. Goal: p99 of 250 ms.
  static let events = Topic(name: "events") { report in
    guard (try? Program("curl").run(["--version"]).succeeded) == true else {
      return report.skip("events", because: "there is no curl")
    }
    try EventBenchmark().measure(report)
  }
}

private struct EventBenchmark {
  private static let streams = 100
  private static let entries = 30
  private static let port: UInt16 = 18_495

  func measure(_ report: Report) throws {
    let folder = try TemporaryFolder()
    let ledger = folder.path + "/ledger.git"
    try RegistryMill(ledger, MillPace(prompts: 10)).grow(to: 21)
    let program = Checkout.root.appendingPathComponent(".build/release/stet-serve").path
    let service = try Serving(
      [
        program, "--ledger", ledger, "--state", folder.path + "/state", "--listen",
        "127.0.0.1:\(Self.port)",
      ], at: "http://127.0.0.1:\(Self.port)", ready: "/readyz")
    let crowd = try Crowd(Self.streams, port: Self.port)
    let registry = try Registry.open(ledger, memory: nil)
    let people = try People()
    var delays: [Double] = []
    for number in 0..<Self.entries {
      let name = try PromptName("event-\(number)")
      let order = people.order(people.alice, at: Int64(People.start + 900_000 + number), number)
      let publication = PublishOrder(
        [Draft(name: name, source: Array("Hello\n".utf8), start: nil)],
        ChangeWords(what: "an event", why: nil, impact: nil))
      _ = try registry.write(order) { state, pen throws(RegistryError) in
        try state.publishing(publication, pen)
      }
      let written = ContinuousClock.now
      delays += try crowd.arrivals().map { ($0 - written) / .milliseconds(1) }
    }
    service.stop()
    delays.sort()
    let size = "\(Self.streams) streams, \(Self.entries) entries"
    report.print("an entry to its event, p50, \(size)", delays[delays.count / 2], "ms")
    report.print("an entry to its event, p99, \(size)", delays[delays.count * 99 / 100], "ms")
  }
}

/// Many connections that wait for events, each on a thread of its own.
private final class Crowd {
  private let sockets: [Int32]

  init(_ count: Int, port: UInt16) throws {
    sockets = try (0..<count).map { _ in try Self.connected(port) }
    for socket in sockets { _ = try Self.read(socket, through: ": ") }
  }

  deinit { for socket in sockets { close(socket) } }

  /// When each of them got the next event.
  func arrivals() throws -> [ContinuousClock.Instant] {
    let times = Mutex<[ContinuousClock.Instant]>([])
    let group = DispatchGroup()
    for socket in sockets {
      group.enter()
      Thread.detachNewThread {
        // A stream that ends is missed below.
        if (try? Self.read(socket, through: "id: ")) == true {
          times.withLock { $0.append(.now) }
        }
        group.leave()
      }
    }
    group.wait()
    let found = times.withLock { $0 }
    guard found.count == sockets.count else { throw BenchmarkError.silent("a stream") }
    return found
  }

  private static func connected(_ port: UInt16) throws -> Int32 {
    let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw BenchmarkError.silent("port \(port)") }
    let request = Array("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    _ = send(raw, request, request.count, 0)
    return raw
  }

  /// Reads until `mark` has come; what came behind it in the same packet is passed over.
  private static func read(_ raw: Int32, through mark: String) throws -> Bool {
    var text = ""
    var room = [UInt8](repeating: 0, count: 16 * 1024)
    while !text.contains(mark) {
      let count = recv(raw, &room, room.count, 0)
      guard count > 0 else { return false }
      text += String(decoding: room[..<count], as: UTF8.self)
    }
    return true
  }
}
