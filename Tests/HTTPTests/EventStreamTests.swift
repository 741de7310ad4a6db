import Foundation
import Platform
import Synchronization
import Testing

@testable import HTTP

/// Sends each event to all streams, as a service does.
final class Hub: Sendable {
  private let streams = Mutex<[EventStream]>([])
  let ended = Tally()
  /// Rung whenever a stream ends.
  let departures: Bell
  let lastEventIDs = Collected<String?>()

  init() throws { departures = try Bell() }

  var application: Application {
    Application { request in
      guard request.target.segments == ["events"] else { return Response(200, .text, "other") }
      self.lastEventIDs.add(request.headers["Last-Event-ID"])
      let stream = EventStream {
        self.ended.add()
        self.departures.ring()
      }
      stream.send(Array(": hello\n\n".utf8))
      self.streams.withLock { $0.append(stream) }
      return Response(events: stream)
    }
  }

  /// How many took it.
  @discardableResult
  func publish(_ text: String) -> Int {
    streams.withLock { $0.count { $0.send(Array("data: \(text)\n\n".utf8)) } }
  }

  func finish() { streams.withLock { $0 }.forEach { $0.finish() } }
}

extension Wire {
  /// Asks for the events and reads up to the greeting.
  static func events(_ server: Server, _ headers: [String] = []) throws -> Wire {
    let wire = try Wire(server.address)
    let lines = ["GET /events HTTP/1.1", "Host: a"] + headers
    wire.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    let head = try WireResponse(head: try wire.read(through: "\r\n\r\n"))
    #expect(head.status == 200)
    #expect(head.headers["content-type"] == "text/event-stream")
    #expect(head.headers["cache-control"] == "no-store")
    #expect(try wire.read(through: "\n\n").hasSuffix(": hello\n\n"))
    return wire
  }
}

struct EventStreamTests {
  @Test func eachEventReachesEachReaderInOrder() throws {
    let count = Scale.isLong ? 1000 : 50
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let readers = try (0..<count).map { _ in try Wire.events(server) }
    #expect(server.counts.openStreams == count)
    let began = Clock.monotonicNanoseconds()
    for number in 0..<10 { #expect(hub.publish("\(number)") == count) }
    for reader in readers {
      for number in 0..<10 {
        #expect(try reader.read(through: "\n\n").contains("data: \(number)\n\n"))
      }
    }
    let milliseconds = Double(Clock.monotonicNanoseconds() - began) / 1e6
    print("figure: 10 events to \(count) streams: \(milliseconds) ms")
    let other = try Wire(server.address)
    #expect(try other.ask("GET /other")?.text == "other")
  }

  @Test func theLastEventIDIsHandedThrough() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    _ = try Wire.events(server)
    _ = try Wire.events(server, ["Last-Event-ID: 17"])
    #expect(hub.lastEventIDs.all == [nil, "17"])
  }

  @Test func aFinishedStreamEndsAfterWhatIsQueued() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let reader = try Wire.events(server)
    hub.publish("last")
    hub.finish()
    #expect(hub.publish("too late") == 0)
    let rest = try reader.read(through: "\r\n0\r\n\r\n")
    #expect(rest.contains("data: last\n\n"))
    #expect(!rest.contains("too late"))
    // The connection itself is whole, and can be used again.
    #expect(try reader.ask("GET /other")?.text == "other")
    #expect(hub.ended.count == 1)
    #expect(server.counts.openStreams == 0)
  }

  @Test func theFirstWhoLeavesMakesRoomForTheNextBeforeAnyHeartbeat() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application) {
      $0.limits.eventStreams = 1
      $0.limits.heartbeatSeconds = 3600
    }
    var leaving: Wire? = try Wire.events(server)
    #expect(leaving != nil)
    #expect(server.counts.openStreams == 1)
    leaving = nil
    #expect(hub.departures.wait(milliseconds: 60_000))
    let other = try Wire(server.address)
    while server.counts.openStreams > 0 { _ = try other.ask("GET /other") }
    _ = try Wire.events(server)
  }

  @Test func aReaderWhoLeftIsNoticedByTheHeartbeat() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application) { $0.limits.heartbeatSeconds = 1 }
    let steady = try Wire.events(server)
    var leaving: Wire? = try Wire.events(server)
    #expect(try leaving?.read(through: ":\n\n").hasSuffix(":\n\n") == true)
    leaving = nil
    #expect(hub.departures.wait(milliseconds: 60_000))
    #expect(hub.ended.count == 1)
    #expect(server.counts.openStreams == 1)
    #expect(try steady.read(through: ":\n\n").hasSuffix(":\n\n"))
  }

  @Test func aSlowReaderIsDroppedAndNobodyWaitsForHim() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let slow = try Wire.events(server)
    slow.narrow()
    let quick = try Wire.events(server)
    let event = String(repeating: "x", count: 50_000)
    var rounds = 0
    while hub.publish(event) == 2, rounds < 1000 {
      rounds += 1
      #expect(try quick.read(through: "\n\n").contains("data: xxx"))
    }
    #expect(rounds < 1000)
    #expect(hub.departures.wait(milliseconds: 60_000))
    #expect(hub.publish("after") == 1)
    #expect(try quick.read(through: "after\n\n").hasSuffix("data: after\n\n"))
    #expect(try slow.readToEnd().utf8.count < (rounds + 1) * 50_020)
  }

  @Test func anEventLargerThanOneBlockArrivesWhole() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let reader = try Wire.events(server)
    let event = String(repeating: "0123456789", count: 20_000)
    #expect(hub.publish(event) == 1)
    hub.finish()
    #expect(Chunks.joined(try reader.read(through: "\r\n0\r\n\r\n")) == "data: \(event)\n\n")
  }

  /// The connection falls asleep each time it has sent what there was, while others send.
  @Test func aStreamThatIsSentToWhileItFallsAsleepWakes() throws {
    let count = Scale.isLong ? 20_000 : 500
    let (streams, arrivals) = (Collected<EventStream>(), try Bell())
    let server = try Fixture.server(
      Application { _ in
        let stream = EventStream()
        streams.add(stream)
        arrivals.ring()
        return Response(events: stream)
      }
    ) { $0.threads = 2 }
    let feeding = DispatchGroup()
    Threads.start(feeding) {
      for number in 0..<count {
        while streams.all.count <= number { arrivals.wait(milliseconds: 1000) }
        let stream = streams.all[number]
        for step in 0..<5 {
          // Some steps find it asleep, some awake, some on the way.
          for _ in 0..<(number * step * 7) % 2000 { _ = stream.isOpen }
          stream.send(Array("data: \(step)\n\n".utf8))
        }
        stream.finish()
      }
    }
    let wire = try Wire(server.address)
    let whole = (0..<5).map { "data: \($0)\n\n" }.joined()
    for _ in 0..<count {
      wire.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try wire.read(through: "\r\n\r\n")
      let body = try wire.read(through: "0\r\n\r\n")
      #expect(Chunks.joined(body) == whole)
    }
    feeding.wait()
  }

  @Test func tooManyStreamsAreRefused() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application) { $0.limits.eventStreams = 2 }
    let readers = try [Wire.events(server), Wire.events(server)]
    let third = try Wire(server.address)
    let refused = try #require(try third.ask("GET /events"))
    #expect(refused.status == 503)
    #expect(refused.headers["retry-after"] == "1")
    #expect(hub.ended.count == 1)
    hub.finish()
    for reader in readers { _ = try reader.read(through: "\r\n0\r\n\r\n") }
    _ = try Wire.events(server)
  }

  @Test func theHeadOfAStreamIsOnlyItsHead() throws {
    let hub = try Hub()
    let server = try Fixture.server(hub.application)
    let wire = try Wire(server.address)
    let answer = try #require(try wire.ask("HEAD /events"))
    #expect(answer.headers["content-type"] == "text/event-stream")
    #expect(hub.ended.count == 1)
    #expect(try wire.ask("GET /other")?.text == "other")
  }

  @Test func aStreamThatNobodyServesKeepsWhatItWasSent() {
    let ends = Tally()
    let stream = EventStream(backlogLimit: 10) { ends.add() }
    #expect(stream.send(Array("0123456789".utf8)))
    #expect(!stream.send([0]))
    #expect(!stream.isOpen)
    stream.detach()
    stream.detach()
    #expect(ends.count == 1)
  }
}

/// The body of a chunked answer.
enum Chunks {
  static func joined(_ text: String) -> String {
    var rest = Array(text.utf8)[...]
    if rest.starts(with: "\r\n".utf8) { rest = rest.dropFirst(2) }
    var body: [UInt8] = []
    while let end = rest.firstRange(of: "\r\n".utf8) {
      let digits = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
      guard let size = Int(digits, radix: 16), size > 0 else { break }
      body += rest[end.upperBound...].prefix(size)
      rest = rest[end.upperBound...].dropFirst(size + 2)
    }
    return String(decoding: body, as: UTF8.self)
  }
}
