package import HTTP
import Notation
import Platform
package import PromptRegistry
import Synchronization

/// How a service is to answer.
package struct ServiceOptions: Sendable {
  /// Bytes of memory for prepared answers.
  package var cacheBytes = 256 << 20
  /// Versions that are kept ready to be rendered; when there are more, all are forgotten.
  package var compiledVersions = 512
  /// Requests a second that one token may make.
  package var requestsPerSecond = 10_000
  /// Whether only this machine can reach the service; an open one answers nobody else.
  package var reach = Reach.loopback

  /// Who can reach it.
  package enum Reach: Sendable { case loopback, network }

  /// A service that nobody configured.
  package init() {}
}

/// Answers reads from the newest verified state of a registry.
package final class PromptService: Sendable {
  /// What is served now, and how it stands with what should be.
  struct Standing {
    /// Nil until the first state is verified.
    var snapshot: Snapshot?
    var progress = Progress(done: 0, total: 0)
    /// Why the newest state is not what is served; nil where it is.
    var problem: RegistryError?
    var checkedAt = Clock.monotonicNanoseconds()
    var failures = 0

    /// How many entries were read on the way to the first state.
    struct Progress {
      let done: Int
      let total: Int
    }
  }

  let registry: Registry
  let options: ServiceOptions
  let standing = Mutex(Standing())
  let hub = EventHub()
  let requests = RequestMetrics(RouteID.allCases.map(\.route))
  let reads = ReadMetrics()
  let compiled: CompiledCache
  let buckets = Mutex<[String: TokenBucket]>([:])
  /// The server's own counts, once there is one.
  let counts = Mutex<(@Sendable () -> ServerCounts)?>(nil)
  let startedAt = Clock.now()

  /// After so many seconds without a look at the ledger the service is not ready.
  static let freshSeconds: Int64 = 5

  /// A service that has read nothing yet: until `open()` has, it answers that it lives, and how
  /// far it is.
  package init(_ registry: Registry, _ options: ServiceOptions = ServiceOptions()) {
    self.registry = registry
    self.options = options
    compiled = CompiledCache(limit: options.compiledVersions, reads)
  }

  /// What is served now; nil while nothing is.
  package var snapshot: Snapshot? { standing.withLock { $0.snapshot } }

  /// Why the newest state is not what is served; nil where it is.
  var problem: RegistryError? { standing.withLock { $0.problem } }

  /// Verifies the ledger and serves the newest state that holds from then on; throws where none
  /// does.
  package func open() throws(RegistryError) {
    let found = try registry.prepared { done, total in
      self.standing.withLock { $0.progress = .init(done: done, total: total) }
    }
    note(found.refusal, serving: try Snapshot(of: found, cacheBytes: options.cacheBytes))
  }

  /// Notes what came of a look at the ledger.
  private func note(_ problem: RegistryError?, serving snapshot: Snapshot) {
    standing.withLock {
      $0.snapshot = snapshot
      $0.problem = problem
      $0.checkedAt = Clock.monotonicNanoseconds()
      if problem != nil { $0.failures += 1 }
    }
  }

  /// Takes the newest state that holds if it is a newer one; call it from one thread, once it is
  /// open.
  package func refresh() {
    guard let known = snapshot else { return }
    var current = known
    do throws(RegistryError) {
      let found = try registry.tip(after: known.tip)
      if found.number != known.tip.number {
        current = try known.advanced(to: found, in: registry, cacheBytes: options.cacheBytes)
      }
      note(found.refusal, serving: current)
    } catch {
      note(error, serving: known)
    }
    let now = Timestamp(seconds: Clock.now())
    hub.tell(current) { [current] in Self.mayListen($0, current, now) }
  }

  /// Ends all streams after what is queued.
  package func finish() { hub.finish() }

  /// The whole service as a function.
  package var application: Application {
    var application = Application { self.answer($0) }
    application.refuser = { refusal, id in Problem(refusal).response(id) }
    application.lookup = { target, head in
      guard let snapshot = self.snapshot, self.isOpen(snapshot, to: head) else { return nil }
      return snapshot.exact.find(target) ?? snapshot.movable.find(target)
    }
    application.responder = { target, head in
      guard let snapshot = self.snapshot, self.isOpen(snapshot, to: head),
        head.withContentType(Self.isPlainJSON) ?? true
      else { return nil }
      return snapshot.responders.find(target)
    }
    application.observer = { self.requests.add($0) }
    return application
  }

  /// Whether whoever sent this is answered without a token.
  private func isOpen(_ snapshot: Snapshot, to head: borrowing RequestHead) -> Bool {
    snapshot.isOpen && options.reach == .loopback
      && head.withHost { LoopbackHost.isOne($0) } ?? true
  }

  private static let json = Array(MediaType.json.description.utf8)

  /// Whether a type is JSON for sure; another spelling of it goes the long way.
  private static func isPlainJSON(_ type: Span<UInt8>) -> Bool {
    guard type.count == json.count else { return false }
    for index in type.indices where type[index] != json[index] { return false }
    return true
  }

  private static func mayListen(_ reader: Reader, _ snapshot: Snapshot, _ now: Timestamp) -> Bool {
    guard let token = reader.token else { return snapshot.isOpen }
    return !reader.isExpired(at: now) && snapshot.readers.isLive(Array(token.hashText.utf8))
  }
}
