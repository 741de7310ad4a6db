package import HTTP
package import Notation

/// One thing that can be asked of the service, as `openapi.json` describes it.
package struct Operation: Sendable {
  /// What is done.
  package let method: HTTP.Method
  /// With what; parts that vary stand in braces, such as `/v1/prompts/{name}`.
  package let path: String
  /// A name that generated clients give it.
  package let id: String
  /// One line for a reader.
  package let summary: String
  /// Whether a token is needed as soon as any is enrolled.
  package var access = Access.token
  /// What the path and the query may hold.
  package var parameters: [Parameter] = []
  /// The schema of the JSON body; nil where none is read.
  package var body: Value?
  /// What may be answered.
  package var answers: [Answer] = []

  /// An operation to which parameters and answers are added.
  package init(_ method: HTTP.Method, _ path: String, id: String, _ summary: String) {
    self.method = method
    self.path = path
    self.id = id
    self.summary = summary
  }

  /// Who may ask.
  package enum Access: Hashable, Sendable { case everybody, token, operators }
}

/// One part of a path, a query or a header.
package struct Parameter: Hashable, Sendable {
  /// Where it stands.
  package enum Place: String, Sendable { case path, query, header }
  /// Whether a request without it is refused; a part of a path always is.
  package enum Need: Sendable { case required, optional }

  let name: String
  let place: Place
  let need: Need
  let summary: String
  let schema: Value

  /// A parameter with the JSON Schema of its text.
  package init(
    _ name: String, _ place: Place, _ need: Need, _ summary: String, schema: Value
  ) {
    self.name = name
    self.place = place
    self.need = need
    self.summary = summary
    self.schema = schema
  }
}

/// One answer of an operation.
package struct Answer: Sendable {
  let status: Int
  let summary: String
  let content: (type: MediaType, schema: Value)?
  let headers: AnswerHeaders
  /// What can be asked next with what the answer says.
  var links: [Link] = []

  /// An answer without a body.
  package init(_ status: Int, _ summary: String, headers: AnswerHeaders = []) {
    self.status = status
    self.summary = summary
    content = nil
    self.headers = headers
  }

  /// An answer with a body of a media type.
  package init(
    _ status: Int, _ summary: String, _ type: MediaType, schema: Value,
    headers: AnswerHeaders = []
  ) {
    self.status = status
    self.summary = summary
    content = (type, schema)
    self.headers = headers
  }

  /// The same answer, from which something can be asked.
  func linking(_ links: [Link]) -> Answer {
    var answer = self
    answer.links = links
    return answer
  }
}

/// An operation whose parameters an answer holds.
package struct Link: Hashable, Sendable {
  /// The id of the operation, which names the link too.
  let operation: String
  /// Where in the answer each parameter stands, as OpenAPI writes it.
  var parameters: [String: String]

  /// A link to an operation.
  init(to operation: String, _ parameters: [String: String]) {
    self.operation = operation
    self.parameters = parameters
  }
}
