import HTTP
import Notation

/// What `/openapi.json` says of this service.
enum ServiceDescription {
  /// The release that is described.
  static let release = "0.1.0"

  /// The document; made once.
  static let document = OpenAPI.document(
    operations, schemas: AnswerSchema.allCases.map { ($0.rawValue, $0.value) }, version: release)

  static let operations = RouteID.allCases.filter { $0 != .none }.flatMap(operations)

  /// What can be asked of a route: its own method, the same without a body, and which there are.
  private static func operations(of route: RouteID) -> [Operation] {
    var own = Operation(route.method, route.path, id: "\(route)", summary(of: route))
    own.access = route.access
    own.parameters = parameters(of: route)
    own.body = body(of: route)
    own.answers = RouteAnswers.answers(of: route)
    if own.answers.contains(where: { $0.status == 304 }) { own.parameters.append(ifNoneMatch) }
    var options = Operation(
      .options, route.path, id: "\(route)Options", "which methods are answered")
    options.access = route.access
    options.parameters = own.parameters.filter { $0.place == .path }
    options.answers = RouteAnswers.answersToOptions(of: route)
    guard route.method == .get else { return [own, options] }
    var head = Operation(
      .head, route.path, id: "\(route)Head", "the headers of: " + summary(of: route))
    head.access = route.access
    head.parameters = own.parameters
    head.answers = RouteAnswers.answersWithoutBody(of: route)
    return [own, head, options]
  }

  private static let ifNoneMatch = Parameter(
    "If-None-Match", .header, .optional, "the ETag of what one has; the same is 304",
    schema: ParameterSchema.text)

  /// What may stand in the query of each route.
  static let queries = Dictionary(
    uniqueKeysWithValues: RouteID.allCases.map { route in
      (route, parameters(of: route).filter { $0.place == .query }.map(\.name))
    })

  private static func summary(of route: RouteID) -> String {
    switch route {
    case .none: "nothing"
    case .healthz: "whether the process is alive"
    case .readyz: "whether what is served is verified and fresh"
    case .metrics: "counts and durations for Prometheus"
    case .openapi: "this document"
    case .prompts: "all prompts, page by page"
    case .prompt: "one prompt with its versions, pins and changelog"
    case .version: "one version with all that belongs to it"
    case .source: "the source of one version, byte for byte"
    case .render: "what a model would see"
    case .validate: "whether a model's output keeps the contract"
    case .diff: "what changed from one version to another"
    case .environments: "every environment with what is live there"
    case .environment: "one environment with what is live there"
    case .ledger: "what happened, oldest first"
    case .requests: "the open requests"
    case .request: "one open request as it would go live"
    case .events: "every entry as it happens"
    case .registry: "which registry answers, and its newest entry"
    }
  }

  private static func parameters(of route: RouteID) -> [Parameter] {
    let count: Value = ["type": "integer", "minimum": 1, "maximum": 1000]
    var parameters: [Parameter] = []
    for part in PathPart.allCases where route.path.contains("{\(part.rawValue)}") {
      parameters.append(
        Parameter(part.rawValue, .path, .required, part.meaning, schema: part.schema))
    }
    switch route {
    case .prompts:
      parameters += [
        Parameter("match", .query, .optional, "such as support/**", schema: ParameterSchema.match),
        Parameter(
          "cursor", .query, .optional, "from the page before", schema: ParameterSchema.cursor),
        Parameter("limit", .query, .optional, "prompts of a page", schema: count),
      ]
    case .diff:
      parameters += [
        Parameter("from", .query, .required, "a reference", schema: ParameterSchema.reference),
        Parameter(
          "to", .query, .required, "a reference, which may leave out the name",
          schema: ParameterSchema.besideReference),
      ]
    case .environments, .environment:
      parameters.append(
        Parameter("at", .query, .optional, "a time, RFC 3339", schema: ParameterSchema.time))
    case .ledger:
      let since: Value = ["type": "integer", "minimum": 0, "maximum": 2_147_483_647]
      parameters += [
        Parameter("since", .query, .optional, "entries after this one", schema: since),
        Parameter("limit", .query, .optional, "entries of an answer", schema: count),
      ]
    case .events:
      parameters.append(
        Parameter(
          "Last-Event-ID", .header, .optional,
          "the last entry heard of; one that is still to come here is waited for",
          schema: ParameterSchema.entry))
    case .none, .healthz, .readyz, .metrics, .openapi, .prompt, .version, .source, .render,
      .validate, .requests, .request, .registry:
      break
    }
    return parameters
  }

  private static func body(of route: RouteID) -> Value? {
    switch route {
    case .render:
      [
        "type": "object", "additionalProperties": false,
        "properties": [
          "input": ["type": ["object", "null"]], "messages": ["type": ["array", "null"]],
          "context": ["type": ["object", "null"]], "provenance": ["type": ["boolean", "null"]],
        ],
      ]
    case .validate:
      [
        "type": "object", "required": ["output"], "additionalProperties": false,
        "properties": ["output": [:]],
      ]
    case .none, .healthz, .readyz, .metrics, .openapi, .prompts, .prompt, .version, .source,
      .diff, .environments, .environment, .ledger, .requests, .request, .events, .registry:
      nil
    }
  }
}

/// What varies in the paths of routes.
private enum PathPart: String, CaseIterable {
  case name, ref, env, id

  var meaning: String {
    switch self {
    case .name: "a prompt's name; slashes may be raw or %2F"
    case .ref: "a version, a range, latest, an environment or sha256:…"
    case .env: "an environment's name"
    case .id: "a request's number"
    }
  }

  var schema: Value {
    switch self {
    case .name: ParameterSchema.name
    case .ref: ParameterSchema.selector
    case .env: ParameterSchema.environment
    case .id: ParameterSchema.request
    }
  }
}
