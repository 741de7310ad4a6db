import HTTP
import Notation
import PromptRegistry

/// One request with who asks and what he is answered from.
struct Call {
  let request: Request
  let snapshot: Snapshot
  let reader: Reader

  var state: State { snapshot.state }

  /// What stands behind `/v1/prompts/`.
  func path() throws(ServiceError) -> PromptPath {
    guard let path = PromptPath(request.target) else { throw .nothingHere }
    return path
  }

  /// The version that the path means.
  func reference() throws(ServiceError) -> Reference {
    let path = try path()
    let text = "\(path.name)@\(path.reference ?? "")"
    return try registryErrors { () throws(RegistryError) in try Reference(text) }
  }

  /// The version that a reference means to the one who asks.
  func resolve(_ reference: Reference) throws(ServiceError) -> Resolved {
    try registryErrors { () throws(RegistryError) in
      try reader.resolve(reference, in: snapshot)
    }
  }

  /// The environment of a text.
  func environment(_ text: String) throws(ServiceError) -> EnvironmentName {
    do throws(InvalidName) { return try EnvironmentName(text) } catch {
      throw .registry(.badName(error))
    }
  }

  /// A count of the query, within its bounds.
  func count(_ name: String, _ usual: Int, in bounds: ClosedRange<Int>) throws(ServiceError) -> Int
  {
    guard let text = request.target.first(name) else { return usual }
    guard let count = Int(text), bounds.contains(count) else {
      throw .usage(
        "'\(name)' should be a number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return count
  }

  /// Refuses a body that is said to be something else than JSON.
  func requireJSON() throws(ServiceError) {
    guard let type = request.headers["content-type"] else { return }
    guard let type = MediaType(header: type), type.isSameType(as: .json) else {
      throw .problem(Problem(.usage, status: 415, "the body should be 'application/json'"))
    }
  }

  /// The JSON object that was sent, which may have these fields alone.
  func body(_ fields: String...) throws(ServiceError) -> ValueMap {
    try requireJSON()
    let value: Value
    // The object around what is sent is none of it.
    let limits = NotationLimits(depth: NotationLimits.standardDepth + 1)
    do throws(NotationError) { value = try JSON.parse(request.body, limits: limits) } catch {
      throw .problem(Problem(error))
    }
    guard case .map(let map) = value else { throw .problem(.notAnObject) }
    for key in map.keys where !fields.contains(key) {
      throw .problem(Problem(.badInput, unknown: key, among: fields))
    }
    return map
  }

  /// Refuses a query that says what nobody reads, or says something twice.
  func requireQuery(of names: [String]) throws(ServiceError) {
    var seen: Set<String> = []
    for item in request.target.query {
      guard names.contains(item.name) else {
        throw .problem(Problem(.usage, unknown: item.name, among: names))
      }
      guard seen.insert(item.name).inserted else {
        throw .usage("'\(item.name)' stands more than once in the query")
      }
    }
  }

  /// The entry after which a stream is to go on; nil for what comes next.
  func lastEventID() throws(ServiceError) -> Int? {
    guard let text = request.headers["last-event-id"] else { return nil }
    guard let id = ServerSentEvent.lastID(text) else {
      throw .problem(
        Problem(
          .usage, "'\(ErrorText.visible(text))' is no number of an entry to go on after",
          hint: "without 'Last-Event-ID' a stream begins with what comes next"))
    }
    return id
  }
}

extension Problem {
  /// A body that is no JSON, or more of it than is read.
  init(_ error: NotationError) {
    let fault = error.isLimit ? "goes beyond a limit" : "is no JSON"
    self.init(
      error.isLimit ? .limit : .badInput,
      "the body \(fault), line \(error.position.line): \(error.message)", hint: error.hint)
  }

  /// A part of a body or a query that nobody reads.
  init(_ code: ErrorCode, unknown name: String, among names: [String]) {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    self.init(
      code, "'\(ErrorText.visible(name))' is unknown here",
      hint: names.isEmpty ? "nothing is read there" : "there are \(list)")
  }

  /// A body of another kind.
  static let notAnObject = Problem(.badInput, "the body should be a JSON object")
}

extension ServiceError {
  /// Nothing has this path.
  static let nothingHere = ServiceError.problem(
    Problem(.usage, status: 404, "nothing is at this path", hint: "'/openapi.json' lists all"))

  /// A request that makes no sense.
  static func usage(_ message: String) -> ServiceError { .problem(Problem(.usage, message)) }
}

extension Response {
  /// An answer of JSON that the next entry may change.
  static func json(_ value: Value, _ snapshot: Snapshot) -> Response {
    let bytes = JSON.bytes(value) + [UInt8(ascii: "\n")]
    return Response(
      200,
      headers: [
        "Content-Type": MediaType.json.description, "Cache-Control": "no-cache",
        "ETag": Self.tag(of: bytes), "Stet-Tip": "\(snapshot.tip.number)",
        "X-Content-Type-Options": "nosniff",
      ], bytes: bytes)
  }

  /// The tag of exactly these bytes.
  static func tag(of bytes: [UInt8]) -> String {
    ETag("sha256-\(Fingerprint.hex(bytes))").description
  }
}
