import HTTP
import Notation

/// What `/openapi.json` says of this service.
enum ServiceDescription {
  /// The release that is described.
  static let release = "0.1.0"

  /// The document; made once.
  static let document = OpenAPI.document(operations, version: release)

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
    let text: Value = ["type": "string"]
    let count: Value = ["type": "integer", "minimum": 1, "maximum": 1000]
    var parameters: [Parameter] = []
    for name in ["name", "ref", "env", "id"] where route.path.contains("{\(name)}") {
      let schema: Value = name == "id" ? ["type": "integer", "minimum": 1] : text
      parameters.append(Parameter(name, .path, .required, Self.meaning(name), schema: schema))
    }
    switch route {
    case .prompts:
      parameters += [
        Parameter("match", .query, .optional, "such as support/**", schema: text),
        Parameter("cursor", .query, .optional, "from the page before", schema: text),
        Parameter("limit", .query, .optional, "prompts of a page", schema: count),
      ]
    case .diff:
      parameters += [
        Parameter("from", .query, .required, "a reference", schema: text),
        Parameter("to", .query, .required, "a reference", schema: text),
      ]
    case .environments, .environment:
      parameters.append(Parameter("at", .query, .optional, "a time, RFC 3339", schema: text))
    case .ledger:
      let since: Value = ["type": "integer", "minimum": 0, "maximum": 2_147_483_647]
      parameters += [
        Parameter("since", .query, .optional, "entries after this one", schema: since),
        Parameter("limit", .query, .optional, "entries of an answer", schema: count),
      ]
    case .events:
      parameters.append(
        Parameter("Last-Event-ID", .header, .optional, "the last entry heard of", schema: text))
    case .none, .healthz, .readyz, .metrics, .openapi, .prompt, .version, .source, .render,
      .validate, .requests, .request, .registry:
      break
    }
    return parameters
  }

  private static func meaning(_ name: String) -> String {
    switch name {
    case "name": "a prompt's name; slashes may be raw or %2F"
    case "ref": "a version, a range, latest, an environment or sha256:…"
    case "env": "an environment's name"
    case _: "a request's number"
    }
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
    let object: Value = ["type": "object"]
    let text: Value = ["type": "string"]
    let read = ["Stet-Version", "Stet-Digest", "Stet-Entry"]
    let good: Answer
    switch route {
    case .healthz: good = Answer(200, "alive", .text, schema: text)
    case .metrics: good = Answer(200, "metrics", MediaType("text", "plain"), schema: text)
    case .source:
      good = Answer(200, "the source", .text, schema: text, headers: ["ETag"] + read)
    case .events: good = Answer(200, "events", .eventStream, schema: text)
    case .version:
      good = Answer(200, "the version", .json, schema: object, headers: ["ETag"] + read)
    case .render, .validate: good = Answer(200, "done", .json, schema: object, headers: read)
    case .none, .readyz, .openapi, .prompts, .prompt, .diff, .environments, .environment,
      .ledger, .requests, .request, .registry:
      good = Answer(200, "found", .json, schema: object)
    }
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
}
