import HTTP
import Notation
import Platform
import PromptRegistry
import Synchronization

extension PromptService {
  /// `GET /readyz`: verified and fresh, or 503 with the reason.
  func readiness() throws(ServiceError) -> Response {
    let (tip, problem, checkedAt) = standing.withLock {
      ($0.snapshot?.tip, $0.problem, $0.checkedAt)
    }
    guard let tip else { throw unopened() }
    let age = (Clock.monotonicNanoseconds() - checkedAt) / 1_000_000_000
    if let problem {
      throw .problem(
        Problem(
          .notVerified, "\(Self.reason(problem)); entry \(tip.number) is served",
          hint: "'stet verify' on the server says what is wrong"))
    }
    guard age <= Self.freshSeconds else {
      throw .problem(
        Problem(.notVerified, "the ledger was not looked at for \(age) seconds"))
    }
    let value: Value = ["ready": true, "entry": .number(Double(tip.number))]
    return Response(
      200,
      headers: ["Content-Type": MediaType.json.description, "Cache-Control": "no-store"],
      bytes: JSON.bytes(value) + [UInt8(ascii: "\n")])
  }

  /// Why the newest state is not served, for anybody: names and paths are for who runs the service.
  private static func reason(_ problem: RegistryError) -> String {
    switch problem.code {
    case .notVerified: "the newest entries do not verify"
    case .newerFormat: "the newest entries are of a format that this version does not read"
    case _: "the ledger cannot be read"
    }
  }

  /// `GET /v1/registry`: which registry answers, and its newest entry.
  func registry(_ call: Call) -> Response {
    .json(
      [
        "id": .string(call.snapshot.tip.idText), "entry": .number(Double(call.snapshot.tip.number)),
      ], call.snapshot)
  }

  private static func seconds(since time: Int64) -> Double {
    Double(Clock.monotonicNanoseconds() - time) / 1e9
  }

  /// `GET /metrics`.
  func metrics(_ snapshot: Snapshot) -> Response {
    var text = MetricsText()
    requests.write(to: &text)
    reads.write(to: &text)
    let (isBad, failures, checkedAt) = standing.withLock {
      ($0.problem != nil, $0.failures, $0.checkedAt)
    }
    text.family("stet_entry", .gauge, "The newest entry that is served.")
    text.sample("stet_entry", [], snapshot.tip.number)
    text.family("stet_entry_time_seconds", .gauge, "When that entry was written, since 1970.")
    text.sample("stet_entry_time_seconds", [], Int(snapshot.state.time.seconds))
    text.family(
      "stet_snapshot_age_seconds", .gauge, "Since the state that is served was taken over.")
    text.sample("stet_snapshot_age_seconds", [], seconds: Self.seconds(since: snapshot.takenAt))
    text.family("stet_verified", .gauge, "1 while the newest entry of the ledger is served.")
    text.sample("stet_verified", [], isBad ? 0 : 1)
    text.family(
      "stet_verification_failures_total", .counter, "Looks at the ledger that found it broken.")
    text.sample("stet_verification_failures_total", [], failures)
    text.family("stet_checked_seconds_ago", .gauge, "Since the ledger was looked at last.")
    text.sample("stet_checked_seconds_ago", [], seconds: Self.seconds(since: checkedAt))
    text.family("stet_cache_bytes", .gauge, "Memory that prepared answers take.")
    text.sample("stet_cache_bytes", [], snapshot.exact.cost + snapshot.movable.cost)
    if let bytes = ResidentMemory.bytes() {
      text.family("process_resident_memory_bytes", .gauge, "Memory that the process has.")
      text.sample("process_resident_memory_bytes", [], bytes)
    }
    text.family("stet_start_time_seconds", .gauge, "When the service started, since 1970.")
    text.sample("stet_start_time_seconds", [], Int(startedAt))
    if let counts = counts.withLock({ $0 })?() {
      text.family("stet_connections_open", .gauge, "Open connections.")
      text.sample("stet_connections_open", [], counts.openConnections)
      text.family("stet_event_streams_open", .gauge, "Open event streams.")
      text.sample("stet_event_streams_open", [], counts.openStreams)
    }
    return Response(
      200,
      headers: ["Content-Type": MetricsText.mediaType, "Cache-Control": "no-store"],
      bytes: Array(text.text.utf8))
  }
}
