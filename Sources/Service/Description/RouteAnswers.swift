import HTTP
import Notation
import PromptRegistry

/// What each route may answer.
enum RouteAnswers {
  /// The answers to the method that a route is for.
  static func answers(of route: RouteID) -> [Answer] {
    let good = good(route)
    let known = good.headers.always.contains(.etag) && route.method == .get
    return [good] + (known ? [Answer(304, "as it was", headers: good.headers)] : [])
      + problems(of: route).map(problem)
  }

  /// The same without bodies, as `HEAD` has them.
  static func answersWithoutBody(of route: RouteID) -> [Answer] {
    answers(of: route).map { Answer($0.status, $0.summary, headers: $0.headers) }
  }

  /// The answers to `OPTIONS`, which reads nothing.
  static func answersToOptions(of route: RouteID) -> [Answer] {
    let read = [405, 413, 415, 422, 500, 501]
    // Whether a prompt is there is not looked at either.
    let isHidden = route.access == .operators
    return [Answer(204, "what may be asked", headers: [.allow])]
      + problems(of: route).filter { !read.contains($0) && ($0 != 404 || isHidden) }.map(problem)
  }
}

// MARK: - Errors

extension RouteAnswers {
  /// The statuses of the errors of a route.
  private static func problems(of route: RouteID) -> [Int] {
    let any = [400, 405, 431]
    let read = any + [401, 403, 429, 503]
    let statuses =
      switch route {
      case .healthz: any
      case .readyz: any + [503]
      case .none, .openapi, .registry: read
      case .metrics: read + [404]
      case .prompts, .ledger, .events: read + [500]
      case .prompt, .version, .source, .environments, .environment, .requests, .request:
        read + [404, 500]
      case .diff: read + [404, 422, 500]
      case .render, .validate: read + [404, 413, 415, 422, 500, 501]
      }
    return statuses.sorted()
  }

  private static func problem(_ status: Int) -> Answer {
    let codes = ErrorCode.allCases.filter { $0.httpStatuses.contains(status) }.map(\.rawValue)
    return Answer(
      status, codes.joined(separator: ", "), .problem,
      schema: ["$ref": "#/components/schemas/Problem"], headers: headers(ofProblem: status))
  }

  private static func headers(ofProblem status: Int) -> AnswerHeaders {
    let all: AnswerHeaders = [.cacheControl, .contentTypeOptions]
    return switch status {
    case 401: all + [.authenticate]
    case 405: all + [.allow]
    case 415: all + AnswerHeaders(always: [], sometimes: [.acceptEncoding])
    case 429: all + [.retryAfter]
    // What does not fit into memory is refused before there is a request, with a bare status.
    case 431: AnswerHeaders(always: [], sometimes: all.always)
    case 503: all + AnswerHeaders(always: [], sometimes: [.retryAfter])
    case _: all
    }
  }
}

// MARK: - Good answers

extension RouteAnswers {
  /// What every answer has that the next entry may change.
  private static let list: AnswerHeaders = [
    .cacheControl, .etag, .stetTip, .contentTypeOptions,
  ]

  /// What every answer about one version has.
  private static let version = AnswerHeaders(
    always: [.cacheControl, .stetVersion, .stetDigest, .stetEntry, .contentTypeOptions],
    sometimes: [.stetTip, .stetYanked, .stetRetired])

  private static func good(_ route: RouteID) -> Answer {
    let text = ParameterSchema.text
    switch route {
    case .healthz: return Answer(200, "alive", .text, schema: text)
    case .readyz: return json(.readiness, [.cacheControl])
    case .metrics:
      return Answer(
        200, "metrics", MediaType("text", "plain"), schema: text, headers: [.cacheControl])
    case .none, .openapi:
      return Answer(200, "found", .json, schema: ["type": "object"], headers: list)
    case .events:
      return Answer(
        200, "events without end", .eventStream, schema: AnswerSchema.event.reference,
        headers: [.cacheControl, .buffering])
    case .source:
      return Answer(200, "the source", .text, schema: text, headers: version + [.etag])
    case .version: return json(.version, version + [.etag])
    case .render: return json(.rendering, version)
    case .validate: return json(.validity, version)
    case .prompts: return page
    case .prompt: return json(.prompt, list)
    case .diff: return json(.difference, list)
    case .environments:
      return json(.environmentList, list).linking(
        [Link(to: "\(RouteID.environment)", ["env": "$response.body#/environments/0/name"])])
    case .environment: return json(.environment, list)
    case .ledger: return json(.ledger, list)
    case .requests:
      return json(.requestList, list).linking(
        [Link(to: "\(RouteID.request)", ["id": "$response.body#/requests/0/request"])])
    case .request: return json(.request, list)
    case .registry: return json(.registry, list)
    }
  }

  /// A page of prompts, from which every question about the first of them can be asked.
  private static var page: Answer {
    let first = "$response.body#/prompts/0"
    let links = [RouteID.prompt, .version, .source, .render, .validate].map { route in
      var link = Link(to: "\(route)", ["name": "\(first)/name"])
      if route != .prompt { link.parameters["ref"] = "\(first)/version" }
      return link
    }
    let diff = Link(to: "\(RouteID.diff)", ["from": "\(first)/name", "to": "\(first)/name"])
    return json(.promptList, list + AnswerHeaders(always: [], sometimes: [.link]))
      .linking(links + [diff])
  }

  private static func json(_ schema: AnswerSchema, _ headers: AnswerHeaders) -> Answer {
    Answer(200, "found", .json, schema: schema.reference, headers: headers)
  }
}
