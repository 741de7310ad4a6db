import Contracts
import HTTP
import Notation
import PromptRegistry
import Templates

extension PromptService {
  /// `POST …/render`.
  func render(_ call: Call) throws(ServiceError) -> Response {
    try call.requireJSON()
    let form = try renderForm(call.resolve(call.reference()), call.snapshot)
    if call.snapshot.isOpen, call.request.target.query.isEmpty {
      call.snapshot.responders.insert(Array(call.request.target.raw.utf8).span, form.responder)
    }
    return Response(200, headers: form.headers, bytes: try form.answer(call.request.body))
  }

  private func renderForm(
    _ version: Resolved, _ snapshot: Snapshot
  ) throws(ServiceError) -> RenderForm {
    try registryErrors { () throws(RegistryError) in
      RenderForm(version, try compiled.version(version, in: snapshot.tip, registry))
    }
  }
}

/// One version as one reference to it is rendered.
struct RenderForm: Sendable {
  let headers: Headers
  private let version: Resolved
  private let compiled: CompiledVersion

  /// The members of the object that is sent.
  static let fields: [RenderBody.Field] = [.input, .messages, .context, .provenance]

  init(_ version: Resolved, _ compiled: CompiledVersion) {
    headers = .fresh(version, compiled.entry)
    self.version = version
    self.compiled = compiled
  }

  /// The answer to a body, or what is wrong with it.
  func answer(_ json: [UInt8]) throws(ServiceError) -> [UInt8] {
    let body: RenderBody
    do throws(RenderBody.Flaw) { body = try RenderBody(json: json, Self.fields) } catch {
      throw .problem(Problem(error))
    }
    let violations = compiled.contract.violations(inInput: body.variables)
    guard violations.isEmpty else { throw .registry(.inputInvalid(version.name, violations)) }
    do throws(PromptError) {
      let rendering = try compiled.prompt.render(body).rendering
      return compiled.frame.bytes(
        rendering, of: body, body.wantsProvenance ? .provenance : .messages)
    } catch {
      throw .registry(.badInput(Complaint(error)))
    }
  }

  /// The same for the way without a request; errors go the long way, where they find their words.
  var responder: Responder {
    Responder(headers: headers, route: RouteID.render.route) { body in
      do throws(ServiceError) { return try answer(body) } catch { return nil }
    }
  }
}

extension Problem {
  fileprivate init(_ flaw: RenderBody.Flaw) {
    switch flaw {
    case .notJSON(let error): self.init(error)
    case .notAnObject: self = .notAnObject
    case .unknownField(let name):
      self.init(unknown: name, among: RenderForm.fields.map(\.rawValue))
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
