import Contracts
import HTTP
import Notation
import Platform
import PromptRegistry

extension PromptService {
  /// Items of a page, where nothing else is asked, and at most.
  static let usualPage = 100
  static let longestPage = 1000
  /// Entries that are looked at for one answer, however few of them the reader may see.
  static let longestLook = 2000

  /// `GET /v1/prompts`.
  func prompts(_ call: Call) throws(ServiceError) -> Response {
    let limit = try call.count("limit", Self.usualPage, in: 1...Self.longestPage)
    let pattern = try call.request.target.first("match").map { text throws(ServiceError) in
      guard let pattern = NamePattern(text) else {
        throw .usage("'match' is written like 'support/**'")
      }
      return pattern
    }
    var after: PromptName?
    if let text = call.request.target.first("cursor") {
      guard let cursor = Cursor(text) else { throw .usage("'cursor' is none that was given out") }
      after = cursor.last
    }
    let names = try registryErrors { () throws(RegistryError) in
      try call.state.names(matching: pattern)
    }.filter { name in call.reader.sees(name) && (after.map { $0 < name } ?? true) }
    let page = names.prefix(limit)
    let listed = try registryErrors { () throws(RegistryError) in
      try page.map { name throws(RegistryError) in
        call.reader.view(of: try call.state.listed(name)).value
      }
    }
    let next = names.count > limit ? page.last.map { Cursor(after: $0).description } : nil
    var response = Response.json(
      ["prompts": .list(listed), "cursor": next.map { .string($0) } ?? .null], call.snapshot)
    if let next {
      let match = pattern.map { "&match=\(PercentCoding.encode($0.text))" } ?? ""
      response.headers["Link"] =
        "</v1/prompts?limit=\(limit)&cursor=\(next)\(match)>; rel=\"next\""
    }
    return response
  }

  /// `GET /v1/prompts/{name}`.
  func prompt(_ call: Call) throws(ServiceError) -> Response {
    let text = try call.path().name
    let name: PromptName
    do throws(InvalidName) { name = try PromptName(text) } catch {
      throw .registry(.badName(error))
    }
    let value = try registryErrors { () throws(RegistryError) in
      let versions = call.reader.sees(name) ? try call.state.versions(of: name) : []
      guard !versions.isEmpty else {
        throw try call.reader.unknownPrompt(name, in: call.state)
      }
      return try describe(name, versions, call)
    }
    return .json(value, call.snapshot)
  }

  private func describe(
    _ name: PromptName, _ versions: [PublishedVersion], _ call: Call
  ) throws(RegistryError) -> Value {
    let state = call.state
    let yanked = Set(versions.filter(\.isYanked).map(\.version))
    var value = call.reader.view(of: try state.listed(name)).value.map ?? ValueMap()
    value["versions"] = .list(
      try state.changelog(of: name).map { record throws(RegistryError) in
        let entry = try registry.publication(
          of: name, record.version, from: call.snapshot.tip.entry)
        let isYanked = yanked.contains(record.version)
        let yank = isYanked ? try state.yank(of: name, record.version) : nil
        return [
          "version": .string("\(record.version)"), "digest": .string("\(record.digest)"),
          "bump": .string(record.bump.rawValue), "by": .string("\(record.by)"),
          "at": .string("\(record.at)"), "what": .string(record.what),
          "why": record.why.map { .string($0) } ?? .null,
          "yanked": .bool(isYanked), "yanked_why": yank.map { .string($0.why) } ?? .null,
          "entry": entry.map { .number(Double($0)) } ?? .null,
        ]
      })
    var pins: [Value] = []
    for environment in state.policy.environments.map(\.name) where call.reader.sees(environment) {
      guard let pin = try state.pin(name, in: environment), let live = pin.live else { continue }
      pins.append([
        "environment": .string("\(environment)"), "version": .string("\(live.version)"),
        "digest": .string("\(live.digest)"), "entry": .number(Double(pin.entry)),
        "at": .string("\(pin.since)"),
      ])
    }
    value["pins"] = .list(pins)
    value["changelog"] = .string(try Changelog(of: name, in: state).text)
    return .map(value)
  }

  /// `GET /v1/diff`.
  func diff(_ call: Call) throws(ServiceError) -> Response {
    guard let from = call.request.target.first("from"), let to = call.request.target.first("to")
    else { throw .usage("'from' and 'to' are needed") }
    var sides: [DiffSide] = []
    let references = try registryErrors { () throws(RegistryError) in
      let old = try Reference(from)
      return [old, try Reference(Reference.text(to, beside: old))]
    }
    for reference in references {
      let version = try call.resolve(reference)
      sides.append(
        try registryErrors { () throws(RegistryError) in try call.state.side(version) })
    }
    let difference = try registryErrors { () throws(RegistryError) in
      try Difference(from: sides[0], to: sides[1])
    }
    return .json(difference.value, call.snapshot)
  }
}

// MARK: - Environments

extension PromptService {
  /// `GET /v1/environments`.
  func environments(_ call: Call) throws(ServiceError) -> Response {
    let state = try state(call)
    let views = try registryErrors { () throws(RegistryError) in
      try state.policy.environments.map(\.name).filter { call.reader.sees($0) }.map {
        name throws(RegistryError) in
        call.reader.view(of: try state.view(of: name)).value
      }
    }
    return .json(["environments": .list(views)], call.snapshot)
  }

  /// `GET /v1/environments/{env}`.
  func environment(_ call: Call) throws(ServiceError) -> Response {
    let name = try call.environment(call.request.target.segments[2])
    guard call.reader.sees(name) else {
      throw .registry(.unknownEnvironment(name, existing: []))
    }
    let state = try state(call)
    let view = try registryErrors { () throws(RegistryError) in
      do throws(RegistryError) { return try state.view(of: name) } catch {
        throw call.reader.hiding(error)
      }
    }
    return .json(call.reader.view(of: view).value, call.snapshot)
  }

  private func state(_ call: Call) throws(ServiceError) -> State {
    guard let text = call.request.target.first("at") else { return call.state }
    guard let time = Timestamp(rfc3339: text) else { throw .registry(.badTime(text)) }
    let state = try registryErrors { () throws(RegistryError) in
      try registry.state(at: time, before: call.snapshot.tip)
    }
    guard let state else {
      throw .registry(.unknownEntry("before \(time)", newest: call.snapshot.tip.number))
    }
    return state
  }
}

// MARK: - What happened and what waits

extension PromptService {
  /// `GET /v1/ledger`.
  func ledger(_ call: Call) throws(ServiceError) -> Response {
    let limit = try call.count("limit", Self.usualPage, in: 1...Self.longestPage)
    let since = try call.count("since", 0, in: 0...Int(Int32.max))
    let (entries, through) = try registryErrors { () throws(RegistryError) in
      try visible(since, limit, call)
    }
    return .json(
      ["entries": .list(entries.map(\.value)), "through": .number(Double(through))],
      call.snapshot)
  }

  /// So many entries that the reader may know of, and the number of the last that was looked at:
  /// never one that is still to come, or whoever goes on from it would miss what comes before.
  private func visible(
    _ since: Int, _ limit: Int, _ call: Call
  ) throws(RegistryError) -> (entries: [HistoryEntry], through: Int) {
    var entries: [HistoryEntry] = []
    var through = min(since, call.snapshot.tip.number)
    let last = min(call.snapshot.tip.number, since + Self.longestLook)
    while entries.count < limit, through < last {
      let some = try registry.entries(
        after: through, limit: min(limit, last - through), upTo: call.snapshot.tip)
      for entry in some where entries.count < limit {
        through = entry.number
        if let view = call.reader.view(of: entry) { entries.append(view) }
      }
    }
    return (entries, through)
  }

  /// `GET /v1/events`.
  func events(_ call: Call) throws(ServiceError) -> Response {
    let last = try call.lastEventID()
    guard call.request.method == .get else {
      // Its headers alone are sent.
      let stream = EventStream()
      stream.finish()
      return Response(events: stream)
    }
    let stream = try registryErrors { () throws(RegistryError) in
      try hub.listen(call.reader, after: last ?? call.snapshot.tip.number, call.snapshot) {
        number, limit throws(RegistryError) in
        try registry.entries(after: number, limit: limit, upTo: call.snapshot.tip)
      }
    }
    return Response(events: stream)
  }

  /// `GET /v1/requests`.
  func requests(_ call: Call) throws(ServiceError) -> Response {
    let now = max(Timestamp(seconds: Clock.now()), call.state.time)
    let waiting = try registryErrors { () throws(RegistryError) in
      try call.state.waitingRequests(for: nil, at: now)
    }
    let visible = waiting.filter { call.reader.sees($0) }
    return .json(["requests": .list(visible.map(\.value))], call.snapshot)
  }

  /// `GET /v1/requests/{id}`.
  func request(_ call: Call) throws(ServiceError) -> Response {
    let text = call.request.target.segments[2]
    guard let id = Int(text), id > 0 else { throw .usage("'\(text)' is no number of a request") }
    let now = max(Timestamp(seconds: Clock.now()), call.state.time)
    let view = try registryErrors { () throws(RegistryError) in
      let waiting = try call.state.waitingRequests(for: nil, at: now)
      let visible = waiting.filter { call.reader.sees($0) }
      guard visible.contains(where: { $0.id == id }) else {
        throw .unknownRequest(id, open: visible.map(\.id))
      }
      return try RequestView(try call.state.openRequest(id), in: call.state, at: now)
    }
    return .json(view.value, call.snapshot)
  }
}
