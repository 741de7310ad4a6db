import Contracts
import HTTP
import Notation
import PromptRegistry
import Templates

extension PromptService {
  /// `POST …/render`.
  func render(_ call: Call) throws(ServiceError) -> Response {
    try call.requireJSON()
    let reference = try call.reference()
    let version = try call.resolve(reference)
    let ready = try registryErrors { () throws(RegistryError) in
      try compiled.version(version, in: call.snapshot.tip, registry)
    }
    let headers = call.freshHeaders(reference, version, ready.entry)
    let bytes = try ready.answer(to: call.request.body, version.name)
    if call.snapshot.isOpen, call.request.target.query.isEmpty {
      call.snapshot.responders.insert(
        Array(call.request.target.raw.utf8).span, responder(ready, version.name, headers))
    }
    return Response(200, headers: headers, bytes: bytes)
  }

  /// The same for the way without a request; errors go the long way, where they find their words.
  ///
  /// It does not hold on to the version, which goes when it is no longer among those rendered
  /// lately.
  private func responder(
    _ ready: CompiledVersion, _ name: PromptName, _ headers: Headers
  ) -> Responder {
    Responder(headers: headers, route: RouteID.render.route) { [weak ready] body in
      do throws(ServiceError) {
        return try ready?.answer(to: body, name)
      } catch { return nil }
    }
  }
}

extension CompiledVersion {
  /// The members of the object that is sent.
  static let fields: [RenderBody.Field] = [.input, .messages, .context, .provenance]

  /// The answer to a body, or what is wrong with it.
  func answer(to json: [UInt8], _ name: PromptName) throws(ServiceError) -> [UInt8] {
    let body: RenderBody
    do throws(RenderBody.Flaw) { body = try RenderBody(json: json, Self.fields) } catch {
      throw .problem(Problem(error))
    }
    let violations = contract.violations(inInput: body.variables)
    guard violations.isEmpty else { throw .registry(.inputInvalid(name, violations)) }
    do throws(PromptError) {
      let rendering = try prompt.render(body).rendering
      tally.add()
      return frame.bytes(rendering, of: body, body.wantsProvenance ? .provenance : .messages)
    } catch {
      throw .registry(.badInput(Complaint(error)))
    }
  }
}

extension Problem {
  fileprivate init(_ flaw: RenderBody.Flaw) {
    switch flaw {
    case .notJSON(let error): self.init(error)
    case .notAnObject: self = .notAnObject
    case .unknownField(let name):
      self.init(.badInput, unknown: name, among: CompiledVersion.fields.map(\.rawValue))
    case .wrongKind(let field):
      self.init(.badInput, "'\(field.rawValue)' should be \(field.kind)")
    }
  }
}

extension RenderBody.Field {
  fileprivate var kind: String {
    switch self {
    case .input, .context: "a map"
    case .messages, .docs: "a list"
    case .provenance: "true or false"
    }
  }
}
