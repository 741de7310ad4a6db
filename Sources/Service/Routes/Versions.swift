import Contracts
import HTTP
import Notation
import PromptRegistry
import Templates

/// Which part of a version is read.
enum VersionPart: Sendable { case object, source }

extension PromptService {
  /// `GET /v1/prompts/{name}@{ref}` and its source.
  func version(_ call: Call, _ part: VersionPart) throws(ServiceError) -> Response {
    let reference = try call.reference()
    let resolved = try call.resolve(reference)
    let isExact = reference.isExact
    let target = Array(call.request.target.raw.utf8)
    let mayKeep = isExact || call.snapshot.isOpen
    let cache = isExact ? call.snapshot.exact : call.snapshot.movable
    if mayKeep, let known = cache.find(target.span) { return Response(known) }
    let entry = try publication(of: resolved, call)
    let body = try registryErrors { () throws(RegistryError) in
      let text = try call.state.frozenText(of: resolved)
      return switch part {
      case .source: text.source
      case .object:
        JSON.bytes(try text.value(of: resolved, entry: entry)) + [UInt8(ascii: "\n")]
      }
    }
    var headers: Headers = [
      "Content-Type": (part == .source ? MediaType.text : .json).description,
      "ETag": Response.tag(of: body),
      "Cache-Control": cacheControl(reference.permanence(of: part), call.snapshot),
      "Stet-Version": "\(resolved.version)", "Stet-Digest": resolved.digestText,
      "Stet-Entry": "\(resolved.pin?.entry ?? entry ?? 0)", "X-Content-Type-Options": "nosniff",
    ]
    if !isExact { headers.tellTip(of: call.snapshot) }
    headers.tellCaution(of: resolved)
    let route = (part == .source ? RouteID.source : .version).route
    let prepared = Prepared(
      body, headers: headers, route: route,
      tally: reads.tally("\(resolved.name)", "\(resolved.version)"))
    if mayKeep, call.request.target.query.isEmpty { cache.insert(target.span, prepared) }
    return Response(prepared)
  }

  /// The entry that published a version.
  private func publication(
    of version: Resolved, _ call: Call
  ) throws(ServiceError) -> Int? {
    try registryErrors { () throws(RegistryError) in
      try registry.publication(
        of: version.name, version.version, from: call.snapshot.tip.entry)
    }
  }

  private func cacheControl(_ permanence: Permanence, _ snapshot: Snapshot) -> String {
    switch permanence {
    case .forEver: "\(snapshot.isOpen ? "public" : "private"), max-age=31536000, immutable"
    case .untilNextEntry: "no-cache"
    }
  }
}

/// How long an answer stays the same bytes.
private enum Permanence { case forEver, untilNextEntry }

extension Reference {
  /// Whether it means the same version for ever.
  var isExact: Bool {
    switch selector {
    case .exact: true
    case .range(let range): range.exact != nil
    case .latest, .environment, .digest, .draft: false
    }
  }

  /// A whole digest names a text, so that its source is the same for ever; which version has it
  /// may change, as may the text that the beginning of a digest names.
  fileprivate func permanence(of part: VersionPart) -> Permanence {
    switch (selector, part) {
    case (.digest(let digits), .source) where digits.utf8.count == Self.digestLength: .forEver
    case _: isExact ? .forEver : .untilNextEntry
    }
  }
}

extension PromptService {
  /// `POST …/validate`.
  func validate(_ call: Call) throws(ServiceError) -> Response {
    let body = try call.body("output")
    guard let output = body["output"] else {
      throw .problem(Problem(.badInput, "'output' is missing"))
    }
    let reference = try call.reference()
    let resolved = try call.resolve(reference)
    guard resolved.record.output != nil else {
      throw .registry(.noOutputContract(resolved.name))
    }
    let version = try registryErrors { () throws(RegistryError) in
      try compiled.version(resolved, in: call.snapshot.tip, registry)
    }
    let (violations, place) = version.promise.violations(inAnswer: output)
    version.tally.add()
    let value: Value = [
      "valid": .bool(violations.isEmpty), "violations": .list(violations.map(\.value)),
      "code_block_line": place.line.map { .number(Double($0)) } ?? .null,
    ]
    return Response(
      200, headers: call.freshHeaders(reference, resolved, version.entry),
      bytes: JSON.bytes(value) + [UInt8(ascii: "\n")])
  }
}

extension Call {
  /// The fields of an answer about a version that nobody may keep, as it depends on what was sent.
  func freshHeaders(_ reference: Reference, _ version: Resolved, _ entry: Int?) -> Headers {
    var headers: Headers = [
      "Content-Type": MediaType.json.description, "Cache-Control": "no-store",
      "Stet-Version": "\(version.version)", "Stet-Digest": version.digestText,
      "Stet-Entry": "\(version.pin?.entry ?? entry ?? 0)", "X-Content-Type-Options": "nosniff",
    ]
    if !reference.isExact { headers.tellTip(of: snapshot) }
    headers.tellCaution(of: version)
    return headers
  }
}

extension Headers {
  /// Says which entry was the newest when something was read that the next may change.
  mutating func tellTip(of snapshot: Snapshot) { self["Stet-Tip"] = "\(snapshot.tip.number)" }

  /// Says why somebody should look for another version, if he should.
  mutating func tellCaution(of version: Resolved) {
    switch version.caution {
    case .yanked(let why):
      self["Stet-Yanked"] = ReasonHeader.value(why)
    case .retired: self["Stet-Retired"] = "true"
    case nil: break
    }
  }
}
