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
    var snapshot: Snapshot
    /// Why the newest state could not be taken; nil where it was.
    var problem: RegistryError?
    var checkedAt: Int64
    var failures = 0
  }

  let registry: Registry
  let options: ServiceOptions
  let standing: Mutex<Standing>
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

  /// A service of a registry whose newest state is verified first.
  package init(
    _ registry: Registry, _ options: ServiceOptions = ServiceOptions()
  ) throws(RegistryError) {
    self.registry = registry
    self.options = options
    compiled = CompiledCache(limit: options.compiledVersions)
    standing = Mutex(
      Standing(
        snapshot: try Snapshot(of: registry, cacheBytes: options.cacheBytes), problem: nil,
        checkedAt: Clock.monotonicNanoseconds()))
  }

  /// What is served now.
  package var snapshot: Snapshot { standing.withLock { $0.snapshot } }

  /// Takes the newest state if there is a newer one that holds; call it from one thread.
  package func refresh() {
    let known = snapshot
    do throws(RegistryError) {
      var snapshot = known
      if let tip = try registry.tip(unless: known.tip) {
        snapshot = try known.advanced(to: tip, in: registry, cacheBytes: options.cacheBytes)
      }
      let ready = snapshot
      standing.withLock {
        $0.snapshot = ready
        $0.problem = nil
        $0.checkedAt = Clock.monotonicNanoseconds()
      }
    } catch {
      standing.withLock {
        $0.problem = error
        $0.failures += 1
        $0.checkedAt = Clock.monotonicNanoseconds()
      }
    }
    let now = Timestamp(seconds: Clock.now())
    let current = snapshot
    hub.tell(current) { Self.mayListen($0, current, now) }
  }

  /// Ends all streams after what is queued.
  package func finish() { hub.finish() }

  /// The whole service as a function.
  package var application: Application {
    var application = Application { self.answer($0) }
    application.refuser = { refusal, id in Problem(refusal).response(id) }
    application.lookup = { target, head in
      let snapshot = self.snapshot
      guard self.isOpen(snapshot, to: head) else { return nil }
      return snapshot.exact.find(target) ?? snapshot.movable.find(target)
    }
    application.responder = { target, head in
      let snapshot = self.snapshot
      guard self.isOpen(snapshot, to: head), head.withContentType(Self.isPlainJSON) ?? true
      else { return nil }
      return snapshot.responders.find(target)
    }
    application.observer = { self.requests.add($0) }
    return application
  }

  /// Whether whoever sent this is answered without a token.
  private func isOpen(_ snapshot: Snapshot, to head: borrowing RequestHead) -> Bool {
    snapshot.isOpen && options.reach == .loopback && head.withHost { LoopbackHost.isOne($0) }
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
