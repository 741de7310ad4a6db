import HTTP
package import Notation

/// The description of the service, OpenAPI 3.1.
package enum OpenAPI {
  /// The document for a list of operations; answers may refer to `schemas` by their names.
  package static func document(
    _ operations: [Operation], schemas: [(String, Value)] = [], version: String
  ) -> Value {
    var paths = ValueMap()
    for operation in operations {
      var item = paths[operation.path]?.map ?? ValueMap()
      item[operation.method.name.lowercased()] = description(of: operation)
      paths[operation.path] = .map(item)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Stet", "version": .string(version),
        "summary": "Prompts by version and by environment.",
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "paths": .map(paths),
      "components": [
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
        "schemas": .map(ValueMap([("Problem", problem), ("Violation", violation)] + schemas)),
      ],
    ]
  }

  private static func description(of operation: Operation) -> Value {
    var fields = ValueMap()
    fields["operationId"] = .string(operation.id)
    fields["summary"] = .string(operation.summary)
    // `{}` beside the token: while nobody is enrolled none is needed.
    fields["security"] = operation.access == .everybody ? [] : [["token": []], [:]]
    if !operation.parameters.isEmpty {
      fields["parameters"] = .list(operation.parameters.map(description))
    }
    if let body = operation.body {
      fields["requestBody"] = [
        "required": true, "content": ["application/json": ["schema": body]],
      ]
    }
    fields["responses"] = .map(
      ValueMap(operation.answers.map { (String($0.status), description(of: $0)) }))
    return .map(fields)
  }

  private static func description(of parameter: Parameter) -> Value {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "required": .bool(parameter.place == .path || parameter.need == .required),
      "description": .string(parameter.summary), "schema": parameter.schema,
    ]
  }

  private static func description(of answer: Answer) -> Value {
    var fields = ValueMap()
    fields["description"] = .string(answer.summary)
    if answer.headers != [] { fields["headers"] = answer.headers.value }
    if let content = answer.content {
      let name = "\(content.type.type)/\(content.type.subtype)"
      let body: Value = ["schema": content.schema]
      fields["content"] = .map(ValueMap([(name, body)]))
    }
    if !answer.links.isEmpty {
      fields["links"] = .map(ValueMap(answer.links.map { ($0.operation, description(of: $0)) }))
    }
    return .map(fields)
  }

  private static func description(of link: Link) -> Value {
    let parameters = link.parameters.sorted { $0.key < $1.key }
    return [
      "operationId": .string(link.operation),
      "parameters": .map(ValueMap(parameters.map { ($0.key, .string($0.value)) })),
    ]
  }

  private static let problem: Value = [
    "type": "object",
    "required": [
      "type", "title", "status", "code", "detail", "hint", "details", "violations", "request",
    ],
    "properties": [
      "type": ["type": "string"], "title": ["type": "string"],
      "status": ["type": "integer", "minimum": 400, "maximum": 599],
      "code": ["type": "string", "description": "what programs branch on"],
      "detail": ["type": "string"], "hint": ["type": ["string", "null"]],
      "details": [
        "type": "array",
        "description": "what was found in all: each violation or finding, or each line of a text",
      ],
      "violations": [
        "type": "array", "items": ["$ref": "#/components/schemas/Violation"],
        "description": "what breaks the contract, with the code 'input-invalid'; else empty",
      ],
      "request": ["type": "string", "description": "the request's id in the log"],
    ],
  ]

  private static let violation: Value = [
    "type": "object", "required": ["path", "keyword", "message"],
    "properties": [
      "path": ["type": "string", "description": "a JSON pointer to the part of the value"],
      "keyword": ["type": "string", "description": "the keyword of the schema that is broken"],
      "message": ["type": "string"],
    ],
  ]
}
