package import HTTP
import Notation
import Platform
import PromptRegistry
import Synchronization

extension PromptService {
  /// The answer to a request, from one snapshot.
  package func answer(_ request: Request) -> Response {
    let route = RouteID(request.target.segments)
    var response: Response
    do throws(ServiceError) {
      response = try answer(request, route)
    } catch {
      response = error.response(request.id)
    }
    response.route = route.route
    return response
  }

  private func answer(_ request: Request, _ route: RouteID) throws(ServiceError) -> Response {
    // Before the first state is verified it is not known either who may read.
    guard let snapshot else { return try answerUnopened(request, route) }
    let reader =
      route.access == .everybody ? Reader.anybody : try admit(request, snapshot)
    guard route != .none, route.access != .operators || reader.isOperator else {
      throw .nothingHere
    }
    if let response = try Self.options(request, route) { return response }
    let call = Call(request: request, snapshot: snapshot, reader: reader)
    // What asks whether a program is alive may add what it likes.
    if route.access != .everybody {
      try call.requireQuery(of: ServiceDescription.queries[route] ?? [])
    }
    return try answer(call, route)
  }

  private func answerUnopened(
    _ request: Request, _ route: RouteID
  ) throws(ServiceError) -> Response {
    guard route.access == .everybody else { throw unopened() }
    if let response = try Self.options(request, route) { return response }
    return route == .healthz ? Self.alive : try readiness()
  }

  /// Why nothing is served yet.
  func unopened() -> ServiceError {
    let progress = standing.withLock { $0.progress }
    return .verifying(done: progress.done, of: progress.total)
  }

  private static let alive = Response(200, .text, "ok\n")

  /// What a route may be asked with, where that was the question; throws where it was asked
  /// otherwise.
  private static func options(
    _ request: Request, _ route: RouteID
  ) throws(ServiceError) -> Response? {
    let allowed: [HTTP.Method] =
      route.method == .get ? [.get, .head, .options] : [route.method, .options]
    guard allowed.contains(request.method) else {
      throw .refusal(.methodNotAllowed(allowed: allowed))
    }
    guard request.method == .options else { return nil }
    return Response(204, headers: Refusal.methodNotAllowed(allowed: allowed).headers)
  }

  private func answer(_ call: Call, _ route: RouteID) throws(ServiceError) -> Response {
    switch route {
    case .none: throw .nothingHere
    case .healthz: Self.alive
    case .readyz: try readiness()
    case .metrics: metrics(call.snapshot)
    case .openapi: .json(ServiceDescription.document, call.snapshot)
    case .prompts: try prompts(call)
    case .prompt: try prompt(call)
    case .version: try version(call, .object)
    case .source: try version(call, .source)
    case .render: try render(call)
    case .validate: try validate(call)
    case .diff: try diff(call)
    case .environments: try environments(call)
    case .environment: try environment(call)
    case .ledger: try ledger(call)
    case .requests: try requests(call)
    case .request: try request(call)
    case .events: try events(call)
    case .registry: self.registry(call)
    }
  }

  /// Who asks, or why he is not answered.
  private func admit(_ request: Request, _ snapshot: Snapshot) throws(ServiceError) -> Reader {
    if snapshot.isOpen {
      guard options.reach == .loopback else { throw .noToken }
      guard request.headers["host"].map({ LoopbackHost.isOne($0) }) ?? true else {
        throw .problem(
          Problem(
            .notPermitted, "while no service is enrolled only this machine is answered",
            hint: "ask 'localhost', or enrol a service with 'stet service add'"))
      }
      return .anybody
    }
    guard let token = request.bearerToken,
      let reader = snapshot.readers.holder(of: Array(token.utf8)),
      !reader.isExpired(at: Timestamp(seconds: Clock.now()))
    else { throw .noToken }
    try take(reader)
    return reader
  }

  private func take(_ reader: Reader) throws(ServiceError) {
    guard let hash = reader.token?.hashText else { return }
    let now = Clock.monotonicNanoseconds()
    let bucket = buckets.withLock { buckets in
      if let bucket = buckets[hash] { return bucket }
      let bucket = TokenBucket(
        perSecond: options.requestsPerSecond, burst: options.requestsPerSecond, now: now)
      buckets[hash] = bucket
      return bucket
    }
    switch bucket.take(now: now) {
    case .admitted: return
    case .refused(let seconds): throw .tooManyRequests(retryAfterSeconds: seconds)
    }
  }
}
