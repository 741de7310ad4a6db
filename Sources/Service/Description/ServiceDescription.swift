import HTTP
import Notation

/// What `/openapi.json` says of this service.
enum ServiceDescription {
  /// The release that is described.
  static let release = "0.1.0"

  /// The document; made once.
  static let document = OpenAPI.document(
    operations, schemas: AnswerSchema.allCases.map { ($0.rawValue, $0.value) }, version: release)

  static let operations: [Operation] = RouteID.allCases.filter { $0 != .none }.map { route in
    var operation = Operation(route.method, route.path, id: "\(route)", summary(of: route))
    operation.access = route.access
    operation.parameters = parameters(of: route)
    operation.body = body(of: route)
    operation.answers = answers(of: route)
    return operation
  }

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
        Parameter("to", .query, .required, "a reference", schema: ParameterSchema.reference),
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
          schema: ParameterSchema.text))
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

  private static func answers(of route: RouteID) -> [Answer] {
    let good = answer(of: route)
    switch route {
    case .healthz: return [good]
    case .readyz: return [good] + Answer.problems(503)
    case .render, .validate:
      return [good] + Answer.problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
    case .none, .metrics, .openapi, .prompts, .prompt, .version, .source, .diff, .environments,
      .environment, .ledger, .requests, .request, .events, .registry:
      return [good, Answer(304, "as it was")]
        + Answer.problems(400, 401, 403, 404, 409, 413, 422, 429, 500, 503)
    }
  }

  private static func answer(of route: RouteID) -> Answer {
    let text = ParameterSchema.text
    let read = ["Stet-Version", "Stet-Digest", "Stet-Entry"]
    switch route {
    case .healthz: return Answer(200, "alive", .text, schema: text)
    case .metrics: return Answer(200, "metrics", MediaType("text", "plain"), schema: text)
    case .events:
      return Answer(
        200, "events without end", .eventStream, schema: AnswerSchema.event.reference)
    case .source: return Answer(200, "the source", .text, schema: text, headers: ["ETag"] + read)
    case .version: return json(.version, headers: ["ETag"] + read)
    case .render: return json(.rendering, headers: read)
    case .validate: return json(.validity, headers: read)
    case .prompts:
      var answer = json(.promptList, headers: ["ETag"])
      let first = "$response.body#/prompts/0"
      answer.links =
        [RouteID.prompt, .version, .source, .render, .validate].map { route in
          var link = Link(to: "\(route)", ["name": "\(first)/name"])
          if route != .prompt { link.parameters["ref"] = "\(first)/version" }
          return link
        } + [Link(to: "\(RouteID.diff)", ["from": "\(first)/name", "to": "\(first)/name"])]
      return answer
    case .prompt: return json(.prompt, headers: ["ETag"])
    case .diff: return json(.difference, headers: ["ETag"])
    case .environments:
      var answer = json(.environmentList, headers: ["ETag"])
      answer.links = [
        Link(
          to: "\(RouteID.environment)", ["env": "$response.body#/environments/0/name"])
      ]
      return answer
    case .environment: return json(.environment, headers: ["ETag"])
    case .ledger: return json(.ledger, headers: ["ETag"])
    case .requests:
      var answer = json(.requestList, headers: ["ETag"])
      answer.links = [
        Link(to: "\(RouteID.request)", ["id": "$response.body#/requests/0/request"])
      ]
      return answer
    case .request: return json(.request, headers: ["ETag"])
    case .registry: return json(.registry, headers: ["ETag"])
    case .readyz: return json(.readiness)
    case .none, .openapi: return Answer(200, "found", .json, schema: ["type": "object"])
    }
  }

  private static func json(_ schema: AnswerSchema, headers: [String] = []) -> Answer {
    Answer(200, "found", .json, schema: schema.reference, headers: headers)
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
