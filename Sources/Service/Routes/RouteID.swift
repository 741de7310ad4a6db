import HTTP

/// Every route of the service; its number is its place in the metrics.
enum RouteID: Int, CaseIterable, Sendable {
  case none, healthz, readyz, metrics, openapi
  case prompts, prompt, version, source, render, validate
  case diff, environments, environment, ledger, requests, request, events, registry

  /// The path as it is described.
  var path: String {
    switch self {
    case .none: "none"
    case .healthz: "/healthz"
    case .readyz: "/readyz"
    case .metrics: "/metrics"
    case .openapi: "/openapi.json"
    case .prompts: "/v1/prompts"
    case .prompt: "/v1/prompts/{name}"
    case .version: "/v1/prompts/{name}@{ref}"
    case .source: "/v1/prompts/{name}@{ref}/source"
    case .render: "/v1/prompts/{name}@{ref}/render"
    case .validate: "/v1/prompts/{name}@{ref}/validate"
    case .diff: "/v1/diff"
    case .environments: "/v1/environments"
    case .environment: "/v1/environments/{env}"
    case .ledger: "/v1/ledger"
    case .requests: "/v1/requests"
    case .request: "/v1/requests/{id}"
    case .events: "/v1/events"
    case .registry: "/v1/registry"
    }
  }

  /// The method that is answered, beside `HEAD` and `OPTIONS`.
  var method: HTTP.Method {
    switch self {
    case .render, .validate: .post
    case .none, .healthz, .readyz, .metrics, .openapi, .prompts, .prompt, .version, .source, .diff,
      .environments, .environment, .ledger, .requests, .request, .events, .registry:
      .get
    }
  }

  /// Who may ask.
  var access: Operation.Access {
    switch self {
    case .healthz, .readyz: .everybody
    case .metrics, .requests, .request: .operators
    case .none, .openapi, .prompts, .prompt, .version, .source, .render, .validate, .diff,
      .environments, .environment, .ledger, .events, .registry:
      .token
    }
  }

  /// What metrics and logs call it.
  var route: Route { self == .none ? .none : Route(rawValue, path) }

  /// The route of a path; `.none` where nothing is.
  init(_ segments: [String]) {
    self =
      switch segments {
      case ["healthz"]: .healthz
      case ["readyz"]: .readyz
      case ["metrics"]: .metrics
      case ["openapi.json"]: .openapi
      case ["v1", "prompts"]: .prompts
      case ["v1", "diff"]: .diff
      case ["v1", "environments"]: .environments
      case ["v1", "ledger"]: .ledger
      case ["v1", "requests"]: .requests
      case ["v1", "events"]: .events
      case ["v1", "registry"]: .registry
      case _ where segments.count == 3 && segments[..<2] == ["v1", "environments"]: .environment
      case _ where segments.count == 3 && segments[..<2] == ["v1", "requests"]: .request
      case _ where segments.starts(with: ["v1", "prompts"]): Self.prompt(segments.dropFirst(2))
      case _: .none
      }
  }

  private static func prompt(_ segments: ArraySlice<String>) -> RouteID {
    guard let path = PromptPath(segments) else { return .none }
    guard path.reference != nil else { return .prompt }
    switch path.action {
    case nil: return .version
    case "source": return .source
    case "render": return .render
    case "validate": return .validate
    case _: return .none
    }
  }
}
