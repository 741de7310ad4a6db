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
    let snapshot = snapshot
    let reader =
      route.access == .everybody ? Reader.anybody : try admit(request, snapshot)
    guard route != .none, route.access != .operators || reader.isOperator else {
      throw .nothingHere
    }
    let allowed: [HTTP.Method] =
      route.method == .get ? [.get, .head, .options] : [route.method, .options]
    guard allowed.contains(request.method) else {
      throw .refusal(.methodNotAllowed(allowed: allowed))
    }
    if request.method == .options {
      return Response(204, headers: Refusal.methodNotAllowed(allowed: allowed).headers)
    }
    return try answer(Call(request: request, snapshot: snapshot, reader: reader), route)
  }

  private func answer(_ call: Call, _ route: RouteID) throws(ServiceError) -> Response {
    switch route {
    case .none: throw .nothingHere
    case .healthz: Response(200, .text, "ok\n")
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
      guard LoopbackHost.isOne(request.headers["host"] ?? "") else {
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
